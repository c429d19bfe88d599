//! The server as others see it, and the house as it was agreed to stand.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test stops where its ground is missing")]

mod archive;
mod archives;
mod bed;
mod boot;
mod callback;
mod calls;
mod campaigns;
mod crash;
mod demo;
mod files;
mod house;
mod http;
mod imports;
mod library;
mod live;
mod oauth;
mod permissions;
mod public;
mod reactions;
mod senders;
mod unsubscribe;
mod writing;
