//! Events of XML with the limits that make it safe: no document type, no deep nesting, no endless element.

use std::io::BufRead;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use model::TableFault;

use super::decode::Decode;
use super::{Fault, ROW_MAX};

/// Most elements inside one another.
pub const DEPTH_MAX: usize = 64;

/// What happens in the document.
pub enum Step {
    /// An element begins: its name without prefix.
    Open(String),
    /// Text inside an element.
    Text(String),
    /// An element ends.
    Close,
    /// The document ends.
    End,
}

/// Walks through a document.
pub struct Markup<'a> {
    reader: Reader<Decode<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    /// The element just opened is empty, so its end is still to come.
    is_empty: bool,
    /// Attributes of the element that was opened last, without prefixes and declarations of names.
    pub attributes: Vec<(String, String)>,
    /// An entity that XML does not know was met since the caller looked last.
    pub unknown_entity: bool,
}

impl<'a> Markup<'a> {
    /// Reads a document; `decode` should hold no limit of its own.
    pub fn new(decode: Decode<'a>) -> Self {
        Self::of_limit(decode, ROW_MAX)
    }

    /// Reads a document of which one piece of text may take so many bytes.
    pub fn of_limit(decode: Decode<'a>, max: usize) -> Self {
        let decode = decode.limited(max, TableFault::TooLong { max: max as u64 });
        let mut reader = Reader::from_reader(decode);
        reader.config_mut().check_end_names = true;
        Self { reader, buffer: Vec::new(), depth: 0, is_empty: false, attributes: Vec::new(), unknown_entity: false }
    }

    /// The line that is being read, from 1.
    pub fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// The line of the first bytes that are no letters, as soon as they were met.
    pub fn broken(&self) -> Option<u64> {
        self.reader.get_ref().broken()
    }

    /// Hands out the text that follows now, a piece at a time, up to the next markup or entity.
    pub fn pour(&mut self, each: &mut dyn FnMut(&str) -> Result<(), Fault>) -> Result<(), Fault> {
        if self.is_empty {
            return Ok(());
        }
        loop {
            let source = self.reader.get_mut();
            source.allow();
            let piece = source.fill_buf()?;
            let n = piece.iter().position(|it| matches!(it, b'<' | b'&')).unwrap_or(piece.len());
            if n == 0 {
                return Ok(());
            }
            // What is handed out ends where a letter does: before a sign of ASCII, or where the decoder ended.
            each(&String::from_utf8_lossy(&piece[..n]))?;
            source.consume(n);
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next step.
    pub fn next(&mut self) -> Result<Step, Fault> {
        if self.is_empty {
            self.is_empty = false;
            self.depth -= 1;
            return Ok(Step::Close);
        }
        loop {
            self.reader.get_mut().allow();
            self.buffer.clear();
            let line = self.reader.get_ref().line();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(|it| fault(line, it))?;
            match event {
                Event::Start(start) => {
                    let name = open(&start, &mut self.attributes, line)?;
                    self.depth = deeper(self.depth, line)?;
                    return Ok(Step::Open(name));
                }
                Event::Empty(start) => {
                    let name = open(&start, &mut self.attributes, line)?;
                    self.depth = deeper(self.depth, line)?;
                    self.is_empty = true;
                    return Ok(Step::Open(name));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::Close);
                }
                Event::Text(text) => return Ok(Step::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Step::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => match resolved(&reference) {
                    Some(text) => return Ok(Step::Text(text)),
                    None => self.unknown_entity = true,
                },
                Event::DocType(_) => return Err(Fault::at(line, TableFault::DocumentType)),
                Event::Eof if self.depth == 0 => return Ok(Step::End),
                Event::Eof => return Err(Fault::at(line, TableFault::Malformed)),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
    }
}

fn deeper(depth: usize, line: u64) -> Result<usize, Fault> {
    if depth == DEPTH_MAX {
        return Err(Fault::at(line, TableFault::TooDeep { max: DEPTH_MAX as u64 }));
    }
    Ok(depth + 1)
}

fn open(start: &BytesStart<'_>, attributes: &mut Vec<(String, String)>, line: u64) -> Result<String, Fault> {
    attributes.clear();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Fault::at(line, TableFault::Malformed))?;
        let is_declaration = attribute.key.as_ref() == "xmlns" || attribute.key.as_ref().starts_with("xmlns:");
        if !is_declaration {
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Fault::at(line, TableFault::UnknownEntity))?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
    }
    Ok(start.local_name().as_ref().to_owned())
}

fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    if let Ok(Some(it)) = reference.resolve_char_ref() {
        return Some(it.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned)
}

fn fault(line: u64, error: quick_xml::Error) -> Fault {
    match error {
        quick_xml::Error::Io(error) => std::sync::Arc::try_unwrap(error).map_or_else(
            |shared| match shared.get_ref().and_then(|it| it.downcast_ref::<super::fault::Limit>()) {
                Some(limit) => Fault::at(limit.line, limit.fault.clone()),
                None => Fault::at(line, TableFault::Malformed),
            },
            Fault::from,
        ),
        _ => Fault::at(line, TableFault::Malformed),
    }
}
