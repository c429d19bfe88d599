//! What comes back: return paths that name a delivery, and reports that say what became of it.

mod return_path;

pub use return_path::{read_return_path, return_path};
