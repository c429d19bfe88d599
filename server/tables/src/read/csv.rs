//! Lines with a delimiter. The automaton of csv-core works on a buffer of fixed size, so a line of a gigabyte is walked over, not gathered.

use std::io::BufRead;
use std::ops::ControlFlow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use model::{ImportReading, TableFault};

use super::decode::Decode;
use super::{COLUMNS_MAX, Fault, Headed, ROW_MAX, Row, Source};

/// What one record is read into.
struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    text_len: usize,
    ends_len: usize,
    fault: Option<TableFault>,
}

pub(super) fn rows(
    source: &mut dyn Source,
    reading: &ImportReading,
    each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let mut input = Decode::new(source, reading.encoding);
    let mut reader = ReaderBuilder::new().delimiter(reading.delimiter.sign() as u8).build();
    let mut record = Record { text: vec![0; 4096], ends: vec![0; 64], text_len: 0, ends_len: 0, fault: None };
    let mut cells: Vec<String> = Vec::new();
    let mut headed = Headed::new(reading, each);
    while let Some(line) = begin(&mut input, &mut reader)? {
        if !record.read(&mut input, &mut reader)? {
            break;
        }
        let n = record.cells(&mut cells);
        if headed.take(line, &mut cells[..n], record.fault.take())?.is_break() {
            return Ok(());
        }
    }
    headed.end(input.line())
}

/// Steps over line ends, so that the line of the next record is known; nothing when the file is at its end.
fn begin(input: &mut Decode<'_>, reader: &mut Reader) -> Result<Option<u64>, Fault> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let ends = buffer.iter().take_while(|it| matches!(it, b'\r' | b'\n')).count();
        if ends < buffer.len() {
            input.consume(ends);
            reader.set_line(input.line());
            return Ok(Some(input.line()));
        }
        input.consume(ends);
    }
}

impl Record {
    /// Reads one record; false at the end of the file.
    fn read(&mut self, input: &mut Decode<'_>, reader: &mut Reader) -> Result<bool, Fault> {
        (self.text_len, self.ends_len, self.fault) = (0, 0, None);
        loop {
            let buffer = input.fill_buf()?;
            let (result, read, written, ended) =
                reader.read_record(buffer, &mut self.text[self.text_len..], &mut self.ends[self.ends_len..]);
            input.consume(read);
            self.text_len += written;
            self.ends_len += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() < ROW_MAX => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputFull => {
                    self.fault.get_or_insert(TableFault::TooLong { max: ROW_MAX as u64 });
                    (self.text_len, self.ends_len) = (0, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < COLUMNS_MAX => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => {
                    self.fault.get_or_insert(TableFault::TooManyColumns { max: COLUMNS_MAX as u64 });
                    (self.text_len, self.ends_len) = (0, 0);
                }
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// Puts the texts into cells that are used again for each record; answers how many there are.
    fn cells(&self, into: &mut Vec<String>) -> usize {
        if self.fault.is_some() {
            return 0;
        }
        if into.len() < self.ends_len {
            into.resize(self.ends_len, String::new());
        }
        let mut start = 0;
        for (cell, end) in into.iter_mut().zip(&self.ends[..self.ends_len]) {
            cell.clear();
            match std::str::from_utf8(&self.text[start..*end]) {
                Ok(text) => cell.push_str(text),
                Err(_) => cell.push('\u{fffd}'),
            }
            start = *end;
        }
        self.ends_len
    }
}
