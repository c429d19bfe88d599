//! What a body consists of: text, pictures, links.

use std::ops::Range;

use super::fix::{Fix, identification, unsubscribe};
use super::{Finding, Flaw, Mail, Part};
use crate::html::entities::{Place, decode};
use crate::html::from_html;
use crate::html::tokens::{Tag, Token, Tokens};
use crate::lint::{Severity, mask};

/// The characters of text that one picture should stand beside.
const TEXT_PER_PICTURE: usize = 60;
/// With so many characters a mail has enough text for any number of pictures.
const TEXT_ENOUGH: usize = 500;
/// How long a preheader is made at most, in characters.
const OPENING: usize = 110;

/// A body that was read.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The pieces of text, by their bytes.
    pub texts: Vec<Range<usize>>,
    /// The links.
    pub links: Vec<Link>,
    /// How many pictures that are more than a point.
    pub pictures: usize,
    /// How many characters that are no blanks.
    pub characters: usize,
    /// The text with its merge code, as it would be made for the plain part.
    pub plain: String,
}

/// A link of a body.
#[derive(Debug)]
pub(super) struct Link {
    /// Where it leads; fields are masked.
    pub address: String,
    /// Whether the field of unsubscribing stands in its address.
    pub unsubscribes: bool,
    /// What it shows.
    pub shown: String,
    /// Whether a field is part of either.
    pub has_field: bool,
    /// The bytes of its start tag.
    pub range: Range<usize>,
}

/// Reads a body.
pub(super) fn read(html: &str) -> Body {
    let masked = mask::mask(html);
    let mut body = Body { plain: from_html(html).unwrap_or_default(), ..Body::default() };
    let (mut tokens, mut open) = (Tokens::of(&masked.html), None::<Link>);
    while let Some(token) = tokens.next() {
        let range = tokens.range();
        match &token {
            Token::Start(tag) if tag.name == "a" => {
                body.links.extend(open.take());
                open = link(tag, &range, &masked, html);
            }
            Token::Start(tag) if tag.name == "img" && !is_point(tag) => body.pictures += 1,
            Token::End(name) if name == "a" => body.links.extend(open.take()),
            Token::Text(text) => {
                let words = decode(text, Place::Text);
                body.characters += words.chars().filter(|it| !it.is_whitespace()).count();
                if let Some(link) = &mut open {
                    link.shown.push_str(&words);
                    link.has_field |= masked.has_value(&range);
                }
                body.texts.push(range);
            }
            _ => {}
        }
    }
    body.links.extend(open);
    body
}

fn link(tag: &Tag<'_>, range: &Range<usize>, masked: &mask::Masked, html: &str) -> Option<Link> {
    let href = tag.attributes.iter().find(|it| it.name == "href")?;
    Some(Link {
        address: decode(href.value, Place::Attribute).trim().to_owned(),
        unsubscribes: html[href.range.clone()].contains("links.unsubscribe"),
        shown: String::new(),
        has_field: masked.has_value(&href.range),
        range: range.clone(),
    })
}

/// Whether a picture is one point wide or high, as those that count readers are.
fn is_point(tag: &Tag<'_>) -> bool {
    tag.attributes.iter().any(|it| matches!(it.name.as_str(), "width" | "height") && matches!(it.value.trim(), "0" | "1"))
}

impl Body {
    /// The first paragraph that says something, as a preheader: neither a salutation nor the subject.
    pub fn opening(&self, subject: &str) -> Option<String> {
        let lines = self.plain.lines().map(str::trim).filter(|it| 35 <= it.chars().count());
        let line = lines.filter(|it| *it != subject.trim() && !it.contains("://") && !it.contains("{%")).take(20).next()?;
        if line.chars().count() <= OPENING {
            return Some(line.to_owned());
        }
        let masked = mask::mask(line);
        let end = line.char_indices().nth(OPENING)?.0;
        let blank = line[..end].char_indices().rev().find(|(at, it)| it.is_whitespace() && !masked.is_value(*at))?.0;
        Some(format!("{}…", line[..blank].trim_end_matches([' ', ',', ';', ':'])))
    }
}

/// Judges text, pictures and the plain part.
pub(super) fn check(mail: &Mail<'_>, body: &Body) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (characters, pictures) = (body.characters, body.pictures);
    if characters == 0 && pictures == 0 {
        findings.push(Finding::new(Flaw::BodyEmpty, Severity::Error, Part::Body));
    } else if 0 < pictures && characters < TEXT_ENOUGH && characters < pictures * TEXT_PER_PICTURE {
        findings.push(Finding::new(Flaw::MostlyPictures { characters, pictures }, Severity::Warning, Part::Body));
    }
    if let Some(plain) = mail.plain {
        let said = plain.chars().filter(|it| !it.is_whitespace()).count();
        let flaw = match said {
            0 => Some((Flaw::PlainEmpty, Severity::Error)),
            _ if said * 3 < characters => Some((Flaw::PlainShort, Severity::Warning)),
            _ => None,
        };
        findings.extend(flaw.map(|(flaw, severity)| Finding::new(flaw, severity, Part::Plain).with(Some(Fix::MakePlain))));
    }
    findings
}

/// Judges what the law asks of commercial mail.
pub(super) fn check_law(mail: &Mail<'_>, body: &Body) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !mail.is_commercial {
        return findings;
    }
    if !body.links.iter().any(is_unsubscribing) {
        let finding = Finding::new(Flaw::UnsubscribeMissing, Severity::Error, Part::Body);
        findings.push(finding.with(Some(unsubscribe(mail.language))));
    }
    if !is_identified(mail, body) {
        let finding = Finding::new(Flaw::IdentificationMissing, Severity::Error, Part::Body);
        findings.push(finding.with(Some(identification(mail.language))));
    }
    findings
}

/// Whether a link leads to unsubscribing: by our field, or by its own words to somewhere else.
fn is_unsubscribing(link: &Link) -> bool {
    let shown = model::fold::fold(&link.shown);
    link.unsubscribes
        || ["odhlas", "zrusit odber", "zrusit zasielanie", "unsubscribe", "opt out"].iter().any(|it| shown.contains(it))
}

/// Whether name, number and seat of the company stand in the body, as fields or word by word.
fn is_identified(mail: &Mail<'_>, body: &Body) -> bool {
    let plain = one_blank(&body.plain);
    let stands = |fields: &[&str], words: &str| {
        fields.iter().any(|it| plain.contains(it)) || !words.trim().is_empty() && plain.contains(&one_blank(words))
    };
    let [name, number, seat] = mail.company;
    stands(&["company.name"], name)
        && stands(&["company.registration_number"], number)
        && (stands(&["company.address"], seat) || plain.contains("company.street") && plain.contains("company.city"))
}

/// Without case, accents and runs of blanks.
pub(crate) fn one_blank(text: &str) -> String {
    model::fold::fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
