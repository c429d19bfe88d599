//! The database: what is kept, how it is found again, and the vault that seals it.
//!
//! Free functions in a file per noun, SQL beside the function. Writers take a [`Tx`], readers a connection. This room never decides:
//! no permission, no transition, no default text.

mod chunks;
mod codes;
mod db;
mod error;
mod mark;
mod persons;
mod step;
mod tx;
mod vault;

pub mod accounts;
pub mod alterations;
pub mod archives;
pub mod attachments;
pub mod audit;
pub mod blobs;
pub mod bounce_mailboxes;
pub mod bounces;
pub mod campaigns;
pub mod captured;
pub mod chosen;
pub mod comments;
pub mod company;
pub mod consent_questions;
pub mod consents;
pub mod contacts;
pub mod copies;
pub mod deliveries;
pub mod destroy;
pub mod dkim_keys;
pub mod drafts;
pub mod duplicates;
pub mod erasure;
pub mod exports;
pub mod fields;
pub mod imports;
pub mod library;
pub mod links;
pub mod log_mail;
pub mod messages;
pub mod oauth_logins;
pub mod picker;
pub mod pictures;
pub mod put_back;
pub mod reactions;
pub mod recipient_lists;
pub mod retention;
pub mod roles;
pub mod search_jobs;
pub mod segments;
pub mod senders;
pub mod sending;
pub mod sessions;
pub mod sms;
pub mod sms_accounts;
pub mod stand_ins;
pub mod suppressions;
pub mod templates;
pub mod things;
pub mod unsubscribe;
pub mod users;
pub mod views;

pub use chunks::PIECE;
pub use codes::Code;
pub use db::{Reader, Store};
pub use error::Error;
pub use sqlx::SqliteConnection as Connection;
pub use tx::Tx;
pub use vault::{
    Dictionary, MasterKey, Resealed, SealedBy, Step, Vault, Walk, WrappedKeys, add_data_key, is_signed, is_unfinished, key_waits,
    put_resealed, rewrap, sealed_by, set_resealed, step, wrapped_keys,
};
