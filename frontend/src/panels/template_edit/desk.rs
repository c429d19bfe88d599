//! Everything on the screen where a template is written.

use leptos::prelude::*;
use model::{
    Attachment, Channel, Language, PlainText, RecordKey, Template, TemplateAttachment, TemplateBody, TemplateDraft, TemplateText,
    UserId,
};

use crate::editor::Hand;
use crate::parts::FormState;
use crate::state::files::Files;
use crate::state::template_edit::new_text;

/// What a template says in one language, as it is typed.
#[derive(Clone, Copy)]
pub(super) struct TextDesk {
    pub language: Language,
    pub subject: RwSignal<String>,
    pub preheader: RwSignal<String>,
    pub body: RwSignal<TemplateBody>,
    pub plain: RwSignal<PlainText>,
}

impl TextDesk {
    fn lay(text: &TemplateText) -> Self {
        Self {
            language: text.language,
            subject: RwSignal::new(text.subject.clone()),
            preheader: RwSignal::new(text.preheader.clone()),
            body: RwSignal::new(text.body.clone()),
            plain: RwSignal::new(text.plain.clone()),
        }
    }

    /// Takes in the HTML that is written, unless the body has another form by now.
    pub fn take_in(self, html: String) {
        let is_older = |it: &TemplateBody| matches!(it, TemplateBody::Html(known) if *known != html);
        if self.body.try_with_untracked(is_older) == Some(true) {
            self.body.set(TemplateBody::Html(html));
        }
    }

    /// What is typed, subscribing to changes.
    pub fn text(self) -> TemplateText {
        TemplateText {
            language: self.language,
            subject: self.subject.get(),
            preheader: self.preheader.get(),
            body: self.body.get(),
            plain: self.plain.get(),
        }
    }
}

/// The fields; each holds what is typed, complete or not.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub channel: RwSignal<Channel>,
    /// The key of the record type; empty for a general template.
    pub record: RwSignal<String>,
    pub name: RwSignal<String>,
    pub description: RwSignal<String>,
    pub hint: RwSignal<String>,
    pub is_commercial: RwSignal<bool>,
    pub sender_name: RwSignal<String>,
    pub sender_address: RwSignal<String>,
    pub files: RwSignal<Files>,
    /// Kinds of documents of the record that it carries.
    pub documents: RwSignal<Vec<String>>,
    pub offered_to: RwSignal<Vec<UserId>>,
    pub is_active: RwSignal<bool>,
    pub keeps_diacritics: RwSignal<bool>,
    pub texts: RwSignal<Vec<TextDesk>>,
    /// The language whose tab is open.
    pub language: RwSignal<Language>,
    /// Counts how often something else was laid on the desk, so that editors begin anew.
    pub laid: RwSignal<u32>,
    /// What was found wrong by the server.
    pub form: FormState,
    /// What the page writes into the texts with.
    pub hand: Hand,
    /// What the desk lives as long as. Texts that are laid on it later, by a button or a banner, must outlive those.
    owner: StoredValue<Option<Owner>>,
}

impl Desk {
    /// A desk with a draft on it.
    pub fn new(draft: &TemplateDraft, files: &[Attachment]) -> Self {
        let desk = Self {
            channel: RwSignal::new(Channel::default()),
            record: RwSignal::new(String::new()),
            name: RwSignal::new(String::new()),
            description: RwSignal::new(String::new()),
            hint: RwSignal::new(String::new()),
            is_commercial: RwSignal::new(false),
            sender_name: RwSignal::new(String::new()),
            sender_address: RwSignal::new(String::new()),
            files: RwSignal::new(Files::default()),
            documents: RwSignal::new(Vec::new()),
            offered_to: RwSignal::new(Vec::new()),
            is_active: RwSignal::new(true),
            keeps_diacritics: RwSignal::new(false),
            texts: RwSignal::new(Vec::new()),
            language: RwSignal::new(draft.texts.first().map(|it| it.language).unwrap_or_default()),
            laid: RwSignal::new(0),
            form: FormState::new(),
            hand: Hand::new(),
            owner: StoredValue::new(Owner::current()),
        };
        desk.lay_draft(draft, files);
        desk
    }

    /// Lays a stored template on the desk, in place of what was there.
    pub fn lay(self, template: &Template) {
        self.lay_draft(&template.draft, &template.files);
    }

    /// Lays a draft and its files on the desk.
    pub fn lay_draft(self, draft: &TemplateDraft, files: &[Attachment]) {
        self.channel.set(draft.channel);
        self.record.set(draft.record.as_ref().map_or_else(String::new, |it| it.0.clone()));
        self.name.set(draft.name.clone());
        self.description.set(draft.description.clone());
        self.hint.set(draft.hint.clone());
        self.is_commercial.set(draft.is_commercial);
        self.sender_name.set(draft.sender_name.clone());
        self.sender_address.set(draft.sender_address.clone());
        // The files of earlier versions stay with the template, and are not among its attachments any more.
        let carried = draft.attachments.iter().filter_map(|it| match it {
            TemplateAttachment::File(id) => files.iter().find(|it| it.id == *id).cloned(),
            TemplateAttachment::Document(_) => None,
        });
        self.files.set(Files::read(&carried.collect::<Vec<_>>()));
        self.documents.set(draft.attachments.iter().filter_map(kind).collect());
        self.offered_to.set(draft.offered_to.clone());
        self.is_active.set(draft.is_active);
        self.keeps_diacritics.set(draft.keeps_diacritics);
        self.texts.set(draft.texts.iter().map(|it| self.lay_text(it)).collect());
        if !draft.texts.iter().any(|it| it.language == self.language.get_untracked())
            && let Some(first) = draft.texts.first()
        {
            self.language.set(first.language);
        }
        self.form.clear_all();
        self.laid.update(|it| *it += 1);
    }

    fn lay_text(self, text: &TemplateText) -> TextDesk {
        match self.owner.get_value() {
            Some(owner) => owner.with(|| TextDesk::lay(text)),
            None => TextDesk::lay(text),
        }
    }

    /// Takes in what the editor has not told yet.
    pub fn settle(self) {
        let language = self.language.get_untracked();
        let text = self.texts.with_untracked(|it| it.iter().find(|it| it.language == language).copied());
        if let (Some(text), Some(html)) = (text, self.hand.written()) {
            text.take_in(html);
        }
    }

    /// What is on the desk, subscribing to every change.
    pub fn draft(self) -> TemplateDraft {
        let files = self.files.with(Files::ids).into_iter().map(TemplateAttachment::File);
        let documents = self.documents.get().into_iter().map(TemplateAttachment::Document);
        TemplateDraft {
            channel: self.channel.get(),
            record: self.record.with(|it| (!it.is_empty()).then(|| RecordKey(it.clone()))),
            name: self.name.get(),
            description: self.description.get(),
            hint: self.hint.get(),
            is_commercial: self.is_commercial.get(),
            sender_name: self.sender_name.get(),
            sender_address: self.sender_address.get(),
            attachments: files.chain(documents).collect(),
            offered_to: self.offered_to.get(),
            is_active: self.is_active.get(),
            keeps_diacritics: self.keeps_diacritics.get(),
            texts: self.texts.get().into_iter().map(TextDesk::text).collect(),
        }
    }

    /// The text whose tab is open, subscribing to changes; nothing when there is none in that language.
    pub fn open_text(self) -> Option<TextDesk> {
        let language = self.language.get();
        self.texts.with(|it| it.iter().find(|it| it.language == language).copied())
    }

    /// Adds a text in a language: a copy of another one, or an empty one.
    pub fn add_text(self, language: Language, from: Option<Language>) {
        let text = new_text(&untrack(|| self.draft()), language, from);
        self.texts.update(|it| it.push(self.lay_text(&text)));
        self.language.set(language);
    }

    /// Takes the text of a language away.
    pub fn remove_text(self, language: Language) {
        self.texts.update(|it| it.retain(|it| it.language != language));
        if let Some(first) = self.texts.with_untracked(|it| it.first().copied()) {
            self.language.set(first.language);
        }
    }
}

fn kind(it: &TemplateAttachment) -> Option<String> {
    match it {
        TemplateAttachment::Document(kind) => Some(kind.clone()),
        TemplateAttachment::File(_) => None,
    }
}
