//! What a campaign promises, for many messages and for whatever happens on the way.

use std::collections::HashMap;

use delivery::testing::ScriptedServer;
use engine::testbed::TestBed;
use engine::{Ctx, accounts, attachments, campaigns, persons, recipient_lists, worker};
use model::time::{days, hours, minutes};
use model::{
    AccountDraft, AccountId, ApprovalRule, AudiencePart, CampaignAudience, CampaignDraft, CampaignId, CampaignState, Chosen,
    ContactId, Hindrance, ListDraft, Moment, Noun, PreparedDraft, Refusal, ReviewGroupKind, Security, SmtpSettings,
};
use proptest::collection::vec;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::approving::RIGHTS;
use super::{carry, draft, everything, first, listed, made, person, prepared, seen, text, to, typed};
use crate::refused;

async fn relay(ctx: &Ctx, server: &ScriptedServer) -> AccountId {
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let draft = AccountDraft {
        name: "Relay".into(),
        smtp,
        sender_name: "Žltý kôň".into(),
        sender_address: "obchod@example.sk".into(),
        hourly_limit: None,
        ..AccountDraft::default()
    };
    accounts::save(ctx, None, draft).await.unwrap()
}

fn hash(parts: [&str; 3]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|it| format!("{it:02x}")).collect()
}

#[tokio::test]
async fn of_a_thousand_messages_each_arrives_as_the_hash_of_its_review_says() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    let account = relay(&admin, &server).await;
    let addresses: Vec<String> = (0..1_000).map(|n| format!("clovek{n}@example.sk")).collect();
    let content = text("Žltý kôň pre {{ contact.email }}", "<p>Dobrý deň, <b>{{ contact.email }}</b> – ponuka &amp; spol.</p>");
    let id =
        prepared(&bed, &admin, CampaignDraft { account: Some(account), content, ..draft(typed(&addresses.join(", "))) }).await;
    let (mut hashes, mut next) = (HashMap::new(), None);
    loop {
        let shown = campaigns::review(&admin, everything(id), next).await.unwrap().unwrap();
        hashes.insert(shown.row.address, shown.hash);
        next = shown.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(hashes.len(), 1_000);
    campaigns::release(&admin, id, None).await.unwrap();
    carry(&bed).await;
    let mails = server.mails();
    assert_eq!((mails.len(), seen(&bed, id).await.state), (1_000, CampaignState::Finished));
    for it in mails {
        let mail = delivery::capture::read(&it.body);
        // The ends of lines are those of mails (RFC 5322 §2.3), and the last one belongs to the mail.
        let plain = |it: Option<String>| it.unwrap_or_default().replace("\r\n", "\n");
        let (text, html) = (plain(mail.text), plain(mail.html));
        let got = hash([&mail.subject, text.trim_end_matches('\n'), html.trim_end_matches('\n')]);
        let shown = hashes.remove(&it.recipient).unwrap();
        assert!([got, hash([&mail.subject, &text, &html])].contains(&shown), "{}: {text:?} {html:?}", it.recipient);
    }
    assert!(hashes.is_empty());
}

/// A campaign to three people that was approved by somebody else.
async fn approved(bed: &TestBed, author: &Ctx) -> (CampaignId, Vec<ContactId>) {
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Always).await.unwrap();
    let other = bed.user_with(&RIGHTS).await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(person(&bed.admin(), &format!("Nová{n}"), &format!("eva{n}@example.sk")).await);
    }
    let content = text("Pozvánka", "<p>Dobrý deň, pani {{ contact.last_name }}.</p>");
    let id = prepared(bed, author, CampaignDraft { content, ..draft(to(&ids)) }).await;
    campaigns::request_approval(author, id, String::new()).await.unwrap();
    campaigns::decide_approval(&other, id, true, String::new()).await.unwrap();
    (id, ids)
}

/// Does one change of a kind; what is not possible after an earlier one is left.
async fn change(bed: &TestBed, author: &Ctx, id: CampaignId, ids: &[ContactId], kind: u8, n: u16) {
    let campaign = seen(bed, id).await;
    let key = Some((id, campaign.revision));
    let row = listed(bed, id, ReviewGroupKind::All).await.into_iter().cycle().nth(usize::from(n % 3));
    match (kind, row) {
        (0, Some(row)) => {
            let shown = campaigns::review(author, everything(id), Some(row.message)).await.unwrap().unwrap();
            let draft = PreparedDraft { subject: format!("Iné {n}"), html: format!("<p>Iné {n}</p>"), text: String::new() };
            let _ = campaigns::edit_prepared(author, id, (row.message, shown.revision), draft).await;
        }
        (1, Some(row)) => drop(campaigns::exclude(author, id, vec![row.message], true).await),
        (2, _) => {
            let content = text("Pozvánka", &format!("<p>Celkom iné slová {n}.</p>"));
            campaigns::save(author, key, CampaignDraft { content, ..campaign.draft }).await.unwrap();
            let _ = campaigns::regenerate(author, id).await;
        }
        (3, _) => {
            let mut audience = campaign.draft.audience.clone();
            audience.typed.push_str(&format!(", dalsi{n}@example.sk"));
            campaigns::save(author, key, CampaignDraft { audience, ..campaign.draft }).await.unwrap();
            campaigns::prepare(author, id).await.unwrap();
        }
        (4, _) => {
            let file = attachments::put(&bed.admin(), "cennik.txt", "text/plain", format!("{n}").into_bytes()).await.unwrap().id;
            let draft = CampaignDraft { attachments: vec![file], ..campaign.draft };
            campaigns::save(&bed.admin(), key, draft).await.unwrap();
            let _ = campaigns::update_attachments(author, id).await;
        }
        (5, _) => {
            let draft = CampaignDraft { sender_name: format!("Kôň {n}"), ..campaign.draft };
            campaigns::save(author, key, draft).await.unwrap();
            let _ = campaigns::regenerate(author, id).await;
        }
        _ => drop(persons::erase(&bed.admin(), ids[usize::from(n % 3)]).await),
    }
    campaigns::work_turn(&bed.engine).await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_changed_after_the_approval_makes_the_release_refuse(changes in vec((0_u8..7, any::<u16>()), 1..4)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let refusal = runtime.block_on(async {
            let bed = TestBed::new().await;
            let author = bed.user_with(&RIGHTS).await;
            let (id, ids) = approved(&bed, &author).await;
            for (kind, n) in &changes {
                change(&bed, &author, id, &ids, *kind, *n).await;
            }
            let refusal = refused(campaigns::release(&author, id, None).await);
            assert_eq!(seen(&bed, id).await.state, CampaignState::Prepared);
            refusal
        });
        let Refusal::Hindered(found) = refusal else { panic!("{refusal:?}") };
        prop_assert!(found.contains(&Hindrance::ApprovalBroken), "{:?}", found);
    }
}

#[tokio::test]
async fn killed_in_any_phase_it_goes_on_exactly() {
    let mut bed = TestBed::new().await;
    let addresses: Vec<String> = (0..600).map(|n| format!("clovek{n}@example.sk")).collect();
    let id = made(&bed.admin(), draft(typed(&addresses.join(", ")))).await;
    campaigns::check(&bed.admin(), id).await.unwrap();
    while campaigns::work_step(&bed.engine).await.unwrap() {
        bed.crash().await;
    }
    assert_eq!(seen(&bed, id).await.state, CampaignState::Draft);
    campaigns::prepare(&bed.admin(), id).await.unwrap();
    while campaigns::work_step(&bed.engine).await.unwrap() {
        bed.crash().await;
    }
    assert_eq!(seen(&bed, id).await.counts.prepared, 600);
    let campaign = seen(&bed, id).await;
    let reworded = CampaignDraft { content: text("Oprava", "<p>Inde.</p>"), ..campaign.draft };
    campaigns::save(&bed.admin(), Some((id, campaign.revision)), reworded).await.unwrap();
    campaigns::regenerate(&bed.admin(), id).await.unwrap();
    while campaigns::work_step(&bed.engine).await.unwrap() {
        bed.crash().await;
    }
    let at = Moment(bed.engine.clock().now().0 + hours(1));
    campaigns::release(&bed.admin(), id, Some(at)).await.unwrap();
    bed.crash().await;
    carry(&bed).await;
    assert_eq!((seen(&bed, id).await.state, seen(&bed, id).await.counts.sent), (CampaignState::Scheduled, 0));
    bed.advance(hours(1));
    campaigns::feed_turn(&bed.engine).await.unwrap();
    bed.crash().await;
    carry(&bed).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent), (CampaignState::Finished, 600));
}

#[tokio::test]
async fn a_clock_that_is_set_back_or_far_ahead_neither_doubles_nor_loses() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let addresses: Vec<String> = (0..40).map(|n| format!("clovek{n}@example.sk")).collect();
    let pace = model::CampaignPace { per_hour: Some(1_200), window: None };
    let id = prepared(&bed, &admin, CampaignDraft { pace, ..draft(typed(&addresses.join(", "))) }).await;
    let at = Moment(bed.engine.clock().now().0 + hours(2));
    campaigns::release(&admin, id, Some(at)).await.unwrap();
    bed.advance(-days(1));
    carry(&bed).await;
    assert_eq!(seen(&bed, id).await.state, CampaignState::Scheduled);
    bed.advance(days(1) + hours(3));
    for step in [minutes(1), -hours(1), minutes(30), hours(3), hours(1)] {
        campaigns::feed_turn(&bed.engine).await.unwrap();
        worker::turn(&bed.engine).await.unwrap();
        bed.advance(step);
    }
    carry(&bed).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.failed), (CampaignState::Finished, 40, 0));
}

#[tokio::test]
async fn an_account_that_is_removed_hinders_until_another_one_is_taken_and_stays_while_a_campaign_leaves_by_it() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let server = ScriptedServer::start().await;
    let (first_one, second) = (relay(&admin, &server).await, relay(&admin, &server).await);
    let with = |account| CampaignDraft { account: Some(account), ..draft(typed("eva@example.sk")) };
    let id = prepared(&bed, &admin, with(first_one)).await;
    accounts::delete(&admin, first_one).await.unwrap();
    assert_eq!(refused(campaigns::release(&admin, id, None).await), Refusal::Hindered(vec![Hindrance::AccountGone]));
    let campaign = seen(&bed, id).await;
    campaigns::save(&admin, Some((id, campaign.revision)), CampaignDraft { name: campaign.draft.name.clone(), ..with(second) })
        .await
        .unwrap();
    campaigns::regenerate(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    campaigns::release(&admin, id, None).await.unwrap();
    assert_eq!(refused(accounts::delete(&admin, second).await), Refusal::InUse(Noun::Account));
    carry(&bed).await;
    assert_eq!((server.mails().len(), seen(&bed, id).await.state), (1, CampaignState::Finished));
    accounts::delete(&admin, second).await.unwrap();
}

#[tokio::test]
async fn a_list_that_changes_while_it_is_gathered_doubles_nobody() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let list = ListDraft { name: "Veľtrh".into(), ..ListDraft::default() };
    let list = recipient_lists::save(&admin, None, list).await.unwrap();
    let (eva, jan) = (person(&admin, "Nová", "eva@example.sk").await, person(&admin, "Malý", "jan@example.sk").await);
    recipient_lists::add(&admin, list, Chosen::Ticked(vec![eva, jan]), None).await.unwrap();
    let audience = CampaignAudience { include: vec![AudiencePart::List(list)], ..CampaignAudience::default() };
    let id = made(&admin, draft(audience)).await;
    campaigns::prepare(&admin, id).await.unwrap();
    campaigns::work_step(&bed.engine).await.unwrap();
    let ida = person(&admin, "Nová", "ida@example.sk").await;
    recipient_lists::add(&admin, list, Chosen::Ticked(vec![ida, eva]), None).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    campaigns::prepare(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let mut got: Vec<String> = listed(&bed, id, ReviewGroupKind::All).await.into_iter().map(|it| it.address).collect();
    got.sort();
    assert_eq!(got, ["eva@example.sk", "ida@example.sk", "jan@example.sk"]);
    assert_eq!(first(&bed, id).await.number.1, 3);
}
