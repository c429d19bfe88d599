//! Walks through the HTML of a mail.

use std::collections::HashSet;
use std::ops::Range;

use super::css::{self, Found};
use super::document::Document;
use super::mask::Masked;
use super::support::{self, Client, Feature, Row};
use super::{GMAIL_MAX, LinkFault, Notes, SEZNAM_MAX, Severity, WIDTH_MAX, What, links};
use crate::html::entities::{Place, decode};
use crate::html::purify::elements::{self, Verdict};
use crate::html::purify::{Medium, purify_told};
use crate::html::tokens::{Attribute, Tag, Token, Tokens};
use crate::html::{Pictures, RemotePictures, Stripped};
use crate::merge::Language;

/// The style sheets together that Gmail takes, in bytes.
const STYLES_MAX: usize = 16 << 10;
/// What is written around every mail, in bytes.
const AROUND: usize = 700;

/// Looks over a masked source.
pub(super) fn walk(source: &str, masked: &Masked, language: Language, notes: &mut Notes) {
    removed(masked, notes);
    let mut walker = Walker {
        source,
        masked,
        notes,
        document: Document::default(),
        is_hidden_from_outlook: false,
        has_vml: source.contains("<v:"),
        hole: None,
        styles: 0,
        anchors: Vec::new(),
        places: HashSet::new(),
    };
    let mut tokens = Tokens::of(&masked.html);
    while let Some(token) = tokens.next() {
        walker.token(&token, tokens.range());
    }
    walker.finish(language);
}

/// Notes what does not leave, by the very rules by which mails leave, and what is too large.
fn removed(masked: &Masked, notes: &mut Notes) {
    let pictures = Pictures { remote: RemotePictures::Shown, inline: &|id| Some(format!("cid:{id}")) };
    let pure = purify_told(&masked.html, Medium::Mail, pictures, &mut |what, place| {
        // What a field gives is judged when it is filled.
        if what != Stripped::MissingPicture || !masked.has_value(&place) {
            notes.add(What::Removed(what), Severity::Warning, place);
        }
    });
    let Ok(pure) = pure else { return };
    let bytes = pure.body.len() + pure.styles.len() + pure.head.len() + AROUND;
    for (client, limit) in [(Client::Gmail, GMAIL_MAX), (Client::Seznam, SEZNAM_MAX)] {
        if limit < bytes {
            notes.whole(What::TooLarge { client, bytes, limit }, Severity::Warning);
        }
    }
}

struct Walker<'a> {
    source: &'a str,
    masked: &'a Masked,
    notes: &'a mut Notes,
    document: Document,
    /// Between `<!--[if !mso]><!-->` and `<!--<![endif]-->`.
    is_hidden_from_outlook: bool,
    /// Whether Outlook gets pictures behind text in its own way.
    has_vml: bool,
    /// The element whose content does not leave.
    hole: Option<(String, u32)>,
    styles: usize,
    anchors: Vec<(String, Range<usize>)>,
    places: HashSet<String>,
}

impl Walker<'_> {
    fn token(&mut self, token: &Token<'_>, place: Range<usize>) {
        if !matches!(token, Token::Comment(_)) {
            self.document.token(token, self.masked, &place, self.notes);
        }
        match token {
            Token::Start(tag) => self.start(tag, &place),
            Token::End(name) => self.end(name),
            Token::Raw(css) if self.hole.is_none() && self.document.is_style() => self.sheet(css, &place),
            Token::Comment(text) => self.comment(text),
            Token::Raw(_) | Token::Text(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        if let Some((name, depth)) = &mut self.hole {
            *depth += u32::from(*name == tag.name && !tag.self_closing);
            return;
        }
        match elements::element(&tag.name) {
            Verdict::Keep | Verdict::Disarm(_) => self.kept(tag, place),
            Verdict::Unwrap if !is_silent(&tag.name) => {
                self.notes.add(What::TagDropped(tag.name.clone()), Severity::Info, place.clone());
            }
            Verdict::Drop(_) if !elements::is_void(&tag.name) && !tag.self_closing => self.hole = Some((tag.name.clone(), 1)),
            Verdict::Unwrap | Verdict::Drop(_) | Verdict::Style => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((open, depth)) = &mut self.hole
            && open == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.hole = None;
            }
        }
    }

    fn comment(&mut self, text: &str) {
        if text.starts_with("[if") {
            self.is_hidden_from_outlook = text.contains("!mso");
        } else if text.contains("[endif]") {
            self.is_hidden_from_outlook = false;
        }
    }

    fn kept(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        let find = |name: &str| tag.attributes.iter().find(|it| it.name == name);
        for it in tag.attributes.iter().filter(|it| matches!(it.name.as_str(), "id" | "name")) {
            self.places.insert(it.value.to_owned());
        }
        match tag.name.as_str() {
            "a" | "area" => self.link(tag, find("href"), place),
            "img" => self.picture(find("src"), find("alt"), place),
            "table" | "td" | "th" => self.width(find("width")),
            _ => {}
        }
        if let Some(style) = find("style") {
            self.style(&tag.name, style);
        }
        if let Some(background) = find("background")
            && !self.has_vml
            && tag.name != "body"
        {
            self.unsupported(Feature::Attribute(background.name.clone()), support::other, background.range.clone());
        }
    }

    fn link(&mut self, tag: &Tag<'_>, href: Option<&Attribute<'_>>, place: &Range<usize>) {
        let Some(href) = href else {
            let is_place = tag.attributes.iter().any(|it| matches!(it.name.as_str(), "id" | "name"));
            if !is_place && tag.name == "a" {
                self.notes.add(What::Link(LinkFault::Empty), Severity::Warning, place.clone());
            }
            return;
        };
        let start = self.start_of(href);
        if let Some(fault) = links::judge(href.value, &(start..start + href.value.len()), self.masked) {
            self.notes.add(What::Link(fault), weight(fault), href.range.clone());
        }
        let address = decode(href.value.trim(), Place::Attribute);
        if let Some(anchor) = address.strip_prefix('#').filter(|it| !it.is_empty() && !self.masked.has_value(&href.range)) {
            self.anchors.push((anchor.to_owned(), href.range.clone()));
        }
    }

    fn picture(&mut self, src: Option<&Attribute<'_>>, alt: Option<&Attribute<'_>>, place: &Range<usize>) {
        if alt.is_none() {
            self.notes.add(What::MissingAlt, Severity::Warning, place.clone());
        }
        let Some(src) = src else {
            self.notes.add(What::MissingSource, Severity::Error, place.clone());
            return;
        };
        let address = decode(src.value, Place::Attribute).trim().to_ascii_lowercase();
        if address.starts_with("data:image/") {
            self.unsupported(Feature::DataPicture, support::other, src.range.clone());
        } else if address.starts_with("http") {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
            if let Some(row) = support::format(ending) {
                self.row(Feature::Format(ending.to_owned()), row, src.range.clone());
            }
            if address.starts_with("http:") {
                self.notes.add(What::Link(LinkFault::Insecure), weight(LinkFault::Insecure), src.range.clone());
            }
        }
    }

    fn width(&mut self, width: Option<&Attribute<'_>>) {
        let Some(width) = width else { return };
        if let Some(pixels) = width.value.trim().trim_end_matches("px").parse::<u32>().ok().filter(|it| WIDTH_MAX < *it) {
            self.notes.add(What::TooWide(pixels), Severity::Info, width.range.clone());
        }
    }

    /// A `style` attribute.
    fn style(&mut self, element: &str, style: &Attribute<'_>) {
        let value = decode(style.value, Place::Attribute);
        let start = self.start_of(style);
        // With references in it, places inside the value are not those of the source.
        let is_plain = value.len() == style.value.len();
        css::declarations(&value, &mut |found, place, _| {
            let place = if is_plain { start + place.start..start + place.end } else { style.range.clone() };
            if let Found::Property(name) = found
                && name.starts_with("padding")
                && matches!(element, "a" | "div" | "p" | "span")
            {
                self.unsupported(Feature::PaddingOutsideCells, support::other, place.clone());
            }
            self.css(&found, place, false);
        });
    }

    /// The content of a `style` element.
    fn sheet(&mut self, sheet: &str, place: &Range<usize>) {
        self.styles += sheet.len();
        if self.document.is_in_body() {
            self.unsupported(Feature::StyleInBody, support::other, place.start..place.start + 1);
        }
        css::sheet(sheet, &mut |found, at, is_conditional| {
            self.css(&found, place.start + at.start..place.start + at.end, is_conditional);
        });
    }

    fn css(&mut self, found: &Found<'_>, place: Range<usize>, is_conditional: bool) {
        let (feature, row) = match *found {
            Found::Property(name) if self.has_vml && name.starts_with("background") => return,
            Found::Property(name) => (Feature::Property(name.to_owned()), support::property(name)),
            Found::Word(property, word) => (Feature::Value(format!("{property}: {word}")), support::value(property, word)),
            Found::Function(name) => (Feature::Function(format!("{name}()")), support::function(name)),
            Found::Unit(name) => (Feature::Unit(name.to_owned()), support::unit(name)),
            Found::AtRule(name) => (Feature::AtRule(format!("@{name}")), support::at_rule(name)),
        };
        // Outlook leaves out what depends on a condition: it is meant for others.
        let Some((clients, severity)) = row.filter(|(clients, _)| !is_conditional || *clients != [Client::Outlook]) else {
            return;
        };
        self.row(feature, (clients, severity), place);
    }

    fn unsupported(&mut self, feature: Feature, row: fn(&Feature) -> Row, place: Range<usize>) {
        let row = row(&feature);
        self.row(feature, row, place);
    }

    fn row(&mut self, feature: Feature, (clients, severity): Row, place: Range<usize>) {
        let clients: Vec<Client> =
            clients.iter().copied().filter(|it| *it != Client::Outlook || !self.is_hidden_from_outlook).collect();
        if !clients.is_empty() {
            self.notes.add(What::Unsupported(feature, clients), severity, place);
        }
    }

    /// Where the value of an attribute begins in the source.
    fn start_of(&self, attribute: &Attribute<'_>) -> usize {
        let is_quoted = self.source.as_bytes().get(attribute.range.end - 1).is_some_and(|it| matches!(it, b'"' | b'\''));
        attribute.range.end - usize::from(is_quoted) - attribute.value.len()
    }

    fn finish(mut self, language: Language) {
        if STYLES_MAX < self.styles {
            let (clients, severity) = support::other(&Feature::LargeStyles);
            self.notes.whole(What::Unsupported(Feature::LargeStyles, clients.to_vec()), severity);
        }
        for (anchor, place) in std::mem::take(&mut self.anchors) {
            if !self.places.contains(&anchor) {
                self.notes.add(What::MissingAnchor(anchor), Severity::Warning, place);
            }
        }
        self.document.finish(language, self.notes);
    }
}

fn weight(fault: LinkFault) -> Severity {
    match fault {
        LinkFault::Relative | LinkFault::Scheme | LinkFault::Local | LinkFault::Malformed | LinkFault::HalfField => {
            Severity::Error
        }
        LinkFault::Empty | LinkFault::Blanks | LinkFault::NotEncoded => Severity::Warning,
        LinkFault::Insecure => Severity::Info,
    }
}

/// Elements whose tags nobody misses: those of the page, which is written anew, and what Word leaves behind.
fn is_silent(name: &str) -> bool {
    matches!(name, "html" | "head" | "body") || name.contains(':')
}
