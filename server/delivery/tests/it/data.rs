//! Cases 37–46: from the first byte of the message to the answer after its final dot.

use std::{cell::Cell, time::Duration};

use delivery::{
    Connection, Content, Outcome, Phase, Relay, TroubleKind, Verdict,
    testing::{Moment, Rule, ScriptedServer},
};
use proptest::prelude::*;
use tokio::net::TcpStream;

use crate::support::{MESSAGE, envelope, impatient, not_sent, send, send_bytes};

/// A message that fills every buffer on the way.
fn large() -> Vec<u8> {
    [b"Subject: x\r\n\r\n".to_vec(), format!("{}\r\n", "x".repeat(98)).into_bytes().repeat(100_000)].concat()
}

#[tokio::test]
async fn a_drop_inside_the_message_is_certain() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Body).abort());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let outcome = send_bytes(&mut connection, "eva@example.sk", &large()).await;
    assert_eq!((not_sent(&outcome), outcome.verdict()), (TroubleKind::Closed, Verdict::MessageLater));
    assert!(!connection.is_reusable() && server.mails().is_empty());
}

#[tokio::test]
async fn a_relay_that_says_no_inside_the_message_is_heard_before_the_caller_is_asked() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Body).answer("552 5.3.4 too big after all").hang());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let large = large();
    let content = Content::new(&large).unwrap();
    let outcome = connection.transmit(&envelope("eva@example.sk"), &content, || async { Err("asked") }).await;
    assert!(matches!(outcome, Ok(Outcome::Rejected { phase: Phase::Body, .. })), "{outcome:?}");
    assert!(!connection.is_reusable());
}

#[tokio::test]
async fn a_relay_that_dies_while_the_caller_commits_is_certain_not_to_have_the_message() {
    let server = ScriptedServer::start().await;
    let address = server.address();
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let content = Content::new(MESSAGE).unwrap();
    let mut server = Some(server);
    let outcome = connection
        .transmit(&envelope("eva@example.sk"), &content, || async {
            drop(server.take());
            while TcpStream::connect(address).await.is_ok() {}
            // The port is closed; its connections go within the next turns of the runtime.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            Ok::<(), ()>(())
        })
        .await
        .unwrap();
    assert_eq!(not_sent(&outcome), TroubleKind::Closed);
    assert!(outcome.may_be_repeated() && !connection.is_reusable());
}

#[tokio::test]
async fn a_relay_that_stops_reading_is_given_up() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Body).wait(Duration::from_secs(60)));
    let mut connection = Connection::open(&impatient(&server, |it| &mut it.block)).await.unwrap();
    let outcome = send_bytes(&mut connection, "eva@example.sk", &large()).await;
    assert_eq!(not_sent(&outcome), TroubleKind::TimedOut);
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn a_drop_after_the_final_dot_is_unknown_whether_the_relay_took_it_or_not() {
    for (rule, n_copies) in [(Rule::at(Moment::Dot).take().close(), 1), (Rule::at(Moment::Dot).abort(), 0)] {
        let server = ScriptedServer::start().await;
        server.rule(rule);
        let mut connection = Connection::open(&server.relay()).await.unwrap();
        let outcome = send(&mut connection).await;
        let Outcome::Unknown { evidence } = &outcome else { panic!("{outcome:?}") };
        assert_eq!((evidence.trouble.phase, evidence.trouble.kind), (Phase::FinalDot, TroubleKind::Closed));
        assert_eq!((evidence.relay.clone(), evidence.bytes), (server.address().to_string(), MESSAGE.len() as u64));
        assert_eq!((outcome.verdict(), outcome.may_be_repeated()), (Verdict::Unknown, false));
        assert!(!connection.is_reusable());
        assert_eq!(server.n_copies("eva@example.sk"), n_copies);
    }
}

#[tokio::test]
async fn an_answer_that_comes_late_is_still_waited_for() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Dot).wait(Duration::from_millis(300)).behave());
    // What bounds the writing of the message does not bound the answer to its final dot.
    let relay = impatient(&server, |it| &mut it.block);
    let mut connection = Connection::open(&relay).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
}

#[tokio::test]
async fn no_answer_after_the_final_dot_is_unknown() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Dot).take().hang());
    let mut connection = Connection::open(&impatient(&server, |it| &mut it.final_dot)).await.unwrap();
    let outcome = send(&mut connection).await;
    assert!(matches!(&outcome, Outcome::Unknown { evidence } if evidence.trouble.kind == TroubleKind::TimedOut), "{outcome:?}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_after_the_final_dot_is_unknown() {
    for (answer, kind) in [("OK queued", TroubleKind::ReplyMalformed), ("354 go on", TroubleKind::Desync)] {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(Moment::Dot).answer(answer));
        let mut connection = Connection::open(&server.relay()).await.unwrap();
        let outcome = send(&mut connection).await;
        assert!(matches!(&outcome, Outcome::Unknown { evidence } if evidence.trouble.kind == kind), "{outcome:?}");
        assert!(!connection.is_reusable());
    }
}

#[tokio::test]
async fn a_no_after_the_final_dot_is_certain() {
    for (answer, verdict, reusable) in [
        ("451 4.3.0 try again", Verdict::MessageLater, true),
        ("554 5.7.1 spam", Verdict::MessageNever, true),
        ("421 4.3.0 closing", Verdict::AccountSlower, false),
    ] {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(Moment::Dot).answer(answer).once());
        let mut connection = Connection::open(&server.relay()).await.unwrap();
        let outcome = send(&mut connection).await;
        assert!(matches!(
            outcome,
            Outcome::Deferred { phase: Phase::FinalDot, .. } | Outcome::Rejected { phase: Phase::FinalDot, .. }
        ));
        assert_eq!((outcome.verdict(), connection.is_reusable()), (verdict, reusable), "{answer}");
        assert!(server.mails().is_empty() && outcome.may_be_repeated());
    }
}

#[tokio::test]
async fn a_message_accepted_before_the_relay_closes_is_accepted_and_the_next_is_no_attempt() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Dot).behave().close());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    let outcome = send(&mut connection).await;
    assert_eq!((not_sent(&outcome), outcome.verdict()), (TroubleKind::Stale, Verdict::AtOnce));
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_second_answer_to_the_final_dot_never_counts_for_the_next_message() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Dot).bytes(b"250 2.0.0 queued\r\n250 2.0.0 queued again\r\n"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    let outcome = send(&mut connection).await;
    assert_eq!((not_sent(&outcome), outcome.verdict()), (TroubleKind::Stale, Verdict::AtOnce));
    assert!(!connection.is_reusable());
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn the_caller_is_asked_after_the_message_and_before_its_final_dot() {
    let server = ScriptedServer::start().await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let content = Content::new(MESSAGE).unwrap();
    let asked = Cell::new(0);
    let outcome = connection
        .transmit(&envelope("eva@example.sk"), &content, || async {
            asked.set(asked.get() + 1);
            assert!(server.commands().iter().any(|(_, line)| line == "DATA"));
            assert!(server.mails().is_empty());
            Ok::<(), ()>(())
        })
        .await;
    assert!(matches!(outcome, Ok(Outcome::Accepted { .. })));
    assert_eq!((asked.get(), server.mails().len()), (1, 1));
}

#[tokio::test]
async fn a_message_that_the_caller_withholds_never_gets_its_dot() {
    let server = ScriptedServer::start().await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let content = Content::new(MESSAGE).unwrap();
    let outcome = connection.transmit(&envelope("eva@example.sk"), &content, || async { Err("disk full") }).await;
    assert_eq!(outcome, Err("disk full"));
    assert!(!connection.is_reusable());
    drop(connection);
    let mut next = Connection::open(&server.relay()).await.unwrap();
    assert!(matches!(send(&mut next).await, Outcome::Accepted { .. }));
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn the_caller_is_not_asked_when_the_relay_says_no_before() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Recipient).answer("550 5.1.1 unknown"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let content = Content::new(MESSAGE).unwrap();
    let outcome = connection.transmit(&envelope("eva@example.sk"), &content, || async { Err("asked") }).await;
    assert!(matches!(outcome, Ok(Outcome::Rejected { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_transmission_given_up_half_way_closes_the_connection() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Dot).take().hang());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let given_up = tokio::time::timeout(Duration::from_millis(100), send(&mut connection)).await;
    assert!(given_up.is_err());
    assert!(!connection.is_reusable());
}

/// Bytes as a confused or hostile relay may send them.
fn any_words() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        "[2-5][0-9]{2}[ -][a-z0-9. ]{0,20}\r\n".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..40),
        Just(b"250 ok\r\n".to_vec()),
        Just(b"354 go\r\n".to_vec()),
        Just(b"421 bye\r\n".to_vec()),
        Just(b"\r\n".to_vec()),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_a_relay_says_a_copy_it_took_is_never_taken_for_one_it_did_not(
        moment in prop::sample::select(vec![
            Moment::Greeting, Moment::Ehlo, Moment::Mail, Moment::Recipient, Moment::Data, Moment::Dot,
        ]),
        words in any_words(),
        goes_on in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (outcome, n_copies) = runtime.block_on(async {
            let server = ScriptedServer::start().await;
            let rule = Rule::at(moment).bytes(&words);
            server.rule(if goes_on { rule.behave() } else { rule.close() });
            // Where both sides wait for each other the limit decides; nothing that is claimed here depends on it.
            let relay = server.relay();
            let relay = Relay { limits: relay.limits.at_most(Duration::from_millis(500)), ..relay };
            let outcome = match Connection::open(&relay).await {
                Ok(mut connection) => Some(send(&mut connection).await),
                Err(_) => None,
            };
            (outcome, server.mails().len())
        });
        prop_assert!(n_copies == 0 || outcome.as_ref().is_some_and(|it| !it.may_be_repeated()), "{:?}", outcome);
        prop_assert!(n_copies == 1 || !matches!(outcome, Some(Outcome::Accepted { .. })), "{:?}", outcome);
    }
}
