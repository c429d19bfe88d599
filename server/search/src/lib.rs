//! Full text: words in, ids out. One index holds the messages, a smaller one beside it everything else that has a name. Both lie encrypted
//! on disk and can always be rebuilt from the database.
//!
//! This room never knows the database, permissions or a human language of the screen. It holds no copy of a text that could be read
//! back: only words, ids and times. Everything here blocks (disk, CPU): asynchronous callers hand it to a blocking thread.

mod analysis;
mod columns;
mod directory;
mod document;
mod error;
mod first;
mod head;
mod index;
mod log;
mod newest;
mod query;
mod schema;
mod snippet;
mod stem;
mod things;

pub use analysis::stem_of;
pub use document::{Change, Document, Hit, Order, Reach, Restriction};
pub use error::Error;
pub use index::{FreshReason, Index, Opened, Verification};
pub use log::{Log, LogBatch, LogEntry, LogQuery, LogTerm};
pub use query::{Conditions, faults, has_similar};
pub use snippet::{Piece, mark};
pub use things::{Batch, Entry, FoundKind, Things, Walked};
