//! The action log.

mod filters;
mod list;

pub use filters::LogFilters;
pub use list::{LogList, listing};
