//! Each function of the store against a real scratch database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contact_lists;
mod contacts;
mod duplicates;
mod identity;
mod messages;
mod people;
mod queue;
mod reactions;
mod recipient_lists;
mod scratch;
mod segments;
mod suppressions;
mod templates;
mod texts;
mod writing;
