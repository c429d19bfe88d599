//! The report of an import and its wrong rows as files, made while they are read.

use model::{ExportFormat, ImportId, Permission, ReportRow, RowFault, RowNote, RowOutcome, RowSkipped};
use tables::write::{Cell, Column, Writer};

use crate::outflow::{Outflow, Pieces};
use crate::{Ctx, Engine, Error};

/// Which rows a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Every row of the report: line, outcome, why, name.
    Report,
    /// The wrong rows as they stood in the file, for a second try, with what is wrong behind.
    BadRows,
}

/// A file on its way out, one piece after the other.
pub struct Export {
    engine: Engine,
    id: ImportId,
    kind: Kind,
    columns: usize,
    behind: i64,
    bytes: Outflow,
    writer: Option<Writer<Outflow>>,
}

/// The whole report as CSV.
///
/// # Errors
/// Refuses who may not import, and when there is no such import.
pub async fn report_file(ctx: &Ctx, id: ImportId) -> Result<Export, Error> {
    ctx.require(Permission::ContactsImport)?;
    begin(ctx, id, Kind::Report).await
}

/// The wrong rows alone as CSV, with the columns of the file.
///
/// # Errors
/// Refuses who may not import, and when there is no such import.
pub async fn bad_rows(ctx: &Ctx, id: ImportId) -> Result<Export, Error> {
    ctx.require(Permission::ContactsImport)?;
    begin(ctx, id, Kind::BadRows).await
}

async fn begin(ctx: &Ctx, id: ImportId, kind: Kind) -> Result<Export, Error> {
    let mut reader = ctx.engine.store.read().await?;
    let mut columns = store::imports::columns(&mut reader, id).await?;
    if kind == Kind::Report {
        columns = ["line", "outcome", "why", "name", "contact"].map(str::to_owned).to_vec();
    }
    let bytes = Outflow::default();
    let mut headings: Vec<Column> = columns.iter().map(|it| Column::new(it.as_str(), it.as_str())).collect();
    if kind == Kind::BadRows {
        headings.extend(["line", "why"].map(|it| Column::new(it, it)));
    }
    let writer = Writer::new(ExportFormat::Csv, &headings, bytes.clone())?;
    Ok(Export { engine: ctx.engine.clone(), id, kind, columns: columns.len(), behind: 0, bytes, writer: Some(writer) })
}

impl Pieces for Export {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut writer) = self.writer.take() else { return Ok(None) };
        let mut reader = self.engine.store.read().await?;
        match store::imports::report(&self.engine.store, &mut reader, self.id, self.behind).await? {
            Some((piece, rows)) => {
                self.behind = piece;
                for row in &rows {
                    self.write(&mut writer, row)?;
                }
                self.writer = Some(writer);
            }
            None => {
                writer.finish()?;
            }
        }
        Ok(Some(self.bytes.take()))
    }
}

impl Export {
    fn write(&self, writer: &mut Writer<Outflow>, row: &ReportRow) -> Result<(), Error> {
        let why = why(row);
        let line = Cell::Number(row.line as i64);
        match (self.kind, &row.outcome) {
            (Kind::Report, outcome) => {
                let contact = super::decide::there(outcome).map_or(Cell::Empty, |it| Cell::Number(it.0));
                writer.row(&[line, Cell::Text(word(outcome)), Cell::Text(&why), Cell::Text(&row.name), contact])?;
            }
            (Kind::BadRows, RowOutcome::Bad(_)) => {
                let mut cells: Vec<Cell<'_>> =
                    (0..self.columns).map(|n| row.cells.get(n).map_or(Cell::Empty, |it| Cell::Text(it))).collect();
                cells.extend([line, Cell::Text(&why)]);
                writer.row(&cells)?;
            }
            (Kind::BadRows, _) => {}
        }
        Ok(())
    }
}

/// The outcome in a word that does not depend on a language, as other programs read it.
fn word(outcome: &RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::Created => "created",
        RowOutcome::Updated(_) => "updated",
        RowOutcome::Skipped(_) => "skipped",
        RowOutcome::Bad(_) => "bad",
    }
}

/// Why, in words that do not depend on a language: what befell the row, and what of it was left.
fn why(row: &ReportRow) -> String {
    let reason = reason(&row.outcome);
    let notes = row.notes.iter().map(|it| match it {
        RowNote::NoOwner(address) => format!("no colleague {address}"),
        RowNote::NoConsent(channel) => format!("consent not noted: {channel:?}"),
        RowNote::NoParent(company) => format!("no company {company}"),
        RowNote::StaysWithdrawn(channel) => format!("consent stays withdrawn: {channel:?}"),
    });
    Some(reason).into_iter().filter(|it| !it.is_empty()).chain(notes).collect::<Vec<_>>().join("; ")
}

fn reason(outcome: &RowOutcome) -> String {
    match outcome {
        RowOutcome::Created | RowOutcome::Updated(_) => String::new(),
        RowOutcome::Skipped(RowSkipped::Exists(_)) => "exists".to_owned(),
        RowOutcome::Skipped(RowSkipped::Unchanged(_)) => "unchanged".to_owned(),
        RowOutcome::Skipped(RowSkipped::Twice) => "twice in the file".to_owned(),
        RowOutcome::Skipped(RowSkipped::Suppressed) => "suppressed".to_owned(),
        RowOutcome::Bad(RowFault::Table(fault)) => format!("{fault:?}"),
        RowOutcome::Bad(RowFault::Fields(faults)) => {
            let one = |(it, heading): &(model::FieldFault, String)| {
                let place = if heading.is_empty() { &it.field } else { heading };
                format!("{place}: {:?}", it.fault)
            };
            faults.iter().map(one).collect::<Vec<_>>().join("; ")
        }
    }
}
