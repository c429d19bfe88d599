//! Serving an account: connections, limits of domains, and what stops it.

use delivery::testing::{Moment as At, Rule, ScriptedServer};
use engine::testbed::TestBed;
use engine::{accounts, history, messages, worker};
use model::message::UNDO_MS;
use model::time::hours;
use model::{
    AccountDraft, AccountId, AccountState, DeliveryState, DomainLimit, DomainName, MessageDraft, MessageId, Pace, Security,
    SmtpSettings,
};

async fn account(bed: &TestBed, server: &ScriptedServer, pace: Pace) -> AccountId {
    let smtp = SmtpSettings {
        host: "127.0.0.1".into(),
        port: server.address().port(),
        security: Security::None,
        user_name: String::new(),
    };
    let (name, sender_address) = ("Relay".into(), "obchod@example.sk".into());
    let draft = AccountDraft { name, smtp, sender_address, hourly_limit: None, pace, ..AccountDraft::default() };
    accounts::save(&bed.admin(), None, draft).await.unwrap()
}

async fn send(bed: &TestBed, to: &str) -> MessageId {
    let draft = MessageDraft { to: to.into(), subject: "Ponuka".into(), body: "Dobrý deň".into(), ..MessageDraft::default() };
    messages::send(&bed.admin(), None, draft).await.unwrap().id
}

/// Sends so many messages and lets the time for undo pass.
async fn send_many(bed: &TestBed, n: usize) -> Vec<MessageId> {
    let mut ids = Vec::new();
    for i in 0..n {
        ids.push(send(bed, &format!("osoba{i}@example.sk")).await);
    }
    bed.advance(UNDO_MS);
    ids
}

async fn states(bed: &TestBed, id: MessageId) -> Vec<DeliveryState> {
    let message = history::open(&bed.admin(), id).await.unwrap();
    message.deliveries.iter().map(|it| it.state).collect()
}

/// Lets others work until `done` says so.
async fn until(mut done: impl AsyncFnMut() -> bool) {
    for _ in 0..100_000 {
        if done().await {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("never came");
}

#[tokio::test]
async fn an_account_uses_as_many_connections_as_it_is_allowed() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, Pace { connections: 4, ..Pace::default() }).await;
    let ids = send_many(&bed, 40).await;
    relay.rule(Rule::at(At::Dot).wait(std::time::Duration::from_millis(5)).behave());
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 40);
    assert_eq!((relay.n_connections(), relay.mails().len()), (4, 40));
    for id in ids {
        assert_eq!(states(&bed, id).await, [DeliveryState::Accepted]);
    }
}

#[tokio::test]
async fn a_connection_takes_leave_after_so_many_messages() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, Pace { connections: 1, messages_per_connection: 3, ..Pace::default() }).await;
    send_many(&bed, 10).await;
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((relay.n_connections(), relay.mails().len()), (4, 10));
    assert_eq!(relay.commands().iter().filter(|it| it.1 == "QUIT").count(), 3);
}

#[tokio::test]
async fn a_dead_relay_is_met_once_and_everything_waits_untouched() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, Pace { connections: 5, ..Pace::default() }).await;
    relay.rule(Rule::at(At::Greeting).answer("554 5.3.2 closed"));
    let ids = send_many(&bed, 12).await;
    let turn = worker::turn(&bed.engine).await.unwrap();
    assert_eq!((turn.carried, relay.n_connections()), (1, 1));
    let mut tries = 0;
    for id in ids {
        let message = history::open(&bed.admin(), id).await.unwrap();
        assert_eq!(message.deliveries[0].state, DeliveryState::Waiting);
        tries += message.deliveries[0].attempts.len();
    }
    assert_eq!(tries, 1);
}

#[tokio::test]
async fn a_pause_ends_at_once_what_has_not_been_handed() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    let id = account(&bed, &relay, Pace::default()).await;
    relay.rule(Rule::at(At::Recipient).hang());
    let ids = send_many(&bed, 3).await;
    let engine = bed.engine.clone();
    let turn = tokio::spawn(async move { worker::turn(&engine).await });
    until(async || relay.commands().iter().any(|it| it.1.starts_with("RCPT"))).await;
    accounts::pause(&bed.admin(), id).await.unwrap();
    assert_eq!(turn.await.unwrap().unwrap().carried, 0);
    for id in &ids {
        let message = history::open(&bed.admin(), *id).await.unwrap();
        assert_eq!((message.deliveries[0].state, message.deliveries[0].attempts.len()), (DeliveryState::Waiting, 0));
    }
    relay.behave();
    accounts::resume(&bed.admin(), id).await.unwrap();
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 3);
    assert_eq!(relay.mails().len(), 3);
}

#[tokio::test]
async fn a_message_that_is_urgent_does_not_wait_for_a_connection_that_hangs() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, Pace { connections: 2, ..Pace::default() }).await;
    relay.rule(Rule::at(At::Dot).for_recipient("visi@example.sk").hang());
    let stuck = send(&bed, "visi@example.sk").await;
    bed.advance(UNDO_MS);
    let engine = bed.engine.clone();
    let turn = tokio::spawn(async move { worker::turn(&engine).await });
    until(async || states(&bed, stuck).await == [DeliveryState::Handed]).await;
    let urgent = send(&bed, "rychlo@example.sk").await;
    bed.advance(UNDO_MS);
    // Whatever rings the bell: here a third message.
    send(&bed, "potom@example.sk").await;
    relay.took(1).await;
    until(async || states(&bed, urgent).await == [DeliveryState::Accepted]).await;
    turn.abort();
}

#[tokio::test]
async fn a_process_that_slept_longer_than_its_lease_sends_nothing_twice() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    account(&bed, &relay, Pace::default()).await;
    relay.rule(Rule::at(At::Dot).take().hang());
    let id = send(&bed, "eva@example.sk").await;
    bed.advance(UNDO_MS);
    let engine = bed.engine.clone();
    let asleep = tokio::spawn(async move { worker::turn(&engine).await });
    until(async || states(&bed, id).await == [DeliveryState::Handed]).await;
    bed.advance(hours(13));
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!(states(&bed, id).await, [DeliveryState::Unknown]);
    asleep.abort();
    relay.behave();
    worker::turn(&bed.engine).await.unwrap();
    assert_eq!((states(&bed, id).await, relay.n_copies("eva@example.sk")), (vec![DeliveryState::Unknown], 1));
}

#[tokio::test]
async fn a_domain_that_takes_less_lets_the_others_pass() {
    let mut bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    let limit = DomainLimit { domain: DomainName::parse("centrum.cz").unwrap(), per_hour: 2 };
    account(&bed, &relay, Pace { domains: vec![limit], ..Pace::default() }).await;
    for to in ["a@centrum.cz", "b@centrum.cz", "c@centrum.cz", "d@centrum.cz", "eva@example.sk"] {
        send(&bed, to).await;
    }
    bed.advance(UNDO_MS);
    let turn = worker::turn(&bed.engine).await.unwrap();
    assert_eq!((turn.carried, relay.n_copies("eva@example.sk"), relay.mails().len()), (3, 1, 3));
    bed.crash().await;
    bed.advance(hours(1) - 1);
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 0);
    bed.advance(1);
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 1);
    bed.advance(hours(1));
    assert_eq!(worker::turn(&bed.engine).await.unwrap().carried, 1);
}

#[tokio::test]
async fn a_wrong_password_is_said_once_although_several_connections_meet_it() {
    let bed = TestBed::new().await;
    let relay = ScriptedServer::start().await;
    let id = account(&bed, &relay, Pace { connections: 5, ..Pace::default() }).await;
    send_many(&bed, 5).await;
    worker::turn(&bed.engine).await.unwrap();
    relay.rule(Rule::at(At::Mail).answer("530 5.7.0 Authentication required"));
    send_many(&bed, 20).await;
    worker::turn(&bed.engine).await.unwrap();
    let account = accounts::list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap();
    assert!(matches!(account.state, AccountState::Trouble { .. }));
    let query = model::AuditQuery { subject: Some(model::Subject::Account(id)), ..model::AuditQuery::default() };
    let log = engine::audit::list(&bed.admin(), query).await.unwrap().rows;
    assert_eq!(log.iter().filter(|it| matches!(it.deed, model::Deed::AccountInTrouble(_))).count(), 1);
}
