//! Campaigns that are changed while they are held.

use engine::testbed::TestBed;
use engine::{Ctx, attachments, campaigns, capture, history, indexer, worker};
use model::time::seconds;
use model::{
    ApprovalRule, ApprovalState, CampaignDraft, CampaignId, CampaignPace, CampaignState, CampaignStep, Hindrance, MessageFilter,
    Noun, Permission, PreparedDraft, Refusal, ReviewGroupKind,
};

use super::{carry, draft, everything, listed, prepared, seen, text, typed};
use crate::refused;

const RIGHTS: [Permission; 3] = [Permission::CampaignWrite, Permission::CampaignRelease, Permission::CampaignApprove];

fn many(n: usize) -> String {
    (0..n).map(|n| format!("clovek{n}@example.sk")).collect::<Vec<_>>().join(", ")
}

/// A campaign to thirty people, of which ten messages have left and the others are held.
async fn held(bed: &TestBed, ctx: &Ctx) -> CampaignId {
    let pace = CampaignPace { per_hour: Some(3_600), window: None };
    let id = prepared(bed, ctx, CampaignDraft { pace, ..draft(typed(&many(30))) }).await;
    if seen(bed, id).await.approval.is_needed {
        let other = bed.user_with(&RIGHTS).await;
        campaigns::request_approval(ctx, id, String::new()).await.unwrap();
        campaigns::decide_approval(&other, id, true, String::new()).await.unwrap();
    }
    campaigns::release(ctx, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    bed.advance(seconds(9));
    worker::turn(&bed.engine).await.unwrap();
    campaigns::pause(ctx, id).await.unwrap();
    id
}

/// Says something else from now on.
async fn reword(bed: &TestBed, ctx: &Ctx, id: CampaignId) {
    let campaign = seen(bed, id).await;
    let content = text("Oprava", "<p>Dobrý deň, sídlime inde.</p>");
    let pace = CampaignPace { per_hour: None, window: None };
    let draft = CampaignDraft { content, pace, ..campaign.draft };
    campaigns::save(ctx, Some((id, campaign.revision)), draft).await.unwrap();
}

async fn regenerate(bed: &TestBed, ctx: &Ctx, id: CampaignId) {
    campaigns::regenerate(ctx, id).await.unwrap();
    assert_eq!(seen(bed, id).await.state, CampaignState::Preparing);
    campaigns::work_turn(&bed.engine).await.unwrap();
}

/// How many mails with each of the two subjects have left.
async fn left(bed: &TestBed) -> (usize, usize) {
    let (mut subjects, mut after) = (Vec::new(), None);
    loop {
        let page = capture::list(&bed.admin(), after).await.unwrap();
        subjects.extend(page.rows.into_iter().map(|it| it.subject));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    (subjects.iter().filter(|it| *it == "Zmena sídla").count(), subjects.iter().filter(|it| *it == "Oprava").count())
}

#[tokio::test]
async fn what_was_made_anew_while_held_is_found_by_its_new_words_alone() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = held(&bed, &admin).await;
    let found = async |words: &str| {
        while 0 < indexer::turn(&bed.engine).await.unwrap() {}
        history::count(&admin, MessageFilter { words: words.into(), ..MessageFilter::default() }).await.unwrap()
    };
    assert!(10 <= found("zmena").await && found("oprava").await == 0);
    reword(&bed, &admin, id).await;
    regenerate(&bed, &admin, id).await;
    assert_eq!((found("zmena").await, found("oprava").await), (10, 20), "what has left keeps its words");
    let last = listed(&bed, id, ReviewGroupKind::All).await.pop().unwrap().message;
    let one = campaigns::review(&admin, everything(id), Some(last)).await.unwrap().unwrap();
    let words = PreparedDraft { subject: "Dodatok".into(), html: "<p>Ručne</p>".into(), text: String::new() };
    campaigns::edit_prepared(&admin, id, (last, one.revision), words).await.unwrap();
    assert_eq!((found("oprava").await, found("dodatok").await), (19, 1));
}

#[tokio::test]
async fn editing_a_held_campaign_changes_what_has_not_left_only_when_it_is_made_anew() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = held(&bed, &admin).await;
    reword(&bed, &admin, id).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.prepared), (CampaignState::Paused, 10, 20));
    assert!(campaign.prepared.is_some_and(|it| it.is_edited) && campaign.hindrances.is_empty());
    let preview = campaigns::preview_regeneration(&admin, id).await.unwrap();
    assert_eq!((preview.unsent, preview.looked_at, preview.would_change), (20, 20, 20));
    regenerate(&bed, &admin, id).await;
    let campaign = seen(&bed, id).await;
    assert_eq!((campaign.state, campaign.counts.sent, campaign.counts.prepared), (CampaignState::Paused, 10, 20));
    campaigns::resume(&admin, id).await.unwrap();
    carry(&bed).await;
    assert_eq!((left(&bed).await, seen(&bed, id).await.state), ((10, 20), CampaignState::Finished));
}

#[tokio::test]
async fn a_message_that_was_in_the_queue_is_edited_as_it_is_seen_while_the_campaign_is_held() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = prepared(&bed, &admin, draft(typed("eva@example.sk"))).await;
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    campaigns::pause(&admin, id).await.unwrap();
    let one = super::first(&bed, id).await;
    campaigns::preview_regeneration(&admin, id).await.unwrap();
    let words = model::PreparedDraft { subject: "Oprava".into(), html: "<p>Oprava</p>".into(), text: String::new() };
    campaigns::edit_prepared(&admin, id, (one.row.message, one.revision), words).await.unwrap();
    campaigns::resume(&admin, id).await.unwrap();
    carry(&bed).await;
    assert_eq!(left(&bed).await, (0, 1));
}

#[tokio::test]
async fn what_was_edited_by_hand_and_has_left_is_not_counted_as_kept() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let pace = CampaignPace { per_hour: Some(3_600), window: None };
    let id = prepared(&bed, &admin, CampaignDraft { pace, ..draft(typed("eva@example.sk, jan@example.sk")) }).await;
    let one = super::first(&bed, id).await;
    let words = model::PreparedDraft { subject: "Oprava".into(), html: "<p>Oprava</p>".into(), text: String::new() };
    campaigns::edit_prepared(&admin, id, (one.row.message, one.revision), words).await.unwrap();
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    worker::turn(&bed.engine).await.unwrap();
    campaigns::pause(&admin, id).await.unwrap();
    let preview = campaigns::preview_regeneration(&admin, id).await.unwrap();
    assert_eq!((preview.unsent, preview.kept), (1, 0));
}

#[tokio::test]
async fn a_held_campaign_that_is_edited_and_not_made_anew_goes_on_as_it_was() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = held(&bed, &admin).await;
    reword(&bed, &admin, id).await;
    campaigns::resume(&admin, id).await.unwrap();
    carry(&bed).await;
    assert_eq!((left(&bed).await, seen(&bed, id).await.state), ((30, 0), CampaignState::Finished));
}

#[tokio::test]
async fn changing_what_is_held_breaks_the_approval_and_it_goes_on_only_with_another_one() {
    let bed = TestBed::new().await;
    // The rest alone would need no approval; what has left counts as well.
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Above(25)).await.unwrap();
    let (author, other) = (bed.user_with(&RIGHTS).await, bed.user_with(&RIGHTS).await);
    let id = held(&bed, &author).await;
    reword(&bed, &author, id).await;
    assert_eq!(seen(&bed, id).await.approval.state, ApprovalState::Approved, "nothing prepared has changed yet");
    regenerate(&bed, &author, id).await;
    let broken = Refusal::Hindered(vec![Hindrance::ApprovalBroken]);
    assert_eq!(seen(&bed, id).await.hindrances, [Hindrance::ApprovalBroken]);
    assert_eq!(refused(campaigns::resume(&author, id).await), broken);
    campaigns::request_approval(&author, id, String::new()).await.unwrap();
    assert_eq!(refused(campaigns::resume(&author, id).await), Refusal::Hindered(vec![Hindrance::NotApproved]));
    campaigns::decide_approval(&other, id, true, String::new()).await.unwrap();
    campaigns::resume(&author, id).await.unwrap();
    carry(&bed).await;
    assert_eq!(left(&bed).await, (10, 20));
}

#[tokio::test]
async fn a_rule_of_approval_that_came_later_stops_only_what_is_changed() {
    let bed = TestBed::new().await;
    let author = bed.user_with(&RIGHTS).await;
    let id = held(&bed, &author).await;
    campaigns::set_approval_rule(&bed.admin(), ApprovalRule::Always).await.unwrap();
    assert_eq!(seen(&bed, id).await.hindrances, []);
    reword(&bed, &author, id).await;
    regenerate(&bed, &author, id).await;
    assert_eq!(refused(campaigns::resume(&author, id).await), Refusal::Hindered(vec![Hindrance::ApprovalBroken]));
}

#[tokio::test]
async fn other_files_of_the_same_name_and_size_are_noticed_and_reach_what_has_not_left() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let put = async |content: &[u8]| attachments::put(&admin, "cennik.txt", "text/plain", content.to_vec()).await.unwrap().id;
    let id = prepared(
        &bed,
        &admin,
        CampaignDraft { attachments: vec![put(b"stare ceny").await], ..draft(typed("eva@example.sk, jan@example.sk")) },
    )
    .await;
    campaigns::release(&admin, id, None).await.unwrap();
    campaigns::feed_turn(&bed.engine).await.unwrap();
    campaigns::pause(&admin, id).await.unwrap();
    let campaign = seen(&bed, id).await;
    assert!(!campaign.prepared.as_ref().is_some_and(|it| it.attachments_edited));
    let same = CampaignDraft { attachments: vec![put(b"stare ceny").await], ..campaign.draft.clone() };
    let (_, revision) = campaigns::save(&admin, Some((id, campaign.revision)), same).await.unwrap();
    assert!(!seen(&bed, id).await.prepared.is_some_and(|it| it.attachments_edited), "the same bytes again");
    let other = CampaignDraft { attachments: vec![put(b"nove ceny!").await], ..campaign.draft };
    campaigns::save(&admin, Some((id, revision)), other).await.unwrap();
    assert!(seen(&bed, id).await.prepared.is_some_and(|it| it.attachments_edited));
    assert_eq!(campaigns::update_attachments(&admin, id).await.unwrap(), 2);
    assert!(!seen(&bed, id).await.prepared.is_some_and(|it| it.attachments_edited));
    campaigns::resume(&admin, id).await.unwrap();
    carry(&bed).await;
    for row in capture::list(&admin, None).await.unwrap().rows {
        let mail = capture::open(&admin, row.id).await.unwrap();
        let index = mail.parts.iter().find(|it| it.name == "cennik.txt").unwrap().index;
        assert_eq!(capture::part(&admin, row.id, index).await.unwrap().1, b"nove ceny!");
    }
}

#[tokio::test]
async fn stopped_while_it_is_made_anew_it_is_held_again_and_a_crash_changes_nothing() {
    let mut bed = TestBed::new().await;
    let id = held(&bed, &bed.admin()).await;
    reword(&bed, &bed.admin(), id).await;
    campaigns::regenerate(&bed.admin(), id).await.unwrap();
    bed.crash().await;
    assert_eq!(seen(&bed, id).await.state, CampaignState::Preparing);
    campaigns::stop_work(&bed.admin(), id).await.unwrap();
    assert_eq!(seen(&bed, id).await.state, CampaignState::Paused);
    regenerate(&bed, &bed.admin(), id).await;
    bed.crash().await;
    campaigns::resume(&bed.admin(), id).await.unwrap();
    carry(&bed).await;
    assert_eq!(left(&bed).await, (10, 20));
}

#[tokio::test]
async fn what_is_on_its_way_is_not_edited() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = held(&bed, &admin).await;
    campaigns::resume(&admin, id).await.unwrap();
    let campaign = seen(&bed, id).await;
    assert!(!campaign.state.allows(CampaignStep::Edit));
    let saved = campaigns::save(&admin, Some((id, campaign.revision)), campaign.draft).await;
    assert_eq!(refused(saved), Refusal::IllegalStep(Noun::Campaign));
    assert_eq!(refused(campaigns::regenerate(&admin, id).await), Refusal::IllegalStep(Noun::Campaign));
}
