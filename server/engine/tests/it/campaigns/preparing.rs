//! Gathering an audience, making messages, looking through them and mending them.

use engine::testbed::TestBed;
use engine::{campaigns, contacts, messages, overview, suppressions};
use model::{
    AudiencePart, AudienceQuery, AudienceRow, CampaignAudience, CampaignDraft, CampaignId, CampaignKind, CampaignState, Chosen,
    ContactDraft, Fault, FieldDoubt, Fill, FillScope, Hindrance, LeftOut, Moment, Noun, PreparedDraft, RecipientFate,
    RecipientGroup, Refusal, ReviewGroupKind, ReviewQuery, SuppressionReason, SuppressionsDraft,
};

use super::{draft, everything, first, listed, made, person, prepared, seen, text, to, typed};
use crate::refused;

async fn people(bed: &TestBed, campaign: CampaignId, group: RecipientGroup) -> Vec<AudienceRow> {
    campaigns::audience(&bed.admin(), AudienceQuery { campaign, group, after: None }).await.unwrap().rows
}

async fn reasons(bed: &TestBed, campaign: CampaignId, group: RecipientGroup) -> Vec<(String, String)> {
    let reason = |it: AudienceRow| match it.fate {
        RecipientFate::LeftOut(LeftOut::Suppressed(Some(_))) => (it.address, "suppressed".to_owned()),
        RecipientFate::LeftOut(it_is) => (it.address, format!("{it_is:?}")),
        other => (it.address, format!("{other:?}")),
    };
    people(bed, campaign, group).await.into_iter().map(reason).collect()
}

#[tokio::test]
async fn each_address_gets_one_message_and_who_gets_none_is_told_with_the_reason() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let twin = person(&admin, "Stará", "Eva@Example.sk").await;
    let mute = person(&admin, "Tichá", "").await;
    let out = person(&admin, "Vyňatá", "von@example.sk").await;
    let banned = person(&admin, "Zakázaná", "nie@example.sk").await;
    let ban = SuppressionsDraft { targets: "nie@example.sk".into(), reason: SuppressionReason::ByHand, note: String::new() };
    suppressions::add(&admin, ban).await.unwrap();
    let quiet = ContactDraft {
        last_name: "Nechcem".into(),
        emails: vec!["bez@example.sk".into()],
        no_bulk: true,
        ..ContactDraft::default()
    };
    let quiet = contacts::save(&admin, None, quiet).await.unwrap();
    let audience = CampaignAudience {
        exclude: vec![AudiencePart::Contacts(Chosen::Ticked(vec![out]))],
        typed: "jan@example.sk, jan@example.sk; Fero <eva@example.sk>\nhlúposť".into(),
        ..to(&[eva, twin, mute, out, banned, quiet])
    };
    let id = made(&admin, draft(audience)).await;
    campaigns::check(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let getting: Vec<String> = people(&bed, id, RecipientGroup::Getting).await.into_iter().map(|it| it.address).collect();
    assert_eq!(getting, ["eva@example.sk", "jan@example.sk"]);
    assert_eq!(seen(&bed, id).await.state, CampaignState::Draft);
    let of = async |group| reasons(&bed, id, group).await;
    assert_eq!(of(RecipientGroup::Invalid).await, [("".into(), "NoAddress".into()), ("hlúposť".into(), "Invalid".into())]);
    assert_eq!(
        of(RecipientGroup::Suppressed).await,
        [("nie@example.sk".into(), "suppressed".into()), ("bez@example.sk".into(), "NoBulk".into())] as [(String, String); 2]
    );
    assert_eq!(of(RecipientGroup::Excluded).await, [("von@example.sk".into(), "Excluded".into())]);
    let duplicates = of(RecipientGroup::Duplicate).await;
    assert_eq!(duplicates.len(), 2, "{duplicates:?}");
    assert!(duplicates.iter().all(|it| it.1.contains("Nová")), "{duplicates:?}");
}

#[tokio::test]
async fn prepared_again_it_adds_only_who_is_new() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk, jan@example.sk"))).await;
    let before = listed(&bed, id, ReviewGroupKind::All).await;
    let revision = seen(&bed, id).await.revision;
    let more = draft(typed("eva@example.sk, nova@example.sk, jan@example.sk"));
    campaigns::save(&admin, Some((id, revision)), more).await.unwrap();
    campaigns::prepare(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let after = listed(&bed, id, ReviewGroupKind::All).await;
    assert_eq!(
        after.iter().map(|it| it.address.as_str()).collect::<Vec<_>>(),
        ["eva@example.sk", "jan@example.sk", "nova@example.sk"]
    );
    assert_eq!(
        after[..2].iter().map(|it| it.message).collect::<Vec<_>>(),
        before.iter().map(|it| it.message).collect::<Vec<_>>()
    );
    assert_eq!(seen(&bed, id).await.counts.of(RecipientGroup::Duplicate), 0);
}

#[tokio::test]
async fn preparing_goes_on_exactly_where_a_crash_interrupted_it() {
    let mut bed = TestBed::new().await;
    let addresses: Vec<String> = (0..700).map(|n| format!("clovek{n}@example.sk")).collect();
    let id = made(&bed.admin(), draft(typed(&addresses.join(", ")))).await;
    campaigns::prepare(&bed.admin(), id).await.unwrap();
    for _ in 0..3 {
        for _ in 0..2 {
            campaigns::work_step(&bed.engine).await.unwrap();
        }
        bed.crash().await;
    }
    campaigns::work_turn(&bed.engine).await.unwrap();
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.prepared, campaign.counts.gathered), (CampaignState::Prepared, 700, 0));
    assert_eq!(campaign.counts.audience, [700, 0, 0, 0, 0, 0]);
}

#[tokio::test]
async fn stopping_keeps_what_was_made_and_hinders_the_release_until_the_rest_is() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let addresses: Vec<String> = (0..700).map(|n| format!("clovek{n}@example.sk")).collect();
    let id = made(&admin, draft(typed(&addresses.join(", ")))).await;
    campaigns::prepare(&admin, id).await.unwrap();
    while seen(&bed, id).await.counts.prepared == 0 {
        campaigns::work_step(&bed.engine).await.unwrap();
    }
    campaigns::stop_work(&admin, id).await.unwrap();
    let campaign = seen(&bed, id).await;
    assert_eq!(campaign.state, CampaignState::Prepared);
    assert!(campaign.counts.prepared < 700);
    assert_eq!(campaign.hindrances, [Hindrance::Unprepared(700 - campaign.counts.prepared)]);
    campaigns::prepare(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    assert_eq!(seen(&bed, id).await.hindrances, []);
}

#[tokio::test]
async fn a_message_without_its_values_waits_apart_until_they_are_filled_in() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let shy = ContactDraft { last_name: "N/A".into(), emails: vec!["bez@example.sk".into()], ..ContactDraft::default() };
    let shy = contacts::save(&admin, None, shy).await.unwrap();
    let content = text("Pre {{ contact.last_name }}", "<p>Dobrý deň {{ contact.first_name }}.</p>");
    let id = prepared(&bed, &admin, CampaignDraft { content, ..draft(to(&[eva, shy])) }).await;
    assert_eq!(refused(campaigns::release(&admin, id, None).await), Refusal::Hindered(vec![Hindrance::SetApart(1)]));
    let apart = listed(&bed, id, ReviewGroupKind::SetApart).await;
    let doubts: Vec<(&str, bool)> =
        apart[0].missing.iter().map(|it| (it.path.as_str(), it.doubt == FieldDoubt::Placeholder)).collect();
    assert_eq!(doubts, [("contact.last_name", true), ("contact.first_name", false)]);
    let fill =
        Fill { scope: FillScope::Everybody, path: "contact.first_name".into(), value: Some("vážený zákazník".into()) };
    campaigns::fill(&admin, id, fill).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let stands = Fill { scope: FillScope::One(apart[0].message), path: "contact.last_name".into(), value: None };
    campaigns::fill(&admin, id, stands).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.hindrances.as_slice(), campaign.counts.prepared), ([].as_slice(), 2));
    let second = campaigns::review(&admin, everything(id), Some(apart[0].message)).await.unwrap().unwrap();
    assert!(second.html.contains("Dobrý deň vážený zákazník."), "{}", second.html);
    assert!(first(&bed, id).await.html.contains("Dobrý deň Eva."));
}

#[tokio::test]
async fn looking_through_shows_what_differs_and_who_comes_next() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let ids = [person(&admin, "Nová", "a@example.sk").await, person(&admin, "Kováčová", "b@example.sk").await];
    let content = text("Novinky", "<p>Vážená pani {{ contact.last_name }}, presťahovali sme sa.</p>");
    let id = prepared(&bed, &admin, CampaignDraft { content, ..draft(to(&ids)) }).await;
    let one = first(&bed, id).await;
    assert_eq!((one.number, one.previous, one.reviewed), ((1, 2), None, (1, 2)));
    assert!(one.marked_html.contains("<ins>Nová,</ins>"), "{}", one.marked_html);
    assert!(one.text.iter().any(|it| it.differs && it.text.contains("Nová")));
    let two = campaigns::review(&admin, everything(id), one.next).await.unwrap().unwrap();
    assert_eq!((two.previous, two.number, two.reviewed), (Some(one.row.message), (2, 2), (2, 2)));
    let query = ReviewQuery { place: everything(id), words: "kovac".into(), after: None };
    let found = campaigns::review_page(&admin, query).await.unwrap();
    assert_eq!(found.rows.iter().map(|it| it.address.as_str()).collect::<Vec<_>>(), ["b@example.sk"]);
    assert_eq!((found.looked_through, found.next), (2, None));
}

#[tokio::test]
async fn what_is_edited_by_hand_stays_when_the_rest_is_made_anew() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk, jan@example.sk"))).await;
    let one = first(&bed, id).await;
    let by_hand = PreparedDraft { subject: "Osobne".into(), html: "<p>Milá Eva</p>".into(), text: String::new() };
    campaigns::edit_prepared(&admin, id, (one.row.message, one.revision), by_hand.clone()).await.unwrap();
    let stale = campaigns::edit_prepared(&admin, id, (one.row.message, one.revision), by_hand).await;
    assert_eq!(refused(stale), Refusal::Stale(Noun::Message));
    let campaign = seen(&bed, id).await;
    let content = text("Oprava", "<p>Iné slová.</p>");
    campaigns::save(&admin, Some((id, campaign.revision)), CampaignDraft { content, ..campaign.draft }).await.unwrap();
    assert!(seen(&bed, id).await.prepared.unwrap().is_edited);
    let would = campaigns::preview_regeneration(&admin, id).await.unwrap();
    assert_eq!((would.unsent, would.kept, would.would_change), (2, 1, 1));
    campaigns::regenerate(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    let subjects: Vec<String> = listed(&bed, id, ReviewGroupKind::All).await.into_iter().map(|it| it.subject).collect();
    assert_eq!(subjects, ["Osobne", "Oprava"]);
    assert!(!seen(&bed, id).await.prepared.unwrap().is_edited);
    assert_eq!(listed(&bed, id, ReviewGroupKind::Edited).await.len(), 1);
}

#[tokio::test]
async fn a_commercial_campaign_can_be_unsubscribed_from_and_names_the_company() {
    let bed = TestBed::new().await;
    let id =
        prepared(&bed, &bed.admin(), CampaignDraft { kind: CampaignKind::Commercial, ..draft(typed("eva@example.sk")) }).await;
    let one = first(&bed, id).await;
    assert!(one.html.contains("https://posel.example/unsubscribe/"), "{}", one.html);
    assert!(one.html.contains("Žltý kôň"));
}

#[tokio::test]
async fn discarding_makes_it_a_draft_that_can_be_deleted() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk"))).await;
    assert_eq!(refused(campaigns::delete(&admin, id).await), Refusal::InUse(Noun::Campaign));
    campaigns::discard(&admin, id).await.unwrap();
    assert_eq!(seen(&bed, id).await.state, CampaignState::Draft);
    campaigns::delete(&admin, id).await.unwrap();
    assert_eq!(refused(campaigns::open(&admin, id).await), Refusal::NotFound(Noun::Campaign));
}

#[tokio::test]
async fn what_a_campaign_prepared_is_not_released_message_by_message() {
    let bed = TestBed::new().await;
    let id = prepared(&bed, &bed.admin(), draft(typed("eva@example.sk"))).await;
    let message = first(&bed, id).await.row.message;
    assert_eq!(refused(messages::release(&bed.admin(), vec![message]).await), Refusal::IllegalStep(Noun::Campaign));
    assert_eq!(refused(messages::open_draft(&bed.admin(), message).await), Refusal::IllegalStep(Noun::Campaign));
}

#[tokio::test]
async fn a_campaign_without_content_is_not_prepared() {
    let bed = TestBed::new().await;
    let id = made(&bed.admin(), CampaignDraft { name: "Prázdna".into(), ..CampaignDraft::default() }).await;
    match refused(campaigns::prepare(&bed.admin(), id).await) {
        Refusal::Invalid(faults) => {
            assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["audience", "content"]);
            assert!(faults.iter().all(|it| it.fault == Fault::Missing));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_contact_changed_since_is_told_until_its_message_is_made_anew() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = person(&admin, "Nová", "eva@example.sk").await;
    let id = prepared(&bed, &admin, draft(to(&[eva]))).await;
    assert_eq!(listed(&bed, id, ReviewGroupKind::Changed).await, []);
    bed.advance(1_000);
    let contact = contacts::open(&admin, eva).await.unwrap();
    let married = ContactDraft { last_name: "Vydatá".into(), ..contact.fields };
    contacts::save(&admin, Some((eva, contact.revision)), married).await.unwrap();
    assert_eq!(listed(&bed, id, ReviewGroupKind::Changed).await.len(), 1);
    assert_eq!(seen(&bed, id).await.checked.unwrap().changed, 1);
    campaigns::regenerate(&admin, id).await.unwrap();
    campaigns::work_turn(&bed.engine).await.unwrap();
    assert_eq!(listed(&bed, id, ReviewGroupKind::Changed).await, []);
}

#[tokio::test]
async fn prepared_messages_of_a_campaign_do_not_each_ask_for_release() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    prepared(&bed, &admin, draft(typed("eva@example.sk, jan@example.sk"))).await;
    assert_eq!(overview::open(&admin, Moment(0)).await.unwrap().prepared, 0);
}
