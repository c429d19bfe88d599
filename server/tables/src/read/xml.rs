//! Elements that repeat as rows. A column is the path from that element to a value: `name`, `address/street`, `@id`; a second value at the
//! same path is a column of its own (`email [2]`), and `<field name="X">` is the column `field:X`.

use std::collections::HashMap;
use std::ops::ControlFlow;

use model::{ImportReading, TableFault};

use super::decode::Decode;
use super::markup::{Markup, Step};
use super::{COLUMNS_MAX, Fault, ROW_MAX, Row, Source, cell_fault};

/// Columns in the order in which they were first met.
#[derive(Default)]
pub(super) struct Columns {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of a column, given out when it is met first; nothing when there are too many.
    pub(super) fn place(&mut self, name: &str) -> Option<usize> {
        if let Some(place) = self.places.get(name) {
            return Some(*place);
        }
        if self.names.len() == COLUMNS_MAX {
            return None;
        }
        self.places.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        Some(self.names.len() - 1)
    }
}

/// One row that gathers its values.
#[derive(Default)]
pub(super) struct Values {
    cells: Vec<String>,
    /// Which cells were filled in this row, also with nothing.
    taken: Vec<bool>,
    size: usize,
    fault: Option<TableFault>,
}

impl Values {
    pub(super) fn clear(&mut self) {
        self.cells.iter_mut().for_each(String::clear);
        self.taken.fill(false);
        (self.size, self.fault) = (0, None);
    }

    /// Puts a value under a name; the second one of a name goes to `name [2]`.
    pub(super) fn put(&mut self, columns: &mut Columns, name: &str, value: &str) {
        self.size += value.len() + name.len();
        if ROW_MAX < self.size {
            self.fault = Some(TableFault::TooLong { max: ROW_MAX as u64 });
            return;
        }
        let mut times = 1;
        let mut place = columns.place(name);
        while let Some(at) = place.filter(|at| self.taken.get(*at).copied().unwrap_or_default()) {
            times += 1;
            place = columns.place(&format!("{name} [{times}]")).filter(|it| *it != at);
        }
        let Some(place) = place else {
            self.fault = Some(TableFault::TooManyColumns { max: COLUMNS_MAX as u64 });
            return;
        };
        if self.cells.len() <= place {
            self.cells.resize(place + 1, String::new());
            self.taken.resize(place + 1, false);
        }
        self.taken[place] = true;
        self.cells[place].push_str(value);
    }

    pub(super) fn spoil(&mut self, fault: TableFault) {
        self.fault.get_or_insert(fault);
    }

    /// Hands the row out, unless there is nothing in it.
    pub(super) fn give(
        &mut self,
        line: u64,
        columns: &Columns,
        each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let fault = self.fault.take().or_else(|| self.cells.iter().find_map(|it| cell_fault(it)));
        if fault.is_none() && self.cells.iter().all(String::is_empty) {
            return ControlFlow::Continue(());
        }
        each(Row { line, columns: columns.names(), cells: &self.cells, fault })
    }
}

pub(super) fn rows(
    source: &mut dyn Source,
    reading: &ImportReading,
    each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let mut markup = Markup::new(Decode::new(source, reading.encoding));
    let wanted: Vec<&str> = reading.element.split('/').collect();
    let (mut path, mut columns, mut values) = (Vec::new(), Columns::default(), Values::default());
    let mut found = false;
    loop {
        match markup.next()? {
            Step::Open(name) => {
                path.push(name);
                if path == wanted {
                    found = true;
                    let line = markup.line();
                    values.clear();
                    row(&mut markup, &mut columns, &mut values)?;
                    path.pop();
                    if values.give(line, &columns, each).is_break() {
                        return Ok(());
                    }
                }
            }
            Step::Close => {
                path.pop();
            }
            Step::Text(_) => {}
            Step::End if found => return Ok(()),
            Step::End => return Err(Fault::at(markup.line(), TableFault::NoRows)),
        }
    }
}

/// Reads one element with all that is in it.
fn row(markup: &mut Markup<'_>, columns: &mut Columns, values: &mut Values) -> Result<(), Fault> {
    let outside = markup.depth() - 1;
    let mut open: Vec<(String, String, bool)> = vec![(String::new(), String::new(), false)];
    attributes(markup, "", columns, values);
    loop {
        match markup.next()? {
            Step::Open(name) => {
                let parent = open.last().map(|it| it.0.clone()).unwrap_or_default();
                if let Some(last) = open.last_mut() {
                    last.2 = true;
                }
                let own = markup.attributes.iter().position(|it| name == "field" && it.0 == "name");
                let path = match own {
                    Some(at) => format!("field:{}", markup.attributes.remove(at).1.trim()),
                    None if parent.is_empty() => name,
                    None => format!("{parent}/{name}"),
                };
                attributes(markup, &path, columns, values);
                open.push((path, String::new(), false));
            }
            Step::Text(piece) => {
                if let Some(last) = open.last_mut() {
                    last.1.push_str(&piece);
                    if ROW_MAX < last.1.len() {
                        values.spoil(TableFault::TooLong { max: ROW_MAX as u64 });
                        last.1.clear();
                    }
                }
            }
            Step::Close => {
                let Some((path, text, has_children)) = open.pop() else { return Ok(()) };
                if std::mem::take(&mut markup.unknown_entity) {
                    values.spoil(TableFault::UnknownEntity);
                }
                let text = text.trim();
                if !text.is_empty() || (!has_children && !path.is_empty()) {
                    values.put(columns, if path.is_empty() { "." } else { &path }, text);
                }
                if markup.depth() == outside {
                    return Ok(());
                }
            }
            Step::End => return Err(Fault::at(markup.line(), TableFault::Malformed)),
        }
    }
}

fn attributes(markup: &Markup<'_>, path: &str, columns: &mut Columns, values: &mut Values) {
    for (name, value) in &markup.attributes {
        let name = if path.is_empty() { format!("@{name}") } else { format!("{path}/@{name}") };
        values.put(columns, &name, value.trim());
    }
}
