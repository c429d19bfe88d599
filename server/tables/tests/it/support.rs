//! Files to read and short ways to read them.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use model::{ImportReading, TableFault};
use tables::read::{self, Fault};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A row as tests compare it: line, cells, fault.
pub type Taken = (u64, Vec<String>, Option<TableFault>);

pub fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/").to_owned() + name).unwrap()
}

/// How a file was read, its columns and its rows.
pub type Read = (ImportReading, Vec<String>, Vec<Taken>);

/// Guesses how to read, and reads everything.
pub fn read(name: &str, bytes: &[u8]) -> Result<Read, (u64, TableFault)> {
    let mut source = Cursor::new(bytes);
    let reading = read::guess(&mut source, name).map_err(refused)?;
    let (columns, rows) = read_as(bytes, &reading)?;
    Ok((reading, columns, rows))
}

pub fn read_as(bytes: &[u8], reading: &ImportReading) -> Result<(Vec<String>, Vec<Taken>), (u64, TableFault)> {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    read::rows(&mut Cursor::new(bytes), reading, &mut |row| {
        columns = row.columns.to_vec();
        rows.push((row.line, row.cells.to_vec(), row.fault));
        ControlFlow::Continue(())
    })
    .map_err(refused)?;
    Ok((columns, rows))
}

/// What a file that must not be read is refused with.
pub fn refusal(name: &str, bytes: &[u8]) -> (u64, TableFault) {
    match read(name, bytes) {
        Err(refused) => refused,
        Ok(read) => panic!("{name} was read: {read:?}"),
    }
}

fn refused(fault: Fault) -> (u64, TableFault) {
    match fault {
        Fault::Refused { line, fault } => (line, fault),
        Fault::Io(error) => panic!("{error}"),
    }
}

/// A workbook whose sheet and texts are given.
pub fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    archive(&parts(sheet, strings))
}

pub fn parts(sheet: &str, strings: &str) -> Vec<(String, String)> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    [
        ("_rels/.rels", format!("<R><Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></R>")),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"x\"><sheets><sheet name=\"S\" sheetId=\"9\" r:id=\"s\"/></sheets></workbook>".into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<R><Relationship Id=\"s\" Type=\"{office}/worksheet\" Target=\"sheet.xml\"/>\
                 <Relationship Id=\"t\" Type=\"{office}/sharedStrings\" Target=\"strings.xml\"/></R>"
            ),
        ),
        ("xl/strings.xml", format!("<sst>{strings}</sst>")),
        ("xl/sheet.xml", format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
    ]
    .map(|(name, content)| (name.to_owned(), content))
    .to_vec()
}

pub fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
