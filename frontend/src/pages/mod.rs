//! Pages: an address, a title, a layout of panels and parts.

pub mod beside;
pub mod campaigns;
pub mod capture;
pub mod contacts;
pub mod imports;
pub mod library;
pub mod lists;
pub mod log;
pub mod messages;
pub mod not_found;
pub mod outbox;
pub mod overview;
#[cfg(debug_assertions)]
pub mod parts;
pub mod segments;
pub mod session;
pub mod settings;
pub mod suppressions;
pub mod templates;
