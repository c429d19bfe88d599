//! What comes back: return paths that name a delivery, and reports that say what became of it.
//!
//! Everything here is written by strangers. Marks are only collected; whoever compares them decides what to believe.

mod judge;
mod parts;
mod plain;
mod report;
mod return_path;
mod status;

pub use report::{Finding, Report, Returned, read};
pub use return_path::{read_return_path, return_path};
