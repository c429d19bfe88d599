//! What can be done about a finding by a click.

use std::ops::Range;

use crate::html::tokens::{Token, Tokens};
use crate::lint::{Finding, LinkFault, What, mask};
use crate::merge::Language;

/// A change of a mail.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Another subject.
    Subject(String),
    /// Another preheader.
    Preheader(String),
    /// The plain text is made of the HTML from now on.
    MakePlain,
    /// This is put behind what stands in the body.
    Append(String),
    /// These pieces of the body become others, in their order.
    Edit(Vec<Edit>),
}

/// One piece of a text that becomes another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
}

/// The body after a fix; none for a fix of another part, or of another body than this.
pub fn apply(html: &str, fix: &Fix) -> Option<String> {
    match fix {
        Fix::Subject(_) | Fix::Preheader(_) | Fix::MakePlain => None,
        Fix::Append(fragment) => {
            let at = end_of(html);
            Some(format!("{}{fragment}{}", &html[..at], &html[at..]))
        }
        Fix::Edit(edits) => {
            let mut fixed = String::with_capacity(html.len());
            let mut at = 0;
            for edit in edits {
                fixed.push_str(html.get(at..edit.range.start)?);
                fixed.push_str(&edit.text);
                at = edit.range.end;
            }
            fixed.push_str(html.get(at..)?);
            Some(fixed)
        }
    }
}

/// What can be done about something that was found in the source.
pub fn fix_finding(source: &str, finding: &Finding) -> Option<Fix> {
    let edits: Vec<Edit> = finding.places.iter().filter_map(|it| edit(source, &finding.what, &it.range)).collect();
    (!edits.is_empty()).then_some(Fix::Edit(edits))
}

fn edit(source: &str, what: &What, place: &Range<usize>) -> Option<Edit> {
    let text = source.get(place.clone())?;
    let whole = |text: String| Some(Edit { range: place.clone(), text });
    match what {
        What::Merge(_, Some(name)) => whole(name.clone()),
        What::MissingAlt => {
            let end = text.trim_end_matches('>').trim_end_matches('/').trim_end().len();
            let at = place.start + end;
            text.ends_with('>').then(|| Edit { range: at..at, text: " alt=\"\"".to_owned() })
        }
        What::Link(LinkFault::Insecure) => {
            let at = place.start + text.to_ascii_lowercase().find("http:")?;
            Some(Edit { range: at..at + 5, text: "https:".to_owned() })
        }
        What::Link(LinkFault::Blanks | LinkFault::NotEncoded) => whole(encoded(text)?),
        What::Charset(charset) => {
            let at = place.start + text.to_ascii_lowercase().find(charset.as_str())?;
            Some(Edit { range: at..at + charset.len(), text: "utf-8".to_owned() })
        }
        _ => None,
    }
}

/// An attribute whose quoted address is written with percent signs where it has to be (RFC 3986 §2.1).
fn encoded(attribute: &str) -> Option<String> {
    let open = attribute.find(['"', '\''])?;
    let close = attribute.rfind(['"', '\'']).filter(|it| open < *it)?;
    let masked = mask::mask(attribute);
    let mut text = attribute[..=open].to_owned();
    let value = &attribute[open + 1..close];
    let blank_before = value.len() - value.trim_start().len();
    for (at, it) in value.trim().char_indices() {
        let at = open + 1 + blank_before + at;
        if masked.is_value(at) || it.is_ascii() && !it.is_ascii_whitespace() {
            text.push(it);
        } else {
            let mut bytes = [0; 4];
            it.encode_utf8(&mut bytes).bytes().for_each(|byte| text.push_str(&format!("%{byte:02X}")));
        }
    }
    text.push_str(&attribute[close..]);
    Some(text)
}

/// Where the content of a body ends: before its last end tag, or at the end of a fragment.
fn end_of(html: &str) -> usize {
    let masked = mask::mask(html);
    let mut tokens = Tokens::of(&masked.html);
    let mut end = None;
    while let Some(token) = tokens.next() {
        match token {
            Token::End(name) if name == "body" => end = Some(tokens.range().start),
            Token::End(name) if name == "html" => end = end.or(Some(tokens.range().start)),
            _ => {}
        }
    }
    end.unwrap_or(html.len())
}

/// The words that offer to unsubscribe.
pub(crate) fn unsubscribe_words(language: Language) -> &'static str {
    match language {
        Language::Slovak => "Odhlásiť sa z odberu",
        Language::Czech => "Odhlásit se z odběru",
        Language::English => "Unsubscribe",
    }
}

/// What a registration number is called.
pub(crate) fn number_words(language: Language) -> &'static str {
    match language {
        Language::Slovak | Language::Czech => "IČO",
        Language::English => "Reg. No.",
    }
}

/// How unsubscribing is offered.
pub(super) fn unsubscribe(language: Language) -> Fix {
    let words = unsubscribe_words(language);
    Fix::Append(format!(
        "\n<p style=\"font-size:12px;line-height:1.5;color:#5f6368\">\
         <a href=\"{{{{ links.unsubscribe }}}}\" style=\"color:#5f6368\">{words}</a></p>\n"
    ))
}

/// How a company says who it is.
pub(super) fn identification(language: Language) -> Fix {
    let number = number_words(language);
    Fix::Append(format!(
        "\n<p style=\"font-size:12px;line-height:1.5;color:#5f6368\">{{{{ company.name }}}}, {{{{ company.address }}}}, \
         {number} {{{{ company.registration_number }}}}</p>\n"
    ))
}

/// A text in small letters after its first one; fields stay.
pub(super) fn lowered(text: &str) -> String {
    let masked = mask::mask(text);
    let mut lower = String::with_capacity(text.len());
    let mut is_first = true;
    for (at, it) in text.char_indices() {
        if masked.is_value(at) {
            lower.push(it);
        } else if is_first && it.is_alphabetic() {
            lower.push(it);
            is_first = false;
        } else {
            lower.extend(it.to_lowercase());
        }
    }
    lower
}

/// A text that exclaims no more than once, at its end.
pub(super) fn calmed(text: &str) -> String {
    let masked = mask::mask(text);
    let last = text.rfind('!');
    let ends = text.trim_end().ends_with('!');
    text.char_indices()
        .filter(|(at, it)| *it != '!' || masked.is_value(*at) || ends && Some(*at) == last)
        .map(|(_, it)| it)
        .collect()
}
