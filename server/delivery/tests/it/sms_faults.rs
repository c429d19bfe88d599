//! Case 71: what a gateway over HTTP can do to us, and what is certain afterwards.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use delivery::{
    HttpWay, TroubleKind, Verdict,
    sms::{EuroSms, EuroSmsSettings, Question, SmsGateway, SmsOutcome},
    smtp::Route,
    testing::{CertificateKind, EuroSmsServer, HttpFault, HttpSaid, HttpServer},
};

use proptest::prelude::*;

use crate::sms_support::{accepted, message, refused, said, transmit, transmit_one};

fn gateway(settings: EuroSmsSettings) -> SmsGateway {
    SmsGateway::EuroSms(EuroSms::new(settings))
}

/// Settings whose answers may take only a moment.
fn impatient(server: &EuroSmsServer) -> EuroSmsSettings {
    let mut settings = server.settings();
    settings.way.limits.head = Duration::from_millis(100);
    settings.way.limits.body = Duration::from_millis(100);
    settings
}

/// Waits until the gateway has done what it was asked for, however busy the machine is.
async fn taken(server: &EuroSmsServer, copies: usize) {
    let done = async {
        while server.n_copies("d-1") < copies {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), done).await.expect("the gateway takes what it was sent");
}

fn trouble(outcome: &SmsOutcome) -> TroubleKind {
    match outcome {
        SmsOutcome::Unknown { evidence } => evidence.trouble.as_ref().expect("a trouble").kind,
        SmsOutcome::NotSent { trouble } => trouble.kind,
        other => panic!("expected trouble, got {other:?}"),
    }
}

#[tokio::test]
async fn a_200_with_an_error_in_its_body_is_no_acceptance() {
    let server = EuroSmsServer::start().await;
    for body in [r#"{"err_code":"FAIL"}"#, r#"{"err_code":"NO_BALANCE","err_list":[]}"#] {
        server.http().fault("send", HttpFault::Say(HttpSaid::new(200, body)));
        let outcome = transmit_one(&gateway(server.settings()), "a").await;
        assert!(matches!(outcome, SmsOutcome::Deferred { .. }), "{outcome:?}");
    }
    assert_eq!(server.n_copies("d-1"), 0);
}

#[tokio::test]
async fn a_200_that_says_nothing_we_understand_is_unknown() {
    let server = EuroSmsServer::start().await;
    for body in ["", "<html>Welcome</html>", "{}", "[]", "null", r#"{"err_code":17}"#] {
        server.http().fault("send", HttpFault::SayAfter(HttpSaid::new(200, body)));
        let outcome = transmit_one(&gateway(server.settings()), "a").await;
        let verdict = if body.contains("17") { Verdict::MessageLater } else { Verdict::Unknown };
        assert_eq!(outcome.verdict(), verdict, "{body}");
    }
}

#[tokio::test]
async fn a_5xx_is_unknown_unless_it_proves_that_nothing_was_begun() {
    let server = EuroSmsServer::start().await;
    for (status, body, verdict) in [
        (500, "", Verdict::Unknown),
        (500, r#"{"err_code":"INTERNAL_ERROR"}"#, Verdict::Unknown),
        (500, r#"{"err_code":"WRONG_NUMBER"}"#, Verdict::AddressBad),
        (502, "bad gateway", Verdict::Unknown),
        (503, "maintenance", Verdict::AccountUnreachable),
        (504, "gateway timeout", Verdict::Unknown),
        (429, "slow down", Verdict::AccountSlower),
        (403, "who are you", Verdict::AccountStopped),
    ] {
        server.http().fault("send", HttpFault::Say(HttpSaid::new(status, body)));
        let outcome = transmit_one(&gateway(server.settings()), "a").await;
        assert_eq!(outcome.verdict(), verdict, "{status} {body}");
        assert_eq!((said(&outcome).status, said(&outcome).words.as_str()), (u32::from(status), body));
    }
}

#[tokio::test]
async fn a_gateway_that_takes_messages_and_does_not_answer_leaves_them_unknown() {
    let server = EuroSmsServer::start().await;
    let batch = [message(1, "a"), message(2, "a")];
    for (fault, kind) in [
        (HttpFault::HangAfter, TroubleKind::TimedOut),
        (HttpFault::CloseAfter, TroubleKind::Closed),
        (HttpFault::CutAfter(5), TroubleKind::ReplyMalformed),
        (HttpFault::CutAfter(80), TroubleKind::Closed),
        (HttpFault::NonsenseAfter, TroubleKind::ReplyMalformed),
    ] {
        server.http().fault("send", fault.clone());
        let silent = matches!(fault, HttpFault::HangAfter);
        let settings = if silent { impatient(&server) } else { server.settings() };
        let outcomes = transmit(&gateway(settings), &batch).await;
        for (outcome, message) in outcomes.iter().zip(&batch) {
            let SmsOutcome::Unknown { evidence } = outcome else { panic!("{fault:?}: {outcome:?}") };
            assert_eq!(evidence.reference, message.reference);
            assert!(!outcome.may_be_repeated() && evidence.gateway.starts_with("relay.test:"));
        }
        if !matches!(fault, HttpFault::CutAfter(_)) {
            assert_eq!(trouble(&outcomes[0]), kind, "{fault:?}");
        }
    }
    taken(&server, 5).await;
    assert_eq!(server.n_copies("d-1"), 5, "nothing was repeated by itself");
}

#[tokio::test]
async fn a_receipt_under_our_reference_ends_the_unknown() {
    let server = EuroSmsServer::start().await;
    server.http().fault("send", HttpFault::HangAfter);
    assert_eq!(transmit_one(&gateway(impatient(&server)), "a").await.verdict(), Verdict::Unknown);
    taken(&server, 1).await;
    let gateway = gateway(server.settings());
    server.move_segment(&server.segments()[0].uuid, "DELIVRD", "2026-07-01 12:00:00");
    let key = delivery::sms::Reference::parse("poll-1").unwrap();
    let receipt = gateway.poll(Question::Changes(&key)).await.unwrap().receipts.remove(0);
    assert_eq!(receipt.reference.unwrap().as_str(), "d-1");
    let step = receipt.state.unwrap().delivery_step(model::DeliveryState::Unknown).unwrap();
    assert_eq!(model::DeliveryState::Unknown.step(step), Ok(model::DeliveryState::Delivered));
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let server = EuroSmsServer::start().await;
    let mut settings = server.settings();
    settings.way.limits.body_bytes = 100_000;
    server.http().fault("send", HttpFault::EndlessAfter);
    let outcome = transmit_one(&gateway(settings), "a").await;
    assert_eq!((outcome.verdict(), trouble(&outcome)), (Verdict::Unknown, TroubleKind::ReplyTooLong));
}

#[tokio::test]
async fn an_answer_in_crumbs_is_bounded_as_a_whole() {
    let server = EuroSmsServer::start().await;
    server.http().fault("send", HttpFault::DripAfter(Duration::from_millis(20)));
    let outcome = transmit_one(&gateway(impatient(&server)), "a").await;
    assert_eq!((outcome.verdict(), trouble(&outcome)), (Verdict::Unknown, TroubleKind::TimedOut));
}

#[tokio::test]
async fn a_slow_answer_is_an_answer() {
    let server = EuroSmsServer::start().await;
    server.http().fault("send", HttpFault::DripAfter(Duration::ZERO));
    assert_eq!(accepted(&transmit_one(&gateway(server.settings()), "a").await).len(), 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = EuroSmsServer::start().await;
    let mut said = HttpSaid::new(307, "");
    said.headers.push(format!("Location: {}/api/v3/send/one", server.http().base()));
    server.http().fault("send", HttpFault::Say(said));
    let outcome = transmit_one(&gateway(server.settings()), "a").await;
    assert_eq!(outcome.verdict(), Verdict::AccountStopped);
    assert_eq!(server.http().asked().len(), 1);
}

#[tokio::test]
async fn what_goes_wrong_before_the_request_leaves_is_certain() {
    let server = EuroSmsServer::start().await;
    let mut refused = server.settings();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    refused.way.route = Route::Fixed(vec![free]);
    let unusable = EuroSmsSettings { base: "gopher:nowhere".to_owned(), ..server.settings() };
    let plain = EuroSmsSettings { base: server.http().base().replace("http:", "https:"), ..server.settings() };
    for (settings, kind) in
        [(refused, TroubleKind::Refused), (unusable, TroubleKind::UnsafeSetting), (plain, TroubleKind::NotTls)]
    {
        let outcome = transmit_one(&gateway(settings), "a").await;
        assert!(matches!(outcome, SmsOutcome::NotSent { .. }) && outcome.may_be_repeated());
        assert_eq!((trouble(&outcome), outcome.verdict().is_attempt()), (kind, false));
    }
}

#[tokio::test]
async fn a_certificate_that_is_not_believed_hears_nothing() {
    let answer = |_: &delivery::testing::HttpAsked| HttpSaid::new(200, r#"{"err_code":"ENQUEUED"}"#);
    let model = EuroSmsServer::start().await;
    for (kind, trouble_kind) in [
        (CertificateKind::SelfSigned, TroubleKind::CertificateUntrusted),
        (CertificateKind::WrongName, TroubleKind::CertificateWrongName),
        (CertificateKind::Expired, TroubleKind::CertificateExpired),
    ] {
        let server = HttpServer::start_with(Some(kind), answer).await;
        let way: HttpWay = server.way();
        let outcome = transmit_one(&gateway(EuroSmsSettings { base: server.base(), way, ..model.settings() }), "a").await;
        assert_eq!(trouble(&outcome), trouble_kind);
        assert!(server.asked().is_empty());
    }
    let server = HttpServer::start_with(Some(CertificateKind::Good), answer).await;
    let settings = EuroSmsSettings { base: server.base(), way: server.way(), ..model.settings() };
    transmit_one(&gateway(settings), "a").await;
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn the_caller_commits_before_the_first_byte_leaves() {
    let server = EuroSmsServer::start().await;
    let (http, seen) = (server.http(), Arc::new(AtomicUsize::new(99)));
    let batch = [message(1, "a")];
    let gateway = gateway(server.settings());
    let outcome: Result<_, &str> = gateway
        .transmit(&batch, || {
            seen.store(http.asked().len(), Ordering::SeqCst);
            std::future::ready(Ok(()))
        })
        .await;
    assert_eq!(outcome.unwrap()[0].verdict(), Verdict::Accepted);
    assert_eq!(seen.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn nothing_leaves_if_the_caller_cannot_commit() {
    let server = EuroSmsServer::start().await;
    let sent = gateway(server.settings()).transmit(&[message(1, "a")], || std::future::ready(Err("the disk is full"))).await;
    assert_eq!(sent, Err("the disk is full"));
    transmit_one(&gateway(server.settings()), "b").await;
    assert_eq!(server.segments().iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["b"]);
}

#[tokio::test]
async fn a_wrong_signature_of_one_request_is_refused_by_the_gateway() {
    let server = EuroSmsServer::start().await;
    let settings = EuroSmsSettings { key: secrecy::SecretString::from("other"), ..server.settings() };
    let outcome = transmit_one(&gateway(settings), "a").await;
    assert_eq!(refused(&outcome), delivery::sms::Cause::Login);
    assert_eq!(server.n_copies("d-1"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_hand_messages_over_side_by_side() {
    let server = EuroSmsServer::start().await;
    let gateway = gateway(server.settings());
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..8 {
        let gateway = gateway.clone();
        tasks.spawn(async move { transmit(&gateway, &[message(n, "a")]).await[0].verdict() });
    }
    assert_eq!(tasks.join_all().await, vec![Verdict::Accepted; 8]);
    assert!((0..8).all(|n| server.n_copies(&format!("d-{n}")) == 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_said_after_taking_a_message_it_is_not_repeated(
        body in "\\PC{0,60}|\\{\"[a-z]{1,9}\":(\"[A-Z_]{0,9}\"|[0-9]{1,5}|\\[\\]|null)\\}",
        status in proptest::sample::select(vec![200u16, 201, 226, 500, 502, 504, 599]),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = EuroSmsServer::start().await;
            server.http().fault("send", HttpFault::SayAfter(HttpSaid::new(status, body.clone())));
            let outcome = transmit_one(&gateway(server.settings()), "a").await;
            assert_eq!(outcome.verdict(), Verdict::Unknown, "{status} {body}");
            assert_eq!(server.n_copies("d-1"), 1);
        });
    }
}
