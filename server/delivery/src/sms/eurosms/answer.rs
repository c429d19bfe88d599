//! What the gateway says to a request that handed messages over (chapters 9.3 and 13.1).

use serde_json::Value;

use super::{EuroSmsSettings, submission::Shape};
use crate::{
    http::HttpAnswer,
    sms::{Answer, Cause, Reference, SegmentId, SmsMessage, SmsOutcome, carry},
};

/// The one word that means taken.
const ENQUEUED: &str = "ENQUEUED";

/// What became of each message of a batch.
pub(super) fn outcomes(
    settings: &EuroSmsSettings,
    batch: &[SmsMessage],
    shape: Shape,
    heard: &HttpAnswer,
    gateway: &str,
) -> Vec<SmsOutcome> {
    let body = heard.json().unwrap_or(Value::Null);
    let reading = Reading { settings, heard, gateway, code: word(&body["err_code"]), body: &body };
    let mut entries = entries(&body, shape);
    batch
        .iter()
        .map(|message| match (shape, take(&mut entries, message)) {
            (Shape::One, _) if reading.code.as_deref() == Some(ENQUEUED) => reading.accepted(&body, &body["uuid"]),
            (_, Some(entry)) => reading.of_entry(message, entry),
            (_, None) => reading.of_whole(message),
        })
        .collect()
}

struct Reading<'a> {
    settings: &'a EuroSmsSettings,
    heard: &'a HttpAnswer,
    gateway: &'a str,
    code: Option<String>,
    body: &'a Value,
}

/// What the answer says about one number.
struct Entry<'a> {
    value: &'a Value,
    code: &'a str,
}

/// One to many tells who was accepted and whose number is wrong; many to many tells a word for each.
fn entries(body: &Value, shape: Shape) -> Vec<Entry<'_>> {
    let list = |name: &str| body[name].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    match shape {
        Shape::One => Vec::new(),
        Shape::OneToMany => list("accepted")
            .map(|value| Entry { value, code: ENQUEUED })
            .chain(list("wrong_numbers").map(|value| Entry { value, code: "WRONG_NUMBER" }))
            .collect(),
        Shape::ManyToMany => list("result").filter_map(|value| Some(Entry { value, code: value["e"].as_str()? })).collect(),
    }
}

/// Takes out what belongs to a message: by our reference, or by its number where the gateway has left our reference out.
fn take<'a>(entries: &mut Vec<Entry<'a>>, message: &SmsMessage) -> Option<Entry<'a>> {
    let by_reference = |it: &Entry<'_>| word(&it.value["f"]).as_deref() == Some(message.reference.as_str());
    let by_number = |it: &Entry<'_>| {
        let number = if it.value.is_object() { &it.value["r"] } else { it.value };
        it.value["f"].is_null() && word(number).is_some_and(|it| it.trim_start_matches('+') == message.digits())
    };
    let at = entries.iter().position(by_reference).or_else(|| entries.iter().position(by_number))?;
    Some(entries.swap_remove(at))
}

impl Reading<'_> {
    fn of_entry(&self, message: &SmsMessage, entry: Entry<'_>) -> SmsOutcome {
        if entry.code == ENQUEUED {
            return self.accepted(entry.value, &entry.value["i"]);
        }
        self.refused(message, entry.code, entry.value.to_string().as_bytes())
    }

    /// The answer says nothing about this message alone.
    fn of_whole(&self, message: &SmsMessage) -> SmsOutcome {
        match self.code.as_deref() {
            // It took the request and does not mention the message, or says nothing that we understand.
            Some(ENQUEUED) => self.unknown(&message.reference),
            Some(code) => self.refused(message, code, &self.heard.body),
            None => match Cause::of_status(self.heard.status) {
                Some(cause) => SmsOutcome::refused(cause, self.answer("", &self.heard.body)),
                None => self.unknown(&message.reference),
            },
        }
    }

    fn accepted(&self, words: &Value, ids: &Value) -> SmsOutcome {
        let ids = ids.as_array().map(Vec::as_slice).unwrap_or_default();
        SmsOutcome::Accepted {
            answer: self.answer(ENQUEUED, words.to_string().as_bytes()),
            segments: ids.iter().filter_map(|it| SegmentId::new(it.as_str()?)).collect(),
            group: word(&self.body["group_id"]),
        }
    }

    /// A word that is not in the table proves nothing when the gateway says at the same time that it is broken.
    fn refused(&self, message: &SmsMessage, code: &str, words: &[u8]) -> SmsOutcome {
        match cause(code, message.sender.is_some()) {
            Some(cause) => SmsOutcome::refused(cause, self.answer(code, words)),
            None if self.heard.status < 500 => SmsOutcome::refused(Cause::Busy, self.answer(code, words)),
            None => self.unknown(&message.reference),
        }
    }

    fn unknown(&self, reference: &Reference) -> SmsOutcome {
        let answer = self.answer(self.code.as_deref().unwrap_or_default(), &self.heard.body);
        carry::unsaid(answer, self.gateway, reference)
    }

    fn answer(&self, code: &str, words: &[u8]) -> Answer {
        Answer::new(u32::from(self.heard.status), code, words, &[&self.settings.key])
    }
}

/// The table of chapter 13.1 and, for messengers, of 10.6. `FAIL`, `FAILED` and `ERR_OTHER` name no reason.
pub(super) fn cause(code: &str, names_sender: bool) -> Option<Cause> {
    Some(match code {
        "NO_BALANCE" => Cause::NoCredit,
        "NO_IID" | "WRONG_IID" | "NO_SGN" | "WRONG_SIGNATURE" | "WRONG_KEY" => Cause::Login,
        "NO_MSG" | "NO_TXT" | "EMPTY_MESSAGE" | "MSG_TOO_LONG" => Cause::Text,
        "TOO_MANY_MESSAGES" => Cause::TooFast,
        "NO_RCPT" | "WRONG_NUMBER" => Cause::Number,
        "NO_SNDR" | "WRONG_SENDER" if names_sender => Cause::SenderOfMessage,
        "NO_SNDR" | "WRONG_SENDER" => Cause::SenderOfAccount,
        "WRONG_SCH" => Cause::Refused,
        _ if code.starts_with("IM_") => Cause::Refused,
        _ => return None,
    })
}

/// A text or a number as text.
pub(super) fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(it) if !it.is_empty() => Some(it.clone()),
        Value::Number(it) => Some(it.to_string()),
        _ => None,
    }
}
