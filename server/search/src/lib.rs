//! Full text over messages: words in, message ids out. The index lies encrypted on disk and can always be rebuilt from the database.
//!
//! This room never knows the database, permissions or a human language of the screen. It holds no copy of a text that could be read
//! back: only words, ids and times. Everything here blocks (disk, CPU): asynchronous callers hand it to a blocking thread.

mod analysis;
mod directory;
mod document;
mod error;
mod first;
mod head;
mod index;
mod query;
mod schema;
mod snippet;
mod stem;

pub use analysis::stem_of;
pub use document::{Change, Document, Hit, Order, Reach, Restriction};
pub use error::Error;
pub use index::{FreshReason, Index, Opened, Verification};
pub use query::{Conditions, has_similar};
pub use snippet::{Piece, mark};
