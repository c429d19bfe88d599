//! Looks over the HTML of a mail before it leaves: what mail programs do not show, what is taken out on sending, links that lead nowhere.
//!
//! The source is read with its merge code in it, which counts as a value that is there. Everything runs in linear time over any input; a
//! kind of finding is named once, with its places.

mod css;
mod document;
mod links;
pub(crate) mod mask;
mod places;
mod support;
mod walk;

use std::collections::HashMap;
use std::ops::Range;

use crate::html::Stripped;
use crate::merge::{Catalogue, FaultKind, Language, Place as MergePlace, Template};

pub use links::LinkFault;
pub use places::Place;
pub use support::{Client, Feature};

/// Findings beyond this many are not told.
pub const FINDINGS_MAX: usize = 500;
/// Places of one finding beyond this many are only counted.
pub const PLACES_MAX: usize = 100;
/// What Gmail shows of a mail before it cuts it off, in bytes.
pub const GMAIL_MAX: usize = 102 << 10;
/// What Seznam.cz shows of a mail, in bytes.
pub const SEZNAM_MAX: usize = 1 << 20;
/// The widest mail that Seznam.cz advises, in pixels.
pub const WIDTH_MAX: u32 = 720;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Readers will notice.
    Warning,
    /// It cannot work.
    Error,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A fault of the merge code, and the name that was perhaps meant.
    Merge(FaultKind, Option<String>),
    /// It does not leave with the mail.
    Removed(Stripped),
    /// The tags of this element do not leave, its content does.
    TagDropped(String),
    /// These mail programs do not show it.
    Unsupported(Feature, Vec<Client>),
    /// Larger than this mail program shows, in bytes.
    TooLarge {
        /// Which program.
        client: Client,
        /// The size of the mail's HTML.
        bytes: usize,
        /// What the program shows.
        limit: usize,
    },
    /// Wider than [`WIDTH_MAX`], in pixels.
    TooWide(u32),
    /// A picture without a description; an empty one says that it is decoration.
    MissingAlt,
    /// A picture without an address.
    MissingSource,
    /// A link that will not do.
    Link(LinkFault),
    /// A link to a place in this mail that there is not.
    MissingAnchor(String),
    /// A whole document without a doctype was laid out for other rules than those it is sent with.
    MissingDoctype,
    /// It says that it is written in this character set, while mails leave in UTF-8.
    Charset(String),
    /// It says that it is in this language, while the mail is in another.
    Language(String),
}

/// One finding with its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub what: What,
    /// How much it weighs.
    pub severity: Severity,
    /// Where, the first [`PLACES_MAX`] in their order; none when it is about the whole mail.
    pub places: Vec<Place>,
    /// How often.
    pub count: usize,
}

/// Looks over the HTML of a mail in a language: the merge code by the catalogue, everything else by the rules of the mail programs.
///
/// Findings come in the order of their first places, those about the whole mail first; at most [`FINDINGS_MAX`].
pub fn lint(source: &str, catalogue: &Catalogue, language: Language) -> Vec<Finding> {
    let mut notes = Notes::default();
    if let Err(faults) = Template::compile(source, MergePlace::Html, catalogue, language) {
        for fault in faults {
            notes.add(What::Merge(fault.kind, fault.suggestion), Severity::Error, fault.spot.range);
        }
    }
    let masked = mask::mask(source);
    walk::walk(source, &masked, language, &mut notes);
    notes.finish(source)
}

/// The place of these bytes as the browser's editor counts; none when they do not lie in the text.
pub fn place_of(source: &str, range: Range<usize>) -> Option<Place> {
    source.get(range.clone())?;
    places::places(source, &[range]).pop()
}

/// What was found so far, with the bytes of the places.
#[derive(Default)]
struct Notes {
    known: HashMap<What, usize>,
    list: Vec<Note>,
}

struct Note {
    what: What,
    severity: Severity,
    places: Vec<Range<usize>>,
    count: usize,
}

impl Notes {
    /// Notes something about the whole mail.
    fn whole(&mut self, what: What, severity: Severity) {
        self.note(what, severity, None);
    }

    /// Notes something at these bytes.
    fn add(&mut self, what: What, severity: Severity, place: Range<usize>) {
        self.note(what, severity, Some(place));
    }

    fn note(&mut self, what: What, severity: Severity, place: Option<Range<usize>>) {
        let at = match self.known.get(&what) {
            Some(at) => *at,
            None if FINDINGS_MAX <= self.list.len() => return,
            None => {
                self.known.insert(what.clone(), self.list.len());
                self.list.push(Note { what, severity, places: Vec::new(), count: 0 });
                self.list.len() - 1
            }
        };
        let note = &mut self.list[at];
        note.count += 1;
        if note.places.len() < PLACES_MAX {
            note.places.extend(place);
        }
    }

    fn finish(mut self, source: &str) -> Vec<Finding> {
        self.list.sort_by_key(|it| it.places.first().map(|it| it.start));
        let mut ranges: Vec<Range<usize>> = self.list.iter().flat_map(|it| it.places.iter().cloned()).collect();
        ranges.sort_by_key(|it| (it.start, it.end));
        ranges.dedup();
        let places = places::places(source, &ranges);
        let place = |it: &Range<usize>| {
            let at = ranges.binary_search_by_key(&(it.start, it.end), |it| (it.start, it.end)).ok()?;
            places.get(at).cloned()
        };
        let finding = |it: Note| Finding {
            places: it.places.iter().filter_map(place).collect(),
            what: it.what,
            severity: it.severity,
            count: it.count,
        };
        self.list.into_iter().map(finding).collect()
    }
}

#[cfg(test)]
mod tests;
