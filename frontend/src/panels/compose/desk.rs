//! Everything on the screen where an e-mail is written.

use leptos::prelude::*;
use model::{Attachment, ContactId, MessageDraft, StoredDraft, TemplateApplied, TemplateRef};

use crate::parts::FormState;
use crate::state::files::Files;
use crate::state::recipients::RecipientField;

/// The fields; each holds what is typed, complete or not.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub to: RwSignal<RecipientField>,
    pub cc: RwSignal<RecipientField>,
    pub bcc: RwSignal<RecipientField>,
    pub subject: RwSignal<String>,
    pub body: RwSignal<String>,
    pub with_signature: RwSignal<bool>,
    /// The id of the chosen account; empty for the default one.
    pub account: RwSignal<String>,
    pub contact: RwSignal<Option<ContactId>>,
    pub files: RwSignal<Files>,
    /// What the text was made from.
    pub template: RwSignal<Option<TemplateRef>>,
    /// What was found wrong.
    pub form: FormState,
}

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        Self {
            to: RwSignal::new(RecipientField::default()),
            cc: RwSignal::new(RecipientField::default()),
            bcc: RwSignal::new(RecipientField::default()),
            subject: RwSignal::new(String::new()),
            body: RwSignal::new(String::new()),
            with_signature: RwSignal::new(true),
            account: RwSignal::new(String::new()),
            contact: RwSignal::new(None),
            files: RwSignal::new(Files::default()),
            template: RwSignal::new(None),
            form: FormState::new(),
        }
    }

    /// Lays a stored draft on the desk, in place of what was there.
    pub fn lay(self, stored: &StoredDraft) {
        self.lay_draft(&stored.draft, &stored.attachments);
    }

    /// Lays a draft and its files on the desk.
    pub fn lay_draft(self, draft: &MessageDraft, files: &[Attachment]) {
        self.to.set(RecipientField::read(&draft.to));
        self.cc.set(RecipientField::read(&draft.cc));
        self.bcc.set(RecipientField::read(&draft.bcc));
        self.subject.set(draft.subject.clone());
        self.body.set(draft.body.clone());
        self.with_signature.set(draft.with_signature);
        self.account.set(draft.account.map_or_else(String::new, |it| it.to_string()));
        self.contact.set(draft.contact);
        self.files.set(Files::read(files));
        self.template.set(draft.template);
        self.form.clear_all();
    }

    /// Puts what a template says in place of subject and text, and its files behind those that are there.
    pub fn take(self, applied: TemplateApplied) {
        self.subject.set(applied.subject);
        self.body.set(applied.text);
        self.template.set(Some(applied.template));
        self.files.update(|it| applied.attachments.iter().for_each(|file| it.put(file)));
        self.form.clear("subject");
        self.form.clear("body");
    }

    /// What is on the desk, subscribing to every change.
    pub fn draft(self) -> MessageDraft {
        MessageDraft {
            contact: self.contact.get(),
            account: self.account.with(|it| it.parse().ok()),
            to: self.to.with(RecipientField::text),
            cc: self.cc.with(RecipientField::text),
            bcc: self.bcc.with(RecipientField::text),
            subject: self.subject.get(),
            body: self.body.get(),
            with_signature: self.with_signature.get(),
            attachments: self.files.with(Files::ids),
            template: self.template.get(),
        }
    }
}
