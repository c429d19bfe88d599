//! Workbooks (ECMA-376). The archive is looked through before anything is unpacked, parts are read by name and never written anywhere, and
//! each part may grow only so far.

mod archive;
mod book;
mod sheet;
mod strings;

use std::ops::ControlFlow;

use model::{ImportReading, TableFault};

use super::{Fault, Headed, Row, Source};

pub(super) use archive::is_archive;

pub(super) fn rows(
    source: &mut dyn Source,
    reading: &ImportReading,
    each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let mut archive = archive::Archive::open(source)?;
    let book = book::read(&mut archive)?;
    let sheet = book.sheets.get(reading.sheet as usize).ok_or_else(|| Fault::at(1, TableFault::NoSheet))?;
    let strings = strings::read(&mut archive, &book.strings)?;
    let mut headed = Headed::new(reading, each);
    let last = archive
        .part(&sheet.part, |text| sheet::rows(text, &book, &strings, &mut |row, cells, fault| headed.take(row, cells, fault)))?;
    match last {
        Some(Some(last)) => headed.end(last),
        Some(None) => Ok(()),
        None => Err(Fault::at(1, TableFault::NoSheet)),
    }
}

/// Names of the sheets.
pub(super) fn sheets(source: &mut dyn Source) -> Result<Vec<String>, Fault> {
    let mut archive = archive::Archive::open(source)?;
    Ok(book::read(&mut archive)?.sheets.into_iter().map(|it| it.name).collect())
}
