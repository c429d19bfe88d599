//! The gateway over HTTP that an administrator describes.

use delivery::{
    Verdict,
    sms::{
        Amount, AskFailure, CallbackContent, CallbackFault, Cause, GatewayZone, HttpGateway, Question, Reference, ReferenceUse,
        SegmentId, Sender, SmsGateway, SmsKind, SmsOutcome, SmsState,
        web::{
            AlphabetWords, AnswerReading, BodyKind, BodyTemplate, CallbackReading, Condition, CreditQuestion, HttpSettings,
            Letters, Method, NumberForm, Pick, ReceiptReading, Refusal, RefusalMeaning, RequestTemplate, Secrets, SettingsFault,
            StatusQuestion, TimeForm, TimeReading, smsbrana,
        },
    },
    testing::{HttpAsked, HttpFault, HttpSaid, HttpServer},
};
use proptest::prelude::*;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::sms_support::{accepted, get, message, post, refused, said, transmit, transmit_one};

/// Text that would break out of every place that is not escaped.
const NASTY: &str = "\"}],&x=1</text><!--]]>'\\\r\nX-Evil: 1 %20+č€😀";

fn request(url: &str, body: Option<(BodyKind, &str)>) -> RequestTemplate {
    let body = body.map(|(kind, text)| BodyTemplate { kind, text: text.to_owned() });
    let method = if body.is_some() { Method::Post } else { Method::Get };
    RequestTemplate { method, url: url.to_owned(), headers: Vec::new(), body }
}

fn pointer(at: &str) -> Pick {
    Pick::Pointer(at.to_owned())
}

fn says(pick: Pick, value: &str) -> Condition {
    Condition { pick: Some(pick), one_of: vec![value.to_owned()], ..Condition::default() }
}

/// A gateway of JSON: it takes `{"to","text","ref"}` with a key in a header and answers `{"status":"ok","id"}`.
fn described(base: &str) -> HttpSettings {
    let mut send = request(
        &format!("{base}/send"),
        Some((BodyKind::Json, r#"{"to":"{{number}}","text":"{{text}}","ref":"{{reference}}"}"#)),
    );
    send.headers.push(("X-Key".to_owned(), "{{secret.key}}".to_owned()));
    let refusal = |code: &str, means| Refusal { when: says(pointer("/error"), code), means };
    HttpSettings {
        send,
        answer: AnswerReading {
            success: Some(says(pointer("/status"), "ok")),
            id: Some(pointer("/id")),
            refusals: vec![
                refusal("number", RefusalMeaning::NotTaken(Cause::Number)),
                refusal("credit", RefusalMeaning::NotTaken(Cause::NoCredit)),
                refusal("busy", RefusalMeaning::NotTaken(Cause::Busy)),
                refusal("again", RefusalMeaning::TakenBefore),
            ],
            otherwise: None,
        },
        status: Some(StatusQuestion {
            request: request(&format!("{base}/status?ref={{{{reference}}}}"), None),
            receipts: receipts(None),
            stranger: Some(Condition { statuses: vec![404], ..Condition::default() }),
        }),
        credit: Some(CreditQuestion { request: request(&format!("{base}/credit"), None), amount: pointer("/credit") }),
        callback: Some(CallbackReading { receipts: receipts(None), acknowledgement: "thanks".to_owned() }),
        number: NumberForm::Plus,
        alphabet: AlphabetWords::default(),
        sender: None,
        segments: 6,
        letters: Letters::Unicode,
    }
}

fn receipts(list: Option<&str>) -> ReceiptReading {
    ReceiptReading {
        list: list.map(str::to_owned),
        id: Some(pointer("/id")),
        reference: Some(pointer("/ref")),
        recipient: Some(pointer("/to")),
        state: pointer("/state"),
        states: vec![("4".to_owned(), SmsState::Delivered), ("5".to_owned(), SmsState::Undeliverable)],
        at: Some(TimeReading {
            pick: pointer("/at"),
            form: TimeForm::Form("%d.%m.%Y %H:%M".to_owned()),
            zone: GatewayZone::Prague,
        }),
        price: Some(pointer("/price")),
        error: Some(pointer("/why")),
    }
}

fn secrets() -> Secrets {
    Secrets::from([("key".to_owned(), SecretString::from("the-key-of-the-test"))])
}

fn made(server: &HttpServer, settings: HttpSettings) -> SmsGateway {
    let callback_secret = Some(SecretString::from("path-secret"));
    SmsGateway::Http(Box::new(HttpGateway::new(settings, secrets(), callback_secret, server.way()).unwrap()))
}

/// A server that always says this.
async fn saying(body: Value) -> HttpServer {
    HttpServer::start(move |_: &HttpAsked| HttpSaid::json(&body)).await
}

async fn good() -> HttpServer {
    saying(json!({ "status": "ok", "id": 4711 })).await
}

#[tokio::test]
async fn values_stand_in_json_as_they_are() {
    let server = good().await;
    let outcome = transmit_one(&made(&server, described(&server.base())), NASTY).await;
    assert_eq!(accepted(&outcome), [SegmentId::new("4711").unwrap()]);
    let asked = &server.asked()[0];
    assert_eq!(asked.json(), json!({ "to": "+421903600001", "text": NASTY, "ref": "d-1" }));
    assert_eq!(asked.header("x-key"), Some("the-key-of-the-test"));
    assert_eq!(asked.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn values_stand_in_addresses_as_they_are() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.send =
        request(&format!("{}/to/{{{{number}}}}?text={{{{text}}}}&a={{{{alphabet}}}}&n={{{{segments}}}}", server.base()), None);
    settings.number = NumberForm::Zeros;
    settings.alphabet = AlphabetWords { gsm: "7bit".to_owned(), unicode: "ucs2".to_owned() };
    transmit_one(&made(&server, settings), NASTY).await;
    let asked = &server.asked()[0];
    assert_eq!((asked.method.as_str(), asked.path()), ("GET", "/to/00421903600001"));
    let expected = [("text", NASTY), ("a", "ucs2"), ("n", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(asked.query(), expected);
    assert!(asked.header("x-evil").is_none());
}

#[tokio::test]
async fn values_stand_in_forms_and_xml_as_they_are() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.sender = Some(Sender::parse("Posel").unwrap());
    let form = "from={{sender}}&to={{number}}&text={{text}}&flash={{flash}}";
    settings.send = request(&server.base(), Some((BodyKind::Form, form)));
    settings.number = NumberForm::Digits;
    let mut flash = message(1, NASTY);
    flash.kind = SmsKind::Flash;
    transmit(&made(&server, settings.clone()), &[flash]).await;
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&server.asked()[0].body).into_owned().collect();
    let expected = [("from", "Posel"), ("to", "421903600001"), ("text", NASTY), ("flash", "1")];
    assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    settings.send = request(&server.base(), Some((BodyKind::Xml, "<sms to='{{number}}'><text>{{text}}</text></sms>")));
    transmit_one(&made(&server, settings), "a<b>&'\"\u{1}\r\nč").await;
    let xml = "<sms to='421903600001'><text>a&lt;b&gt;&amp;&apos;&quot; &#13;\nč</text></sms>";
    assert_eq!(server.asked()[1].text(), xml);
}

#[tokio::test]
async fn a_value_that_cannot_stand_in_a_header_ends_its_message() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.send.headers.push(("X-Text".to_owned(), "{{text}}".to_owned()));
    let gateway = made(&server, settings);
    assert_eq!(transmit_one(&gateway, "a\r\nX-Evil: 1").await.verdict(), Verdict::MessageNever);
    assert!(server.asked().is_empty());
    assert_eq!(transmit_one(&gateway, "fine").await.verdict(), Verdict::Accepted);
}

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

/// SMSbrána: `user_id` never goes out twice, errors are numbers in XML with status 200.
async fn smsbrana_server() -> (HttpServer, SmsGateway) {
    let taken = std::sync::Mutex::new(Vec::<String>::new());
    let server = HttpServer::start(move |asked: &HttpAsked| {
        let query = asked.query();
        let get = |name: &str| query.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str());
        let mut taken = taken.lock().unwrap();
        let result = match (get("login"), get("password"), get("action")) {
            ("me", "p&ss", "credit_info") => "<err>0</err><credit>250.75</credit>".to_owned(),
            ("me", "p&ss", "send_sms") if taken.iter().any(|it| it == get("user_id")) => "<err>-1</err>".to_owned(),
            ("me", "p&ss", "send_sms") if get("number").starts_with('+') => "<err>10</err>".to_owned(),
            ("me", "p&ss", "send_sms") => {
                taken.push(get("user_id").to_owned());
                format!(
                    "<err>0</err><price>1.1</price><sms_count>1</sms_count><credit>9</credit><sms_id>{}</sms_id>",
                    500 + taken.len()
                )
            }
            ("me", ..) => "<err>3</err>".to_owned(),
            _ => "<err>2</err>".to_owned(),
        };
        HttpSaid::new(200, format!("<?xml version='1.0' encoding='utf-8'?>\n<result>\n{result}\n</result>"))
    })
    .await;
    let gateway = smsbrana_gateway(&server, "p&ss");
    (server, gateway)
}

fn smsbrana_gateway(server: &HttpServer, password: &str) -> SmsGateway {
    let mut settings = smsbrana();
    let here = |url: &str| url.replace("https://api.smsbrana.cz", &server.base());
    settings.send.url = here(&settings.send.url);
    if let Some(credit) = &mut settings.credit {
        credit.request.url = here(&credit.request.url);
    }
    let secrets = [("login", "me"), ("password", password)].map(|(name, value)| (name.to_owned(), SecretString::from(value)));
    SmsGateway::Http(Box::new(HttpGateway::new(settings, Secrets::from(secrets), None, server.way()).unwrap()))
}

#[tokio::test]
async fn smsbrana_takes_a_message_and_its_repeat_once() {
    let (server, gateway) = smsbrana_server().await;
    assert_eq!(gateway.capabilities().reference, ReferenceUse::NeverTwice);
    server.fault("send_sms", HttpFault::CloseAfter);
    assert_eq!(transmit_one(&gateway, "hello & bye").await.verdict(), Verdict::Unknown);
    assert_eq!(transmit_one(&gateway, "hello & bye").await.verdict(), Verdict::Accepted);
    let second = transmit(&gateway, &[message(2, "b")]).await.remove(0);
    assert_eq!(accepted(&second)[0].as_str(), "502");
    assert_eq!(gateway.credit().await, Ok(Amount(250_750_000)));
}

#[tokio::test]
async fn smsbrana_refuses_by_numbers() {
    let (server, _) = smsbrana_server().await;
    let gateway = smsbrana_gateway(&server, "wrong");
    assert_eq!(refused(&transmit_one(&gateway, "a").await), Cause::Login);
    for (code, cause) in
        [("9", Cause::NoCredit), ("10", Cause::Number), ("12", Cause::Text), ("8", Cause::Down), ("1", Cause::Busy)]
    {
        server.fault("send_sms", HttpFault::Say(HttpSaid::new(200, format!("<result><err>{code}</err></result>"))));
        assert_eq!(refused(&transmit_one(&gateway, "a").await), cause, "{code}");
    }
    let asked = server.asked().len();
    assert_eq!(refused(&transmit_one(&gateway, "Dobrý den, řeka").await), Cause::Text);
    assert_eq!(server.asked().len(), asked, "letters that it does not take are refused here");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_becomes_part_of_the_request_around_it(text in "\\PC{0,80}|[\"&<>{}%+\\\\\r\n\t /?#=;:'-]{0,40}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = good().await;
            let mut settings = described(&server.base());
            let url = format!("{}/a/{{{{text}}}}/b?x={{{{text}}}}&y=1", server.base());
            settings.send = request(&url, Some((BodyKind::Json, r#"{"a":["{{text}}"],"b":1}"#)));
            transmit_one(&made(&server, settings), &text).await;
            if text == "." || text == ".." {
                assert!(server.asked().is_empty());
                return;
            }
            let asked = &server.asked()[0];
            assert_eq!(asked.json(), json!({ "a": [text], "b": 1 }));
            assert_eq!(asked.query(), [("x".to_owned(), text.clone()), ("y".to_owned(), "1".to_owned())]);
            assert_eq!(asked.path().split('/').count(), 4);
        });
    }
}
