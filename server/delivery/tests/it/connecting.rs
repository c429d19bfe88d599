//! Cases 1–14: reaching the relay and its first words.

use std::{
    net::{Ipv6Addr, SocketAddr},
    time::Duration,
};

use delivery::{
    Connection, Outcome, Phase, Relay, TroubleKind, Verdict,
    smtp::Route,
    testing::{Moment, Options, Rule, ScriptedServer},
};
use tokio::net::TcpListener;

use crate::support::{impatient, send, trouble_of_opening};

/// An address of loopback where nobody listens.
async fn dead_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

#[tokio::test]
async fn a_refused_connection_is_trouble_of_the_account() {
    let server = ScriptedServer::start().await;
    let relay = Relay { route: Route::Fixed(vec![dead_address().await]), ..server.relay() };
    let trouble = trouble_of_opening(&relay).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Connect, TroubleKind::Refused));
    assert_eq!(trouble.verdict(), Verdict::AccountUnreachable);
}

#[tokio::test]
async fn a_relay_that_never_greets_is_given_up() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Greeting).hang());
    let trouble = trouble_of_opening(&impatient(&server, |it| &mut it.greeting)).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Greeting, TroubleKind::TimedOut));
}

#[tokio::test]
async fn a_greeting_that_says_no_is_kept_literally() {
    for (greeting, verdict) in
        [("554 5.7.1 go away", Verdict::AccountUnreachable), ("421 4.3.2 too busy", Verdict::AccountSlower)]
    {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(Moment::Greeting).answer(greeting).close());
        let trouble = trouble_of_opening(&server.relay()).await;
        assert_eq!(trouble.reply.as_ref().map(ToString::to_string).as_deref(), Some(greeting));
        assert_eq!(trouble.verdict(), verdict);
    }
}

#[tokio::test]
async fn a_relay_without_ehlo_is_greeted_by_helo() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Ehlo).answer("502 5.5.1 not implemented"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert!(!connection.capabilities().extended);
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    let mail = &server.mails()[0];
    assert_eq!((mail.sender_parameters.as_str(), mail.recipient_parameters.as_str()), ("", ""));
}

#[tokio::test]
async fn a_thousand_extensions_are_read() {
    let server = ScriptedServer::start().await;
    let lines: String = (0..1000).map(|i| format!("250-X-EXTENSION-{i}\r\n")).collect();
    server.rule(Rule::at(Moment::Ehlo).answer(&format!("250-relay.test\r\n{lines}250 PIPELINING")));
    let connection = Connection::open(&server.relay()).await.unwrap();
    assert!(connection.capabilities().pipelining);
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let endless_line = "250-".to_owned() + &"x".repeat(100_000);
    let endless_lines = "250-x\r\n".repeat(20_000);
    for answer in [endless_line, endless_lines] {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(Moment::Ehlo).bytes(answer.as_bytes()).hang());
        let trouble = trouble_of_opening(&server.relay()).await;
        assert_eq!((trouble.phase, trouble.kind), (Phase::Hello, TroubleKind::ReplyTooLong));
    }
}

#[tokio::test]
async fn strange_bytes_in_an_answer_are_made_visible() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Greeting).bytes(b"554 a\0b\xff\x1b[2J\r\n"));
    let trouble = trouble_of_opening(&server.relay()).await;
    assert_eq!(trouble.reply.unwrap().lines, ["a␀b\u{fffd}␛[2J"]);
}

#[tokio::test]
async fn answers_that_come_byte_by_byte_are_understood() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Greeting).trickle("220-hello\r\n220 there\r\n", Duration::ZERO));
    server.rule(Rule::at(Moment::Mail).trickle("250 2.1.0 ok\r\n", Duration::ZERO));
    server.rule(Rule::at(Moment::Dot).trickle("250 2.0.0 queued\r\n", Duration::ZERO));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
}

#[tokio::test]
async fn an_answer_whose_lines_disagree_is_not_believed() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Ehlo).bytes(b"250-relay.test\r\n550-no\r\n250 yes\r\n"));
    let trouble = trouble_of_opening(&server.relay()).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Hello, TroubleKind::ReplyMalformed));
}

#[tokio::test]
async fn answers_without_words_or_with_lf_alone_are_understood() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Greeting).bytes(b"220\n"));
    server.rule(Rule::at(Moment::Ehlo).bytes(b"250-relay\n250 SIZE\n"));
    server.rule(Rule::at(Moment::Dot).bytes(b"250\n"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let outcome = send(&mut connection).await;
    assert_eq!(outcome.reply().unwrap().to_string(), "250");
    assert_eq!(outcome.verdict(), Verdict::Accepted);
}

#[tokio::test]
async fn what_is_not_smtp_is_told_so() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Greeting).bytes(b"SSH-2.0-OpenSSH_9.2\r\n"));
    let trouble = trouble_of_opening(&server.relay()).await;
    assert_eq!((trouble.kind, trouble.detail.as_str()), (TroubleKind::ReplyMalformed, "SSH-2.0-OpenSSH_9.2"));
}

#[tokio::test]
async fn a_reset_after_ehlo_is_a_closed_connection() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Ehlo).abort());
    let trouble = trouble_of_opening(&server.relay()).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Hello, TroubleKind::Closed));
}

#[tokio::test]
async fn a_half_closed_connection_is_a_closed_one() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Mail).half_close());
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    let outcome = send(&mut connection).await;
    assert!(matches!(&outcome, Outcome::NotSent { trouble } if trouble.kind == TroubleKind::Closed), "{outcome:?}");
    assert!(!connection.is_reusable());
}

#[tokio::test]
async fn a_relay_that_drips_is_bounded_by_the_limit_of_the_whole_answer() {
    let server = ScriptedServer::start().await;
    server.rule(Rule::at(Moment::Greeting).trickle(&"220-drip\r\n".repeat(1000), Duration::from_millis(20)));
    let trouble = trouble_of_opening(&impatient(&server, |it| &mut it.greeting)).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Greeting, TroubleKind::TimedOut));
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_trouble_of_the_account() {
    let server = ScriptedServer::start().await;
    let relay = Relay { host: "relay.invalid".to_owned(), route: Route::Lookup, ..server.relay() };
    let trouble = trouble_of_opening(&relay).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Resolve, TroubleKind::HostNotFound));
    assert_eq!(trouble.verdict(), Verdict::AccountUnreachable);
}

#[tokio::test]
async fn a_dead_first_address_does_not_matter() {
    let server = ScriptedServer::start().await;
    let dead_v6 = SocketAddr::from((Ipv6Addr::LOCALHOST, dead_address().await.port()));
    let route = Route::Fixed(vec![dead_v6, dead_address().await, server.address()]);
    let mut connection = Connection::open(&Relay { route, ..server.relay() }).await.unwrap();
    assert_eq!(connection.peer(), server.address().to_string());
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
}

#[tokio::test]
async fn when_all_addresses_are_dead_each_is_named() {
    let server = ScriptedServer::start().await;
    let dead = [dead_address().await, dead_address().await];
    let trouble = trouble_of_opening(&Relay { route: Route::Fixed(dead.to_vec()), ..server.relay() }).await;
    assert!(dead.iter().all(|it| trouble.detail.contains(&it.to_string())), "{trouble}");
}

#[tokio::test]
async fn a_helo_name_with_a_line_break_never_leaves() {
    let server = ScriptedServer::start().await;
    for name in ["a\r\nMAIL FROM:<x@y.sk>", "a b", "", "č.sk"] {
        let trouble = trouble_of_opening(&Relay { helo_name: name.to_owned(), ..server.relay() }).await;
        assert_eq!(trouble.kind, TroubleKind::UnsafeSetting, "{name:?}");
        assert_eq!(trouble.verdict(), Verdict::AccountStopped);
    }
    assert_eq!(server.n_connections(), 0);
}

#[tokio::test]
async fn a_relay_may_be_looked_up_by_an_address_as_its_name() {
    let server = ScriptedServer::start_with(Options::default()).await;
    let relay = Relay { host: "127.0.0.1".to_owned(), route: Route::Lookup, ..server.relay() };
    assert!(Connection::open(&relay).await.is_ok());
}
