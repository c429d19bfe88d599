//! Cases 26–32 and 36: the relay says no to the envelope or to DATA.

use delivery::{
    Connection, Outcome, Phase, Relay, TroubleKind, Verdict,
    smtp::Pipelining,
    testing::{Moment, Options, Rule, ScriptedServer},
};

use crate::support::{Limit, impatient, not_sent, send, send_bytes, send_to};

/// Both ways of sending: in groups and one by one.
fn both_ways(server: &ScriptedServer) -> [Relay; 2] {
    [server.relay(), Relay { pipelining: Pipelining::never(), ..server.relay() }]
}

/// The answer at one moment becomes an outcome with its phase, and the next message on the connection passes.
async fn expect(moment: Moment, answer: &str, phase: Phase, verdict: Verdict) {
    let server = ScriptedServer::start().await;
    for relay in both_ways(&server) {
        server.rule(Rule::at(moment).answer(answer).once());
        let mut connection = Connection::open(&relay).await.unwrap();
        let outcome = send(&mut connection).await;
        match &outcome {
            Outcome::Deferred { phase: at, reply } => assert!(*at == phase && reply.code < 500, "{outcome:?}"),
            Outcome::Rejected { phase: at, reply } => assert!(*at == phase && 500 <= reply.code, "{outcome:?}"),
            other => panic!("{other:?}"),
        }
        assert_eq!(outcome.reply().unwrap().to_string(), answer);
        assert_eq!(outcome.verdict(), verdict, "{answer}");
        assert!(connection.is_reusable());
        let next = send(&mut connection).await;
        assert!(matches!(next, Outcome::Accepted { .. }), "{answer}: {next:?}");
    }
    assert_eq!(server.n_connections(), 2);
    assert_eq!(server.n_copies("eva@example.sk"), 2);
}

#[tokio::test]
async fn a_deferred_sender_slows_the_account() {
    expect(Moment::Mail, "451 4.3.0 try later", Phase::Sender, Verdict::AccountSlower).await;
}

#[tokio::test]
async fn a_refused_sender_stops_the_account() {
    expect(Moment::Mail, "553 5.7.1 not yours", Phase::Sender, Verdict::AccountStopped).await;
}

#[tokio::test]
async fn a_message_too_large_for_mail_from_is_over() {
    expect(Moment::Mail, "552 5.3.4 too big", Phase::Sender, Verdict::MessageNever).await;
}

#[tokio::test]
async fn a_greylisted_recipient_is_tried_later() {
    expect(Moment::Recipient, "450 4.2.0 Greylisted", Phase::Recipient, Verdict::MessageLater).await;
}

#[tokio::test]
async fn an_unknown_recipient_is_suppressible() {
    expect(Moment::Recipient, "550 5.1.1 no such user", Phase::Recipient, Verdict::AddressBad).await;
}

#[tokio::test]
async fn too_many_recipients_slow_the_account() {
    expect(Moment::Recipient, "452 4.5.3 too many", Phase::Recipient, Verdict::AccountSlower).await;
}

#[tokio::test]
async fn a_recipient_who_lives_elsewhere_is_refused_by_551() {
    expect(Moment::Recipient, "551 5.1.6 try elsewhere", Phase::Recipient, Verdict::AddressBad).await;
}

#[tokio::test]
async fn deferred_data_is_tried_later() {
    expect(Moment::Data, "451 4.3.0 no space", Phase::Data, Verdict::MessageLater).await;
}

#[tokio::test]
async fn refused_data_is_over() {
    expect(Moment::Data, "554 5.6.0 no", Phase::Data, Verdict::MessageNever).await;
}

#[tokio::test]
async fn a_recipient_who_is_forwarded_by_251_is_accepted() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Recipient).answer("251 2.1.5 will forward"));
    for relay in both_ways(&server) {
        let mut connection = Connection::open(&relay).await.unwrap();
        assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    }
}

#[tokio::test]
async fn a_relay_that_closes_at_the_recipient_defers_the_message() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Recipient).answer("421 4.7.0 too much, bye").close());
    for relay in both_ways(&server) {
        let mut connection = Connection::open(&relay).await.unwrap();
        let outcome = send(&mut connection).await;
        assert!(matches!(outcome, Outcome::Deferred { phase: Phase::Recipient, .. }), "{outcome:?}");
        assert_eq!(outcome.verdict(), Verdict::AccountSlower);
        assert!(!connection.is_reusable());
    }
}

#[tokio::test]
async fn one_refused_recipient_does_not_touch_the_others() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Recipient).for_recipient("bad@example.sk").answer("550 5.1.1 unknown"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    for (recipient, accepted) in [("a@example.sk", true), ("bad@example.sk", false), ("b@example.sk", true)] {
        let outcome = send_to(&mut connection, recipient).await;
        assert_eq!(matches!(outcome, Outcome::Accepted { .. }), accepted, "{recipient}");
    }
    assert_eq!(server.n_connections(), 1);
    assert_eq!(server.mails().len(), 2);
}

#[tokio::test]
async fn a_message_over_the_announced_size_is_not_offered() {
    let extensions = vec!["SIZE 100".to_owned()];
    let server = ScriptedServer::start_with(Options { extensions, ..Options::default() }).await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let long = [b"Subject: x\r\n\r\n".to_vec(), b"hello\r\n".repeat(20)].concat();
    let outcome = send_bytes(&mut connection, "eva@example.sk", &long).await;
    assert_eq!((not_sent(&outcome), outcome.verdict()), (TroubleKind::TooBig, Verdict::MessageNever));
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    assert!(server.mails()[0].sender_parameters.contains("SIZE=44"), "{:?}", server.mails());
}

#[tokio::test]
async fn letters_are_not_sent_to_a_relay_that_takes_seven_bits() {
    let server = ScriptedServer::start_with(Options { extensions: Vec::new(), ..Options::default() }).await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let outcome = send_bytes(&mut connection, "eva@example.sk", "Subject: x\r\n\r\nč\r\n".as_bytes()).await;
    assert_eq!(not_sent(&outcome), TroubleKind::EightBitNotOffered);
}

#[tokio::test]
async fn a_relay_that_falls_silent_at_the_envelope_is_given_up() {
    let limits: [(Moment, Limit); 3] =
        [(Moment::Mail, |it| &mut it.sender), (Moment::Recipient, |it| &mut it.recipient), (Moment::Data, |it| &mut it.data)];
    for (moment, limit) in limits {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(moment).hang());
        let relay = Relay { pipelining: Pipelining::never(), ..impatient(&server, limit) };
        let mut connection = Connection::open(&relay).await.unwrap();
        assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::TimedOut, "{moment:?}");
        assert!(!connection.is_reusable() && server.mails().is_empty());
    }
}

#[tokio::test]
async fn a_relay_that_calls_a_right_sequence_bad_is_out_of_step() {
    for moment in [Moment::Mail, Moment::Recipient, Moment::Data] {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(moment).answer("503 5.5.1 bad sequence"));
        let relay = Relay { pipelining: Pipelining::never(), ..server.relay() };
        let mut connection = Connection::open(&relay).await.unwrap();
        assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::Desync, "{moment:?}");
        assert!(!connection.is_reusable());
    }
}

#[tokio::test]
async fn an_answer_of_the_wrong_kind_ends_the_connection() {
    for (moment, answer) in [(Moment::Mail, "354 go"), (Moment::Recipient, "354 go"), (Moment::Data, "250 ok")] {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(moment).answer(answer));
        let relay = Relay { pipelining: Pipelining::never(), ..server.relay() };
        let mut connection = Connection::open(&relay).await.unwrap();
        assert_eq!(not_sent(&send(&mut connection).await), TroubleKind::Desync, "{moment:?}");
        assert!(!connection.is_reusable() && server.mails().is_empty());
    }
}
