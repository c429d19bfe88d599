//! CSV as the spreadsheet programs of our countries open it: UTF-8 with its mark, semicolons, everything in quotes, CRLF.

use std::io::Write;

use super::{Cell, Column, Error, is_plain_value, neutral, text_of};

pub(super) struct Csv<W: Write> {
    out: W,
    line: String,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(columns: &[Column], mut out: W) -> Result<Self, Error> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = Self { out, line: String::new() };
        let titles: Vec<Cell<'_>> = columns.iter().map(|it| Cell::Text(&it.title)).collect();
        csv.row(&titles)?;
        Ok(csv)
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        self.line.clear();
        for (n, cell) in cells.iter().enumerate() {
            if 0 < n {
                self.line.push(';');
            }
            let text = text_of(cell);
            let text = if is_plain_value(cell) { text.into() } else { neutral(&text) };
            self.line.push('"');
            // A program that reads C strings would cut a line at a NUL.
            for it in text.chars().filter(|it| *it != '\0') {
                if it == '"' {
                    self.line.push('"');
                }
                self.line.push(it);
            }
            self.line.push('"');
        }
        self.line.push_str("\r\n");
        Ok(self.out.write_all(self.line.as_bytes())?)
    }

    pub(super) fn finish(mut self) -> Result<W, Error> {
        self.out.flush()?;
        Ok(self.out)
    }
}
