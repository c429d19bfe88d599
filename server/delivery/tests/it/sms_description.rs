//! A described gateway for tests.

use delivery::{
    sms::{
        Cause, GatewayZone, HttpGateway, SmsGateway, SmsState,
        web::{
            AlphabetWords, AnswerReading, BodyKind, BodyTemplate, CallbackReading, Condition, CreditQuestion, HttpSettings,
            Letters, Method, NumberForm, Pick, ReceiptReading, Refusal, RefusalMeaning, RequestTemplate, Secrets, StatusQuestion,
            TimeForm, TimeReading,
        },
    },
    testing::{HttpAsked, HttpSaid, HttpServer},
};
use secrecy::SecretString;
use serde_json::{Value, json};

/// A request by POST if it has a body, by GET if not.
pub fn request(url: &str, body: Option<(BodyKind, &str)>) -> RequestTemplate {
    let body = body.map(|(kind, text)| BodyTemplate { kind, text: text.to_owned() });
    let method = if body.is_some() { Method::Post } else { Method::Get };
    RequestTemplate { method, url: url.to_owned(), headers: Vec::new(), login: None, body }
}

/// A JSON pointer.
pub fn pointer(at: &str) -> Pick {
    Pick::Pointer(at.to_owned())
}

/// Says this at this place.
pub fn says(pick: Pick, value: &str) -> Condition {
    Condition { pick: Some(pick), one_of: vec![value.to_owned()], ..Condition::default() }
}

/// A gateway of JSON: it takes `{"to","text","ref"}` with a key in a header and answers `{"status":"ok","id"}`.
pub fn described(base: &str) -> HttpSettings {
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

/// Receipts of `{"id","ref","to","state","at","price","why"}`.
pub fn receipts(list: Option<&str>) -> ReceiptReading {
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

/// The one secret of [`described`].
pub fn secrets() -> Secrets {
    Secrets::from([("key".to_owned(), SecretString::from("the-key-of-the-test"))])
}

/// A gateway whose calls end with `path-secret`.
pub fn made(server: &HttpServer, settings: HttpSettings) -> SmsGateway {
    let callback_secret = Some(SecretString::from("path-secret"));
    SmsGateway::Http(Box::new(HttpGateway::new(settings, secrets(), callback_secret, server.way()).unwrap()))
}

/// A server that always says this.
pub async fn saying(body: Value) -> HttpServer {
    HttpServer::start(move |_: &HttpAsked| HttpSaid::json(&body)).await
}

/// A server that takes everything.
pub async fn good() -> HttpServer {
    saying(json!({ "status": "ok", "id": 4711 })).await
}
