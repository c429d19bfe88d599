//! Writing of tables, row by row, into anything that takes bytes.
//!
//! ```
//! use tables::write::{Cell, Column, Writer};
//! let columns = [Column::new("Meno", "name"), Column::new("E-mail", "email")];
//! let mut writer = Writer::new(model::ExportFormat::Csv, &columns, Vec::new())?;
//! writer.row(&[Cell::Text("Eva Nová"), Cell::Texts(&["eva@x.sk".into()])])?;
//! let bytes = writer.finish()?;
//! # Ok::<(), tables::write::Error>(())
//! ```

mod addresses;
mod csv;
mod tree;
mod xlsx;
mod xml;

use std::io::{self, Write};

use model::ExportFormat;

pub use self::tree::Tree;
pub use crate::neutral::{is_formula, neutral};

/// A column of what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading in CSV and XLSX, in the language of the reader.
    pub title: String,
    /// Name of the element in XML, or `field:NAME` for an own field.
    pub element: String,
}

impl Column {
    /// A column with a heading and the name of its element.
    pub fn new(title: impl Into<String>, element: impl Into<String>) -> Self {
        Self { title: title.into(), element: element.into() }
    }
}

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text; what looks like a formula is neutralised.
    Text(&'a str),
    /// Several texts in one cell, as e-mail addresses; in XML an element for each.
    Texts(&'a [String]),
    /// Phone numbers in E.164; written in groups of digits so that they stay texts.
    Phones(&'a [String]),
    /// A number.
    Number(i64),
    /// A number with decimals, written with a point.
    Decimal(f64),
    /// A day as `YYYY-MM-DD`; other texts are written as texts.
    Date(&'a str),
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Whatever takes the bytes failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The archive of a workbook could not be written.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// A row of another length than the columns.
    #[error("the row has {found} cells for {expected} columns")]
    Length {
        /// How many columns there are.
        expected: usize,
        /// How many cells came.
        found: usize,
    },
}

/// Writes a table in one of the formats; holds one row at a time.
pub struct Writer<W: Write> {
    columns: usize,
    kind: Kind<W>,
}

enum Kind<W: Write> {
    Csv(csv::Csv<W>),
    Xlsx(Box<xlsx::Xlsx<W>>),
    Xml(xml::Xml<W>),
    Addresses(addresses::Addresses<W>),
}

impl<W: Write> Writer<W> {
    /// Begins a table with its headings.
    ///
    /// # Errors
    /// Fails when the bytes are not taken.
    pub fn new(format: ExportFormat, columns: &[Column], out: W) -> Result<Self, Error> {
        let kind = match format {
            ExportFormat::Csv => Kind::Csv(csv::Csv::new(columns, out)?),
            ExportFormat::Xlsx => Kind::Xlsx(Box::new(xlsx::Xlsx::new(columns, out)?)),
            ExportFormat::Xml => Kind::Xml(xml::Xml::new(columns, out)?),
            ExportFormat::Text => Kind::Addresses(addresses::Addresses::new(out)),
        };
        Ok(Self { columns: columns.len(), kind })
    }

    /// Writes one row. Of [`ExportFormat::Text`] only cells with [`Cell::Texts`] are written.
    ///
    /// # Errors
    /// Refuses a row of another length than the columns; fails when the bytes are not taken.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        if cells.len() != self.columns {
            return Err(Error::Length { expected: self.columns, found: cells.len() });
        }
        match &mut self.kind {
            Kind::Csv(it) => it.row(cells),
            Kind::Xlsx(it) => it.row(cells),
            Kind::Xml(it) => it.row(cells),
            Kind::Addresses(it) => it.row(cells),
        }
    }

    /// Ends the table and gives back what took the bytes.
    ///
    /// # Errors
    /// Fails when the bytes are not taken.
    pub fn finish(self) -> Result<W, Error> {
        match self.kind {
            Kind::Csv(it) => it.finish(),
            Kind::Xlsx(it) => it.finish(),
            Kind::Xml(it) => it.finish(),
            Kind::Addresses(it) => it.finish(),
        }
    }
}

/// The cell as text, before anything is neutralised.
fn text_of(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Date(text) => (*text).to_owned(),
        Cell::Texts(texts) => texts.join("; "),
        Cell::Phones(phones) => phones.iter().map(|it| crate::neutral::grouped(it)).collect::<Vec<_>>().join("; "),
        Cell::Number(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
    }
}

/// Whether the cell is a number or a day, which is no formula whatever its first sign.
fn is_plain_value(cell: &Cell<'_>) -> bool {
    matches!(cell, Cell::Number(_) | Cell::Decimal(_)) || matches!(cell, Cell::Date(day) if crate::date::serial(day).is_some())
}
