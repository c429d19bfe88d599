//! The detail of a message, which the gateway tells when asked and sends to the webhook.

use serde_json::Value;

use crate::{
    sms::{Receipt, SegmentId, SmsState, local_time::with_offset, receipt::number},
    visible::visible,
};

/// The groups of recipients in a detail, with what each means.
const GROUPS: [(&str, SmsState); 3] =
    [("delivered", SmsState::Delivered), ("undelivered", SmsState::Undeliverable), ("delivering", SmsState::EnRoute)];

/// The id at the end of `api/v1/messages/1` or of an address that ends so.
pub(super) fn id_of_link(link: &str) -> Option<SegmentId> {
    let (_, id) = link.rsplit_once("messages/")?;
    let id = id.trim_matches('/');
    (!id.is_empty() && id.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')).then(|| SegmentId::new(id)).flatten()
}

/// What a detail says about each number.
pub(super) fn receipts(body: &Value, id: &SegmentId) -> Vec<Receipt> {
    let mut receipts = Vec::new();
    let sent_at = body["sendingInfo"]["sentFinish"].as_str().and_then(with_offset);
    let price = crate::sms::Amount::of_json(&body["stats"]["price"]);
    for (group, state) in GROUPS {
        // An empty group comes as an empty list.
        for (recipient, when) in body["delivery"]["recipients"][group].as_object().into_iter().flatten() {
            receipts.push(Receipt {
                segment: Some(id.clone()),
                recipient: number(recipient),
                state: Some(state),
                word: group.to_owned(),
                at: when.as_str().and_then(with_offset),
                sent_at,
                price,
                ..Receipt::default()
            });
        }
    }
    receipts.extend(never_sent(body).map(|(recipient, word)| Receipt {
        segment: Some(id.clone()),
        recipient: number(recipient),
        state: Some(SmsState::Refused),
        word: visible(word.as_bytes(), 64),
        ..Receipt::default()
    }));
    receipts
}

/// Numbers that the gateway calls invalid, and those not sent to when it gave the message up.
fn never_sent(body: &Value) -> impl Iterator<Item = (&str, &str)> {
    let status = body["sendingInfo"]["status"].as_str().unwrap_or_default();
    let list = |name: &str| body["recipients"][name].as_array().map(Vec::as_slice).unwrap_or_default().iter();
    let invalid = list("invalid").filter_map(|it| Some((it.as_str()?, "invalid")));
    invalid.chain(list("notSent").filter(move |_| status == "FAILED").filter_map(move |it| Some((it.as_str()?, status))))
}
