//! Turns any HTML into harmless HTML, for the screen and for leaving mails.
//!
//! Nothing of the input is passed through: it is read into tokens, and only known elements with known attributes are written anew, escaped
//! and balanced. So whatever was broken or hidden in the input, what comes out is read by every browser as it was meant here.

pub(crate) mod address;
pub(crate) mod css;
pub mod elements;
mod open;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::Error;
use super::entities::{Place, decode};
use super::screen::{Pictures, RemotePictures, Removed, Stripped};
use super::tokens::{Tag, Token, Tokens};
use crate::plain::escape;
use address::Picture;
use elements::{Attribute, Verdict, is_void};
use open::Open;

/// Longer input is refused (bytes).
const LONGEST: usize = 32 << 20;

/// How many different short styles are remembered, and how long (bytes) a short one is.
const STYLES: usize = 200;
const SHORT: usize = 400;

/// What the HTML is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A frame on the screen: links open outside it, comments go.
    Screen,
    /// A leaving mail: comments that speak to Outlook stay.
    Mail,
}

/// Harmless HTML in its parts.
#[derive(Debug, Default)]
pub struct Pure {
    /// The content of the body, balanced.
    pub body: String,
    /// The attributes of the body, each with a leading space.
    pub attributes: String,
    /// The style sheets, joined.
    pub styles: String,
    /// Comments of the head that speak to Outlook.
    pub head: String,
    /// Whether the input was a whole document with a body of its own.
    pub is_document: bool,
    /// What was taken out, by kind.
    pub removed: Vec<Removed>,
}

/// Makes HTML harmless.
///
/// # Errors
/// Fails with [`Error::TooLarge`] when the HTML is larger than 32 MiB.
pub fn purify(html: &str, medium: Medium, pictures: Pictures<'_>) -> Result<Pure, Error> {
    purify_told(html, medium, pictures, &mut |_, _| {})
}

/// Makes HTML harmless and tells each thing that is taken out with its bytes in the input.
///
/// # Errors
/// Fails with [`Error::TooLarge`] when the HTML is larger than 32 MiB.
pub fn purify_told(
    html: &str,
    medium: Medium,
    pictures: Pictures<'_>,
    told: &mut dyn FnMut(Stripped, Range<usize>),
) -> Result<Pure, Error> {
    if LONGEST < html.len() {
        return Err(Error::TooLarge);
    }
    let mut writer = Writer {
        medium,
        pictures,
        pure: Pure::default(),
        open: Open::default(),
        hole: None,
        in_head: false,
        removed: BTreeMap::new(),
        clean: HashMap::new(),
        place: 0..0,
        told,
    };
    let mut tokens = Tokens::of(html);
    while let Some(token) = tokens.next() {
        writer.place = tokens.range();
        match token {
            Token::Start(tag) => writer.start(&tag),
            Token::End(name) => writer.end(&name),
            Token::Text(text) => writer.text(text),
            Token::Raw(text) => writer.raw(text),
            Token::Comment(text) => writer.comment(text),
        }
    }
    Ok(writer.finish())
}

/// An element that is left out with its content, until its end tag.
struct Hole {
    name: String,
    depth: u32,
}

struct Writer<'a> {
    medium: Medium,
    pictures: Pictures<'a>,
    pure: Pure,
    open: Open,
    hole: Option<Hole>,
    in_head: bool,
    removed: BTreeMap<Stripped, u32>,
    /// Short styles that were met and had nothing to take out: a mail says the same few again and again.
    clean: HashMap<String, String>,
    /// The bytes of the token that is being read.
    place: Range<usize>,
    told: &'a mut dyn FnMut(Stripped, Range<usize>),
}

impl Writer<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        if let Some(hole) = &mut self.hole {
            let drawing = matches!(hole.name.as_str(), "svg" | "math");
            // As in browsers, ordinary markup inside a drawing ends it.
            if !drawing || !(elements::is_block(&tag.name) || matches!(tag.name.as_str(), "span" | "br" | "img" | "b")) {
                hole.depth += u32::from(hole.name == tag.name && !tag.self_closing);
                return;
            }
            self.hole = None;
        }
        match tag.name.as_str() {
            "head" => self.in_head = true,
            "body" => self.body(tag),
            "html" => self.pure.is_document = true,
            "meta" if is_refresh(tag) => self.note_tag(Stripped::Document),
            _ => {}
        }
        match elements::element(&tag.name) {
            Verdict::Keep => self.write(tag),
            Verdict::Unwrap => {}
            Verdict::Disarm(what) => self.note_tag(what),
            Verdict::Drop(what) => {
                if let Some(what) = what {
                    self.note_tag(what);
                }
                let empty = is_void(&tag.name) || (tag.self_closing && matches!(tag.name.as_str(), "svg" | "math"));
                self.hole = (!empty).then(|| Hole { name: tag.name.clone(), depth: 1 });
            }
            Verdict::Style => self.hole = Some(Hole { name: tag.name.clone(), depth: 1 }),
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(hole) = &mut self.hole {
            hole.depth -= u32::from(hole.name == name);
            if hole.depth == 0 {
                self.hole = None;
            }
        } else if name == "head" {
            self.in_head = false;
        } else if elements::element(name) == Verdict::Keep && !is_void(name) {
            self.open.close(name, &mut self.pure.body);
        }
    }

    fn text(&mut self, text: &str) {
        // Outside a body only blanks stand in a head; they would only add empty lines.
        if self.hole.is_none() && !(self.in_head && text.trim().is_empty()) {
            self.pure.body.push_str(&escape(&decode(text, Place::Text)));
        }
    }

    fn raw(&mut self, text: &str) {
        if self.hole.as_ref().is_some_and(|it| it.name == "style") {
            let start = self.place.start;
            let css = self.css(text, &|it| start + it.start..start + it.end);
            self.pure.styles.push_str(css.trim());
            self.pure.styles.push('\n');
        }
    }

    fn comment(&mut self, text: &str) {
        let speaks_to_outlook = text.starts_with("[if ") || text.starts_with("<![endif]");
        if self.medium == Medium::Mail && self.hole.is_none() && speaks_to_outlook {
            let place = if self.in_head { &mut self.pure.head } else { &mut self.pure.body };
            place.push_str("<!--");
            place.push_str(text);
            place.push_str("-->");
        }
    }

    fn finish(mut self) -> Pure {
        self.open.close_all(&mut self.pure.body);
        self.pure.removed = self.removed.into_iter().map(|(what, count)| Removed { what, count }).collect();
        self.pure
    }

    fn body(&mut self, tag: &Tag<'_>) {
        self.in_head = false;
        self.pure.is_document = true;
        if self.pure.attributes.is_empty() {
            self.pure.attributes = self.attributes(tag);
        }
    }

    /// Writes the start tag of a known element.
    fn write(&mut self, tag: &Tag<'_>) {
        if !self.open.has_room_for(&tag.name) {
            return;
        }
        self.in_head = false;
        self.open.make_way(&tag.name, &mut self.pure.body);
        let attributes = self.attributes(tag);
        self.pure.body.push('<');
        self.pure.body.push_str(&tag.name);
        self.pure.body.push_str(&attributes);
        self.pure.body.push('>');
        if !is_void(&tag.name) {
            self.open.push(&tag.name);
        }
    }

    /// The attributes that may stay, each with a leading space.
    fn attributes(&mut self, tag: &Tag<'_>) -> String {
        let mut html = String::new();
        let mut seen: Vec<&str> = Vec::new();
        for attribute in &tag.attributes {
            let name = &attribute.name;
            let verdict = elements::attribute(&tag.name, name);
            if verdict == Attribute::Handler {
                self.note(Stripped::Script, &attribute.range);
            }
            if matches!(verdict, Attribute::Handler | Attribute::Drop) || seen.contains(&name.as_str()) {
                continue;
            }
            seen.push(name);
            let value = decode(attribute.value, Place::Attribute);
            match verdict {
                Attribute::Link => self.link(&mut html, &value, &attribute.range),
                Attribute::Picture => self.picture(&mut html, name, &value, &attribute.range),
                Attribute::Style => {
                    let css = self.css(&value, &|_| attribute.range.clone());
                    put(&mut html, name, &css);
                }
                _ => put(&mut html, name, &value),
            }
        }
        html
    }

    fn link(&mut self, html: &mut String, value: &str, place: &Range<usize>) {
        match address::link(value) {
            Some(address) => {
                let leaves = self.medium == Medium::Screen && !address.starts_with('#');
                put(html, "href", &address);
                if leaves {
                    html.push_str(r#" target="_blank" rel="noopener noreferrer nofollow""#);
                }
            }
            None if address::is_code(value) => self.note(Stripped::Script, place),
            None => {}
        }
    }

    fn picture(&mut self, html: &mut String, name: &str, value: &str, place: &Range<usize>) {
        match self.judge(value) {
            Ok(address) => put(html, name, &address),
            Err(what) => {
                self.note(what, place);
                if name == "src" {
                    put(html, "data-blocked", if what == Stripped::RemotePicture { "remote" } else { "missing" });
                }
            }
        }
    }

    /// The address to write for a picture, or why there is none.
    fn judge(&self, value: &str) -> Result<String, Stripped> {
        match address::picture(value) {
            Picture::Data(address) => Ok(address),
            Picture::Inline(id) => (self.pictures.inline)(&id).ok_or(Stripped::MissingPicture),
            Picture::Remote(address) if self.pictures.remote == RemotePictures::Shown => Ok(address),
            Picture::Remote(_) => Err(Stripped::RemotePicture),
            Picture::Refused if address::is_code(value) => Err(Stripped::Script),
            Picture::Refused => Err(Stripped::MissingPicture),
        }
    }

    /// Cleans CSS; `place` tells where its bytes stand in the input.
    fn css(&mut self, css: &str, place: &dyn Fn(Range<usize>) -> Range<usize>) -> String {
        if let Some(clean) = self.clean.get(css) {
            return clean.clone();
        }
        let mut found = Vec::new();
        let clean = css::clean(css, &mut |address, at| {
            let verdict = address.map_or(Err(Stripped::Style), |it| self.judge(it));
            verdict.map_err(|what| found.push((what, place(at)))).ok()
        });
        if found.is_empty() && css.len() <= SHORT && self.clean.len() < STYLES {
            self.clean.insert(css.to_owned(), clean.clone());
        }
        for (what, place) in found {
            self.note(what, &place);
        }
        clean
    }

    fn note_tag(&mut self, what: Stripped) {
        self.note(what, &self.place.clone());
    }

    fn note(&mut self, what: Stripped, place: &Range<usize>) {
        *self.removed.entry(what).or_default() += 1;
        (self.told)(what, place.clone());
    }
}

fn put(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    html.push_str(&escape(value));
    html.push('"');
}

fn is_refresh(tag: &Tag<'_>) -> bool {
    tag.attributes
        .iter()
        .any(|it| it.name == "http-equiv" && decode(it.value, Place::Attribute).trim().eq_ignore_ascii_case("refresh"))
}
