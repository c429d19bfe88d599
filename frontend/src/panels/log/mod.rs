//! The action log.

mod filters;
mod list;
mod mail;

pub use filters::LogFilters;
pub use list::{LogList, listing};
pub use mail::LogMail;
