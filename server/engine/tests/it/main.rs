//! Scenarios: the use cases on a scratch engine whose clock is moved by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod bouncing;
mod campaigns;
mod comments;
mod contact_lists;
mod copies;
mod crediting;
mod files;
mod finding;
mod forgetting;
mod grouping;
mod hidden_copies;
mod identity;
mod imports;
mod keeping;
mod library;
mod logging;
mod oauth;
mod outbox;
mod people;
mod put_back;
mod readiness;
mod relays;
mod replies;
mod resending;
mod roundtrip;
mod senders;
mod sending;
mod serving;
mod smpp;
mod suppressing;
mod templates;
mod texting;
mod things;
mod writing;

use engine::Error;
use model::Refusal;

/// The refusal that a use case came back with.
fn refused<T>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("was not refused"),
    }
}
