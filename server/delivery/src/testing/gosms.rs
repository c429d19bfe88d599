//! A gateway that speaks the protocol of GoSMS: tokens that the test lets run out, messages whose states the test moves, credit.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::SecretString;
use serde_json::{Value, json};

use super::web::{HttpAsked, HttpSaid, HttpServer};
use crate::sms::{GoSmsMode, GoSmsSettings};

const CLIENT_ID: &str = "12987_client";
const CLIENT_SECRET: &str = "client-secret-of-the-test";
const CALLBACK_SECRET: &str = "only-the-webhook-knows";

#[derive(Default)]
struct Book {
    /// Number, text, and the group of recipients it is in now with the time.
    messages: Vec<(String, String, &'static str, String)>,
    n_tokens: u32,
    valid_token: Option<String>,
    invalid: Vec<String>,
}

/// A running gateway; it ends when it is dropped.
pub struct GoSmsServer {
    http: HttpServer,
    book: Arc<Mutex<Book>>,
}

impl GoSmsServer {
    /// Starts a gateway that behaves.
    pub async fn start() -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = book.clone();
        Self { http: HttpServer::start(move |asked| answer(&mut lock(&shared), asked)).await, book }
    }

    /// The HTTP side, for faults and for what was asked.
    pub fn http(&self) -> &HttpServer {
        &self.http
    }

    /// Settings of an account that this gateway lets in.
    pub fn settings(&self) -> GoSmsSettings {
        GoSmsSettings {
            base: self.http.base(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: SecretString::from(CLIENT_SECRET),
            channel: 299_862,
            mode: GoSmsMode::Live,
            callback_secret: Some(SecretString::from(CALLBACK_SECRET)),
            way: self.http.way(),
        }
    }

    /// What the address of the webhook ends with.
    pub fn callback_secret(&self) -> &'static str {
        CALLBACK_SECRET
    }

    /// Number and text of every message taken.
    pub fn messages(&self) -> Vec<(String, String)> {
        lock(&self.book).messages.iter().map(|it| (it.0.clone(), it.1.clone())).collect()
    }

    /// Lets the token run out.
    pub fn end_token(&self) {
        lock(&self.book).valid_token = None;
    }

    /// How many tokens were given.
    pub fn n_tokens(&self) -> u32 {
        lock(&self.book).n_tokens
    }

    /// Calls this number invalid from now on.
    pub fn refuse_number(&self, number: &str) {
        lock(&self.book).invalid.push(number.to_owned());
    }

    /// Puts a message, counted from 1, into `delivered`, `undelivered` or `delivering`.
    pub fn move_message(&self, id: usize, group: &'static str, time: &str) {
        if let Some(it) = lock(&self.book).messages.get_mut(id - 1) {
            (it.2, it.3) = (group, time.to_owned());
        }
    }

    /// What the webhook is called with for a message, counted from 1.
    pub fn webhook(&self, id: usize) -> Vec<u8> {
        let mut detail = detail(&lock(&self.book), id);
        detail["event"] = json!("message.delivery");
        detail.to_string().into_bytes()
    }
}

fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(book: &mut Book, asked: &HttpAsked) -> HttpSaid {
    let path: Vec<&str> = asked.path().trim_matches('/').split('/').collect();
    if path == ["oauth", "v2", "token"] {
        return token(book, &asked.body);
    }
    let bearer = asked.header("authorization").and_then(|it| it.strip_prefix("Bearer "));
    if bearer.is_none() || bearer != book.valid_token.as_deref() {
        let words = json!({ "error": "access_denied", "error_description": "The access token provided is invalid." });
        return HttpSaid::new(401, words.to_string());
    }
    match (asked.method.as_str(), path.as_slice()) {
        ("GET", ["api", "v1"]) => {
            HttpSaid::json(&json!({ "currentCredit": 23.09, "channels": [{ "id": 299_862, "name": "Main" }] }))
        }
        ("POST", ["api", "v1", "messages", rest @ ..]) => {
            let body = asked.json();
            let number = body["recipients"].as_str().unwrap_or_default().to_owned();
            if book.invalid.contains(&number) {
                return HttpSaid::new(201, json!({ "recipients": { "invalid": [number] } }).to_string());
            }
            if rest == ["test"] {
                return HttpSaid::json(&json!({ "recipients": { "invalid": [] }, "stats": { "price": 0.739 } }));
            }
            let text = body["message"].as_str().unwrap_or_default().to_owned();
            book.messages.push((number, text, "delivering", String::new()));
            let link = format!("api/v1/messages/{}", book.messages.len());
            HttpSaid::new(201, json!({ "recipients": { "invalid": [] }, "link": link }).to_string())
        }
        ("GET", ["api", "v1", "messages", id]) => match id.parse() {
            Ok(id) if (1..=book.messages.len()).contains(&id) => HttpSaid::json(&detail(book, id)),
            _ => HttpSaid::new(404, json!({ "title": "Not Found" }).to_string()),
        },
        _ => HttpSaid::new(404, "not found"),
    }
}

fn token(book: &mut Book, body: &[u8]) -> HttpSaid {
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(body).into_owned().collect();
    let has = |name: &str, value: &str| fields.iter().any(|it| it.0 == name && it.1 == value);
    if !has("grant_type", "client_credentials") || !has("client_id", CLIENT_ID) || !has("client_secret", CLIENT_SECRET) {
        return HttpSaid::new(400, json!({ "error": "invalid_client" }).to_string());
    }
    book.n_tokens += 1;
    let token = format!("token-{}", book.n_tokens);
    book.valid_token = Some(token.clone());
    HttpSaid::json(&json!({ "access_token": token, "expires_in": 3600, "token_type": "bearer", "scope": "user" }))
}

fn detail(book: &Book, id: usize) -> Value {
    let Some((number, text, group, time)) = book.messages.get(id - 1) else { return Value::Null };
    let when = if *group == "delivering" { json!({ "deliveringCount": 1 }) } else { json!(time) };
    let mut recipients = json!({ "delivered": [], "undelivered": [], "delivering": [] });
    recipients[*group] = json!({ number: when });
    json!({
        "messageType": "SMS",
        "message": { "fulltext": text, "parts": [text] },
        "recipients": { "sent": [number], "notSent": [], "invalid": [] },
        "stats": { "price": 0.739, "smsCount": 1 },
        "sendingInfo": { "status": "SENT", "sentFinish": "2026-01-10T12:00:01+01:00" },
        "delivery": { "isDelivered": *group == "delivered", "smsCount": 1, "recipients": recipients },
        "links": { "self": format!("api/v1/messages/{id}"), "replies": format!("api/v1/messages/{id}/replies") },
    })
}
