//! Captured mail: what would have left.

mod detail;
mod list;

pub use detail::CapturedDetailPage;
pub use list::CapturePage;
