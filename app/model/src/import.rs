//! Import of contacts from files: how a file is read, what its columns mean, what becomes of each row.

mod overlay;
mod plan;
mod reading;
mod report;
mod shape;
mod suggest;

pub use overlay::overlay;
pub use plan::{ImportMatch, ImportMode, ImportPlan, ImportTarget, LIST_MAX, Place};
pub use reading::{Delimiter, ImportFormat, ImportReading, TableFault, TextEncoding};
pub use report::{
    Import, ImportCounts, ImportLook, ImportPreview, ImportRow, ImportState, ImportStep, ImportUndone, LookRow, ReportRow,
    RowFault, RowOutcome, RowSkipped,
};
pub use shape::{Shaped, Shaper, match_key, take_over};
pub use suggest::{headings_key, suggest};
