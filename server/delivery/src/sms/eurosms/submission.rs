//! Requests that hand messages over.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{EuroSmsMode, EuroSmsSettings, sign::sign};
use crate::sms::SmsMessage;

/// Bits of a message (chapter 9.2.3): a receipt is wanted, it is long, it has letters beyond GSM 03.38.
const RECEIPT: u32 = 1;
const LONG: u32 = 2;
const DIACRITICS: u32 = 4;

/// How a batch is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One message that may have a validity.
    One,
    /// One text for several numbers.
    OneToMany,
    /// Different texts.
    ManyToMany,
}

pub(super) struct Submission {
    pub shape: Shape,
    pub path: String,
    pub body: Vec<u8>,
}

/// The request for a batch of at least one message.
pub(super) fn of(settings: &EuroSmsSettings, batch: &[SmsMessage]) -> Submission {
    let shape = shape(batch);
    let (name, body) = match shape {
        Shape::One => ("one", one(settings, batch)),
        Shape::OneToMany => ("o2m", one_to_many(settings, batch)),
        Shape::ManyToMany => ("m2m", many_to_many(settings, batch)),
    };
    let door = match settings.mode {
        EuroSmsMode::Live => "send",
        EuroSmsMode::Test => "test",
    };
    Submission { shape, path: format!("/api/v3/{door}/{name}"), body: body.to_string().into_bytes() }
}

/// One text for several numbers is one only if no number comes twice: the gateway would write to it once.
fn shape(batch: &[SmsMessage]) -> Shape {
    let Some((first, rest)) = batch.split_first() else { return Shape::ManyToMany };
    if rest.is_empty() && first.validity.is_some() {
        return Shape::One;
    }
    let mut numbers = HashSet::new();
    let alike = rest.iter().all(|it| it.text == first.text && it.sender == first.sender);
    if alike && batch.iter().all(|it| numbers.insert(it.digits())) { Shape::OneToMany } else { Shape::ManyToMany }
}

fn one(settings: &EuroSmsSettings, batch: &[SmsMessage]) -> Value {
    let message = &batch[0];
    let mut body = json!({
        "iid": settings.id,
        "sgn": signature(settings, message, message.digits()),
        "rcpt": number(message),
        "flgs": flags(message),
        "sndr": sender(settings, message),
        "txt": message.text,
        "rsp": "full",
    });
    if let Some(minutes) = message.validity {
        body["ttl"] = json!(u64::from(minutes) * 60);
    }
    body
}

fn one_to_many(settings: &EuroSmsSettings, batch: &[SmsMessage]) -> Value {
    let message = &batch[0];
    let digits: String = batch.iter().map(SmsMessage::digits).collect();
    json!({
        "iid": settings.id,
        "sgn": signature(settings, message, &digits),
        "rcpts": batch.iter().map(recipient).collect::<Vec<_>>(),
        "flgs": flags(message),
        "sndr": sender(settings, message),
        "txt": message.text,
        "rsp": "full",
    })
}

fn many_to_many(settings: &EuroSmsSettings, batch: &[SmsMessage]) -> Value {
    let messages: Vec<Value> = batch
        .iter()
        .map(|it| {
            json!({
                "sgn": signature(settings, it, it.digits()),
                "rcpts": [recipient(it)],
                "flgs": flags(it),
                "sndr": sender(settings, it),
                "txt": it.text,
            })
        })
        .collect();
    json!({ "iid": settings.id, "rsp": "full", "msgs": messages })
}

/// A number with our own name of the delivery, which comes back in the answer and on receipts.
fn recipient(message: &SmsMessage) -> Value {
    json!({ "r": number(message), "f": message.reference.as_str() })
}

fn number(message: &SmsMessage) -> u64 {
    // A phone number has at most 15 digits.
    message.digits().parse().unwrap_or_default()
}

fn flags(message: &SmsMessage) -> u32 {
    let long = if 1 < message.n_segments() { LONG } else { 0 };
    RECEIPT | long | if message.is_unicode() { DIACRITICS } else { 0 }
}

fn sender<'a>(settings: &'a EuroSmsSettings, message: &'a SmsMessage) -> &'a str {
    message.sender.as_ref().unwrap_or(&settings.sender).as_str()
}

fn signature(settings: &EuroSmsSettings, message: &SmsMessage, digits: &str) -> String {
    sign(settings.digest, &settings.key, [sender(settings, message), digits, &message.text])
}
