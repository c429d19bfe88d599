//! The calls: what the browser may ask of the server, one file per noun.
//!
//! A call finds its context, calls one use case of the engine and answers; it never holds a rule. Inputs are nouns, calls are verbs.
//! Every call is a POST of JSON and answers JSON or a [`Problem`].

// The macro makes a public struct of each call; its fields are the call's own arguments, described at the call.
#![allow(missing_docs)]

#[cfg(feature = "ssr")]
pub mod door;
pub mod problem;

pub mod accounts;
pub mod archives;
pub mod audit;
pub mod bounces;
pub mod bulk;
pub mod campaigns;
pub mod capture;
pub mod comments;
pub mod contacts;
pub mod copies;
pub mod dkim;
pub mod duplicates;
pub mod fields;
pub mod history;
pub mod imports;
pub mod library;
pub mod messages;
pub mod oauth;
pub mod outbox;
pub mod overview;
pub mod palette;
pub mod persons;
pub mod picker;
pub mod profile;
pub mod recipient_lists;
pub mod retention;
pub mod segments;
pub mod senders;
pub mod session;
pub mod settings;
pub mod sms;
pub mod stand_ins;
pub mod suppressions;
pub mod templates;
pub mod users;
pub mod views;

pub use problem::Problem;
