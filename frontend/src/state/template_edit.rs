//! A template that is being edited: what the server has of it, what is only on the screen, and what each language still needs.

use app::Problem;
use model::{
    Attachment, Language, MergeField, Moment, Refusal, TemplateBody, TemplateDraft, TemplateFault, TemplateId, TemplateText,
    UserId,
};
use serde::{Deserialize, Serialize};

/// The template that a save goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateKey {
    /// Which template.
    pub id: TemplateId,
    /// The revision the screen last saw.
    pub revision: i64,
}

/// What the server has, and whether somebody else changed it meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateSaving {
    /// Where a save goes to; nothing for a template that is not there yet.
    pub key: Option<TemplateKey>,
    /// What the server has, as far as the screen knows.
    pub known: TemplateDraft,
    /// Somebody else saved meanwhile; a person decides which version counts.
    pub is_stale: bool,
}

impl TemplateSaving {
    /// Whether the screen has something that the server does not.
    pub fn is_open(&self, draft: &TemplateDraft) -> bool {
        self.known != *draft
    }

    /// Notes how a save of this draft ended.
    pub fn end(&mut self, draft: TemplateDraft, came: &Result<TemplateKey, Problem>) {
        match came {
            Ok(key) => *self = Self { key: Some(*key), known: draft, is_stale: false },
            // Deleted elsewhere: what is on the screen becomes a new template.
            Err(Problem::Refused(Refusal::NotFound(_))) => self.key = None,
            Err(Problem::Refused(Refusal::Stale(_))) => self.is_stale = true,
            Err(_) => {}
        }
    }

    /// Notes that the server has a newer revision than the screen.
    pub fn overtaken(&mut self, newest: i64) {
        if self.key.is_some_and(|it| it.revision < newest) {
            self.is_stale = true;
        }
    }

    /// The next save goes over this revision after all.
    pub fn insist(&mut self, revision: i64) {
        if let Some(key) = &mut self.key {
            key.revision = revision;
        }
        self.is_stale = false;
    }
}

/// What was typed and not saved, kept in the browser until the page stands again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateCopy {
    /// Who typed it.
    pub user: UserId,
    /// The template it was typed into, when there is one.
    pub key: Option<TemplateKey>,
    /// What was typed.
    pub draft: TemplateDraft,
    /// Its files, with names and sizes.
    pub files: Vec<Attachment>,
    /// When it was kept.
    pub at: Moment,
}

impl TemplateCopy {
    /// The name under which it is kept.
    pub fn name(id: Option<TemplateId>) -> String {
        id.map_or_else(|| "template.new".to_owned(), |id| format!("template.{id}"))
    }

    /// Whether it is worth offering to this person on a page that shows this.
    pub fn fits(&self, user: UserId, id: Option<TemplateId>, shown: &TemplateDraft) -> bool {
        self.user == user && self.key.map(|it| it.id) == id && self.draft != *shown
    }
}

/// How far the text of one language has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// There is no such text; whoever reads that language gets another one, if there is any.
    Absent(Option<Language>),
    /// Nothing was typed yet.
    Empty,
    /// Subject or text is missing.
    Partial,
    /// So many places are wrong.
    Wrong(usize),
    /// It can be sent.
    Complete,
}

/// How far a language has come in a draft; `company` is what the company speaks.
pub fn completeness(draft: &TemplateDraft, language: Language, company: Language, faults: &[TemplateFault]) -> Completeness {
    let Some(text) = draft.texts.iter().find(|it| it.language == language) else {
        return Completeness::Absent(draft.text_for(language, company).map(|it| it.language));
    };
    let wrong = faults.iter().filter(|it| it.language == language).count();
    let is_sms = matches!(text.body, TemplateBody::Sms(_));
    let (no_subject, no_body) = (text.subject.trim().is_empty() && !is_sms, text.body.source().trim().is_empty());
    match (no_body, no_subject) {
        (true, _) if text.subject.trim().is_empty() && text.preheader.trim().is_empty() => Completeness::Empty,
        _ if 0 < wrong => Completeness::Wrong(wrong),
        (false, false) => Completeness::Complete,
        _ => Completeness::Partial,
    }
}

/// A new text in a language: a copy of another one to be translated, or an empty one.
pub fn new_text(draft: &TemplateDraft, language: Language, from: Option<Language>) -> TemplateText {
    let source = draft.texts.iter().find(|it| Some(it.language) == from);
    source.map_or_else(|| TemplateText::empty(language, draft.channel), |it| TemplateText { language, ..it.clone() })
}

/// Fields under the heading of the first part of their path, in the order of the catalogue.
pub fn grouped<'a>(fields: &'a [MergeField], words: &str) -> Vec<(&'a str, Vec<&'a MergeField>)> {
    let words = model::fold::fold(words.trim());
    let mut groups: Vec<(&str, Vec<&MergeField>)> = Vec::new();
    for field in fields {
        let is_wanted = words
            .split_whitespace()
            .all(|it| model::fold::fold(&field.label).contains(it) || model::fold::fold(&field.path).contains(it));
        if !is_wanted {
            continue;
        }
        let group = field.path.split('.').next().unwrap_or_default();
        match groups.iter_mut().find(|it| it.0 == group) {
            Some((_, fields)) => fields.push(field),
            None => groups.push((group, vec![field])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use model::{Channel, MergeFault, Noun, TemplatePlace};

    use super::*;

    fn draft(texts: &[(Language, &str, &str)]) -> TemplateDraft {
        let text = |&(language, subject, body): &(Language, &str, &str)| TemplateText {
            subject: subject.into(),
            body: TemplateBody::Html(body.into()),
            ..TemplateText::empty(language, Channel::Email)
        };
        TemplateDraft { texts: texts.iter().map(text).collect(), ..TemplateDraft::default() }
    }

    fn key(revision: i64) -> TemplateKey {
        TemplateKey { id: TemplateId(1), revision }
    }

    #[test]
    fn nothing_is_written_over_what_somebody_else_saved() {
        let mut saving = TemplateSaving { key: Some(key(1)), known: draft(&[]), is_stale: false };
        let mine = draft(&[(Language::Sk, "a", "b")]);
        assert!(saving.is_open(&mine));
        saving.end(mine.clone(), &Err(Problem::Refused(Refusal::Stale(Noun::Template))));
        assert!(saving.is_stale && saving.is_open(&mine));
        saving.insist(4);
        assert_eq!((saving.key, saving.is_stale), (Some(key(4)), false));
        saving.end(mine.clone(), &Ok(key(5)));
        assert!(!saving.is_open(&mine));
        saving.overtaken(5);
        assert!(!saving.is_stale);
        saving.overtaken(6);
        assert!(saving.is_stale);
    }

    #[test]
    fn a_template_deleted_elsewhere_is_made_anew() {
        let mut saving = TemplateSaving { key: Some(key(1)), known: draft(&[]), is_stale: false };
        saving.end(draft(&[]), &Err(Problem::Refused(Refusal::NotFound(Noun::Template))));
        assert_eq!(saving.key, None);
    }

    #[test]
    fn a_copy_is_offered_to_whoever_typed_it_and_only_when_it_says_something_else() {
        let mine = draft(&[(Language::Sk, "a", "b")]);
        let copy = TemplateCopy { user: UserId(1), key: Some(key(3)), draft: mine.clone(), files: Vec::new(), at: Moment(0) };
        assert!(copy.fits(UserId(1), Some(TemplateId(1)), &draft(&[])));
        assert!(!copy.fits(UserId(1), Some(TemplateId(1)), &mine));
        assert!(!copy.fits(UserId(2), Some(TemplateId(1)), &draft(&[])));
        assert!(!copy.fits(UserId(1), None, &draft(&[])));
    }

    #[test]
    fn a_language_is_absent_empty_partial_wrong_or_complete() {
        let draft = draft(&[(Language::Sk, "Vec", "<p>x</p>"), (Language::En, "", "")]);
        let standing = |language, faults: &[TemplateFault]| completeness(&draft, language, Language::Sk, faults);
        assert_eq!(standing(Language::Sk, &[]), Completeness::Complete);
        assert_eq!(standing(Language::En, &[]), Completeness::Empty);
        assert_eq!(standing(Language::Cs, &[]), Completeness::Absent(Some(Language::Sk)));
        let fault = TemplateFault {
            language: Language::Sk,
            place: TemplatePlace::Body,
            line: 1,
            column: 1,
            start: 0,
            end: 1,
            block: Vec::new(),
            fault: MergeFault::LineEnd,
            suggestion: None,
        };
        assert_eq!(standing(Language::Sk, &[fault]), Completeness::Wrong(1));
        let half =
            TemplateDraft { texts: vec![TemplateText { subject: String::new(), ..draft.texts[0].clone() }], ..draft.clone() };
        assert_eq!(completeness(&half, Language::Sk, Language::Sk, &[]), Completeness::Partial);
    }

    #[test]
    fn a_new_language_begins_as_a_copy_or_empty() {
        let draft = draft(&[(Language::Sk, "Vec", "<p>x</p>")]);
        assert_eq!(new_text(&draft, Language::Cs, Some(Language::Sk)).subject, "Vec");
        assert_eq!(new_text(&draft, Language::Cs, None), TemplateText::empty(Language::Cs, Channel::Email));
    }

    #[test]
    fn fields_are_found_without_diacritics_under_their_heading() {
        let field = |path: &str, label: &str| MergeField { path: path.into(), label: label.into(), ..MergeField::default() };
        let fields = [field("contact.name", "Meno"), field("order.due", "Splatnosť"), field("contact.town", "Mesto")];
        let found = |words: &str| {
            let groups = grouped(&fields, words);
            groups.iter().map(|(group, fields)| (group.to_string(), fields.len())).collect::<Vec<_>>()
        };
        assert_eq!(found(""), [("contact".to_owned(), 2), ("order".to_owned(), 1)]);
        assert_eq!(found("SPLATNOST"), [("order".to_owned(), 1)]);
        assert_eq!(found("xx"), []);
    }
}
