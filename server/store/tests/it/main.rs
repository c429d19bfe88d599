//! Each function of the store against a real scratch database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod contact_lists;
mod contacts;
mod damage;
mod duplicates;
mod faults;
mod files;
mod identity;
mod keys;
mod messages;
mod migrations;
mod people;
mod put_back;
mod queue;
mod reactions;
mod recipient_lists;
mod scratch;
mod segments;
mod suppressions;
mod templates;
mod texts;
mod writing;
