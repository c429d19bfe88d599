//! The elements that are open while a document is written, so that what comes out is always balanced.

use super::elements::{is_block, is_table_part};

/// Nesting deeper than this is flattened; browsers do the same at 512.
const DEEPEST: usize = 200;

/// The names of the open elements, the innermost last.
#[derive(Debug, Default)]
pub(crate) struct Open {
    names: Vec<String>,
}

impl Open {
    /// Whether an element may begin here: not too deep, and parts of a table only inside one.
    pub fn has_room_for(&self, name: &str) -> bool {
        self.names.len() < DEEPEST && (!is_table_part(name) || self.names.iter().any(|it| it == "table"))
    }

    /// Closes what ends by itself when an element begins (Living Standard §13.1.2.4 and §13.2.6.4.7), and writes the end tags.
    pub fn make_way(&mut self, name: &str, html: &mut String) {
        match name {
            "td" | "th" => self.close_until(&["td", "th"], &["tr", "table"], html),
            "tr" => self.close_until(&["tr", "caption", "colgroup"], &["table"], html),
            "tbody" | "thead" | "tfoot" | "colgroup" | "caption" => {
                self.close_until(&["tbody", "thead", "tfoot", "colgroup", "caption"], &["table"], html);
            }
            "li" => self.close_until(&["li"], &["ul", "ol", "menu", "dir", "td", "th", "table"], html),
            "dd" | "dt" => self.close_until(&["dd", "dt"], &["dl", "td", "th", "table"], html),
            "a" => self.close_until(&["a"], &["td", "th", "caption", "table"], html),
            _ => {}
        }
        if is_block(name) {
            self.close_until(&["p"], &["td", "th", "caption", "table"], html);
        }
    }

    /// Opens an element.
    pub fn push(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    /// Closes an element and everything inside it; an end tag without its start, or across the border of a cell, does nothing.
    pub fn close(&mut self, name: &str, html: &mut String) {
        let borders: &[&str] = match name {
            "table" => &[],
            _ if is_table_part(name) => &["table"],
            _ => &["td", "th", "caption", "table"],
        };
        self.close_until(&[name], borders, html);
    }

    /// Closes everything.
    pub fn close_all(&mut self, html: &mut String) {
        self.close_from(0, html);
    }

    /// Closes the innermost of the wanted elements with what is inside it, if no border lies between.
    fn close_until(&mut self, wanted: &[&str], borders: &[&str], html: &mut String) {
        for at in (0..self.names.len()).rev() {
            let name = self.names[at].as_str();
            if wanted.contains(&name) {
                return self.close_from(at, html);
            }
            if borders.contains(&name) {
                return;
            }
        }
    }

    fn close_from(&mut self, at: usize, html: &mut String) {
        for name in self.names.drain(at..).rev() {
            html.push_str("</");
            html.push_str(&name);
            html.push('>');
        }
    }
}
