//! Reads HTML as browsers do (HTML Living Standard §13.2.5), one token after the other, in linear time and without copying.
//!
//! A tag cut off by the end of the text is no token, as in a browser. Values are given raw: `entities` reads their references.

use std::ops::Range;

/// One token of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag, its name in lower case.
    End(String),
    /// Text with character references.
    Text(&'a str),
    /// The content of an element whose content is never markup: `style`, `script`, `title`, `textarea` and their like.
    Raw(&'a str),
    /// A comment, or what browsers take for one.
    Comment(&'a str),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name in lower case.
    pub name: String,
    /// In the order of their appearance; of equal names the first one counts.
    pub attributes: Vec<Attribute<'a>>,
    /// Whether it ends with `/>`.
    pub self_closing: bool,
}

/// A name with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name in lower case.
    pub name: String,
    /// The raw value; empty where there is none.
    pub value: &'a str,
    /// The bytes of the document from the name to the end of the value.
    pub range: Range<usize>,
}

/// The tokens of a document.
pub struct Tokens<'a> {
    rest: &'a str,
    /// The bytes of the document.
    length: usize,
    /// Where the last token began.
    start: usize,
    raw: Option<String>,
}

impl<'a> Tokens<'a> {
    /// Begins to read.
    pub fn of(html: &'a str) -> Self {
        Self { rest: html, length: html.len(), start: 0, raw: None }
    }

    /// The bytes of the document that the last token was read from.
    pub fn range(&self) -> Range<usize> {
        self.start..self.at()
    }

    fn at(&self) -> usize {
        self.length - self.rest.len()
    }

    fn cut(&mut self, n: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(n);
        self.rest = rest;
        taken
    }

    /// The content of a raw element up to its end tag.
    fn raw_text(&mut self, name: &str) -> Option<Token<'a>> {
        let n = raw_length(self.rest, name);
        let text = self.cut(n);
        (!text.is_empty()).then_some(Token::Raw(text))
    }

    fn text(&mut self) -> Token<'a> {
        let from = usize::from(self.rest.starts_with('<'));
        let end = self.rest[from..].find('<').map_or(self.rest.len(), |at| from + at);
        Token::Text(self.cut(end))
    }

    /// A token that begins with `<`; none when the text ends inside a tag.
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest;
        let second = rest[1..].chars().next();
        match second {
            Some(it) if it.is_ascii_alphabetic() => self.start_tag(),
            Some('/') => match rest[2..].chars().next() {
                Some(it) if it.is_ascii_alphabetic() => self.end_tag(),
                Some('>') => {
                    self.cut(3);
                    Some(Token::Text(""))
                }
                Some(_) => Some(self.bogus(2)),
                None => Some(Token::Text(self.cut(rest.len()))),
            },
            Some('!') if rest.starts_with("<!--") => Some(self.comment()),
            Some('!') => Some(self.bogus(2)),
            Some('?') => Some(self.bogus(1)),
            _ => Some(self.text()),
        }
    }

    fn start_tag(&mut self) -> Option<Token<'a>> {
        let mut scan = Scan { text: self.rest, at: 1, before: self.at() };
        let tag = scan.tag()?;
        self.rest = &self.rest[scan.at..];
        if is_raw(&tag.name) {
            self.raw = Some(tag.name.clone());
        }
        Some(Token::Start(tag))
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        let mut scan = Scan { text: self.rest, at: 2, before: self.at() };
        let tag = scan.tag()?;
        self.rest = &self.rest[scan.at..];
        Some(Token::End(tag.name))
    }

    fn comment(&mut self) -> Token<'a> {
        let inner = &self.rest[4..];
        for abrupt in [">", "->"] {
            if inner.starts_with(abrupt) {
                self.cut(4 + abrupt.len());
                return Token::Comment("");
            }
        }
        let ends = ["-->", "--!>"].iter().filter_map(|end| inner.find(end).map(|at| (at, end.len())));
        let Some((at, n)) = ends.min() else {
            self.rest = "";
            return Token::Comment(["--!", "--", "-"].iter().find_map(|end| inner.strip_suffix(end)).unwrap_or(inner));
        };
        self.cut(4 + at + n);
        Token::Comment(&inner[..at])
    }

    fn bogus(&mut self, from: usize) -> Token<'a> {
        let inner = &self.rest[from..];
        let (at, n) = inner.find('>').map_or((inner.len(), 0), |at| (at, 1));
        self.cut(from + at + n);
        Token::Comment(&inner[..at])
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.start = self.at();
        if let Some(name) = self.raw.take()
            && let Some(token) = self.raw_text(&name)
        {
            return Some(token);
        }
        if self.rest.is_empty() {
            return None;
        }
        if !self.rest.starts_with('<') {
            return Some(self.text());
        }
        let token = self.markup();
        if token.is_none() {
            self.rest = "";
        }
        token
    }
}

/// A cursor inside one tag.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// The bytes of the document before the text.
    before: usize,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes everything up to the first byte that `stop` accepts; none at the end of the text.
    fn until(&mut self, stop: impl Fn(u8) -> bool) -> Option<&'a str> {
        let n = self.text.as_bytes()[self.at..].iter().position(|it| stop(*it))?;
        let taken = &self.text[self.at..self.at + n];
        self.at += n;
        Some(taken)
    }

    /// The tag from its name to its `>`; none when the text ends before.
    fn tag(&mut self) -> Option<Tag<'a>> {
        let name = self.until(|it| is_blank(it) || matches!(it, b'/' | b'>'))?.to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.until(|it| !is_blank(it))?;
            match self.peek()? {
                b'>' => {
                    self.at += 1;
                    return Some(Tag { name, attributes, self_closing: false });
                }
                b'/' => {
                    self.at += 1;
                    if self.peek()? == b'>' {
                        self.at += 1;
                        return Some(Tag { name, attributes, self_closing: true });
                    }
                }
                _ => attributes.push(self.attribute()?),
            }
        }
    }

    fn attribute(&mut self) -> Option<Attribute<'a>> {
        let start = self.at;
        self.at += 1;
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.until(|it| is_blank(it) || matches!(it, b'/' | b'>' | b'='))?;
        let name = self.text[start..self.at].to_ascii_lowercase();
        let named = self.before + start..self.before + self.at;
        self.until(|it| !is_blank(it))?;
        if self.peek()? != b'=' {
            return Some(Attribute { name, value: "", range: named });
        }
        self.at += 1;
        self.until(|it| !is_blank(it))?;
        let value = match self.peek()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let value = self.until(|it| it == quote)?;
                self.at += 1;
                value
            }
            b'>' => "",
            _ => self.until(|it| is_blank(it) || it == b'>')?,
        };
        Some(Attribute { name, value, range: named.start..self.before + self.at })
    }
}

/// White space of HTML.
fn is_blank(it: u8) -> bool {
    matches!(it, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')
}

/// Elements whose content is text, whatever it looks like.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes" | "plaintext")
}

/// How far the content of a raw element reaches.
fn raw_length(text: &str, name: &str) -> usize {
    if name == "plaintext" {
        return text.len();
    }
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices("</") {
        let end = at + 2 + name.len();
        let named = bytes.get(at + 2..end).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
        if named && bytes.get(end).is_some_and(|it| is_blank(*it) || matches!(it, b'/' | b'>')) {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
