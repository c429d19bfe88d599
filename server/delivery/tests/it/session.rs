//! Cases 47–52: many messages over one connection.

use std::time::Duration;

use delivery::{
    Connection, Outcome, TroubleKind, Verdict,
    testing::{Moment, Options, Rule, ScriptedServer},
};

use crate::support::{MESSAGE, not_sent, send, send_bytes, send_to};

/// Sends to every recipient, taking a fresh connection when told so; gives the verdicts that were not `AtOnce`.
async fn send_all(server: &ScriptedServer, recipients: &[String]) -> Vec<Verdict> {
    let relay = server.relay();
    let mut connection = Connection::open(&relay).await.unwrap();
    let mut verdicts = Vec::new();
    for recipient in recipients {
        let mut verdict = Verdict::AtOnce;
        while verdict == Verdict::AtOnce {
            if !connection.is_reusable() {
                connection = Connection::open(&relay).await.unwrap();
            }
            verdict = send_to(&mut connection, recipient).await.verdict();
        }
        verdicts.push(verdict);
    }
    connection.quit().await;
    verdicts
}

fn recipients(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("r{i}@example.sk")).collect()
}

fn assert_one_copy_each(server: &ScriptedServer, recipients: &[String]) {
    for recipient in recipients {
        assert_eq!(server.n_copies(recipient), 1, "{recipient}");
    }
}

#[tokio::test]
async fn many_messages_share_one_connection() {
    let server = ScriptedServer::start().await;
    let recipients = recipients(50);
    assert_eq!(send_all(&server, &recipients).await, vec![Verdict::Accepted; 50]);
    assert_eq!(server.n_connections(), 1);
    assert_one_copy_each(&server, &recipients);
    assert!(server.commands().iter().all(|(_, line)| line != "RSET"));
    assert_eq!(server.commands().last().unwrap().1, "QUIT");
}

#[tokio::test]
async fn a_421_after_every_few_messages_costs_no_attempt_and_doubles_nothing() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Mail).after_messages(7).answer("421 4.7.0 enough for one session").close());
    let recipients = recipients(30);
    assert_eq!(send_all(&server, &recipients).await, vec![Verdict::Accepted; 30]);
    assert_eq!(server.n_connections(), 5);
    assert_one_copy_each(&server, &recipients);
}

#[tokio::test]
async fn a_limit_of_messages_that_closes_silently_costs_no_attempt() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Mail).after_messages(10).close());
    let recipients = recipients(25);
    assert_eq!(send_all(&server, &recipients).await, vec![Verdict::Accepted; 25]);
    assert_one_copy_each(&server, &recipients);
}

#[tokio::test]
async fn the_connection_counts_its_messages() {
    let server = ScriptedServer::start().await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    for n in 1..=3 {
        send(&mut connection).await;
        assert_eq!(connection.n_messages(), n);
    }
}

#[tokio::test]
async fn a_rate_limit_slows_the_account_and_keeps_the_connection() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Recipient).answer("451 4.7.1 too many messages").once());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert_eq!(send(&mut connection).await.verdict(), Verdict::AccountSlower);
    assert_eq!(send(&mut connection).await.verdict(), Verdict::Accepted);
}

#[tokio::test]
async fn an_idle_connection_that_was_closed_is_no_attempt() {
    let farewells: [&[u8]; 2] = [b"", b"421 4.4.2 idle too long\r\n"];
    for farewell in farewells {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(Moment::Dot).behave().bytes(farewell).close());
        let mut connection = Connection::open(&server.relay()).await.unwrap();
        assert_eq!(send(&mut connection).await.verdict(), Verdict::Accepted);
        let outcome = send(&mut connection).await;
        assert_eq!((not_sent(&outcome), outcome.verdict()), (TroubleKind::Stale, Verdict::AtOnce));
        assert!(!outcome.verdict().is_attempt());
    }
}

#[tokio::test]
async fn an_idle_secured_connection_that_was_closed_is_no_attempt() {
    let options = Options { security: delivery::Security::Tls, ..Options::default() };
    let server = ScriptedServer::start_with(options).await;
    server.rule(Rule::at(Moment::Dot).behave().close());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert_eq!(send(&mut connection).await.verdict(), Verdict::Accepted);
    assert_eq!(send(&mut connection).await.verdict(), Verdict::AtOnce);
}

#[tokio::test]
async fn a_server_that_restarts_in_the_middle_gets_each_message_once() {
    let first = ScriptedServer::start().await;
    let address = first.address();
    let relay = first.relay();
    let mut connection = Connection::open(&relay).await.unwrap();
    assert_eq!(send_to(&mut connection, "a@example.sk").await.verdict(), Verdict::Accepted);
    assert_eq!(first.n_copies("a@example.sk"), 1);
    drop(first);
    // The old server is gone when its socket is closed; only then its port can be taken again.
    assert_eq!(send_to(&mut connection, "b@example.sk").await.verdict(), Verdict::AtOnce);
    let second = ScriptedServer::start_with(Options { address, ..Options::default() }).await;
    let mut connection = Connection::open(&relay).await.unwrap();
    assert_eq!(send_to(&mut connection, "b@example.sk").await.verdict(), Verdict::Accepted);
    assert_eq!((second.n_copies("a@example.sk"), second.n_copies("b@example.sk")), (0, 1));
}

#[tokio::test]
async fn a_slow_relay_is_a_relay() {
    let server = ScriptedServer::start().await;
    for moment in [Moment::Greeting, Moment::Ehlo, Moment::Mail, Moment::Recipient, Moment::Data, Moment::Dot] {
        server.rule(Rule::at(moment).wait(Duration::from_millis(15)).behave());
    }
    let recipients = recipients(3);
    assert_eq!(send_all(&server, &recipients).await, vec![Verdict::Accepted; 3]);
    assert_one_copy_each(&server, &recipients);
}

#[tokio::test]
async fn a_reset_on_demand_ends_the_open_transaction() {
    let server = ScriptedServer::start().await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    connection.reset().await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    server.rule(Rule::at(Moment::Reset).answer("421 4.3.0 closing").close());
    assert!(connection.reset().await.is_err());
    assert!(!connection.is_reusable());
}

#[tokio::test]
async fn every_byte_of_a_message_arrives() {
    let server = ScriptedServer::start().await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let message = b"Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n\r\n..\r\nend.\r\n".to_vec();
    let large = [message.clone(), b"0123456789abcdef.\r\n".repeat(30_000)].concat();
    for message in [MESSAGE, &message, &large] {
        assert_eq!(send_bytes(&mut connection, "eva@example.sk", message).await.verdict(), Verdict::Accepted);
        assert!(server.mails().last().unwrap().body == message);
    }
}

#[tokio::test]
async fn receipts_are_asked_for_by_the_id_of_the_envelope() {
    let server = ScriptedServer::start().await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    send(&mut connection).await;
    let mail = &server.mails()[0];
    assert_eq!(mail.sender, "a@posel.example");
    assert!(mail.sender_parameters.contains("RET=HDRS ENVID=d-1"), "{mail:?}");
    assert_eq!(mail.recipient_parameters, "NOTIFY=FAILURE,DELAY ORCPT=rfc822;eva@example.sk");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_send_side_by_side() {
    let server = std::sync::Arc::new(ScriptedServer::start().await);
    let recipients = recipients(40);
    let mut tasks = tokio::task::JoinSet::new();
    for share in recipients.chunks(10) {
        let (server, share) = (server.clone(), share.to_vec());
        tasks.spawn(async move { send_all(&server, &share).await });
    }
    let verdicts = tasks.join_all().await.concat();
    assert_eq!(verdicts, vec![Verdict::Accepted; 40]);
    assert_eq!(server.n_connections(), 4);
    assert_one_copy_each(&server, &recipients);
}
