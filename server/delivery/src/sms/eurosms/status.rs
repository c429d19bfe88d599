//! Asking what became of messages (chapter 9.4). The gateway keeps it for seven days.

use serde_json::Value;
use url::Url;

use super::{
    EuroSms,
    answer::{cause, word},
    sign::sign,
};
use crate::{
    http::{HttpAnswer, Request},
    sms::{
        Amount, AskFailure, Cause, GatewayZone, Polled, Question, Receipt, Reference, SegmentId, SmsState, carry, receipt::number,
    },
    visible::visible,
};

impl EuroSms {
    /// See [`SmsGateway::poll`](crate::sms::SmsGateway::poll). Segments are asked for one by one.
    ///
    /// # Errors
    /// The gateway cannot be asked for references, gave no answer or refused.
    pub async fn poll(&self, question: Question<'_>) -> Result<Polled, AskFailure> {
        match question {
            Question::Segments(ids) => {
                let mut polled = Polled::default();
                for id in ids {
                    let receipts = self.reports(&["status", "one", id.as_str()]).await?;
                    if receipts.is_empty() {
                        polled.strangers.push(id.to_string());
                    }
                    polled.receipts.extend(receipts);
                }
                Ok(polled)
            }
            Question::Group(group) => self.signed("group", group).await,
            // The interface wants 8 to 64 characters.
            Question::Changes(key) => self.signed("any", &format!("{:->8}", key.as_str())).await,
            Question::References(_) => Err(AskFailure::NotSupported),
        }
    }

    async fn signed(&self, kind: &str, key: &str) -> Result<Polled, AskFailure> {
        let signature = sign(self.settings.digest, &self.settings.key, [key]);
        let receipts = self.reports(&["status", kind, &self.settings.id, key, &signature]).await?;
        Ok(Polled { receipts, ..Polled::default() })
    }

    async fn reports(&self, path: &[&str]) -> Result<Vec<Receipt>, AskFailure> {
        let mut url: Url = self.url("/api/v3/").map_err(AskFailure::Trouble)?;
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        let heard = carry::ask(&self.settings.way, Request::get(url).accepting_json()).await?;
        match heard.json() {
            Some(body) if heard.status < 400 => read(&body).ok_or_else(|| self.refusal(&heard, &body)),
            body => Err(self.refusal(&heard, &body.unwrap_or(Value::Null))),
        }
    }

    fn refusal(&self, heard: &HttpAnswer, body: &Value) -> AskFailure {
        let code = word(&body["err_code"]).unwrap_or_default();
        let cause = cause(&code, false).or_else(|| Cause::of_status(heard.status)).unwrap_or(Cause::Busy);
        AskFailure::Refused { cause, answer: self.answer(heard.status, &code, &heard.body) }
    }
}

/// A list, a list in an envelope, or a single report; what the gateway does not know is an empty list or the word for it.
fn read(body: &Value) -> Option<Vec<Receipt>> {
    let list = match body {
        Value::Array(list) => list.as_slice(),
        Value::Object(it) if it.contains_key("dlrs") => it["dlrs"].as_array().map(Vec::as_slice).unwrap_or_default(),
        Value::Object(it) if it.contains_key("dlr") => std::slice::from_ref(body),
        _ if body["err_code"] == "ERR_NO_SUCH_UUID" => &[],
        _ => return None,
    };
    Some(list.iter().filter(|it| it["dlr"].is_string() && it["dlr"] != "ERR_NO_SUCH_UUID").map(report).collect())
}

fn report(it: &Value) -> Receipt {
    let text = |name: &str| word(&it[name]);
    let time = |name: &str| text(name).and_then(|it| GatewayZone::Bratislava.read(&it));
    let dlr = text("dlr").unwrap_or_default();
    Receipt {
        segment: text("i").and_then(|it| SegmentId::new(&it)),
        reference: text("f").and_then(|it| Reference::parse(&it).ok()),
        recipient: text("rcpt").and_then(|it| number(&it)),
        number: text("sgmnt").and_then(|it| it.parse().ok()),
        state: state(&dlr),
        word: visible(dlr.as_bytes(), 64),
        at: time("dlr_time"),
        sent_at: time("snd"),
        price: Amount::of_json(&it["price"]),
        carrier: text("carrier").map(|it| visible(it.as_bytes(), 64)),
        error: text("err_code").filter(|it| it != "OK").map(|it| visible(it.as_bytes(), 200)),
    }
}

/// The table of chapter 13.2. `UNKNOWN` says that the operator is silent, and so that the gateway has the message.
pub(super) fn state(word: &str) -> Option<SmsState> {
    Some(match word {
        "DELIVRD" => SmsState::Delivered,
        "UNDELIV" => SmsState::Undeliverable,
        "EXPIRED" => SmsState::Expired,
        "REJECTD" => SmsState::Refused,
        "DELETED" => SmsState::Deleted,
        "ENROUTE" | "ACCEPTD" => SmsState::EnRoute,
        "UNKNOWN" => SmsState::Taken,
        "SEEN" => SmsState::Seen,
        _ => return None,
    })
}
