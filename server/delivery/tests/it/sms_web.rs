//! The gateway over HTTP that an administrator describes.

use delivery::{
    Verdict,
    sms::{
        Amount, AskFailure, CallbackContent, CallbackFault, Cause, HttpGateway, Question, Reference, ReferenceUse, SmsOutcome,
        SmsState,
        web::{AnswerReading, BodyKind, BodyTemplate, CallbackReading, HttpSettings, Pick, SettingsFault, smsbrana},
    },
    testing::{HttpAsked, HttpFault, HttpSaid, HttpServer},
};
use serde_json::json;

use crate::{
    sms_description::{described, good, made, receipts, saying, secrets},
    sms_support::{get, post, said, transmit_one},
};

#[tokio::test]
async fn answers_mean_what_was_described() {
    let server = good().await;
    let gateway = made(&server, described(&server.base()));
    for (status, body, verdict) in [
        (200, r#"{"error":"number"}"#, Verdict::AddressBad),
        (400, r#"{"error":"credit"}"#, Verdict::AccountUnreachable),
        (500, r#"{"error":"busy"}"#, Verdict::MessageLater),
        (200, r#"{"error":"again","id":"7"}"#, Verdict::Accepted),
        (200, r#"{"error":"news of tomorrow"}"#, Verdict::Unknown),
        (200, r#"{"status":"ok"}"#, Verdict::Accepted),
        (500, r#"{"status":"ok"}"#, Verdict::Unknown),
        (200, "<html>", Verdict::Unknown),
        (302, "", Verdict::AccountStopped),
        (503, "", Verdict::AccountUnreachable),
    ] {
        server.fault("send", HttpFault::Say(HttpSaid::new(status, body)));
        let outcome = transmit_one(&gateway, "a").await;
        assert_eq!(outcome.verdict(), verdict, "{status} {body}");
        assert_eq!(said(&outcome).words, body);
    }
}

#[tokio::test]
async fn a_gateway_that_promises_is_believed_below_500() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.answer.otherwise = Some(Cause::Refused);
    let gateway = made(&server, settings);
    for (status, verdict) in [(200, Verdict::MessageNever), (404, Verdict::MessageNever), (500, Verdict::Unknown)] {
        server.fault("send", HttpFault::Say(HttpSaid::new(status, "{}")));
        assert_eq!(transmit_one(&gateway, "a").await.verdict(), verdict, "{status}");
    }
}

#[tokio::test]
async fn secrets_that_the_gateway_repeats_are_taken_out() {
    let server = saying(json!({ "error": "the-key-of-the-test is no key" })).await;
    let gateway = made(&server, described(&server.base()));
    let outcome = transmit_one(&gateway, "a").await;
    assert!(matches!(outcome, SmsOutcome::Unknown { .. }));
    assert!(!format!("{outcome:?} {gateway:?}").contains("the-key"));
}

#[tokio::test]
async fn a_gateway_that_is_asked_for_our_reference_ends_the_unknown() {
    let server = HttpServer::start(|asked: &HttpAsked| match asked.path() {
        "/status" if asked.query()[0].1 == "d-1" => {
            HttpSaid::json(&json!({ "state": "4", "at": "01.07.2026 12:00", "price": "0,9", "to": "421903600001", "id": 8 }))
        }
        "/status" => HttpSaid::new(404, "{}"),
        _ => HttpSaid::json(&json!({ "status": "ok", "id": 8 })),
    })
    .await;
    let mut settings = described(&server.base());
    settings.answer.refusals.pop();
    let gateway = made(&server, settings);
    assert_eq!(gateway.capabilities().reference, ReferenceUse::Asked);
    server.fault("send", HttpFault::CloseAfter);
    assert_eq!(transmit_one(&gateway, "a").await.verdict(), Verdict::Unknown);
    let references = ["d-1", "d-2"].map(|it| Reference::parse(it).unwrap());
    let polled = gateway.poll(Question::References(&references)).await.unwrap();
    assert_eq!(polled.strangers, ["d-2"]);
    let it = &polled.receipts[0];
    assert_eq!((it.state, it.at, it.price), (Some(SmsState::Delivered), Some(1_782_900_000_000), Some(Amount(900_000))));
    assert_eq!((it.reference.as_ref(), it.segment.as_ref().unwrap().as_str()), (Some(&references[0]), "8"));
    assert_eq!(gateway.poll(Question::Segments(&[])).await, Err(AskFailure::NotSupported));
}

#[tokio::test]
async fn an_answer_to_a_question_that_says_nothing_is_a_failure_and_no_stranger() {
    let server = saying(json!({ "maintenance": true })).await;
    let gateway = made(&server, described(&server.base()));
    let references = [Reference::parse("d-1").unwrap()];
    assert!(matches!(gateway.poll(Question::References(&references)).await, Err(AskFailure::Refused { .. })));
    assert!(matches!(gateway.credit().await, Err(AskFailure::Refused { .. })));
}

#[tokio::test]
async fn a_repeat_that_the_gateway_recognises_is_accepted() {
    let server = saying(json!({ "error": "again" })).await;
    let gateway = made(&server, described(&server.base()));
    assert_eq!(gateway.capabilities().reference, ReferenceUse::NeverTwice);
    assert_eq!(transmit_one(&gateway, "a").await.verdict(), Verdict::Accepted);
}

#[tokio::test]
async fn calls_are_read_from_query_form_and_json() {
    let server = good().await;
    let gateway = made(&server, described(&server.base()));
    let query = "id=8&ref=d-1&state=5&why=no+such+phone&at=01.07.2026+12%3A00";
    let by_query = gateway.parse_callback(&get("path-secret", query)).unwrap();
    let json = br#"{"id":8,"ref":"d-1","state":5,"why":"no such phone","at":"01.07.2026 12:00"}"#;
    let by_json = gateway.parse_callback(&post("path-secret", json)).unwrap();
    let form = delivery::sms::CallbackRequest {
        secret: "path-secret",
        query: "",
        media_type: "application/x-www-form-urlencoded",
        body: query.as_bytes(),
    };
    assert_eq!(by_query, by_json);
    assert_eq!(gateway.parse_callback(&form), Ok(by_json.clone()));
    assert_eq!(by_query.acknowledgement.body, "thanks");
    let CallbackContent::Receipts(receipts) = by_query.content else { panic!("no receipts") };
    assert_eq!((receipts[0].state, receipts[0].error.as_deref()), (Some(SmsState::Undeliverable), Some("no such phone")));
    assert_eq!(gateway.parse_callback(&get("path-secret", "state=5")), Err(CallbackFault::Incomplete));
    assert_eq!(gateway.parse_callback(&get("path-secret", "id=5")), Err(CallbackFault::Incomplete));
    assert_eq!(gateway.parse_callback(&get("other", query)), Err(CallbackFault::WrongSecret));
}

#[tokio::test]
async fn a_call_may_carry_a_list() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.callback = Some(CallbackReading { receipts: receipts(Some("/reports")), acknowledgement: String::new() });
    let body = br#"{"reports":[{"id":1,"state":4},{"id":2,"state":9},{"other":3}]}"#;
    let call = made(&server, settings).parse_callback(&post("path-secret", body)).unwrap();
    let CallbackContent::Receipts(receipts) = call.content else { panic!("no receipts") };
    let told: Vec<_> = receipts.iter().map(|it| (it.state, it.word.as_str())).collect();
    assert_eq!(told, [(Some(SmsState::Delivered), "4"), (None, "9")]);
}

#[tokio::test]
async fn name_and_password_may_go_in_the_basic_scheme() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.send.login = Some(("key".to_owned(), "key".to_owned()));
    assert_eq!(transmit_one(&made(&server, settings), "a").await.verdict(), Verdict::Accepted);
    let expected = "Basic dGhlLWtleS1vZi10aGUtdGVzdDp0aGUta2V5LW9mLXRoZS10ZXN0";
    assert_eq!(server.asked()[0].header("authorization"), Some(expected));
}

#[tokio::test]
async fn a_description_that_cannot_work_is_refused() {
    let server = good().await;
    let base = server.base();
    let fault = |change: fn(&mut HttpSettings, &str)| {
        let mut settings = described(&base);
        change(&mut settings, &base);
        HttpGateway::new(settings, secrets(), None, server.way()).err()
    };
    assert_eq!(fault(|it, _| it.send.url = "https://{{number}}.example/".to_owned()), Some(SettingsFault::Url));
    assert_eq!(fault(|it, _| it.send.url = "https://a.example{{number}}".to_owned()), Some(SettingsFault::Url));
    assert_eq!(fault(|it, _| it.send.url = "file:///etc/passwd".to_owned()), Some(SettingsFault::Url));
    assert_eq!(fault(|it, _| it.send.url = String::new()), Some(SettingsFault::Url));
    assert_eq!(fault(|it, _| it.send.url = "https://me:pass@a.example/".to_owned()), Some(SettingsFault::Url));
    let login = |it: &mut HttpSettings, _: &str| it.send.login = Some(("key".to_owned(), "pass".to_owned()));
    assert_eq!(fault(login), Some(SettingsFault::Placeholder("secret.pass".to_owned())));
    assert_eq!(
        fault(|it, base| it.send.url = format!("{base}/{{{{nobody}}}}")),
        Some(SettingsFault::Placeholder("nobody".to_owned()))
    );
    assert_eq!(
        fault(|it, base| it.send.url = format!("{base}/{{{{secret.other}}}}")),
        Some(SettingsFault::Placeholder("secret.other".to_owned()))
    );
    let unquoted = BodyTemplate { kind: BodyKind::Json, text: r#"{"text":{{text}}}"#.to_owned() };
    let mut settings = described(&base);
    settings.send.body = Some(unquoted);
    assert_eq!(HttpGateway::new(settings, secrets(), None, server.way()).err(), Some(SettingsFault::Json));
    assert_eq!(fault(|it, _| it.answer = AnswerReading::default()), Some(SettingsFault::Success));
    assert_eq!(
        fault(|it, _| it.answer.id = Some(Pick::Pattern("(".to_owned()))),
        Some(SettingsFault::Pick("the id of a message"))
    );
    assert_eq!(fault(|it, base| it.status.as_mut().unwrap().request.url = format!("{base}/all")), Some(SettingsFault::Question));
    assert_eq!(fault(|it, base| it.send.url = format!("{base}/?from={{{{sender}}}}")), Some(SettingsFault::Sender));
    assert_eq!(
        fault(|it, _| it.send.headers.push(("Bad Name".to_owned(), String::new()))),
        Some(SettingsFault::Header("Bad Name".to_owned()))
    );
}

#[tokio::test]
async fn a_description_survives_being_written_down() {
    let server = good().await;
    for settings in [described(&server.base()), smsbrana()] {
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<HttpSettings>(&text).unwrap(), settings);
    }
}
