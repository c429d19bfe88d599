//! A copy of the database that is put back: noticed whatever was between, and nothing leaves twice without a person.

use std::fs;

use delivery::testing::ScriptedServer;
use engine::testbed::TestBed;
use engine::{accounts, audit, copies, history, messages, outbox, put_back, session, worker};
use model::message::UNDO_MS;
use model::time::days;
use model::{
    AccountDraft, AuditQuery, Deed, DeliveryState, MessageDraft, MessageId, Noun, OutboxPart, OutboxQuery, Permission, PutBack,
    PutBackDecision, Refusal, Security, SmtpSettings,
};

use crate::refused;

async fn relayed() -> (TestBed, ScriptedServer) {
    let (bed, relay) = (TestBed::new().await, ScriptedServer::start().await);
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: relay.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let (name, sender_address) = ("Relay".into(), "obchod@example.sk".into());
    let draft = AccountDraft { name, smtp, sender_address, hourly_limit: None, ..AccountDraft::default() };
    accounts::save(&bed.admin(), None, draft).await.unwrap();
    (bed, relay)
}

async fn send(bed: &TestBed, to: &str) -> MessageId {
    let draft = MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Dobrý deň".into(), ..MessageDraft::default() };
    messages::send(&bed.admin(), None, draft).await.unwrap().id
}

async fn carry(bed: &TestBed) -> u32 {
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap().carried
}

async fn found(bed: &TestBed) -> Option<PutBack> {
    outbox::look(&bed.admin()).await.unwrap().put_back
}

async fn deeds(bed: &TestBed) -> Vec<Deed> {
    audit::list(&bed.admin(), AuditQuery::default()).await.unwrap().rows.into_iter().map(|it| it.deed).collect()
}

async fn state(bed: &TestBed, id: MessageId) -> DeliveryState {
    history::open(&bed.admin(), id).await.unwrap().deliveries[0].state
}

#[tokio::test]
async fn nothing_of_a_copy_leaves_until_a_person_lets_it_run() {
    let (mut bed, relay) = relayed().await;
    send(&bed, "eva@example.sk").await;
    let backup = bed.backup();
    let made_by = bed.engine.clock().now();
    assert_eq!(carry(&bed).await, 1);
    bed.put_back(&backup).await;
    assert_eq!((carry(&bed).await, relay.n_copies("eva@example.sk")), (0, 1));
    let it = found(&bed).await.unwrap();
    assert_eq!((it.left_since, it.waiting, it.campaigns), (Some(1), 1, 0));
    assert!(it.made_at <= made_by && it.ran_until.is_some());
    assert!(session::me(&bed.admin()).await.unwrap().put_back);
    // Also what is new waits for the decision, a person who resumes changes nothing, and a restart neither; it is told once.
    send(&bed, "jan@example.sk").await;
    outbox::resume(&bed.admin()).await.unwrap();
    bed.restart().await;
    bed.advance(days(30));
    assert_eq!(carry(&bed).await, 0);
    assert_eq!(deeds(&bed).await.iter().filter(|it| **it == Deed::DatabasePutBack).count(), 1);

    let writer = bed.user_with(&[Permission::MessageSend, Permission::MessagesViewAll]).await;
    let denied = refused(put_back::decide(&writer, PutBackDecision::LetRun).await);
    assert_eq!(denied, Refusal::NotPermitted(Permission::OutboxManage));
    put_back::decide(&bed.admin(), PutBackDecision::LetRun).await.unwrap();
    assert_eq!(deeds(&bed).await[0], Deed::PutBackLetRun(1));
    assert_eq!((carry(&bed).await, relay.n_copies("eva@example.sk"), relay.n_copies("jan@example.sk")), (2, 2, 1));
    assert!(found(&bed).await.is_none() && !session::me(&bed.admin()).await.unwrap().put_back);
    let again = refused(put_back::decide(&bed.admin(), PutBackDecision::LetRun).await);
    assert_eq!(again, Refusal::Stale(Noun::Delivery));
}

#[tokio::test]
async fn what_waited_in_a_copy_can_be_set_aside_before_anything_leaves() {
    let (mut bed, relay) = relayed().await;
    let eva = send(&bed, "eva@example.sk").await;
    let backup = bed.backup();
    carry(&bed).await;
    let lost = send(&bed, "ida@example.sk").await;
    bed.put_back(&backup).await;
    let jan = send(&bed, "jan@example.sk").await;
    assert!(lost.0 < jan.0, "what is new has the number of something that left");
    put_back::decide(&bed.admin(), PutBackDecision::SetAside).await.unwrap();
    assert_eq!(deeds(&bed).await[0], Deed::PutBackSetAside(1));
    carry(&bed).await;
    assert_eq!((state(&bed, eva).await, state(&bed, jan).await), (DeliveryState::Unknown, DeliveryState::Accepted));
    assert_eq!((relay.n_copies("eva@example.sk"), relay.n_copies("jan@example.sk")), (1, 1));
    let query = OutboxQuery { part: OutboxPart::Unknown, ..OutboxQuery::default() };
    let rows = outbox::list(&bed.admin(), query).await.unwrap().rows;
    assert!(rows.len() == 1 && rows[0].reply.contains("put back"), "{rows:?}");
    let known = history::open(&bed.admin(), eva).await.unwrap();
    assert_eq!((known.deliveries[0].attempts.len(), known.deliveries[0].attempts[0].number), (1, 1));
}

#[tokio::test]
async fn restarts_crashes_and_a_moved_folder_are_no_copy_that_was_put_back() {
    let (mut bed, relay) = relayed().await;
    for n in 0..3 {
        send(&bed, &format!("eva{n}@example.sk")).await;
        // Each crash moves the folder elsewhere, as it is in the middle of everything.
        bed.crash().await;
        assert!(found(&bed).await.is_none());
        assert_eq!(carry(&bed).await, 1);
        bed.restart().await;
        assert!(found(&bed).await.is_none());
    }
    assert_eq!(relay.mails().len(), 3);
    // A copy that is put back at once knows everything.
    let backup = bed.backup();
    bed.put_back(&backup).await;
    assert!(found(&bed).await.is_none());
}

#[tokio::test]
async fn a_copy_without_its_mark_or_beside_another_one_is_held_as_well() {
    let (mut bed, relay) = relayed().await;
    send(&bed, "eva@example.sk").await;
    for damage in [None, Some(""), Some("posel-mark-1 0 0 0 0\n")] {
        let (backup, mark) = (bed.backup(), bed.folder().join("posel.mark"));
        match damage {
            None => fs::remove_file(mark).unwrap(),
            Some(text) => fs::write(mark, text).unwrap(),
        }
        bed.put_back(&backup).await;
        assert_eq!(found(&bed).await.map(|it| (it.left_since, it.ran_until)), Some((None, None)), "{damage:?}");
        assert_eq!(carry(&bed).await, 0);
        put_back::decide(&bed.admin(), PutBackDecision::SetAside).await.unwrap();
    }
    assert_eq!(relay.mails().len(), 0);
}

#[tokio::test]
async fn copies_of_sent_mails_wait_for_the_decision_too() {
    let (mut bed, _relay) = relayed().await;
    send(&bed, "eva@example.sk").await;
    let backup = bed.backup();
    carry(&bed).await;
    bed.put_back(&backup).await;
    assert_eq!(copies::turn(&bed.engine).await.unwrap(), copies::Turn { put: 0, next_due: None });
}
