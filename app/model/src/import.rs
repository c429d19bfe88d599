//! Import of contacts from files: how a file is read, what its columns mean, what becomes of each row.

mod consents;
mod headings;
mod overlay;
mod pieces;
mod plan;
mod reading;
mod report;
mod shape;
mod suggest;
mod words;

pub use consents::{ImportConsents, consent_news, latest_day};
pub use overlay::overlay;
pub use plan::{ImportMatch, ImportMode, ImportPlan, ImportTarget, LIST_MAX, ParentBy, Place};
pub use reading::{Delimiter, ImportFormat, ImportReading, TableFault, TextEncoding};
pub use report::{
    Import, ImportCounts, ImportLook, ImportPreview, ImportRow, ImportState, ImportStep, ImportUndone, LookRow, ReportRow,
    RowFault, RowNote, RowOutcome, RowSkipped,
};
pub use shape::{Known, ParentKey, Shaped, Shaper, match_key, take_over};
pub use suggest::{headings_key, suggest};
