//! Each function of the store against a real scratch database.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contacts;
mod identity;
mod messages;
mod queue;
mod scratch;
mod writing;
