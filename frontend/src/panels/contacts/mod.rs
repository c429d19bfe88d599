//! Contacts: the list, one contact with its communication, and the form.

pub mod addresses;
pub mod card;
mod copy;
pub mod detail;
mod fields;
pub mod filters;
pub mod form;
pub mod history;
pub mod list;
