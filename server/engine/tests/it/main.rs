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
mod grouping;
mod identity;
mod hidden_copies;
mod imports;
mod keeping;
mod library;
mod logging;
mod oauth;
mod outbox;
mod people;
mod readiness;
mod put_back;
mod relays;
mod replies;
mod senders;
mod sending;
mod serving;
mod resending;
mod roundtrip;
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
