//! A gateway that speaks the protocol of EuroSMS: it checks signatures, counts credit, keeps segments and tells their states, which the
//! test moves.

mod desk;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use secrecy::SecretString;
use serde_json::{Value, json};

use super::web::HttpServer;
use crate::sms::{EuroSmsDigest, EuroSmsMode, EuroSmsSettings, Sender};

const ID: &str = "1-ABCDEF";
const KEY: &str = "integration-key-of-the-test";
const CALLBACK_SECRET: &str = "only-the-gateway-knows";

/// One segment that the gateway took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentAtEuroSms {
    /// Its uuid.
    pub uuid: String,
    /// The group of its request, if it was one for several.
    pub group: Option<u64>,
    /// The digits of the recipient.
    pub number: String,
    /// The whole text.
    pub text: String,
    /// The sender.
    pub sender: String,
    /// The flags.
    pub flags: u64,
    /// The customer's own key.
    pub reference: Option<String>,
    /// Which segment, from 1.
    pub number_of_segment: usize,
    /// The state, `ENROUTE` at first.
    pub state: String,
    /// When it came to that, in the gateway's own time.
    pub time: String,
    /// The seconds it is worth delivering, if the request said.
    pub ttl: Option<u64>,
}

#[derive(Default)]
struct Book {
    segments: Vec<SegmentAtEuroSms>,
    /// Which segments have a state that was told to nobody.
    fresh: Vec<String>,
    /// What was told under each transaction.
    told: HashMap<String, Vec<Value>>,
    wrong: Vec<String>,
    senders: Option<Vec<String>>,
    credit: Option<u64>,
    n_groups: u64,
}

/// A running gateway; it ends when it is dropped.
pub struct EuroSmsServer {
    http: HttpServer,
    book: Arc<Mutex<Book>>,
}

impl EuroSmsServer {
    /// Starts a gateway that behaves, with credit without end.
    pub async fn start() -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = book.clone();
        Self { http: HttpServer::start(move |asked| desk::answer(&mut lock(&shared), asked)).await, book }
    }

    /// The HTTP side, for faults and for what was asked.
    pub fn http(&self) -> &HttpServer {
        &self.http
    }

    /// Settings of an account that this gateway lets in.
    ///
    /// # Panics
    /// Never: the sender is a constant.
    #[allow(clippy::expect_used, reason = "the sender is a constant")]
    pub fn settings(&self) -> EuroSmsSettings {
        EuroSmsSettings {
            base: self.http.base(),
            id: ID.to_owned(),
            key: SecretString::from(KEY),
            sender: Sender::parse("Posel").expect("a sender"),
            digest: EuroSmsDigest::Sha256,
            mode: EuroSmsMode::Live,
            callback_secret: Some(SecretString::from(CALLBACK_SECRET)),
            way: self.http.way(),
        }
    }

    /// What the address of the callback ends with.
    pub fn callback_secret(&self) -> &'static str {
        CALLBACK_SECRET
    }

    /// Everything that was taken.
    pub fn segments(&self) -> Vec<SegmentAtEuroSms> {
        lock(&self.book).segments.clone()
    }

    /// How often a message with this key was taken.
    pub fn n_copies(&self, reference: &str) -> usize {
        let book = lock(&self.book);
        book.segments.iter().filter(|it| it.reference.as_deref() == Some(reference) && it.number_of_segment == 1).count()
    }

    /// Lets a segment come to a state at a time, both in the gateway's own writing.
    pub fn move_segment(&self, uuid: &str, state: &str, time: &str) {
        let mut book = lock(&self.book);
        for it in book.segments.iter_mut().filter(|it| it.uuid == uuid) {
            it.state = state.to_owned();
            it.time = time.to_owned();
        }
        book.fresh.push(uuid.to_owned());
    }

    /// Calls this number wrong from now on.
    pub fn refuse_number(&self, digits: &str) {
        lock(&self.book).wrong.push(digits.to_owned());
    }

    /// Allows only these senders from now on.
    pub fn allow_senders(&self, senders: &[&str]) {
        lock(&self.book).senders = Some(senders.iter().map(|it| (*it).to_owned()).collect());
    }

    /// Leaves credit for so many segments.
    pub fn leave_credit(&self, segments: u64) {
        lock(&self.book).credit = Some(segments);
    }

    /// The call by which a segment's state is pushed, as the query of a GET.
    pub fn callback_query(&self, uuid: &str) -> String {
        let fields = self.callback_fields(uuid);
        let pairs = fields.as_object().into_iter().flatten();
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(pairs.map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))));
        out.finish()
    }

    /// The call by which a segment's state is pushed, as JSON.
    pub fn callback_json(&self, uuid: &str) -> Vec<u8> {
        json!({ "delivery_report": self.callback_fields(uuid) }).to_string().into_bytes()
    }

    fn callback_fields(&self, uuid: &str) -> Value {
        let segments = self.segments();
        let Some(it) = segments.iter().find(|it| it.uuid == uuid) else { return Value::Null };
        json!({
            "sms_uuid": it.uuid, "recipient": it.number, "segment": it.number_of_segment, "delivery_result": it.state,
            "delivery_time": it.time, "sent_time": "2026-01-10 12:00:00", "sent_result": "OK", "operator": "231.1", "price": "0.031",
        })
    }
}

fn lock(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}
