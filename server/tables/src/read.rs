//! Reading of tables as a stream of rows, in bounded memory whatever the file holds.
//!
//! A file is first looked at ([`guess`]), which answers how it should be read; a person may correct that. [`rows`] then walks through it and
//! hands out each row with its place. A row that is wrong is handed out with its fault and the walk goes on; a file that is wrong ends it.

mod csv;
mod decode;
mod fault;
mod guess;
mod markup;
mod tree;
mod vcard;
mod xlsx;
mod xml;

use std::io::{Read, Seek};
use std::ops::ControlFlow;

use model::{ImportFormat, ImportReading, TableFault};

pub use fault::Fault;
pub use guess::{Look, guess, look};
pub use tree::{ELEMENTS_MAX, Element, Poured, tree, tree_without};

/// Most bytes of one row, element or card.
pub const ROW_MAX: usize = 1 << 20;
/// Most characters of one cell, as in the spreadsheet programs.
pub const CELL_MAX: usize = 32_767;
/// Most columns.
pub const COLUMNS_MAX: usize = 1_000;

/// A file that can be read from any place.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// One row as it is handed out.
#[derive(Debug)]
pub struct Row<'a> {
    /// Where it begins: the line of the file, or the row of the sheet, from 1.
    pub line: u64,
    /// Names of the columns as far as they are known. In XML and vCard more may come with later rows; places never change.
    pub columns: &'a [String],
    /// The cells; there may be fewer or more than columns.
    pub cells: &'a [String],
    /// What is wrong with the row.
    pub fault: Option<TableFault>,
}

/// Walks through the rows of a file until the end or until the caller has seen enough. Empty rows are left out.
///
/// # Errors
/// Fails with the place when the file is not what it should be, and when it cannot be read.
pub fn rows(
    source: &mut dyn Source,
    reading: &ImportReading,
    each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
) -> Result<(), Fault> {
    source.rewind()?;
    match reading.format {
        ImportFormat::Csv => csv::rows(source, reading, each),
        ImportFormat::Xlsx => xlsx::rows(source, reading, each),
        ImportFormat::Xml => xml::rows(source, reading, each),
        ImportFormat::Vcard => vcard::rows(source, reading, each),
    }
}

/// What is wrong with the text of a cell, if anything.
fn cell_fault(cell: &str) -> Option<TableFault> {
    if CELL_MAX < cell.len() && CELL_MAX < cell.chars().count() {
        return Some(TableFault::CellTooLong { max: CELL_MAX as u64 });
    }
    if cell.contains('\u{fffd}') {
        return Some(TableFault::Encoding);
    }
    let is_wrong = |it: u8| it < b' ' && !matches!(it, b'\t' | b'\n' | b'\r');
    cell.bytes().any(is_wrong).then_some(TableFault::ControlCharacter)
}

/// Names for the headings of a table: empty ones get the letter that spreadsheets show, doubles a number.
fn named(headings: &[String], columns: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(columns);
    let mut seen = std::collections::HashMap::new();
    for n in 0..columns.max(headings.len()) {
        let heading = headings.get(n).map(|it| it.trim()).unwrap_or_default();
        let name = if heading.is_empty() { letters(n) } else { heading.to_owned() };
        let times = seen.entry(name.to_lowercase()).and_modify(|it| *it += 1).or_insert(1);
        names.push(if *times == 1 { name } else { format!("{name} [{times}]") });
    }
    names
}

/// The letters of a column: A, B, … Z, AA.
fn letters(n: usize) -> String {
    let mut text = String::new();
    let mut rest = n + 1;
    while 0 < rest {
        text.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text
}

/// Applies the header row to rows of CSV and of sheets, which know no names.
struct Headed<'a> {
    header_row: u64,
    columns: Vec<String>,
    /// Rows that held something, the heading included.
    count: u64,
    each: &'a mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
}

impl<'a> Headed<'a> {
    fn new(reading: &ImportReading, each: &'a mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Self {
        Self { header_row: u64::from(reading.header_row), columns: Vec::new(), count: 0, each }
    }

    /// Takes a row in; the first that holds something at the header's line or behind it is the heading.
    fn take(&mut self, line: u64, cells: &mut [String], fault: Option<TableFault>) -> Result<ControlFlow<()>, Fault> {
        let full = cells.iter().rposition(|it| !it.trim().is_empty()).map_or(0, |it| it + 1);
        if line < self.header_row || (full == 0 && fault.is_none()) {
            return Ok(ControlFlow::Continue(()));
        }
        if 0 < self.header_row && self.columns.is_empty() {
            if let Some(fault) = fault.or_else(|| cells.iter().find_map(|it| cell_fault(it))) {
                return Err(Fault::at(line, fault));
            }
            self.columns = named(&cells[..full], full);
            return Ok(ControlFlow::Continue(()));
        }
        if self.header_row == 0 && self.columns.len() < full {
            self.columns = named(&[], full);
        }
        self.count += 1;
        for cell in cells.iter_mut() {
            if cell.starts_with('\'') {
                *cell = crate::neutral::plain(cell).to_owned();
            }
        }
        let more = (self.columns.len() < full).then_some(TableFault::MoreCells { columns: self.columns.len() as u64 });
        let fault = fault.or_else(|| cells.iter().find_map(|it| cell_fault(it))).or(more);
        Ok((self.each)(Row { line, columns: &self.columns, cells: &cells[..full], fault }))
    }

    /// Refuses a file in which not even a heading was found.
    fn end(&self, lines: u64) -> Result<(), Fault> {
        if self.columns.is_empty() && self.count == 0 {
            return Err(Fault::at(lines.max(1), TableFault::Empty));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_names_of_their_own() {
        let headings = ["E-mail", "", " e-mail ", "E-MAIL"].map(str::to_owned);
        assert_eq!(named(&headings, 5), ["E-mail", "B", "e-mail [2]", "E-MAIL [3]", "E"]);
        assert_eq!((letters(25), letters(26), letters(701), letters(702)), ("Z".into(), "AA".into(), "ZZ".into(), "AAA".into()));
    }

    #[test]
    fn wrong_cells_say_what_is_wrong() {
        assert_eq!(cell_fault("Žltý kôň\nv cieli\t"), None);
        assert_eq!(cell_fault("a\0b"), Some(TableFault::ControlCharacter));
        assert_eq!(cell_fault("Nov\u{fffd}"), Some(TableFault::Encoding));
        assert_eq!(cell_fault(&"á".repeat(CELL_MAX)), None);
        assert_eq!(cell_fault(&"á".repeat(CELL_MAX + 1)), Some(TableFault::CellTooLong { max: 32_767 }));
    }
}
