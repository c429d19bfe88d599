//! A workbook (ECMA-376) written as a stream: texts stand inside the cells, so nothing is gathered. No cell is ever a formula; a text that
//! looks like one also carries the apostrophe's mark (`quotePrefix`), so that it stays a text when somebody edits it.

use std::io::Write;

use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

use super::{Cell, Column, Error, is_formula, text_of};
use crate::date::serial;
use crate::text::escape;

/// Rows that a sheet can hold.
const ROWS_MAX: u32 = 1_048_576;
/// Characters that a cell can hold.
const TEXT_MAX: usize = 32_767;

/// Places in the list of cell formats below.
const HEADING: u8 = 1;
const QUOTED: u8 = 2;
const DAY: u8 = 3;

pub(super) struct Xlsx<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    titles: Vec<String>,
    /// Rows in the sheet that is being written.
    rows: u32,
    sheets: usize,
    line: String,
}

impl<W: Write> Xlsx<W> {
    pub(super) fn new(columns: &[Column], out: W) -> Result<Self, Error> {
        let titles = columns.iter().map(|it| it.title.clone()).collect();
        let mut xlsx = Self { zip: ZipWriter::new_stream(out), titles, rows: 0, sheets: 0, line: String::new() };
        xlsx.begin_sheet()?;
        Ok(xlsx)
    }

    fn begin_sheet(&mut self) -> Result<(), Error> {
        self.sheets += 1;
        self.rows = 1;
        self.zip.start_file(format!("xl/worksheets/sheet{}.xml", self.sheets), options())?;
        self.line.clear();
        self.line.push_str(SHEET_HEAD);
        self.line.push_str("<row r=\"1\">");
        for title in &self.titles {
            text_cell(&mut self.line, title, HEADING);
        }
        self.line.push_str("</row>");
        Ok(self.zip.write_all(self.line.as_bytes())?)
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        if self.rows == ROWS_MAX {
            self.zip.write_all(SHEET_TAIL.as_bytes())?;
            self.begin_sheet()?;
        }
        self.rows += 1;
        self.line.clear();
        self.line.push_str(&format!("<row r=\"{}\">", self.rows));
        for cell in cells {
            write_cell(&mut self.line, cell);
        }
        self.line.push_str("</row>");
        Ok(self.zip.write_all(self.line.as_bytes())?)
    }

    pub(super) fn finish(mut self) -> Result<W, Error> {
        self.zip.write_all(SHEET_TAIL.as_bytes())?;
        for (name, content) in [
            ("xl/workbook.xml", workbook(self.sheets)),
            ("xl/_rels/workbook.xml.rels", workbook_relations(self.sheets)),
            ("xl/styles.xml", STYLES.to_owned()),
            ("_rels/.rels", RELATIONS.to_owned()),
            ("[Content_Types].xml", content_types(self.sheets)),
        ] {
            self.zip.start_file(name, options())?;
            self.zip.write_all(content.as_bytes())?;
        }
        let mut out = self.zip.finish()?.into_inner();
        out.flush()?;
        Ok(out)
    }
}

/// A sheet of a million rows may go over the four gigabytes of the old format.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().large_file(true)
}

fn write_cell(line: &mut String, cell: &Cell<'_>) {
    match cell {
        Cell::Empty => line.push_str("<c/>"),
        Cell::Number(number) => line.push_str(&format!("<c><v>{number}</v></c>")),
        Cell::Decimal(number) if number.is_finite() => line.push_str(&format!("<c><v>{number}</v></c>")),
        Cell::Date(day) if let Some(number) = serial(day) => line.push_str(&format!("<c s=\"{DAY}\"><v>{number}</v></c>")),
        cell => {
            let text = text_of(cell);
            text_cell(line, &text, if is_formula(&text) { QUOTED } else { 0 });
        }
    }
}

fn text_cell(line: &mut String, text: &str, style: u8) {
    if text.is_empty() {
        line.push_str("<c/>");
        return;
    }
    line.push_str(&format!("<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
    let end = text.char_indices().nth(TEXT_MAX).map_or(text.len(), |(end, _)| end);
    // What looks like an escaped character (ECMA-376 part 1 §22.9.2.19) is one itself.
    escape(&text[..end].replace("_x", "_x005F_x"), line);
    line.push_str("</t></is></c>");
}

fn workbook(sheets: usize) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>",
    );
    for n in 1..=sheets {
        text.push_str(&format!("<sheet name=\"{n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"));
    }
    text.push_str("</sheets></workbook>");
    text
}

fn workbook_relations(sheets: usize) -> String {
    let mut text = String::from(RELATIONS_HEAD);
    for n in 1..=sheets {
        text.push_str(&format!("<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"));
    }
    text.push_str(&format!(
        "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>",
        sheets + 1
    ));
    text
}

fn content_types(sheets: usize) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>"
    );
    for n in 1..=sheets {
        text.push_str(&format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{kind}.worksheet+xml\"/>"));
    }
    text.push_str("</Types>");
    text
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const RELATIONS_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";

/// The heading stays in sight while one scrolls.
const SHEET_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\">\
    <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
    <sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"20\"/><sheetData>";

const SHEET_TAIL: &str = "</sheetData></worksheet>";

/// Cell formats: plain, heading, text with the apostrophe's mark, day (built-in format 14).
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
    <cellXfs count=\"4\"><xf/><xf fontId=\"1\" applyFont=\"1\"/><xf quotePrefix=\"1\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs>\
    </styleSheet>";
