//! Keeping messages: periods, the look before, the bin, and the end of what lay there long enough.

use engine::testbed::TestBed;
use engine::{Ctx, attachments, audit, comments, contacts, history, indexer, messages, retention, worker};
use model::message::UNDO_MS;
use model::person::ERASED_ADDRESS;
use model::time::{days, hours};
use model::{
    AuditQuery, BinFilter, BinnedHow, CommentOn, ContactDraft, ContactId, Deed, DeliveryState, MessageDraft, MessageFilter,
    MessageId, MessageQuery, Noun, Permission, Refusal, RetentionDeed, RetentionEnd, RetentionKind, RetentionRule,
    RetentionRules, RetentionRun, RetentionState, Subject,
};

use crate::refused;

const CANARY: &str = "kanárik";

async fn send(bed: &TestBed, to: &str) -> MessageId {
    let admin = bed.admin();
    let file = attachments::put(&admin, "zmluva.txt", "text/plain", to.as_bytes().to_vec()).await.unwrap();
    let draft = MessageDraft {
        to: to.into(),
        subject: format!("Zmluva {CANARY}"),
        body: format!("Posielame {CANARY}").into(),
        attachments: vec![file.id],
        ..MessageDraft::default()
    };
    let id = messages::send(&admin, None, draft).await.unwrap().id;
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    id
}

async fn contact(ctx: &Ctx, last: &str, email: &str) -> ContactId {
    let draft =
        ContactDraft { first_name: "Eva".into(), last_name: last.into(), emails: vec![email.into()], ..ContactDraft::default() };
    contacts::save(ctx, None, draft).await.unwrap()
}

fn rules(kind: RetentionKind, months: u32, end: RetentionEnd) -> RetentionRules {
    let mut rules = RetentionRules::default();
    rules.kinds.insert(kind, RetentionRule { months: Some(months), end });
    rules
}

async fn save(ctx: &Ctx, of: RetentionRules) {
    let revision = retention::open(ctx).await.unwrap().revision;
    retention::save_rules(ctx, revision, of).await.unwrap();
}

async fn settle(bed: &TestBed) {
    while retention::turn(&bed.engine).await.unwrap() {}
}

async fn looked(bed: &TestBed) -> RetentionRun {
    retention::look(&bed.admin()).await.unwrap();
    settle(bed).await;
    retention::open(&bed.admin()).await.unwrap().look.unwrap()
}

async fn apply(bed: &TestBed, of: RetentionRules) {
    save(&bed.admin(), of).await;
    looked(bed).await;
    retention::apply(&bed.admin()).await.unwrap();
    settle(bed).await;
}

async fn in_bin(ctx: &Ctx) -> Vec<MessageId> {
    retention::bin(ctx, BinFilter::default(), None).await.unwrap().rows.into_iter().map(|it| it.message.id).collect()
}

async fn listed(ctx: &Ctx, words: &str) -> Vec<MessageId> {
    let filter = MessageFilter { words: words.into(), ..MessageFilter::default() };
    let page = history::list(ctx, MessageQuery { filter, ..MessageQuery::default() }).await.unwrap();
    page.rows.into_iter().map(|it| it.id).collect()
}

async fn deeds(ctx: &Ctx, subject: Subject) -> Vec<RetentionDeed> {
    let query = AuditQuery { subject: Some(subject), ..AuditQuery::default() };
    let rows = audit::list(ctx, query).await.unwrap().rows;
    rows.into_iter().filter_map(|it| if let Deed::Retention(deed) = it.deed { Some(deed) } else { None }).collect()
}

async fn index(bed: &TestBed) {
    while 0 < indexer::turn(&bed.engine).await.unwrap() {}
}

#[tokio::test]
async fn a_look_counts_by_kind_and_year_and_changes_nothing() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let old = send(&bed, "eva@example.sk").await;
    bed.advance(days(100));
    let young = send(&bed, "eva@example.sk").await;
    save(&admin, rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise)).await;
    let look = looked(&bed).await;
    assert_eq!((look.state, look.found.messages(), look.found.sample), (RetentionState::Ended, 1, vec![old]));
    assert_eq!((look.found.due[0].kind, look.found.due[0].year), (RetentionKind::SingleMail, 2026));
    assert_eq!(listed(&admin, "").await, [young, old]);
    assert_eq!(in_bin(&admin).await, []);
}

#[tokio::test]
async fn of_two_who_change_the_periods_at_once_the_later_one_is_told() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let seen = retention::open(&admin).await.unwrap().revision;
    let first = rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise);
    let after = retention::save_rules(&admin, seen, first.clone()).await.unwrap();
    let second = rules(RetentionKind::Test, 1, RetentionEnd::Delete);
    let late = retention::save_rules(&admin, seen, second.clone()).await;
    assert_eq!(refused(late), Refusal::Stale(Noun::Message));
    let standing = retention::open(&admin).await.unwrap();
    assert_eq!((standing.rules, standing.revision), (first, after));
    retention::save_rules(&admin, after, second.clone()).await.unwrap();
    assert_eq!(retention::open(&admin).await.unwrap().rules, second);
}

#[tokio::test]
async fn nothing_is_done_under_periods_that_nobody_has_looked_at() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    save(&admin, rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise)).await;
    assert_eq!(refused(retention::apply(&admin).await), Refusal::LookFirst);
    assert_eq!(refused(retention::switch(&admin, true).await), Refusal::LookFirst);
    looked(&bed).await;
    retention::switch(&admin, true).await.unwrap();
    save(&admin, rules(RetentionKind::SingleMail, 1, RetentionEnd::Anonymise)).await;
    let standing = retention::open(&admin).await.unwrap();
    assert!(!standing.nightly && !standing.is_looked);
    assert_eq!(refused(retention::apply(&admin).await), Refusal::LookFirst);
}

#[tokio::test]
async fn what_has_had_its_time_goes_through_the_bin_and_loses_its_content_while_the_figures_stay() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let eva = contact(&admin, "Nová", "eva@example.sk").await;
    let id = send(&bed, "eva@example.sk").await;
    index(&bed).await;
    assert_eq!(listed(&admin, CANARY).await, [id]);
    bed.advance(days(100));
    apply(&bed, rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise)).await;
    index(&bed).await;
    assert_eq!((in_bin(&admin).await, listed(&admin, "").await, listed(&admin, CANARY).await), (vec![id], vec![], vec![]));
    assert_eq!(history::open(&admin, id).await.unwrap().subject, format!("Zmluva {CANARY}"));

    bed.advance(days(30));
    settle(&bed).await;
    index(&bed).await;
    let message = history::open(&admin, id).await.unwrap();
    assert!(message.erased_at.is_some() && message.binned_at.is_none());
    assert_eq!((message.subject.as_str(), message.text.as_str(), message.attachments.len()), ("", "", 0));
    assert_eq!(message.recipients[0].address.as_str(), ERASED_ADDRESS);
    assert_eq!((message.recipients[0].contact, message.deliveries[0].state), (None, DeliveryState::Accepted));
    assert_eq!(message.deliveries[0].address.as_str(), ERASED_ADDRESS);
    assert_eq!((in_bin(&admin).await, listed(&admin, "").await, listed(&admin, CANARY).await), (vec![], vec![id], vec![]));
    assert_eq!(deeds(&admin, Subject::Contact(eva)).await, [RetentionDeed::Forgotten(eva, 1)]);
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
    assert_eq!(refused(messages::resend(&admin, vec![id]).await), Refusal::IllegalStep(Noun::Message));
}

#[tokio::test]
async fn of_a_kind_that_is_deleted_nothing_stays() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&bed, "eva@example.sk").await;
    let again = messages::resend(&admin, vec![id]).await.unwrap()[0].id;
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    let mut of = rules(RetentionKind::SingleMail, 600, RetentionEnd::Delete);
    of.bin_days = 1;
    save(&admin, of).await;
    retention::delete(&admin, vec![id]).await.unwrap();
    bed.advance(days(1));
    settle(&bed).await;
    assert_eq!(refused(history::open(&admin, id).await), Refusal::NotFound(Noun::Message));
    let repeated = history::open(&admin, again).await.unwrap();
    assert_eq!((repeated.resend_of, repeated.attachments.len()), (None, 1));
    assert!(attachments::open(&admin, again, repeated.attachments[0].id).await.is_ok());
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn what_was_promised_to_the_bin_holds_whatever_rules_come_later() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&bed, "eva@example.sk").await;
    retention::delete(&admin, vec![id]).await.unwrap();
    let until = retention::bin(&admin, BinFilter::default(), None).await.unwrap().rows[0].until;
    let mut of = rules(RetentionKind::SingleMail, 600, RetentionEnd::Delete);
    of.bin_days = 1;
    save(&admin, of).await;
    bed.advance(days(29));
    settle(&bed).await;
    let rows = retention::bin(&admin, BinFilter::default(), None).await.unwrap().rows;
    assert_eq!((rows.len(), rows[0].until), (1, until));
    bed.advance(days(1));
    settle(&bed).await;
    assert!(history::open(&admin, id).await.unwrap().erased_at.is_some());
}

#[tokio::test]
async fn a_message_is_deleted_by_hand_and_taken_back() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&bed, "eva@example.sk").await;
    retention::delete(&admin, vec![id]).await.unwrap();
    index(&bed).await;
    let row = retention::bin(&admin, BinFilter::default(), None).await.unwrap().rows.remove(0);
    assert_eq!((row.message.id, row.by.as_deref()), (id, Some("Adam Správca")));
    assert_eq!(row.until, row.binned_at.plus(days(30)));
    assert_eq!(refused(messages::resend(&admin, vec![id]).await), Refusal::IllegalStep(Noun::Message));
    retention::restore(&admin, vec![id]).await.unwrap();
    index(&bed).await;
    assert_eq!((listed(&admin, CANARY).await, in_bin(&admin).await), (vec![id], vec![]));
    assert_eq!(deeds(&admin, Subject::Message(id)).await, [RetentionDeed::Restored(id), RetentionDeed::Binned(id)]);
    bed.advance(days(60));
    settle(&bed).await;
    assert!(history::open(&admin, id).await.unwrap().erased_at.is_none());
}

#[tokio::test]
async fn what_waits_is_never_touched() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let draft =
        MessageDraft { to: "eva@example.sk".into(), subject: "Čaká".into(), body: "text".into(), ..MessageDraft::default() };
    let prepared = messages::prepare(&admin, None, draft.clone()).await.unwrap();
    let queued = messages::send(&admin, None, draft).await.unwrap().id;
    for id in [prepared, queued] {
        assert_eq!(refused(retention::delete(&admin, vec![id]).await), Refusal::IllegalStep(Noun::Message));
    }
    bed.advance(days(100));
    save(&admin, rules(RetentionKind::SingleMail, 3, RetentionEnd::Delete)).await;
    let look = looked(&bed).await;
    assert_eq!((look.found.messages(), look.found.open), (0, 2));
}

#[tokio::test]
async fn a_proof_is_kept_until_its_own_period_is_over() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&bed, "eva@example.sk").await;
    retention::keep_as_proof(&admin, vec![id], true).await.unwrap();
    assert_eq!(refused(retention::delete(&admin, vec![id]).await), Refusal::KeptAsProof);
    bed.advance(days(200));
    let mut of = rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise);
    save(&admin, of.clone()).await;
    let look = looked(&bed).await;
    assert_eq!((look.found.messages(), look.found.protected), (0, 1));
    of.kinds.insert(RetentionKind::Proof, RetentionRule { months: Some(6), end: RetentionEnd::Anonymise });
    apply(&bed, of).await;
    assert_eq!(in_bin(&admin).await, [id]);
}

#[tokio::test]
async fn many_steps_go_on_where_a_crash_left_them() {
    let mut bed = TestBed::new().await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(send(&bed, &format!("eva{n}@example.sk")).await);
    }
    bed.advance(days(100));
    save(&bed.admin(), rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise)).await;
    retention::look(&bed.admin()).await.unwrap();
    bed.crash().await;
    settle(&bed).await;
    retention::apply(&bed.admin()).await.unwrap();
    bed.crash().await;
    settle(&bed).await;
    bed.crash().await;
    let standing = retention::open(&bed.admin()).await.unwrap();
    let run = standing.run.unwrap();
    assert_eq!((run.state, run.done, run.found.messages(), standing.in_bin), (RetentionState::Ended, 5, 5, 5));
    bed.advance(days(30));
    assert!(retention::turn(&bed.engine).await.unwrap());
    bed.crash().await;
    settle(&bed).await;
    for id in ids {
        assert!(history::open(&bed.admin(), id).await.unwrap().erased_at.is_some());
    }
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_walk_that_was_stopped_ends_where_it_is() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    send(&bed, "eva@example.sk").await;
    bed.advance(days(100));
    save(&admin, rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise)).await;
    retention::look(&admin).await.unwrap();
    assert_eq!(refused(retention::look(&admin).await), Refusal::InUse(Noun::Message));
    retention::stop(&admin).await.unwrap();
    settle(&bed).await;
    let standing = retention::open(&admin).await.unwrap();
    assert_eq!(standing.look.unwrap().state, RetentionState::Stopped);
    assert!(!standing.is_looked);
    assert_eq!(refused(retention::stop(&admin).await), Refusal::Stale(Noun::Message));
}

#[tokio::test]
async fn each_night_it_is_done_by_itself_once() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    send(&bed, "eva@example.sk").await;
    save(&admin, rules(RetentionKind::SingleMail, 3, RetentionEnd::Anonymise)).await;
    looked(&bed).await;
    bed.advance(days(100));
    settle(&bed).await;
    assert_eq!(retention::open(&admin).await.unwrap().in_bin, 0);
    retention::switch(&admin, true).await.unwrap();
    // The bed begins in the evening, so both are one night.
    settle(&bed).await;
    let first = retention::open(&admin).await.unwrap();
    let (in_bin, run) = (first.in_bin, first.run.unwrap());
    assert_eq!((in_bin, run.found.messages()), (1, 1));
    bed.advance(hours(1));
    settle(&bed).await;
    assert_eq!(retention::open(&admin).await.unwrap().run.unwrap().began_at, run.began_at);
    bed.advance(days(1));
    settle(&bed).await;
    assert!(run.began_at < retention::open(&admin).await.unwrap().run.unwrap().began_at);
}

#[tokio::test]
async fn the_bin_shows_and_gives_back_only_what_a_person_may_see() {
    let bed = TestBed::new().await;
    let id = send(&bed, "eva@example.sk").await;
    retention::delete(&bed.admin(), vec![id]).await.unwrap();
    let own = bed.user_with(&[Permission::MessagesViewOwn, Permission::MessageDelete]).await;
    assert_eq!(in_bin(&own).await, []);
    assert_eq!(refused(retention::restore(&own, vec![id]).await), Refusal::NotFound(Noun::Message));
    let reader = bed.user_with(&[Permission::MessagesViewAll]).await;
    assert_eq!(refused(history::open(&reader, id).await), Refusal::NotFound(Noun::Message));
    assert_eq!(
        refused(retention::bin(&reader, BinFilter::default(), None).await),
        Refusal::NotPermitted(Permission::MessageDelete)
    );
    assert_eq!(refused(retention::look(&own).await), Refusal::NotPermitted(Permission::RetentionManage));
}

#[tokio::test]
async fn the_bin_is_emptied_at_once_by_whoever_may_and_says_how_far_it_is() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (lost, kept) = (send(&bed, "eva@example.sk").await, send(&bed, "jana@example.sk").await);
    retention::delete(&admin, vec![lost]).await.unwrap();
    let manager = bed.user_with(&[Permission::MessagesViewAll, Permission::MessageDelete]).await;
    assert_eq!(refused(retention::empty_bin(&manager).await), Refusal::NotPermitted(Permission::RetentionManage));
    retention::empty_bin(&admin).await.unwrap();
    assert_eq!(refused(retention::look(&admin).await), Refusal::InUse(Noun::Message));
    // What comes there while it goes on was not meant.
    bed.advance(1);
    retention::delete(&admin, vec![kept]).await.unwrap();
    settle(&bed).await;
    let run = retention::open(&admin).await.unwrap().emptying.unwrap();
    assert_eq!((run.state, run.done, run.of), (RetentionState::Ended, 1, 1));
    assert!(history::open(&admin, lost).await.unwrap().erased_at.is_some());
    assert_eq!(in_bin(&admin).await, [kept]);
    let entries = audit::list(&admin, AuditQuery::default()).await.unwrap().rows;
    let about: Vec<_> = entries
        .iter()
        .filter_map(|it| match it.deed {
            Deed::Retention(it @ (RetentionDeed::Emptied(_) | RetentionDeed::Anonymised(_))) => Some(it),
            _ => None,
        })
        .collect();
    assert_eq!(about, [RetentionDeed::Anonymised(1), RetentionDeed::Emptied(1)]);
}

#[tokio::test]
async fn emptying_the_bin_can_be_stopped_and_what_is_left_can_be_taken_out() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&bed, "eva@example.sk").await;
    retention::delete(&admin, vec![id]).await.unwrap();
    retention::empty_bin(&admin).await.unwrap();
    retention::stop(&admin).await.unwrap();
    settle(&bed).await;
    assert_eq!(retention::open(&admin).await.unwrap().emptying.unwrap().state, RetentionState::Stopped);
    retention::restore(&admin, vec![id]).await.unwrap();
    assert!(history::open(&admin, id).await.unwrap().erased_at.is_none());
}

#[tokio::test]
async fn the_bin_is_searched_by_words_whatever_their_accents_and_by_how_it_came_there() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (old, young) = (send(&bed, "eva@example.sk").await, send(&bed, "jana@example.sk").await);
    let mut of = rules(RetentionKind::SingleMail, 1, RetentionEnd::Anonymise);
    of.bin_days = 300;
    save(&admin, of.clone()).await;
    retention::delete(&admin, vec![young]).await.unwrap();
    bed.advance(days(60));
    apply(&bed, of).await;
    let found = async |words: &str, how| {
        let filter = BinFilter { words: words.into(), how };
        let rows = retention::bin(&admin, filter, None).await.unwrap().rows;
        rows.into_iter().map(|it| it.message.id).collect::<Vec<_>>()
    };
    assert_eq!(found("", None).await, [old, young]);
    assert_eq!(found("KANARIK zmluva", None).await, [old, young]);
    assert_eq!(found("jana", None).await, [young]);
    assert_eq!(found("nikto", None).await, []);
    assert_eq!(found("", Some(BinnedHow::ByHand)).await, [young]);
    assert_eq!(found("zmluva", Some(BinnedHow::ByTime)).await, [old]);
}

#[tokio::test]
async fn a_look_tells_how_many_comments_would_go_with_their_messages() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let id = send(&bed, "eva@example.sk").await;
    send(&bed, "jana@example.sk").await;
    for text in ["Volala.", "Vybavené."] {
        comments::write(&admin, CommentOn::Message(id), text).await.unwrap();
    }
    bed.advance(days(100));
    apply(&bed, rules(RetentionKind::SingleMail, 1, RetentionEnd::Anonymise)).await;
    let look = retention::open(&admin).await.unwrap().look.unwrap();
    assert_eq!((look.found.messages(), look.found.comments), (2, 2));
    bed.advance(days(30));
    settle(&bed).await;
    assert_eq!(comments::list(&admin, CommentOn::Message(id)).await.unwrap(), []);
}
