//! XML of elements within elements, for what is no table: the whole document at once, each element with its line.

use model::{TableFault, TextEncoding};

use super::Fault;
use super::decode::Decode;
use super::guess::of_markup;
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
    let encoding = of_markup(bytes)?;
    if encoding == TextEncoding::Utf8
        && let Err(error) = std::str::from_utf8(bytes)
    {
        let before = &bytes[..error.valid_up_to()];
        let lines = before.iter().filter(|it| **it == b'\n').count();
        return Err(Fault::at(lines as u64 + 1, TableFault::Encoding));
    }
    let mut source = bytes;
    let mut markup = Markup::of_limit(Decode::new(&mut source, encoding), bytes.len().saturating_mul(4).max(1));
    let (mut open, mut root, mut count) = (Vec::<Element>::new(), None::<Element>, 0_usize);
    loop {
        let line = markup.line();
        match markup.next()? {
            Step::Open(name) => {
                count += 1;
                if ELEMENTS_MAX < count {
                    return Err(Fault::at(line, TableFault::TooManyElements { max: ELEMENTS_MAX as u64 }));
                }
                if open.is_empty() && root.is_some() {
                    return Err(Fault::at(line, TableFault::Malformed));
                }
                let attributes = std::mem::take(&mut markup.attributes);
                open.push(Element { line, name, attributes, ..Element::default() });
            }
            Step::Text(piece) => {
                if let Some(last) = open.last_mut() {
                    last.text.push_str(&piece);
                }
            }
            Step::Close => {
                let Some(element) = open.pop() else { return Err(Fault::at(line, TableFault::Malformed)) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => root = Some(element),
                }
            }
            Step::End => return root.ok_or(Fault::at(line, TableFault::Empty)),
        }
        if markup.unknown_entity {
            return Err(Fault::at(line, TableFault::UnknownEntity));
        }
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
}
