//! Contacts: the list, one contact with its communication, and the form.

pub mod addresses;
mod ask_consent;
pub mod bulk;
pub mod card;
mod columns;
mod consents;
mod copy;
pub mod detail;
pub mod duplicates;
mod erase;
mod facts;
mod fields;
pub mod filters;
pub mod form;
pub mod history;
mod kin;
pub mod list;
pub mod look;
mod password;
mod write_sms;
