//! Imports: putting a file up, the steps that decide about it, the run, the report, the undo.

mod columns;
mod consents;
mod figures;
mod file;
mod list;
mod pick;
mod plan;
mod preview;
mod reading;
mod report;
mod run;
mod wizard;

pub use file::ImportFile;
pub use list::ImportList;
pub use run::ImportPanel;
