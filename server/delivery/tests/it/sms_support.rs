//! What the tests of gateways share.

use std::convert::Infallible;

use delivery::sms::{Answer, CallbackRequest, Cause, Reference, SegmentId, SmsGateway, SmsKind, SmsMessage, SmsOutcome};
use model::{HomeCountry, PhoneNumber};

/// A message to a Slovak number whose last digits are `n`, with the reference `d-n`.
pub fn message(n: u32, text: &str) -> SmsMessage {
    SmsMessage {
        reference: Reference::parse(&format!("d-{n}")).unwrap(),
        recipient: PhoneNumber::parse(&format!("+4219036{n:05}"), HomeCountry::Slovakia).unwrap(),
        sender: None,
        text: text.to_owned(),
        kind: SmsKind::Normal,
        validity: None,
    }
}

/// Hands messages over.
pub async fn transmit(gateway: &SmsGateway, batch: &[SmsMessage]) -> Vec<SmsOutcome> {
    let sent: Result<_, Infallible> = gateway.transmit(batch, || std::future::ready(Ok(()))).await;
    sent.unwrap()
}

/// Hands one message over.
pub async fn transmit_one(gateway: &SmsGateway, text: &str) -> SmsOutcome {
    transmit(gateway, &[message(1, text)]).await.remove(0)
}

/// The gateway's ids of a message that has to have been accepted.
pub fn accepted(outcome: &SmsOutcome) -> Vec<SegmentId> {
    match outcome {
        SmsOutcome::Accepted { segments, .. } => segments.clone(),
        other => panic!("expected an accepted message, got {other:?}"),
    }
}

/// Why a message was not taken.
pub fn refused(outcome: &SmsOutcome) -> Cause {
    match outcome {
        SmsOutcome::Deferred { cause, .. } | SmsOutcome::Rejected { cause, .. } => *cause,
        other => panic!("expected a refused message, got {other:?}"),
    }
}

/// The gateway's literal answer.
pub fn said(outcome: &SmsOutcome) -> &Answer {
    outcome.answer().expect("an answer")
}

/// A call as GET.
pub fn get<'a>(secret: &'a str, query: &'a str) -> CallbackRequest<'a> {
    CallbackRequest { secret, query, media_type: "", body: b"" }
}

/// A call as POST of JSON.
pub fn post<'a>(secret: &'a str, body: &'a [u8]) -> CallbackRequest<'a> {
    CallbackRequest { secret, query: "", media_type: "application/json", body }
}
