//! What a template says in one language: compiled in all its places, filled for one recipient.
//!
//! The one way for preview, test and message, in the browser and on the server: [`catalogue`] and [`values`] turn the data of `model`
//! into what [`merge`](crate::merge) works with, [`Letter::compile`] checks, [`Letter::fill`] merges.

mod commercial;
mod data;
mod made;
mod message;
mod person;

use model::{Channel, PlainText, TemplateBody, TemplateDraft, TemplateFault, TemplatePlace, TemplateText, UnresolvedField};

pub use commercial::Imprint;
pub use data::{catalogue, values};
pub use message::{as_html, of_message};
pub use person::{Sender, put_contact, put_office};

use crate::html;
use crate::merge::{Catalogue, Diacritics, Failure, Language, Piece, Pieces, Place, Template, Unresolved, Values};
use crate::plain;
use made::Made;

/// A text of a template that was let through.
#[derive(Clone, Debug)]
pub struct Letter {
    language: model::Language,
    subject: Template,
    preheader: Template,
    body: Template,
    /// How the body leads back to what was typed.
    made: Made,
    plain: Option<Template>,
    is_mail: bool,
}

/// A text filled for one recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The subject; empty for a text message.
    pub subject: String,
    /// What mail programs show behind the subject; may be empty.
    pub preheader: String,
    /// The body as HTML, a fragment or a whole document; empty for a text message.
    pub html: String,
    /// The plain text alternative, or the text message.
    pub text: String,
    /// The fields without a value, which stand in the texts as `⟦contact.name⟧`. Such a text must not leave.
    pub unresolved: Vec<UnresolvedField>,
}

/// Why a text could not be filled at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfillable {
    /// It would be longer than any text may be.
    #[error("the text would be too long")]
    TooLong,
    /// Its collections are too long or too many.
    #[error("filling the text takes too much work")]
    TooMuchWork,
}

impl Filled {
    /// The HTML as it leaves: with the preheader in front, which programs show in their lists and nobody sees in the mail.
    pub fn html_with_preheader(&self) -> String {
        let words = self.preheader.trim();
        if words.is_empty() {
            return self.html.clone();
        }
        let hidden = format!(
            "<div style=\"display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#ffffff\">{}</div>",
            plain::escape(words)
        );
        let (before, behind) = self.html.split_at(body_start(&self.html));
        format!("{before}{hidden}{behind}")
    }
}

/// Where the content of a document begins: behind its `<body …>`, or at the beginning of a fragment.
fn body_start(html: &str) -> usize {
    let Some(at) = html.as_bytes().windows(5).position(|it| it.eq_ignore_ascii_case(b"<body")) else { return 0 };
    let mut quote = None;
    for (offset, it) in html[at..].char_indices() {
        match (quote, it) {
            (None, '"' | '\'') => quote = Some(it),
            (Some(open), it) if open == it => quote = None,
            (None, '>') => return at + offset + 1,
            _ => {}
        }
    }
    0
}

impl Letter {
    /// Compiles a text in all its places.
    ///
    /// # Errors
    /// Lists everything that is wrong, place by place.
    pub fn compile(text: &TemplateText, catalogue: &Catalogue) -> Result<Self, Vec<TemplateFault>> {
        let mut faults = Vec::new();
        let language = Language::from(text.language);
        let mut compile = |place: TemplatePlace, source: &str, form: Place| {
            Template::compile(source, form, catalogue, language)
                .map_err(|found| faults.extend(found.into_iter().map(|it| data::fault(text.language, place, it))))
                .ok()
        };
        let subject = compile(TemplatePlace::Subject, &text.subject, Place::Subject);
        let preheader = compile(TemplatePlace::Preheader, &text.preheader, Place::Subject);
        let plain = match &text.plain {
            PlainText::Made => Some(None),
            PlainText::Own(source) => compile(TemplatePlace::Plain, source, Place::Text).map(Some),
        };
        let body = made::compile(text, catalogue).map_err(|found| faults.extend(found)).ok();
        match (subject, preheader, plain, body) {
            (Some(subject), Some(preheader), Some(plain), Some((body, made))) if faults.is_empty() => {
                let is_mail = !matches!(text.body, model::TemplateBody::Sms(_));
                Ok(Self { language: text.language, subject, preheader, body, made, plain, is_mail })
            }
            _ => {
                faults.sort_by_key(|it| (it.place, it.start));
                Err(faults)
            }
        }
    }

    /// The language it speaks.
    pub fn language(&self) -> model::Language {
        self.language
    }

    /// The paths of the fields it uses, each once.
    pub fn fields(&self) -> Vec<&str> {
        let mut fields: Vec<&str> = Vec::new();
        for template in [&self.subject, &self.preheader, &self.body].into_iter().chain(&self.plain) {
            for path in template.fields() {
                if !fields.contains(&path.as_str()) {
                    fields.push(path);
                }
            }
        }
        fields
    }

    /// Fills it for one recipient. What has no value is listed and stands in the texts as a mark.
    ///
    /// # Errors
    /// Says which limit was reached.
    pub fn fill(&self, values: &Values<'_>, diacritics: Diacritics) -> Result<Filled, Unfillable> {
        let mut filled = Filled::default();
        let mut put = |place: TemplatePlace, template: &Template| -> Result<String, Unfillable> {
            let preview = template.preview(values).map_err(unfillable)?;
            filled.unresolved.extend(preview.unresolved.iter().map(|it| self.unresolved(place, it)));
            Ok(preview.text)
        };
        let subject = put(TemplatePlace::Subject, &self.subject)?;
        let preheader = put(TemplatePlace::Preheader, &self.preheader)?;
        let body = put(TemplatePlace::Body, &self.body)?;
        let plain = self.plain.as_ref().map(|it| put(TemplatePlace::Plain, it)).transpose()?;
        if !self.is_mail {
            filled.text = if diacritics == Diacritics::Strip { crate::sms::without_diacritics(&body) } else { body };
            return Ok(filled);
        }
        filled.text = match plain {
            Some(text) => text,
            None => html::from_html(&body).map_err(|_| Unfillable::TooLong)?,
        };
        filled.subject = subject;
        filled.preheader = preheader;
        filled.html = body;
        Ok(filled)
    }

    fn unresolved(&self, place: TemplatePlace, it: &Unresolved) -> UnresolvedField {
        let spot = if place == TemplatePlace::Body { self.made.back(&it.spot) } else { it.spot.clone() };
        UnresolvedField {
            place,
            path: it.path.clone(),
            row: it.row.map(|it| it as u32),
            reason: it.reason,
            line: spot.line as u32,
            column: spot.column as u32,
            start: spot.range.start as u32,
            end: spot.range.end as u32,
        }
    }
}

/// Where the links of a text lead in the web, whoever it is filled for, each once. Those that hold a field are left out.
pub fn addresses(text: &TemplateText) -> Vec<String> {
    made::html(text).map(|it| crate::links::addresses(&it)).unwrap_or_default()
}

/// The words of a text, subject and preheader among them, without merge code and markup: what it is found by before it is filled.
pub fn words(text: &TemplateText) -> String {
    let body = match &text.body {
        TemplateBody::Sms(body) => body.clone(),
        // What no HTML can be made of has no words but those of the subject.
        _ => made::html(text).and_then(|it| html::from_html(&it).ok()).unwrap_or_default(),
    };
    let piece = |it| match it {
        Piece::Tag(_) => " ",
        Piece::Text(text) => text,
    };
    Pieces::of(&[&*text.subject, &*text.preheader, &*body].join("\n")).map(piece).collect()
}

/// Everything that is wrong with the merge code and the markup of a draft, language by language.
pub fn check(draft: &TemplateDraft, catalogue: &Catalogue) -> Vec<TemplateFault> {
    draft.texts.iter().filter_map(|it| Letter::compile(it, catalogue).err()).flatten().collect()
}

/// What is done with the diacritics of the text messages made from a draft.
pub fn diacritics(draft: &TemplateDraft) -> Diacritics {
    let keeps = draft.keeps_diacritics || draft.channel == Channel::Email;
    if keeps { Diacritics::Keep } else { Diacritics::Strip }
}

fn unfillable(failure: Failure) -> Unfillable {
    match failure {
        // A preview marks what is missing instead.
        Failure::Unresolved(_) | Failure::TooMuchWork => Unfillable::TooMuchWork,
        Failure::TooLong => Unfillable::TooLong,
    }
}

#[cfg(test)]
mod tests;
