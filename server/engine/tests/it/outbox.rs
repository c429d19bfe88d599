//! The outbox: what waits and why, sending at once, taking out, holding everything.

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{Ctx, accounts, history, messages, outbox, worker};
use model::message::UNDO_MS;
use model::{
    AccountDraft, Decision, DeliveryState, Hold, MessageDraft, MessageId, MessageState, OutboxPart, OutboxQuery, OutboxRow,
    Permission, Refusal, Security, SmtpSettings, Trouble,
};

use crate::refused;

async fn account(bed: &TestBed, server: &ScriptedServer, hourly_limit: Option<u32>) {
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let (name, sender_address) = ("Relay".into(), "obchod@example.sk".into());
    let draft = AccountDraft { name, smtp, sender_address, hourly_limit, ..AccountDraft::default() };
    accounts::save(&bed.admin(), None, draft).await.unwrap();
}

async fn send(bed: &TestBed, to: &str) -> MessageId {
    let draft = MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Dobrý deň".into(), ..MessageDraft::default() };
    messages::send(&bed.admin(), None, draft).await.unwrap().id
}

async fn rows(ctx: &Ctx, part: OutboxPart) -> Vec<OutboxRow> {
    outbox::list(ctx, OutboxQuery { part, ..OutboxQuery::default() }).await.unwrap().rows
}

async fn state(bed: &TestBed, id: MessageId) -> (MessageState, DeliveryState) {
    let message = history::open(&bed.admin(), id).await.unwrap();
    (message.state, message.deliveries[0].state)
}

#[tokio::test]
async fn each_delivery_stands_in_the_part_that_says_why_it_waits() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, Some(2)).await;
    relay.rule(Rule::at(At::Recipient).for_recipient("plna@example.sk").answer("452 4.2.2 mailbox full"));
    relay.rule(Rule::at(At::Dot).for_recipient("nikto@example.sk").take().close());
    for to in ["plna@example.sk", "nikto@example.sk", "eva@example.sk", "rad@example.sk"] {
        send(&bed, to).await;
    }
    assert_eq!(rows(&admin, OutboxPart::Planned).await.len(), 4);
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    send(&bed, "planovany@example.sk").await;
    let of = async |part| rows(&admin, part).await.into_iter().map(|it| it.address.to_string()).collect::<Vec<_>>();
    assert_eq!(of(OutboxPart::Turn).await, ["rad@example.sk"]);
    assert_eq!(of(OutboxPart::Planned).await, ["planovany@example.sk"]);
    assert_eq!(of(OutboxPart::Retry).await, ["plna@example.sk"]);
    assert_eq!(of(OutboxPart::Unknown).await, ["nikto@example.sk"]);
    assert!(rows(&admin, OutboxPart::Retry).await[0].reply.contains("mailbox full"));
    let seen = outbox::look(&admin).await.unwrap();
    assert_eq!(seen.counts, [1, 1, 1, 0, 1]);
    let relay_account = seen.accounts.iter().find(|it| it.name == "Relay").unwrap();
    assert!(matches!(relay_account.hold, Hold::Limit(_)), "{:?}", relay_account.hold);
    assert_eq!((relay_account.waiting, relay_account.sent_last_hour), (3, 2));
}

#[tokio::test]
async fn what_waits_can_be_sent_at_once_or_taken_out() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, None).await;
    let (now, never) = (send(&bed, "hned@example.sk").await, send(&bed, "nikdy@example.sk").await);
    let planned = rows(&admin, OutboxPart::Planned).await;
    let id_of = |message| vec![planned.iter().find(|it| it.message == message).unwrap().id];
    assert_eq!(outbox::send_now(&admin, id_of(now)).await.unwrap(), 1);
    assert_eq!(outbox::remove(&admin, id_of(never)).await.unwrap(), 1);
    worker::turn(&bed.engine).await.unwrap();
    bed.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!(state(&bed, now).await, (MessageState::Sent, DeliveryState::Accepted));
    assert_eq!(state(&bed, never).await, (MessageState::Cancelled, DeliveryState::Cancelled));
    assert_eq!((relay.mails().len(), relay.n_copies("hned@example.sk")), (1, 1));
    assert_eq!(outbox::remove(&admin, id_of(now)).await.unwrap(), 0);
}

#[tokio::test]
async fn while_everything_is_held_nothing_leaves_also_after_a_restart() {
    let mut bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, None).await;
    outbox::pause(&bed.admin()).await.unwrap();
    let id = send(&bed, "eva@example.sk").await;
    bed.advance(UNDO_MS);
    assert_eq!(worker::turn(&bed.engine).await.unwrap(), worker::Turn { carried: 0, next_due: None });
    bed.crash().await;
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 0);
    assert_eq!(outbox::look(&bed.admin()).await.unwrap().paused.map(|it| it.1), Some("Adam Správca".to_owned()));
    outbox::resume(&bed.admin()).await.unwrap();
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 1);
    assert_eq!(state(&bed, id).await.1, DeliveryState::Accepted);
}

#[tokio::test]
async fn who_may_not_manage_the_outbox_changes_nothing() {
    let bed = TestBed::new().await;
    let writer = bed.user_with(&[Permission::MessageWrite, Permission::MessageSend, Permission::MessagesViewAll]).await;
    let denied = Refusal::NotPermitted(Permission::OutboxManage);
    assert_eq!(refused(outbox::look(&writer).await), denied);
    assert_eq!(refused(outbox::pause(&writer).await), denied);
    send(&bed, "eva@example.sk").await;
    let id = rows(&bed.admin(), OutboxPart::Planned).await[0].id;
    assert_eq!(refused(outbox::remove(&writer, vec![id]).await), denied);
    assert_eq!(refused(outbox::send_now(&writer, vec![id]).await), denied);
    assert_eq!(rows(&bed.admin(), OutboxPart::Planned).await.len(), 1);
}

#[tokio::test]
async fn a_row_tells_the_subject_to_whoever_may_see_the_message() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, None).await;
    send(&bed, "eva@example.sk").await;
    let seen = rows(&bed.admin(), OutboxPart::Planned).await.remove(0);
    assert_eq!((seen.subject.as_deref(), seen.author.as_str()), (Some("Ponuka"), "Adam Správca"));
    assert_eq!((seen.account_name.as_str(), seen.campaign), ("Relay", None));
    for rights in [&[Permission::OutboxManage][..], &[Permission::OutboxManage, Permission::MessagesViewOwn]] {
        let other = bed.user_with(rights).await;
        let row = rows(&other, OutboxPart::Planned).await.remove(0);
        assert_eq!((row.subject, row.author.as_str()), (None, "Adam Správca"));
    }
}

#[tokio::test]
async fn many_unknown_ones_are_decided_at_once_and_each_shows_its_evidence() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, None).await;
    relay.rule(Rule::at(At::Dot).take().close());
    let mut sent = Vec::new();
    for n in 0..4 {
        sent.push(send(&bed, &format!("clovek{n}@example.sk")).await);
    }
    bed.advance(UNDO_MS);
    for _ in 0..4 {
        worker::turn(&bed.engine).await.unwrap();
        bed.advance(model::time::minutes(30));
    }
    let unknown = rows(&admin, OutboxPart::Unknown).await;
    assert_eq!(unknown.len(), 4);
    let evidence = outbox::evidence(&admin, unknown[0].id).await.unwrap();
    assert_eq!((evidence.state, evidence.attempts.len()), (DeliveryState::Unknown, 1));
    assert!(evidence.handed_at.is_some() && evidence.attempts[0].relay.starts_with("127.0.0.1:"));
    let ids: Vec<_> = unknown.iter().map(|it| it.id).collect();
    assert_eq!(outbox::decide(&admin, ids[..2].to_vec(), Decision::TakeAsAccepted).await.unwrap(), 2);
    // Whoever was slower decides about what is left.
    assert_eq!(outbox::decide(&admin, ids.clone(), Decision::TakeAsAccepted).await.unwrap(), 2);
    assert_eq!(outbox::decide(&admin, ids, Decision::SendAgain).await.unwrap(), 0);
    for id in sent {
        assert_eq!(state(&bed, id).await, (MessageState::Sent, DeliveryState::Accepted));
    }
    let nobody = bed.user_with(&[Permission::MessagesViewAll]).await;
    let denied = Refusal::NotPermitted(Permission::OutboxManage);
    assert_eq!(refused(outbox::evidence(&nobody, unknown[0].id).await), denied);
    assert_eq!(refused(outbox::decide(&nobody, vec![unknown[0].id], Decision::SendAgain).await), denied);
}

#[tokio::test]
async fn while_the_disk_is_full_nothing_leaves_and_nothing_is_lost() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let mut trouble = bed.engine.trouble();
    let id = send(&bed, "eva@example.sk").await;
    bed.engine.keep_size(true).await.unwrap();
    let filling = async || {
        let body = "Dobrý deň. ".repeat(20_000).into();
        let draft = MessageDraft { to: "jan@example.sk".into(), subject: "Dlhá".into(), body, ..MessageDraft::default() };
        messages::prepare(&admin, None, draft).await
    };
    let mut refusal = None;
    for _ in 0..200 {
        if let Err(error) = filling().await {
            refusal = Some(refused::<()>(Err(error)));
            break;
        }
    }
    assert_eq!(refusal, Some(Refusal::DiskFull));
    let noted = tokio::time::timeout(std::time::Duration::from_secs(20), trouble.wait_for(|it| it.is_some())).await;
    assert_eq!(*noted.unwrap().unwrap(), Some(Trouble::DiskFull));
    bed.advance(UNDO_MS);
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 0);
    assert_eq!(state(&bed, id).await.1, DeliveryState::Waiting);
    bed.engine.keep_size(false).await.unwrap();
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 1);
    assert_eq!((state(&bed, id).await.1, *trouble.borrow()), (DeliveryState::Accepted, None));
    assert_eq!(bed.engine.check().await.unwrap(), Vec::<String>::new());
}
