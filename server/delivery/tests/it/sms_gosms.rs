//! GoSMS: tokens, messages, details.

use delivery::{
    Verdict,
    sms::{
        Amount, AskFailure, CallbackContent, CallbackFault, Cause, GoSms, GoSmsMode, GoSmsSettings, Question, SegmentId,
        SmsGateway, SmsOutcome, SmsState,
    },
    testing::{GoSmsServer, HttpFault, HttpSaid},
};
use secrecy::SecretString;

use crate::sms_support::{accepted, message, post, refused, said, transmit, transmit_one};

fn gateway(settings: GoSmsSettings) -> SmsGateway {
    SmsGateway::GoSms(GoSms::new(settings))
}

#[tokio::test]
async fn messages_share_one_token() {
    let server = GoSmsServer::start().await;
    let gateway = gateway(server.settings());
    for n in 1..=3 {
        let outcome = transmit(&gateway, &[message(n, "Dobrý den")]).await.remove(0);
        assert_eq!(accepted(&outcome)[0].as_str(), n.to_string());
    }
    assert_eq!((server.n_tokens(), server.messages().len()), (1, 3));
    assert_eq!(server.messages()[0], ("+421903600001".to_owned(), "Dobrý den".to_owned()));
    let asked = server.http().asked();
    assert_eq!(asked[1].json()["channel"], 299_862);
}

#[tokio::test]
async fn a_token_that_has_run_out_is_renewed_and_the_message_sent_once() {
    let server = GoSmsServer::start().await;
    let gateway = gateway(server.settings());
    transmit_one(&gateway, "a").await;
    server.end_token();
    assert_eq!(transmit_one(&gateway, "b").await.verdict(), Verdict::Accepted);
    assert_eq!((server.n_tokens(), server.messages().len()), (2, 2));
}

#[tokio::test]
async fn a_wrong_secret_stops_the_account_before_anything_leaves_and_is_never_shown() {
    let server = GoSmsServer::start().await;
    let settings = GoSmsSettings { client_secret: SecretString::from("a-wrong-secret"), ..server.settings() };
    assert!(!format!("{:?}", gateway(settings.clone())).contains("a-wrong-secret"));
    server.http().fault("token", HttpFault::Say(HttpSaid::new(400, "a-wrong-secret is unknown")));
    for _ in 0..2 {
        let outcome = transmit_one(&gateway(settings.clone()), "a").await;
        assert_eq!((refused(&outcome), outcome.verdict()), (Cause::Login, Verdict::AccountStopped));
        assert!(!format!("{outcome:?}").contains("a-wrong-secret"));
    }
    assert!(server.http().asked().iter().all(|it| it.target.contains("token")));
}

#[tokio::test]
async fn without_a_token_it_is_certain_that_nothing_was_sent() {
    let server = GoSmsServer::start().await;
    for fault in [HttpFault::Close, HttpFault::CutAfter(20), HttpFault::Say(HttpSaid::new(500, ""))] {
        server.http().fault("token", fault);
        let outcome = transmit_one(&gateway(server.settings()), "a").await;
        assert!(outcome.may_be_repeated() && outcome.verdict() == Verdict::AccountUnreachable, "{outcome:?}");
    }
    assert!(server.messages().is_empty());
}

#[tokio::test]
async fn a_number_that_is_called_invalid_is_a_bad_address() {
    let server = GoSmsServer::start().await;
    server.refuse_number("+421903600001");
    let outcome = transmit_one(&gateway(server.settings()), "a").await;
    assert_eq!((refused(&outcome), outcome.verdict()), (Cause::Number, Verdict::AddressBad));
}

#[tokio::test]
async fn used_up_credit_makes_messages_wait_and_other_refusals_end_them() {
    let server = GoSmsServer::start().await;
    let gateway = gateway(server.settings());
    for (status, words, verdict) in [
        (400, r#"{"title":"Nedostatečný kredit"}"#, Verdict::AccountUnreachable),
        (402, "", Verdict::AccountUnreachable),
        (400, r#"{"title":"Validation Failed"}"#, Verdict::MessageNever),
        (500, "", Verdict::Unknown),
        (503, "", Verdict::AccountUnreachable),
    ] {
        server.http().fault("messages", HttpFault::Say(HttpSaid::new(status, words)));
        let outcome = transmit_one(&gateway, "a").await;
        assert_eq!(outcome.verdict(), verdict, "{status} {words}");
        assert_eq!(said(&outcome).words, words);
    }
}

#[tokio::test]
async fn a_message_without_an_answer_is_unknown_and_not_repeated() {
    let server = GoSmsServer::start().await;
    server.http().fault("messages", HttpFault::CloseAfter);
    let outcome = transmit_one(&gateway(server.settings()), "a").await;
    assert!(matches!(outcome, SmsOutcome::Unknown { .. }));
    assert_eq!(server.messages().len(), 1);
}

#[tokio::test]
async fn the_check_alone_sends_nothing() {
    let server = GoSmsServer::start().await;
    let gateway = gateway(GoSmsSettings { mode: GoSmsMode::Test, ..server.settings() });
    assert!(accepted(&transmit_one(&gateway, "a").await).is_empty());
    assert!(server.messages().is_empty());
}

#[tokio::test]
async fn states_come_when_asked_and_by_the_webhook() {
    let server = GoSmsServer::start().await;
    let gateway = gateway(server.settings());
    let ids = accepted(&transmit_one(&gateway, "a").await);
    let state = async || gateway.poll(Question::Segments(&ids)).await.unwrap().receipts.remove(0);
    assert_eq!(state().await.state, Some(SmsState::EnRoute));
    server.move_message(1, "delivered", "2026-07-01T12:00:00+02:00");
    let receipt = state().await;
    assert_eq!((receipt.state, receipt.at), (Some(SmsState::Delivered), Some(1_782_900_000_000)));
    assert_eq!((receipt.price, receipt.segment.as_ref()), (Some(Amount(739_000)), Some(&ids[0])));
    let body = server.webhook(1);
    let call = gateway.parse_callback(&post(server.callback_secret(), &body)).unwrap();
    assert_eq!(call.content, CallbackContent::Receipts(vec![receipt]));
    assert_eq!(gateway.parse_callback(&post("wrong", &body)), Err(CallbackFault::WrongSecret));
    assert_eq!(gateway.parse_callback(&post(server.callback_secret(), b"{}")), Err(CallbackFault::Incomplete));
}

#[tokio::test]
async fn asking_renews_the_token_too() {
    let server = GoSmsServer::start().await;
    let gateway = gateway(server.settings());
    assert_eq!(gateway.credit().await, Ok(Amount(23_090_000)));
    server.end_token();
    let unknown = SegmentId::new("99").unwrap();
    let polled = gateway.poll(Question::Segments(&[unknown])).await.unwrap();
    assert_eq!((polled.strangers, server.n_tokens()), (vec!["99".to_owned()], 2));
    assert_eq!(gateway.poll(Question::Group("1")).await, Err(AskFailure::NotSupported));
}
