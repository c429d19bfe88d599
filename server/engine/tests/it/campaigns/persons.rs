//! Campaigns and what becomes of their people: merged, erased, forgotten with their messages.

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{Ctx, accounts, campaigns, capture, contacts, duplicates, persons, retention};
use model::duplicate::unite;
use model::time::days;
use model::{
    AccountDraft, CampaignAudience, CampaignDraft, CampaignId, CampaignState, ContactId, MergeDraft, Noun, Refusal,
    ReviewGroupKind, Security, SmtpSettings,
};

use super::{carry, draft, first, listed, person, prepared, seen, text, to, typed};
use crate::refused;

/// Lets the second contact become one with the first, whose address stays the first one.
async fn merge(ctx: &Ctx, survivor: ContactId, other: ContactId) {
    let (first, second) = (contacts::open(ctx, survivor).await.unwrap(), contacts::open(ctx, other).await.unwrap());
    let fields = unite(&first.fields, &second.fields);
    let draft = MergeDraft { survivor: (survivor, first.revision), other: (other, second.revision), fields };
    duplicates::merge(ctx, draft).await.unwrap();
}

/// Who got how many messages, all together.
async fn captured(bed: &TestBed) -> usize {
    capture::list(&bed.admin(), None).await.unwrap().rows.len()
}

/// A campaign that has left to one of two who are one person, and is held.
async fn held(bed: &TestBed, people: &[ContactId]) -> CampaignId {
    let admin = bed.admin();
    let id = prepared(bed, &admin, draft(to(people))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    engine::worker::turn(&bed.engine).await.unwrap();
    campaigns::pause(&admin, id).await.unwrap();
    id
}

#[tokio::test]
async fn who_got_a_campaign_before_a_merge_gets_it_no_second_time() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let [eva, again] = [person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Nová", "nova@example.sk").await];
    let id = held(&bed, &[again]).await;
    assert_eq!(captured(&bed).await, 1);
    let campaign = seen(&bed, id).await;
    let both = CampaignDraft { audience: to(&[eva, again]), ..campaign.draft };
    campaigns::save(&admin, Some((id, campaign.revision)), both).await.unwrap();
    merge(&admin, eva, again).await;
    campaigns::prepare(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    campaigns::resume(&admin, id).await.unwrap();
    carry(&bed).await;
    assert_eq!(captured(&bed).await, 1);
}

#[tokio::test]
async fn a_correction_reaches_who_was_merged_since() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let [eva, again] = [person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Nová", "nova@example.sk").await];
    let id = prepared(&bed, &admin, draft(to(&[again]))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    merge(&admin, eva, again).await;
    let correction = campaigns::correct(&admin, id, None, "Oprava".into()).await.unwrap();
    campaigns::prepare(&admin, correction).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let rows = listed(&bed, correction, ReviewGroupKind::All).await;
    assert_eq!(rows.iter().map(|it| it.contact).collect::<Vec<_>>(), [Some(eva)]);
}

#[tokio::test]
async fn whoever_is_erased_after_a_merge_stands_in_no_campaign_by_name() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let [eva, again] = [person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Stará", "nova@example.sk").await];
    let id = prepared(&bed, &admin, draft(to(&[again]))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    merge(&admin, eva, again).await;
    persons::erase(&admin, eva).await.unwrap();
    let rows = listed(&bed, id, ReviewGroupKind::All).await;
    assert_eq!(rows.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), [""]);
}

#[tokio::test]
async fn a_correction_is_not_addressed_to_who_was_erased() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let ids = [person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Malá", "jana@example.sk").await];
    let id = prepared(&bed, &admin, draft(to(&ids))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    persons::erase(&admin, ids[0]).await.unwrap();
    let correction = campaigns::correct(&admin, id, None, "Oprava".into()).await.unwrap();
    campaigns::prepare(&admin, correction).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let rows = listed(&bed, correction, ReviewGroupKind::All).await;
    assert_eq!(rows.iter().map(|it| it.contact).collect::<Vec<_>>(), [Some(ids[1])]);
    assert_eq!(seen(&bed, correction).await.counts.recipients(), 1);
}

/// A campaign to these addresses, of which the first one was refused for good and the others have left.
async fn one_failed(bed: &TestBed, server: &ScriptedServer, audience: CampaignAudience, failing: &str) -> CampaignId {
    let admin = bed.admin();
    server.rule(Rule::at(At::Recipient).for_recipient(failing).answer("550 5.1.1 no such user").once());
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let relay = AccountDraft {
        name: "Relay".into(),
        smtp,
        sender_name: "Žltý kôň".into(),
        sender_address: "obchod@example.sk".into(),
        hourly_limit: None,
        ..AccountDraft::default()
    };
    let account = accounts::save(&admin, None, relay).await.unwrap();
    let id = prepared(bed, &admin, CampaignDraft { account: Some(account), ..draft(audience) }).await;
    campaigns::release(&admin, id, None).await.unwrap();
    carry(bed).await;
    let campaign = seen(bed, id).await;
    assert_eq!((campaign.state, campaign.counts.failed), (CampaignState::Finished, 1));
    id
}

#[tokio::test]
async fn what_failed_and_has_no_recipient_any_more_is_not_sent_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let id = one_failed(&bed, &server, to(&[eva]), "eva@example.sk").await;
    persons::erase(&admin, eva).await.unwrap();
    assert_eq!(refused(campaigns::retry_failed(&admin, id).await), Refusal::IllegalStep(Noun::Campaign));
    assert_eq!(seen(&bed, id).await.state, CampaignState::Finished);
}

#[tokio::test]
async fn what_failed_and_lies_in_the_bin_is_not_sent_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    let id = one_failed(&bed, &server, typed("zle@example.sk"), "zle@example.sk").await;
    retention::delete(&admin, vec![first(&bed, id).await.row.message]).await.unwrap();
    assert_eq!(refused(campaigns::retry_failed(&admin, id).await), Refusal::IllegalStep(Noun::Campaign));
}

#[tokio::test]
async fn a_campaign_that_has_forgotten_to_whom_it_was_sent_is_not_prepared_again() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    let id = one_failed(&bed, &server, typed("zle@example.sk, dobre@example.sk"), "zle@example.sk").await;
    let rows = listed(&bed, id, ReviewGroupKind::All).await;
    let sent = rows.iter().find(|it| it.address == "dobre@example.sk").unwrap().message;
    retention::delete(&admin, vec![sent]).await.unwrap();
    bed.advance(days(31));
    while retention::turn(&bed.engine).await.unwrap() {}
    campaigns::retry_failed(&admin, id).await.unwrap();
    campaigns::pause(&admin, id).await.unwrap();
    assert_eq!(refused(campaigns::prepare(&admin, id).await), Refusal::IllegalStep(Noun::Campaign));
    campaigns::resume(&admin, id).await.unwrap();
    carry(&bed).await;
    assert_eq!(seen(&bed, id).await.state, CampaignState::Finished);
}

#[tokio::test]
async fn which_version_was_sent_stays_known_when_the_messages_have_lost_their_content() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk, jan@example.sk"))).await;
    let campaign = seen(&bed, id).await;
    let other = CampaignDraft { content: text("Zmena sídla", "<p>Opravená.</p>"), ..campaign.draft };
    campaigns::save(&admin, Some((id, campaign.revision)), other).await.unwrap();
    campaigns::regenerate(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let versions = async || {
        let report = campaigns::report(&admin, id).await.unwrap();
        report.versions.iter().map(|it| (it.version, it.sent)).collect::<Vec<_>>()
    };
    assert_eq!(versions().await, [(2, 2)]);
    let messages = listed(&bed, id, ReviewGroupKind::All).await.into_iter().map(|it| it.message).collect();
    retention::delete(&admin, messages).await.unwrap();
    bed.advance(days(31));
    while retention::turn(&bed.engine).await.unwrap() {}
    assert_eq!(versions().await, [(2, 2)]);
}
