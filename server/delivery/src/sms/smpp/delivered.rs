//! What `deliver_sm` brings: receipts and texts that somebody sent (SMPP 3.4 §4.6.1 and appendix B).

use super::{
    ReceiptIds, SmppSettings,
    coding::decoded,
    pdu::{Pdu, Reader, tag},
};
use crate::{
    sms::{IncomingSms, Receipt, SegmentId, SmsState, receipt::number},
    visible::visible,
};

/// `esm_class`: which bits say what it is, and that it is a receipt.
const KIND: u8 = 0x3c;
const RECEIPT: u8 = 0x04;
/// `esm_class`: the text begins with a header of its own.
const WITH_HEADER: u8 = 0x40;

/// What came.
pub(super) enum Delivered {
    Receipt(Receipt),
    Incoming(IncomingSms),
}

pub(super) fn read(pdu: &Pdu, settings: &SmppSettings) -> Delivered {
    let mut body = Reader(&pdu.body);
    body.text();
    body.bytes(2);
    let source = body.text();
    body.bytes(2);
    let destination = body.text();
    let class = body.byte();
    // protocol_id, priority_flag
    body.bytes(2);
    // schedule_delivery_time and validity_period, both empty
    let _times = (body.text(), body.text());
    // registered_delivery, replace_if_present_flag
    body.bytes(2);
    let coding = body.byte();
    body.byte();
    let length = usize::from(body.byte());
    let mut text = body.bytes(length);
    let tags = body.tagged();
    let tagged = |tag| tags.iter().find(|it| it.0 == tag).map(|it| it.1);
    if text.is_empty() {
        text = tagged(tag::MESSAGE_PAYLOAD).unwrap_or_default();
    }
    if class & KIND == RECEIPT {
        let id = tagged(tag::RECEIPTED_MESSAGE_ID).map(|it| Reader(it).text());
        let state = tagged(tag::MESSAGE_STATE).and_then(|it| it.first().copied());
        return Delivered::Receipt(receipt(&String::from_utf8_lossy(text), id, state, &source, settings));
    }
    if class & WITH_HEADER != 0 {
        let header = text.first().map_or(0, |it| usize::from(*it) + 1);
        text = text.get(header..).unwrap_or_default();
    }
    Delivered::Incoming(IncomingSms {
        id: pdu.sequence.to_string(),
        sender: visible(source.as_bytes(), 64),
        recipient: visible(destination.as_bytes(), 64),
        text: decoded(text, coding),
        at: None,
    })
}

/// `id:… sub:001 dlvrd:001 submit date:YYMMDDhhmm done date:YYMMDDhhmm stat:DELIVRD err:000 text:…`; tagged fields are more certain.
fn receipt(text: &str, id: Option<String>, state: Option<u8>, source: &str, settings: &SmppSettings) -> Receipt {
    let lower = text.to_ascii_lowercase();
    let field = |name: &str| {
        let at = lower.find(name)? + name.len();
        text.get(at..)?.split_whitespace().next().map(str::to_owned)
    };
    let time = |name: &str| {
        field(name).and_then(|it| settings.zone.read_as(if it.len() == 12 { "%y%m%d%H%M%S" } else { "%y%m%d%H%M" }, &it))
    };
    let word = field("stat:").unwrap_or_default();
    // Leading zeros are only how the centre writes the number.
    let plain = |id: String| match (settings.receipt_ids, id.parse::<u64>()) {
        (ReceiptIds::Decimal, Ok(number)) => number.to_string(),
        _ => id,
    };
    Receipt {
        segment: id.or_else(|| field("id:")).and_then(|it| SegmentId::new(&plain(it))),
        recipient: number(source),
        state: state.and_then(of_number).or_else(|| of_word(&word)),
        word: visible(word.as_bytes(), 64),
        at: time("done date:"),
        sent_at: time("submit date:"),
        error: field("err:").filter(|it| !it.trim_matches('0').is_empty()).map(|it| visible(it.as_bytes(), 64)),
        ..Receipt::default()
    }
}

/// `message_state` of §5.2.28.
fn of_number(state: u8) -> Option<SmsState> {
    Some(match state {
        1 => SmsState::EnRoute,
        2 => SmsState::Delivered,
        3 => SmsState::Expired,
        4 => SmsState::Deleted,
        5 => SmsState::Undeliverable,
        6 | 7 => SmsState::Taken,
        8 => SmsState::Refused,
        _ => return None,
    })
}

/// `stat` of appendix B.
fn of_word(word: &str) -> Option<SmsState> {
    Some(match word.to_ascii_uppercase().as_str() {
        "DELIVRD" => SmsState::Delivered,
        "EXPIRED" => SmsState::Expired,
        "DELETED" => SmsState::Deleted,
        "UNDELIV" => SmsState::Undeliverable,
        "REJECTD" => SmsState::Refused,
        "ENROUTE" => SmsState::EnRoute,
        "ACCEPTD" | "UNKNOWN" => SmsState::Taken,
        _ => return None,
    })
}
