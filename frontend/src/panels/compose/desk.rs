//! Everything on the screen where an e-mail is written.

use leptos::prelude::*;
use model::{Attachment, Channel, ContactId, HomeCountry, MessageBody, MessageDraft, StoredDraft, TemplateApplied, TemplateRef};

use super::sms::SmsDesk;
use crate::editor::Hand;
use crate::parts::FormState;
use crate::state::files::Files;
use crate::state::phones::PhoneField;
use crate::state::recipients::RecipientField;
use crate::state::shown::Shown;

/// The fields; each holds what is typed, complete or not.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub to: RwSignal<RecipientField>,
    pub cc: RwSignal<RecipientField>,
    pub bcc: RwSignal<RecipientField>,
    /// Where answers go; empty leaves it to the account.
    pub reply_to: RwSignal<String>,
    pub subject: RwSignal<String>,
    /// What mail programs show behind the subject; only templates bring it.
    pub preheader: RwSignal<String>,
    /// Whether the plain text counts, and not the HTML.
    pub is_plain: RwSignal<bool>,
    pub html: RwSignal<String>,
    pub plain: RwSignal<String>,
    /// What the page writes into the texts with.
    pub hand: Hand,
    /// The view of the HTML.
    pub shown: RwSignal<Shown>,
    pub with_signature: RwSignal<bool>,
    /// The id of the chosen account; empty for the default one.
    pub account: RwSignal<String>,
    pub contact: RwSignal<Option<ContactId>>,
    pub files: RwSignal<Files>,
    /// What the text was made from.
    pub template: RwSignal<Option<TemplateRef>>,
    /// The sender that the template names, name and address, while it stands in place of the account's.
    pub sender: RwSignal<Option<(String, String)>>,
    /// What belongs to a text message; what is typed for an e-mail stays beside it.
    pub sms: SmsDesk,
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
            reply_to: RwSignal::new(String::new()),
            subject: RwSignal::new(String::new()),
            preheader: RwSignal::new(String::new()),
            is_plain: RwSignal::new(false),
            html: RwSignal::new(String::new()),
            plain: RwSignal::new(String::new()),
            hand: Hand::new(),
            shown: RwSignal::new(Shown::Text),
            with_signature: RwSignal::new(true),
            account: RwSignal::new(String::new()),
            contact: RwSignal::new(None),
            files: RwSignal::new(Files::default()),
            template: RwSignal::new(None),
            sender: RwSignal::new(None),
            sms: SmsDesk::new(),
            form: FormState::new(),
        }
    }

    /// Lays a stored draft on the desk, in place of what was there.
    pub fn lay(self, stored: &StoredDraft) {
        self.lay_draft(&stored.draft, &stored.attachments);
        self.sender.set(stored.sender.clone());
    }

    /// Lays a draft and its files on the desk.
    pub fn lay_draft(self, draft: &MessageDraft, files: &[Attachment]) {
        let is_sms = draft.channel == Channel::Sms;
        self.sms.is_on.set(is_sms);
        self.sms.keeps_diacritics.set(draft.keeps_diacritics);
        if is_sms {
            let home = self.sms.settings.with_untracked(|it| it.as_ref().map_or_else(HomeCountry::default, |it| it.home));
            self.sms.phones.set(PhoneField::read(&draft.to, home));
            self.sms.words.set(draft.body.source().to_owned());
            self.sms.sender.set(draft.sms_sender.clone());
            self.account.set(draft.account.map_or_else(String::new, |it| it.to_string()));
            self.contact.set(draft.contact);
            self.template.set(draft.template);
            self.sender.set(draft.template_sender.then(Default::default));
            self.form.clear_all();
            return;
        }
        self.to.set(RecipientField::read(&draft.to));
        self.cc.set(RecipientField::read(&draft.cc));
        self.bcc.set(RecipientField::read(&draft.bcc));
        self.reply_to.set(draft.reply_to.clone());
        self.subject.set(draft.subject.clone());
        self.preheader.set(draft.preheader.clone());
        self.is_plain.set(draft.body.html().is_none());
        self.html.set(draft.body.html().unwrap_or_default().to_owned());
        self.plain.set(if draft.body.html().is_none() { draft.body.source().to_owned() } else { String::new() });
        self.with_signature.set(draft.with_signature);
        self.account.set(draft.account.map_or_else(String::new, |it| it.to_string()));
        self.contact.set(draft.contact);
        self.files.set(Files::read(files));
        self.template.set(draft.template);
        self.sender.set(draft.template_sender.then(Default::default));
        self.form.clear_all();
    }

    /// Puts what a template says in place of subject and text, and its files behind those that are there.
    pub fn take(self, applied: TemplateApplied) {
        self.subject.set(applied.subject);
        self.preheader.set(applied.preheader);
        self.is_plain.set(false);
        self.html.set(applied.html);
        self.template.set(Some(applied.template));
        self.sender.set(Some(applied.sender).filter(|it| !it.0.is_empty() || !it.1.is_empty()));
        self.files.update(|it| {
            it.drop_inside();
            applied.attachments.iter().for_each(|file| it.put_over(file));
        });
        self.form.clear("subject");
        self.form.clear("body");
    }

    /// The body, subscribing to its changes.
    pub fn body(self) -> MessageBody {
        if self.is_plain.get() { MessageBody::Text(self.plain.get()) } else { MessageBody::Html(self.html.get()) }
    }

    /// Takes in what the editor has not told yet.
    pub fn settle(self) {
        if let Some(html) = self.hand.written().filter(|it| self.html.with_untracked(|known| known != it)) {
            self.html.set(html);
        }
    }

    fn text_draft(self) -> MessageDraft {
        MessageDraft {
            channel: self.sms.channel(),
            contact: self.contact.get(),
            account: self.account.with(|it| it.parse().ok()),
            to: self.sms.phones.with(PhoneField::text),
            body: MessageBody::Text(self.sms.words.get()),
            keeps_diacritics: self.sms.keeps_diacritics.get(),
            sms_sender: self.sms.sender.get(),
            template: self.template.get(),
            template_sender: self.sender.with(Option::is_some),
            ..MessageDraft::default()
        }
    }

    /// What is on the desk, subscribing to every change.
    pub fn draft(self) -> MessageDraft {
        if self.sms.is_on.get() {
            return self.text_draft();
        }
        MessageDraft {
            contact: self.contact.get(),
            account: self.account.with(|it| it.parse().ok()),
            to: self.to.with(RecipientField::text),
            cc: self.cc.with(RecipientField::text),
            bcc: self.bcc.with(RecipientField::text),
            reply_to: self.reply_to.get(),
            subject: self.subject.get(),
            preheader: self.preheader.get(),
            body: self.body(),
            with_signature: self.with_signature.get(),
            attachments: self.files.with(Files::ids),
            template: self.template.get(),
            template_sender: self.sender.with(Option::is_some),
            ..MessageDraft::default()
        }
    }
}
