//! Segments: all of them, and the builder of one.

mod ask;
mod builder;
mod editor;
mod explain;
mod members;
mod names;
mod node;
mod own;
mod table;
mod values;

pub use self::editor::{SegmentEditor, SegmentPanel};
pub use self::table::SegmentTable;
