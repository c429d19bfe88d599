//! The rows of a sheet. Formulas are not computed: a cell is what the program that wrote the file saw last.

use std::borrow::Cow;
use std::ops::ControlFlow;

use model::TableFault;

use super::book::Book;
use super::strings::Strings;
use crate::date::of_serial;
use crate::read::markup::{Markup, Step};
use crate::read::{COLUMNS_MAX, Fault, ROW_MAX};

type Each<'a> = dyn FnMut(u64, &mut [String], Option<TableFault>) -> Result<ControlFlow<()>, Fault> + 'a;

/// Walks through the rows; answers the last row's number, or nothing when the caller had seen enough.
pub fn rows(mut markup: Markup<'_>, book: &Book, strings: &Strings, each: &mut Each<'_>) -> Result<Option<u64>, Fault> {
    let mut row = Cells { row: 0, cells: Vec::new(), n: 0, size: 0, fault: None };
    loop {
        match markup.next()? {
            Step::Open(name) if name == "row" => {
                let number = markup.attributes.iter().find(|it| it.0 == "r").and_then(|it| it.1.parse().ok());
                row.begin(number);
                row.read(&mut markup, book, strings)?;
                let n = row.n;
                if each(row.row, &mut row.cells[..n], row.fault.take())?.is_break() {
                    return Ok(None);
                }
            }
            Step::End => return Ok(Some(row.row)),
            _ => {}
        }
    }
}

struct Cells {
    row: u64,
    cells: Vec<String>,
    n: usize,
    size: usize,
    fault: Option<TableFault>,
}

impl Cells {
    /// Rows may leave numbers out, but never go back.
    fn begin(&mut self, number: Option<u64>) {
        self.row = number.filter(|it| self.row < *it).unwrap_or(self.row + 1);
        (self.n, self.size, self.fault) = (0, 0, None);
        self.cells.iter_mut().for_each(String::clear);
    }

    fn read(&mut self, markup: &mut Markup<'_>, book: &Book, strings: &Strings) -> Result<(), Fault> {
        // Cells without a place follow one another.
        let mut next = 0;
        loop {
            match markup.next()? {
                Step::Open(name) if name == "c" => {
                    let of = |name: &str| markup.attributes.iter().find(|it| it.0 == name).map(|it| it.1.clone());
                    let place = of("r").and_then(|it| column(&it)).unwrap_or(next);
                    next = place + 1;
                    let (kind, style) = (of("t").unwrap_or_default(), of("s").and_then(|it| it.parse().ok()).unwrap_or(0));
                    let text = content(markup)?;
                    self.put(place, &kind, style, &text, book, strings);
                }
                Step::Close => return Ok(()),
                _ => {}
            }
        }
    }

    fn put(&mut self, place: usize, kind: &str, style: usize, text: &str, book: &Book, strings: &Strings) {
        if text.is_empty() {
            return;
        }
        if COLUMNS_MAX <= place {
            self.fault.get_or_insert(TableFault::TooManyColumns { max: COLUMNS_MAX as u64 });
            return;
        }
        let value: Cow<'_, str> = match kind {
            "s" => text.trim().parse().ok().and_then(|it| strings.get(it)).unwrap_or_default().into(),
            "str" | "inlineStr" => unescaped(text),
            "e" => {
                self.fault.get_or_insert(TableFault::FormulaError);
                text.into()
            }
            "d" => text.trim_end_matches("T00:00:00").into(),
            "b" => text.into(),
            _ => number(text, book, style),
        };
        self.size += value.len();
        if ROW_MAX < self.size {
            self.fault.get_or_insert(TableFault::TooLong { max: ROW_MAX as u64 });
            return;
        }
        if self.cells.len() <= place {
            self.cells.resize(place + 1, String::new());
        }
        self.n = self.n.max(place + 1);
        self.cells[place].clear();
        self.cells[place].push_str(&value);
    }
}

/// Reads what is inside a cell: its value or its own text, never its formula.
fn content(markup: &mut Markup<'_>) -> Result<String, Fault> {
    let (mut text, mut path): (String, Vec<String>) = (String::new(), Vec::new());
    loop {
        match markup.next()? {
            Step::Open(name) => path.push(name),
            Step::Text(piece) => {
                let is_silent = path.iter().any(|it| it == "rPh");
                if !is_silent && path.last().is_some_and(|it| it == "v" || it == "t") && text.len() < ROW_MAX {
                    text.push_str(&piece);
                }
            }
            Step::Close if path.pop().is_none() => return Ok(text),
            Step::Close => {}
            Step::End => return Err(Fault::at(markup.line(), TableFault::Malformed)),
        }
    }
}

/// A number as people write it: days by the calendar, whole numbers without an exponent, so that phones stay phones.
fn number<'a>(text: &'a str, book: &Book, style: usize) -> Cow<'a, str> {
    let text = text.trim();
    let Ok(value) = text.parse::<f64>() else { return text.into() };
    if book.dates.get(style).copied().unwrap_or_default()
        && let Some(day) = of_serial(value, book.epoch)
    {
        return day.into();
    }
    if value.fract() == 0.0 && value.abs() < 1e17 { format!("{value:.0}").into() } else { text.into() }
}

/// The column of a place as `BC12`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number =
        letters.fold(0_usize, |sum, it| sum.saturating_mul(26).saturating_add(usize::from(it.to_ascii_uppercase() - b'A') + 1));
    number.checked_sub(1)
}

/// Characters that XML cannot hold are written as `_x000D_` (ECMA-376 part 1 §22.9.2.19).
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let it = code.and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match it {
            Some('\r') => rest = &rest[at + 7..],
            Some(it) => {
                out.push(it);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_name_columns() {
        assert_eq!(
            (column("A1"), column("Z9"), column("AA3"), column("XFD1"), column("7")),
            (Some(0), Some(25), Some(26), Some(16_383), None)
        );
    }

    #[test]
    fn escaped_characters_come_back() {
        assert_eq!(unescaped("a_x000D_\nb_x0041_c_xZZ_"), "a\nbAc_xZZ_");
    }
}
