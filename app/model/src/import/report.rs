//! What became of the rows of a file, and of the whole import.

use serde::{Deserialize, Serialize};

use super::{ImportPlan, ImportReading, ImportTarget, TableFault};
use crate::{AddressHint, Channel, ContactId, EmailAddress, FieldFault, HomeCountry, ImportId, Moment, Noun, Refusal};

/// Where an import stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportState {
    /// The file is there; nothing was decided yet.
    #[default]
    Uploaded,
    /// It waits for its turn.
    Queued,
    /// Its rows are being taken in.
    Running,
    /// Somebody stopped it; what was taken in stays.
    Stopped,
    /// All rows were taken in.
    Finished,
    /// The file turned out to be broken further on; what was taken in before stays.
    Failed,
    /// What it brought was taken out again.
    Undone,
}

/// What moves an import on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportStep {
    /// A person starts it.
    Start,
    /// The background takes it up, or takes it up again after a restart.
    Begin,
    /// A person stops it.
    Stop,
    /// The last row was taken in.
    Finish,
    /// The file cannot be read further.
    Fail,
    /// A person takes out what it brought.
    Undo,
}

impl ImportState {
    /// The state after a step.
    ///
    /// # Errors
    /// Refuses steps that the state does not allow.
    pub fn step(self, step: ImportStep) -> Result<Self, Refusal> {
        match (self, step) {
            (Self::Uploaded, ImportStep::Start) => Ok(Self::Queued),
            (Self::Queued | Self::Running, ImportStep::Begin) => Ok(Self::Running),
            (Self::Queued | Self::Running, ImportStep::Stop) => Ok(Self::Stopped),
            (Self::Running, ImportStep::Finish) => Ok(Self::Finished),
            (Self::Running, ImportStep::Fail) => Ok(Self::Failed),
            (Self::Finished | Self::Stopped | Self::Failed, ImportStep::Undo) => Ok(Self::Undone),
            (
                Self::Uploaded | Self::Queued | Self::Running | Self::Stopped | Self::Finished | Self::Failed | Self::Undone,
                ImportStep::Start
                | ImportStep::Begin
                | ImportStep::Stop
                | ImportStep::Finish
                | ImportStep::Fail
                | ImportStep::Undo,
            ) => Err(Refusal::IllegalStep(Noun::Import)),
        }
    }

    /// Whether it still moves by itself.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Rows looked at.
    pub rows: u64,
    /// Contacts made.
    pub created: u64,
    /// Contacts changed.
    pub updated: u64,
    /// Rows left out although nothing is wrong with them.
    pub skipped: u64,
    /// Rows that are wrong.
    pub bad: u64,
}

impl ImportCounts {
    /// Counts one more row.
    pub fn add(&mut self, outcome: &RowOutcome) {
        self.rows += 1;
        match outcome {
            RowOutcome::Created => self.created += 1,
            RowOutcome::Updated(_) => self.updated += 1,
            RowOutcome::Skipped(_) => self.skipped += 1,
            RowOutcome::Bad(_) => self.bad += 1,
        }
    }
}

/// What became, or would become, of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowOutcome {
    /// A contact was made.
    Created,
    /// This contact was changed.
    Updated(ContactId),
    /// It was left out.
    Skipped(RowSkipped),
    /// It is wrong.
    Bad(RowFault),
}

/// Why a row was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RowSkipped {
    /// This contact is there already.
    Exists(ContactId),
    /// This contact is there already and the row says nothing new.
    Unchanged(ContactId),
    /// An earlier row of the file is the same contact.
    Twice,
    /// All its addresses must not be written to.
    Suppressed,
}

/// What of a row could not be taken in although the rest was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowNote {
    /// No colleague signs in with this address, so nobody looks after the contact.
    NoOwner(String),
    /// The consent on a channel was not noted: its day or its proof is missing, or a cell says something unclear.
    NoConsent(Channel),
    /// The consent on a channel was withdrawn before, and stays so.
    StaysWithdrawn(Channel),
    /// The company that it belongs to is not there, or cannot be that of the contact.
    NoParent(String),
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowFault {
    /// It cannot be read.
    Table(TableFault),
    /// Some of its values are wrong; each is named by the field and, where there is one, by the heading of the column.
    Fields(Vec<(FieldFault, String)>),
}

/// One row of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// Line of the file or row of the sheet, from 1.
    pub line: u64,
    /// Name of the contact, as far as the row says.
    pub name: String,
    /// What became of it.
    pub outcome: RowOutcome,
    /// The cells of a wrong row; empty otherwise.
    pub cells: Vec<String>,
    /// What of it could not be taken in although the rest was.
    #[serde(default)]
    pub notes: Vec<RowNote>,
}

/// An import as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// The row of the list.
    pub row: ImportRow,
    /// What was decided; nothing before it was started.
    pub plan: Option<ImportPlan>,
    /// Names of the lists that the contacts come into.
    pub lists: Vec<String>,
    /// Why the file could not be read further: line and fault.
    pub fault: Option<(u64, TableFault)>,
    /// Whether the file is still there.
    pub has_file: bool,
}

/// An import in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Which import.
    pub id: ImportId,
    /// Name of the file.
    pub file: String,
    /// Size of the file in bytes.
    pub size: u64,
    /// Where it stands.
    pub state: ImportState,
    /// How many rows came to what so far.
    pub counts: ImportCounts,
    /// How much of the file was read, in thousandths.
    pub progress: u16,
    /// Who brought the file.
    pub author: String,
    /// When the file came.
    pub created_at: Moment,
    /// When it ended.
    pub ended_at: Option<Moment>,
}

/// A row of the file as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookRow {
    /// Line of the file or row of the sheet, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// What is wrong with it.
    pub fault: Option<TableFault>,
}

/// What a file looks like when it is read in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLook {
    /// In which way.
    pub reading: ImportReading,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<LookRow>,
    /// Names of the sheets of a workbook.
    pub sheets: Vec<String>,
    /// Paths of elements that may be rows.
    pub elements: Vec<String>,
    /// What the columns seem to be, or were the last time.
    pub suggested: Vec<ImportTarget>,
    /// Whether the columns are remembered from an earlier import.
    pub remembered: bool,
    /// The company's own country.
    pub home: HomeCountry,
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// How many of the rows looked at would come to what.
    pub counts: ImportCounts,
    /// Whether these were all rows of the file.
    pub whole: bool,
    /// Of each kind some rows, in the order of the file.
    pub rows: Vec<ReportRow>,
    /// Addresses that look like slips of a finger: line, address, and what is suspicious about it. The first ones.
    pub hints: Vec<(u64, EmailAddress, AddressHint)>,
    /// How many such addresses there are among the rows looked at.
    pub hinted: u64,
}

/// What undoing an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportUndone {
    /// Contacts that were taken out.
    pub removed: u64,
    /// Contacts that are as they were before.
    pub restored: u64,
    /// Contacts that stay, because they were written to or changed since; the first hundred with their names.
    pub kept: Vec<(ContactId, String)>,
    /// How many stay.
    pub kept_in_all: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_ends_once_and_is_undone_once() {
        let end = |step| ImportState::Queued.step(ImportStep::Begin).and_then(|it| it.step(step));
        for step in [ImportStep::Finish, ImportStep::Stop, ImportStep::Fail] {
            let ended = end(step).unwrap();
            assert!(!ended.is_open());
            assert_eq!(ended.step(ImportStep::Undo), Ok(ImportState::Undone));
            assert_eq!(ended.step(ImportStep::Begin), Err(Refusal::IllegalStep(Noun::Import)));
        }
        assert!(ImportState::Undone.step(ImportStep::Undo).is_err());
        assert!(ImportState::Uploaded.step(ImportStep::Undo).is_err());
    }

    #[test]
    fn a_running_import_is_taken_up_again() {
        assert_eq!(ImportState::Running.step(ImportStep::Begin), Ok(ImportState::Running));
    }
}
