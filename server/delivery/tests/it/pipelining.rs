//! Cases 33–35: groups of commands (RFC 2920), answered rightly and wrongly.

use delivery::{
    Connection, Outcome, Phase, Relay, TroubleKind, Verdict,
    testing::{Moment, Options, Rule, ScriptedServer},
};

use crate::support::{impatient, not_sent, send, send_to};

#[tokio::test]
async fn data_accepted_for_a_refused_recipient_is_ended_by_a_bare_dot() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Recipient).answer("550 5.1.1 unknown").once());
    server.rule(Rule::at(Moment::Data).answer("354 go ahead").once());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let outcome = send(&mut connection).await;
    assert!(matches!(outcome, Outcome::Rejected { phase: Phase::Recipient, .. }), "{outcome:?}");
    assert_eq!((server.n_empty_dots(), server.mails().len()), (1, 0));
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    assert_eq!((server.n_connections(), server.mails().len()), (1, 1));
}

#[tokio::test]
async fn data_accepted_after_a_refused_sender_gets_no_dot() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Mail).answer("451 4.3.0 later"));
    server.rule(Rule::at(Moment::Recipient).answer("250 2.1.5 ok"));
    server.rule(Rule::at(Moment::Data).answer("354 go ahead"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let outcome = send(&mut connection).await;
    assert!(matches!(outcome, Outcome::Deferred { phase: Phase::Sender, .. }), "{outcome:?}");
    assert!(!connection.is_reusable());
    assert!(server.mails().is_empty() && server.n_empty_dots() == 0);
}

#[tokio::test]
async fn an_answer_too_many_ends_the_connection() {
    let server = ScriptedServer::start().await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    server.rule(Rule::at(Moment::Mail).bytes(b"250 ok\r\n250 ok\r\n"));
    assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::Desync);
    assert!(!connection.is_reusable());
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn an_answer_too_few_ends_the_connection() {
    for moment in [Moment::Mail, Moment::Recipient] {
        let server = ScriptedServer::start().await;
        let mut connection = Connection::open(&server.relay()).await.unwrap();
        assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
        server.rule(Rule::at(moment).bytes(b""));
        assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::Desync, "{moment:?}");
        assert!(!connection.is_reusable());
        assert_eq!(server.mails().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_that_stays_away_ends_the_connection() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Data).bytes(b""));
    let relay = impatient(&server, |it| &mut it.data);
    let mut connection = Connection::open(&relay).await.unwrap();
    assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::PipeliningBroken);
    let mut connection = Connection::open(&relay).await.unwrap();
    assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::TimedOut);
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn an_answer_after_the_permission_to_send_ends_the_connection() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Data).bytes(b"354 go ahead\r\n250 what\r\n"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::Desync);
    assert!(!connection.is_reusable() && server.mails().is_empty());
}

#[tokio::test]
async fn a_relay_that_cannot_take_groups_is_served_without_them() {
    let server = ScriptedServer::start_with(Options { breaks_on_groups: true, ..Options::default() }).await;
    let relay = impatient(&server, |it| &mut it.recipient);
    let mut connection = Connection::open(&relay).await.unwrap();
    let outcome = send(&mut connection).await;
    assert_eq!((not_sent(&outcome), outcome.verdict()), (TroubleKind::PipeliningBroken, Verdict::AtOnce));
    assert!(!relay.pipelining.is_allowed());
    let relay = Relay { limits: server.relay().limits, ..relay };
    let mut connection = Connection::open(&relay).await.unwrap();
    for recipient in ["a@example.sk", "b@example.sk"] {
        assert!(matches!(send_to(&mut connection, recipient).await, Outcome::Accepted { .. }));
    }
    assert_eq!(server.mails().len(), 2);
}

#[tokio::test]
async fn a_relay_that_answers_a_group_with_a_bad_sequence_is_served_without_groups() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Recipient).answer("503 5.5.0 improper pipelining").once());
    let relay = server.relay();
    let mut connection = Connection::open(&relay).await.unwrap();
    assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::PipeliningBroken);
    let mut connection = Connection::open(&relay).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
}

#[tokio::test]
async fn a_drop_after_groups_have_worked_does_not_end_them() {
    let server = ScriptedServer::start().await;
    let relay = server.relay();
    let mut connection = Connection::open(&relay).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    server.rule(Rule::at(Moment::Recipient).close());
    assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::Closed);
    assert!(relay.pipelining.is_allowed());
}

#[tokio::test]
async fn a_relay_that_does_not_offer_groups_gets_none() {
    let server = ScriptedServer::start_with(Options {
        extensions: vec!["8BITMIME".to_owned()],
        breaks_on_groups: true,
        ..Options::default()
    })
    .await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
}
