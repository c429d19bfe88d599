//! The use cases and the background work.
//!
//! This room never knows axum, Leptos, cookies, HTTP status or a human language. Each public use case begins with
//! `ctx.require(Permission::…)`; each change writes its audit entry in the same transaction.

mod alterations;
mod arriving;
mod clock;
mod ctx;
mod engine;
mod error;
mod hex;
mod mailboxes;
mod outflow;
mod payments;
mod secret;
mod turns;

pub mod accounts;
pub mod archives;
pub mod attachments;
pub mod audit;
pub mod bounces;
pub mod bulk;
pub mod campaigns;
pub mod capture;
pub mod comments;
pub mod consents;
pub mod contacts;
pub mod copies;
pub mod dkim;
pub mod duplicates;
pub mod evidence;
pub mod exports;
pub mod fields;
pub mod history;
pub mod imports;
pub mod indexer;
pub mod janitor;
pub mod keys;
pub mod library;
pub mod messages;
mod notices;
pub mod oauth;
pub mod outbox;
pub mod overview;
pub mod palette;
pub mod persons;
pub mod picker;
pub mod pictures;
pub mod profile;
pub mod put_back;
pub mod reactions;
pub mod readiness;
pub mod recipient_lists;
pub mod retention;
pub mod retries;
pub mod segments;
pub mod senders;
pub mod session;
pub mod settings;
pub mod sms;
pub mod stand_ins;
pub mod suppressions;
pub mod templates;
#[cfg(feature = "testbed")]
pub mod testbed;
pub mod things;
pub mod unsubscribe;
pub mod users;
pub mod views;
pub mod worker;

pub use crate::engine::{Engine, Options, Phase};
pub use arriving::Arriving;
pub use clock::Clock;
pub use ctx::{Actor, Ctx, Guest};
pub use error::Error;
pub use outflow::{FileOut, Pieces};
pub use store::PIECE;
