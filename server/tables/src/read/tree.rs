//! XML of elements within elements, for what is no table: the whole document at once, each element with its line.

use std::io::Read;

use model::{TableFault, TextEncoding};

use super::Fault;
use super::decode::Decode;
use super::guess::{HEAD, of_markup};
use super::markup::{Markup, Step};

/// Most elements of a document.
pub const ELEMENTS_MAX: usize = 200_000;

/// An element with all that is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its name without prefix.
    pub name: String,
    /// Its attributes, without prefixes and declarations of names.
    pub attributes: Vec<(String, String)>,
    /// The text directly inside, as it is.
    pub text: String,
    /// The elements directly inside.
    pub children: Vec<Element>,
}

impl Element {
    /// The value of an attribute; nothing when it is not there.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// A fault of this element, with its place.
    pub fn fault(&self, fault: TableFault) -> Fault {
        Fault::at(self.line, fault)
    }
}

/// Reads a document. What it takes in memory is a few times what it is long, and there are no more than [`ELEMENTS_MAX`] elements.
///
/// # Errors
/// Refuses with the line what is no XML, is not ended, declares a document type, is nested too deep or has too many elements.
pub fn tree(bytes: &[u8]) -> Result<Element, Fault> {
    tree_without(&mut &*bytes, bytes.len(), None, &mut |_| Ok(()))
}

/// What is handed out of a document while it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poured<'a> {
    /// The next piece of the text of an element.
    Text(&'a str),
    /// The element ends.
    End,
}

/// Reads a document of at most so many bytes from a stream. The text of elements of the given name is handed out piece by piece, in their
/// order, and does not stand in the tree; so of what is long in the document only a piece is in memory.
///
/// # Errors
/// Refuses what [`tree`] does, and whatever `pour` does.
pub fn tree_without(
    source: &mut dyn Read,
    max: usize,
    name: Option<&str>,
    pour: &mut dyn FnMut(Poured<'_>) -> Result<(), Fault>,
) -> Result<Element, Fault> {
    let mut head = Vec::new();
    Read::take(&mut *source, HEAD as u64).read_to_end(&mut head)?;
    let encoding = of_markup(&head)?;
    let mut source = head.as_slice().chain(source);
    let mut markup = Markup::of_limit(Decode::new(&mut source, encoding), max.saturating_mul(4).max(1));
    let mut tree = Growing::default();
    let is_poured = |it: &Element| Some(it.name.as_str()) == name;
    loop {
        let line = markup.line();
        let step = markup.next();
        if let Some(line) = markup.broken().filter(|_| encoding == TextEncoding::Utf8) {
            return Err(Fault::at(line, TableFault::Encoding));
        }
        match step? {
            Step::Open(name) => {
                tree.begin(Element { line, name, attributes: std::mem::take(&mut markup.attributes), ..Element::default() })?;
                if tree.open.last().is_some_and(is_poured) {
                    markup.pour(&mut |piece| pour(Poured::Text(piece)))?;
                }
            }
            Step::Text(piece) => match tree.open.last_mut() {
                Some(last) if Some(last.name.as_str()) == name => pour(Poured::Text(&piece))?,
                Some(last) => last.text.push_str(&piece),
                None => {}
            },
            Step::Close => {
                if tree.open.last().is_some_and(is_poured) {
                    pour(Poured::End)?;
                }
                tree.end(line)?;
            }
            Step::End => return tree.root.ok_or(Fault::at(line, TableFault::Empty)),
        }
        if markup.unknown_entity {
            return Err(Fault::at(line, TableFault::UnknownEntity));
        }
    }
}

/// A tree as far as it was read.
#[derive(Default)]
struct Growing {
    open: Vec<Element>,
    root: Option<Element>,
    count: usize,
}

impl Growing {
    fn begin(&mut self, element: Element) -> Result<(), Fault> {
        self.count += 1;
        if ELEMENTS_MAX < self.count {
            return Err(element.fault(TableFault::TooManyElements { max: ELEMENTS_MAX as u64 }));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(element.fault(TableFault::Malformed));
        }
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self, line: u64) -> Result<(), Fault> {
        let Some(element) = self.open.pop() else { return Err(Fault::at(line, TableFault::Malformed)) };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (u64, TableFault) {
        match tree(text.as_bytes()) {
            Err(Fault::Refused { line, fault }) => (line, fault),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn elements_keep_their_place_their_text_and_their_order() {
        let root = tree(b"<a x=\"1\">\n  <b>one &amp; two&#13;\n</b>\n  <c/>\n</a>").unwrap();
        assert_eq!((root.line, root.attribute("x"), root.attribute("y")), (1, Some("1"), None));
        let inside: Vec<(u64, &str, &str)> =
            root.children.iter().map(|it| (it.line, it.name.as_str(), it.text.as_str())).collect();
        assert_eq!(inside, [(2, "b", "one & two\r\n"), (4, "c", "")]);
    }

    #[test]
    fn what_was_written_is_read_back_as_it_was() {
        let words = "Žltý <kôň>\n\tpil \"ležiak\" & víno ]]>\r\n  ";
        let mut tree_out = crate::write::Tree::new("all", &[("name", "„Žltý“ & 'kôň'")]);
        tree_out.leaf("one", &[], words);
        tree_out.end();
        let root = tree(tree_out.take().as_bytes()).unwrap();
        assert_eq!((root.attribute("name"), root.children[0].text.as_str()), (Some("„Žltý“ & 'kôň'"), words));
    }

    #[test]
    fn a_document_type_a_second_root_and_what_never_ends_are_refused_with_their_lines() {
        assert_eq!(
            refused("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"y\">]>\n<a>&x;</a>"),
            (2, TableFault::DocumentType)
        );
        assert_eq!(refused("<a>\n&x;</a>"), (2, TableFault::UnknownEntity));
        assert_eq!(refused("<a/>\n<b/>"), (2, TableFault::Malformed));
        assert_eq!(refused("<a>\n<b>\n</a>"), (3, TableFault::Malformed));
        assert_eq!(refused("<a>\n<b>").1, TableFault::Malformed);
        assert_eq!(refused("").1, TableFault::Empty);
        assert_eq!(refused("just words").1, TableFault::Empty);
        let deep = "<a>".repeat(65);
        assert_eq!(refused(&deep).1, TableFault::TooDeep { max: 64 });
    }

    #[test]
    fn the_declared_encoding_is_honoured_and_bytes_that_are_no_letters_are_refused() {
        let root = tree(b"<?xml version=\"1.0\" encoding=\"windows-1250\"?><a>k\xf4\xf2</a>").unwrap();
        assert_eq!(root.text, "kôň");
        let Err(Fault::Refused { line, fault }) = tree(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a>k\xf4\xf2</a>") else {
            panic!("it was read")
        };
        assert_eq!((line, fault), (2, TableFault::Encoding));
    }

    #[test]
    fn what_is_poured_out_of_a_document_does_not_stand_in_its_tree() {
        let long = "žltý ".repeat(50_000);
        let text = format!("<a>\n<b x=\"1\">{long}&amp;<![CDATA[<]]></b>\n<c>kôň</c><b/><b></b></a>");
        let mut poured = vec![String::new()];
        let mut longest = 0;
        let root = tree_without(&mut text.as_bytes(), text.len(), Some("b"), &mut |it| {
            match (it, poured.last_mut()) {
                (Poured::Text(piece), Some(last)) => {
                    longest = longest.max(piece.len());
                    last.push_str(piece);
                }
                _ => poured.push(String::new()),
            }
            Ok(())
        });
        let root = root.unwrap();
        assert_eq!(poured, [format!("{long}&<"), String::new(), String::new(), String::new()]);
        assert!(longest <= 64 << 10, "{longest}");
        let inside: Vec<_> = root.children.iter().map(|it| (it.line, it.name.as_str(), it.text.as_str())).collect();
        assert_eq!(inside, [(2, "b", ""), (3, "c", "kôň"), (3, "b", ""), (3, "b", "")]);
        assert_eq!(root.children[0].attribute("x"), Some("1"));
        let cut = tree_without(&mut "<a><b>x".as_bytes(), 9, Some("b"), &mut |_| Ok(()));
        assert!(matches!(cut, Err(Fault::Refused { fault: TableFault::Malformed, .. })), "{cut:?}");
    }
}
