//! Calls of the gateway (chapter 6): the same fields as parameters, or as JSON in one parameter. Unanswered ones come again for a day.

use serde_json::Value;

use super::{EuroSms, answer::word, status::state};
use crate::{
    sms::{
        Acknowledgement, Amount, Callback, CallbackContent, CallbackFault, CallbackRequest, GatewayZone, IncomingSms, Receipt,
        SegmentId, receipt::number,
    },
    visible::visible,
};

/// The parameters that hold JSON: of a receipt and of a text that somebody sent to us.
const ENVELOPES: [&str; 2] = ["delivery_report", "received"];

impl EuroSms {
    /// See [`SmsGateway::parse_callback`](crate::sms::SmsGateway::parse_callback).
    ///
    /// # Errors
    /// The secret is wrong, or the call cannot be read.
    pub fn parse_callback(&self, request: &CallbackRequest<'_>) -> Result<Callback, CallbackFault> {
        request.admit(self.settings.callback_secret.as_ref())?;
        let fields = fields(request)?;
        let id = word(&fields["sms_uuid"]).filter(|it| it.len() <= 64 && it.bytes().all(is_of_id));
        let id = id.ok_or(CallbackFault::Incomplete)?;
        let content = if fields["delivery_result"].is_null() { incoming(&fields, &id)? } else { receipt(&fields, &id)? };
        Ok(Callback { content, acknowledgement: Acknowledgement::text(format!("ok|{id}")) })
    }
}

/// The id goes back in our answer, so it is believed only if it looks like one.
fn is_of_id(it: u8) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, b'-' | b':')
}

fn fields(request: &CallbackRequest<'_>) -> Result<Value, CallbackFault> {
    let parse = |text: &[u8]| serde_json::from_slice::<Value>(text).map_err(|_| CallbackFault::Unreadable);
    let outside = if request.media_type.starts_with("application/json") {
        parse(request.body)?
    } else {
        Value::Object(request.parameters().into_iter().map(|(name, value)| (name, Value::String(value))).collect())
    };
    let inside = ENVELOPES.iter().map(|it| &outside[*it]).find(|it| !it.is_null());
    match inside {
        None => Ok(outside),
        Some(Value::String(text)) => parse(text.as_bytes()),
        Some(other) => Ok(other.clone()),
    }
}

fn receipt(fields: &Value, id: &str) -> Result<CallbackContent, CallbackFault> {
    let text = |name: &str| word(&fields[name]);
    let time = |name: &str| text(name).and_then(|it| GatewayZone::Bratislava.read(&it));
    let result = text("delivery_result").ok_or(CallbackFault::Incomplete)?;
    Ok(CallbackContent::Receipts(vec![Receipt {
        segment: SegmentId::new(id),
        reference: None,
        recipient: text("recipient").and_then(|it| number(&it)),
        number: text("segment").and_then(|it| it.parse().ok()),
        state: state(&result),
        word: visible(result.as_bytes(), 64),
        at: time("delivery_time"),
        sent_at: time("sent_time"),
        price: Amount::of_json(&fields["price"]),
        carrier: text("operator").map(|it| visible(it.as_bytes(), 64)),
        error: text("sent_result").filter(|it| it != "OK").map(|it| visible(it.as_bytes(), 200)),
    }]))
}

fn incoming(fields: &Value, id: &str) -> Result<CallbackContent, CallbackFault> {
    let text = |name: &str, limit| word(&fields[name]).map(|it| visible(it.as_bytes(), limit)).ok_or(CallbackFault::Incomplete);
    Ok(CallbackContent::Incoming(IncomingSms {
        id: id.to_owned(),
        sender: text("sender", 64)?,
        recipient: text("recipient", 64)?,
        // A text may have line ends; everything that shows it treats it as text.
        text: word(&fields["sms_text"]).ok_or(CallbackFault::Incomplete)?,
        at: word(&fields["receive_time"]).and_then(|it| GatewayZone::Bratislava.read(&it)),
    }))
}
