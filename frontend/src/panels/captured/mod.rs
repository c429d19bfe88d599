//! Captured mail: what would have left.

mod empty_box;
mod list;
mod mail;
mod source;
mod views;

pub use empty_box::EmptyBox;
pub use list::{CapturedCount, CapturedList};
pub use mail::CapturedMailPanel;
