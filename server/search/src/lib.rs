//! Full text over messages: words in, message ids out. The index lies encrypted on disk and can always be rebuilt from the database.
//!
//! This room never knows the database, permissions or a human language of the screen. It holds no copy of a text that could be read
//! back: only words, ids and times. Everything here blocks (disk, CPU): asynchronous callers hand it to a blocking thread.

mod analysis;
mod directory;
mod document;
mod error;
mod head;
mod index;
mod newest;
mod query;
mod schema;
mod snippet;
mod stem;

pub use analysis::stem_of;
pub use document::{Change, Document, Hit, Restriction};
pub use error::Error;
pub use index::{FreshReason, Index, Opened, Verification};
pub use snippet::{Piece, mark};
