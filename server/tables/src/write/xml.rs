//! The documented schema `contacts.xml`: a flat element for each value, `<field name="…">` for own fields.

use std::io::Write;

use super::{Cell, Column, Error, text_of};
use crate::text::escape;

pub(super) struct Xml<W: Write> {
    out: W,
    /// Opening and closing tag of each column.
    tags: Vec<(String, String)>,
    text: String,
}

impl<W: Write> Xml<W> {
    pub(super) fn new(columns: &[Column], mut out: W) -> Result<Self, Error> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<contacts version=\"2\">\n")?;
        Ok(Self { out, tags: columns.iter().map(|it| tags(&it.element)).collect(), text: String::new() })
    }

    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), Error> {
        self.text.clear();
        self.text.push_str("  <contact>\n");
        for ((open, close), cell) in self.tags.iter().zip(cells) {
            let mut element = |value: &str| {
                if !value.is_empty() {
                    self.text.push_str("    ");
                    self.text.push_str(open);
                    escape(value, &mut self.text);
                    self.text.push_str(close);
                    self.text.push('\n');
                }
            };
            match cell {
                // Addresses stay as they are kept; nobody computes XML.
                Cell::Texts(values) | Cell::Phones(values) => values.iter().for_each(|it| element(it)),
                cell => element(&text_of(cell)),
            }
        }
        self.text.push_str("  </contact>\n");
        Ok(self.out.write_all(self.text.as_bytes())?)
    }

    pub(super) fn finish(mut self) -> Result<W, Error> {
        self.out.write_all(b"</contacts>\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn tags(element: &str) -> (String, String) {
    match element.strip_prefix("field:") {
        Some(name) => {
            let mut open = String::from("<field name=\"");
            escape(name, &mut open);
            open.push_str("\">");
            (open, "</field>".to_owned())
        }
        None => {
            let name: String = element.chars().filter(|it| it.is_alphanumeric() || "-_.".contains(*it)).collect();
            (format!("<{name}>"), format!("</{name}>"))
        }
    }
}
