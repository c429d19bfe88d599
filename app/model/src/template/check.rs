//! What makes a template valid, as far as it can be told without the merge language.

use serde::{Deserialize, Serialize};

use super::{PlainText, RecordKey, TemplateAttachment, TemplateBody, TemplateDraft, TemplateText};
use crate::message::SUBJECT_MAX;
use crate::user::check_email;
use crate::{Channel, Fault, Faults, Language, MergeFault, Refusal, Required};

/// Greatest length of a name in characters.
pub const NAME_MAX: u32 = 120;
/// Greatest length of a description and of a hint in characters.
pub const DESCRIPTION_MAX: u32 = 1_000;
/// Greatest length of a preheader in characters.
pub const PREHEADER_MAX: u32 = 250;
/// Greatest length of a body in characters.
pub const BODY_MAX: u32 = 500_000;
/// Greatest length of the text of a text message in characters, before merging.
pub const SMS_MAX: u32 = 5_000;
/// Most things that one template carries.
pub const ATTACHMENTS_MAX: usize = 50;
/// Most texts: one per language.
pub const TEXTS_MAX: usize = Language::ALL.len();
/// Most users that one template is offered to by name.
const OFFERED_MAX: usize = 1_000;

/// Where in a text something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TemplatePlace {
    /// In the subject.
    Subject,
    /// In the preheader.
    Preheader,
    /// In the body or the text message.
    Body,
    /// In the plain text written by hand.
    Plain,
}

/// One place of a template whose merge code is wrong, so that it was not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFault {
    /// In which language's text.
    pub language: Language,
    /// Where in it.
    pub place: TemplatePlace,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The first byte of what is wrong.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
    /// In a body of blocks which block: its place among its siblings from 0, from the outside in; `[2, 1, 0]` is the first block
    /// of the second column of the third block. Line, column and bytes are then those of the document and mean little. Empty for
    /// the document as a whole and for other bodies.
    #[serde(default)]
    pub block: Vec<u32>,
    /// What is wrong.
    pub fault: MergeFault,
    /// The nearest name there is, for names that there are not.
    pub suggestion: Option<String>,
}

impl RecordKey {
    /// Whether it may be a key: it begins with a small letter and has small letters of ASCII, digits and `_`, at most 40.
    pub fn is_valid(&self) -> bool {
        self.0.len() <= 40
            && self.0.starts_with(|it: char| it.is_ascii_lowercase())
            && self.0.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
    }
}

impl TemplateDraft {
    /// Checks everything but the merge code, which `content::letter` checks.
    ///
    /// # Errors
    /// Names each wrong field; those of a text by its language: `texts.cs.subject`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, NAME_MAX);
        faults.text("description", &self.description, Required::No, DESCRIPTION_MAX);
        faults.text("hint", &self.hint, Required::No, DESCRIPTION_MAX);
        if self.record.as_ref().is_some_and(|it| !it.is_valid()) {
            faults.add("record", Fault::Gone);
        }
        self.check_sender(&mut faults);
        self.check_attachments(&mut faults);
        if OFFERED_MAX < self.offered_to.len() {
            faults.add("offered_to", Fault::TooMany { max: OFFERED_MAX as u32 });
        }
        if self.texts.is_empty() {
            faults.add("texts", Fault::Missing);
        }
        for (n, text) in self.texts.iter().enumerate() {
            let before = &self.texts[..n];
            if before.iter().any(|it| it.language == text.language) {
                faults.add(format!("texts.{}", text.language.code()), Fault::Taken);
            }
            text.check(self.channel, &mut faults);
        }
        faults.finish()
    }

    fn check_sender(&self, faults: &mut Faults) {
        let name = self.sender_name.trim();
        match self.channel {
            Channel::Email => {
                faults.line("sender_name", name, Required::No, 120);
                if !self.sender_address.trim().is_empty() {
                    check_email(faults, "sender_address", &self.sender_address);
                }
            }
            Channel::Sms if !name.is_empty() && !crate::sms::is_sender(name) => faults.add("sender_name", Fault::Character),
            Channel::Sms => {}
        }
        if self.channel == Channel::Sms && !self.sender_address.is_empty() {
            faults.add("sender_address", Fault::Character);
        }
    }

    fn check_attachments(&self, faults: &mut Faults) {
        let max = if self.channel == Channel::Sms { 0 } else { ATTACHMENTS_MAX };
        if max < self.attachments.len() {
            faults.add("attachments", Fault::TooMany { max: max as u32 });
        }
        for (n, it) in self.attachments.iter().enumerate() {
            if matches!(it, TemplateAttachment::Document(kind) if !RecordKey(kind.clone()).is_valid()) {
                faults.add(format!("attachments.{n}"), Fault::Gone);
            }
        }
    }
}

impl TemplateText {
    fn check(&self, channel: Channel, faults: &mut Faults) {
        let field = |name: &str| format!("texts.{}.{name}", self.language.code());
        match channel {
            Channel::Email => {
                faults.line(field("subject"), &self.subject, Required::Yes, SUBJECT_MAX);
                faults.line(field("preheader"), &self.preheader, Required::No, PREHEADER_MAX);
                faults.text(field("body"), self.body.source(), Required::Yes, BODY_MAX);
                if let PlainText::Own(plain) = &self.plain {
                    faults.text(field("plain"), plain, Required::Yes, BODY_MAX);
                }
            }
            Channel::Sms => faults.text(field("body"), self.body.source(), Required::Yes, SMS_MAX),
        }
        if matches!(self.body, TemplateBody::Sms(_)) != (channel == Channel::Sms) {
            faults.add(field("body"), Fault::Character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(name: &str, texts: &[(Language, &str)]) -> TemplateDraft {
        let text = |&(language, subject): &(Language, &str)| TemplateText {
            subject: subject.to_owned(),
            body: TemplateBody::Html("<p>x</p>".into()),
            ..TemplateText::empty(language, Channel::Email)
        };
        TemplateDraft { name: name.into(), texts: texts.iter().map(text).collect(), ..TemplateDraft::default() }
    }

    #[test]
    fn a_template_needs_a_name_and_a_text_with_a_subject() {
        assert_eq!(mail("Ponuka", &[(Language::Sk, "Ponuka")]).check(), Ok(()));
        let Err(Refusal::Invalid(faults)) = mail(" ", &[(Language::Sk, "x"), (Language::Cs, "")]).check() else { panic!() };
        let fields: Vec<_> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["name", "texts.cs.subject"]);
        assert_eq!(mail("x", &[]).check(), Err(Refusal::field("texts", Fault::Missing)));
    }

    #[test]
    fn no_language_has_two_texts() {
        let twice = mail("x", &[(Language::Cs, "a"), (Language::Cs, "b")]);
        assert_eq!(twice.check(), Err(Refusal::field("texts.cs", Fault::Taken)));
    }

    #[test]
    fn a_text_message_has_no_attachments_and_only_its_own_form() {
        let mut draft = mail("x", &[(Language::Sk, "")]);
        draft.channel = Channel::Sms;
        draft.attachments = vec![TemplateAttachment::Document("invoice".into())];
        let Err(Refusal::Invalid(faults)) = draft.check() else { panic!() };
        let fields: Vec<_> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["attachments", "texts.sk.body"]);
    }

    #[test]
    fn a_sender_of_text_messages_is_short_or_a_number() {
        for (sender, fits) in
            [("Posel", true), ("Firma a.s.", true), ("Dvanast znak", false), ("Žltý", false), ("+421903622237", true)]
        {
            let mut draft = mail("x", &[]);
            draft.channel = Channel::Sms;
            draft.texts = vec![TemplateText {
                body: TemplateBody::Sms("Dobrý deň".into()),
                ..TemplateText::empty(Language::Sk, Channel::Sms)
            }];
            draft.sender_name = sender.into();
            assert_eq!(draft.check().is_ok(), fits, "{sender}");
        }
    }

    #[test]
    fn a_text_is_chosen_by_the_reader_then_by_the_company_then_it_is_the_first() {
        let draft = mail("x", &[(Language::Sk, "a"), (Language::En, "b")]);
        let chosen = |wanted, company| draft.text_for(wanted, company).map(|it| it.language);
        assert_eq!(chosen(Language::En, Language::Sk), Some(Language::En));
        assert_eq!(chosen(Language::Cs, Language::En), Some(Language::En));
        assert_eq!(chosen(Language::Cs, Language::Cs), Some(Language::Sk));
        assert_eq!(mail("x", &[]).text_for(Language::Cs, Language::Cs), None);
    }
}
