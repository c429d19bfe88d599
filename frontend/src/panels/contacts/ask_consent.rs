//! Asking a person to confirm a consent by a link: what they are sent, and the words they agree to.

use leptos::prelude::*;
use model::{Change, Channel, ConsentQuestion, ContactId, Language};

use crate::format;
use crate::i18n::{self, Locale, t_string, td_string, tu_string, use_i18n, words};
use crate::live::Live;
use crate::parts::{Dialog, DialogEnd, Form, FormState, Select, TextArea, TextField};
use crate::session::Session;
use crate::toast::Toasts;

/// The person who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Which contact.
    pub id: ContactId,
    /// The language they are written to in, if one is set.
    pub language: Option<Language>,
    /// Where the mail goes.
    pub email: String,
    /// Their number; may be empty.
    pub phone: String,
}

/// The dialog that asks about the channel, while one is set.
#[component]
pub(super) fn AskConsent(asked: Signal<Asked>, open: RwSignal<bool>, channel: RwSignal<Channel>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, persons.ask_title) open=open>
            <AskForm asked=asked.get_untracked() channel=channel.get_untracked() open=open />
        </Dialog>
    }
}

#[component]
fn AskForm(asked: Asked, channel: Channel, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live, toasts) = (Session::find(), Live::find(), Toasts::find());
    let form = FormState::new();
    let company = untrack(|| session.me()).map(|it| it.company.clone()).unwrap_or_default();
    let begun = asked.language.unwrap_or_else(|| i18n::language(i18n.get_locale_untracked()));
    let language = RwSignal::new(begun.code().to_owned());
    let (subject, text, statement) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (email, phone, id) = (asked.email.clone(), asked.phone.clone(), asked.id);
    // The words follow the language; what was typed over them belongs to the language it was typed in.
    Effect::new(move |_| {
        let locale = i18n::locale(Language::from_code(&language.get()).unwrap_or(begun));
        subject.set(td_string!(locale, persons.ask_subject_words, company = company.clone()));
        text.set(td_string!(locale, persons.ask_text_words).to_owned());
        statement.set(said(locale, channel, &company, &email, &phone));
    });
    let languages =
        Signal::derive(move || Language::ALL.map(|it| (it.code().to_owned(), words::language(it).to_owned())).to_vec());
    let send = move || {
        let question = ConsentQuestion {
            channel,
            language: language.with_untracked(|it| Language::from_code(it)).unwrap_or(begun),
            subject: subject.get_untracked(),
            text: text.get_untracked(),
            statement: statement.get_untracked(),
        };
        form.submit(app::contacts::ask_consent(id, question), move |_| {
            live.note(Change::Contacts);
            live.note(Change::Messages);
            toasts.done(tu_string!(i18n, persons.ask_sent));
            open.set(false);
        });
    };
    view! {
        <Form state=form on_submit=send>
            <p>{move || t_string!(i18n, persons.ask_text, email = asked.email.clone())}</p>
            <Select label=move || t_string!(i18n, persons.ask_language) options=languages value=language name="language" />
            <TextField label=move || t_string!(i18n, persons.ask_subject) value=subject name="subject" />
            <TextArea
                label=move || t_string!(i18n, persons.ask_body)
                value=text
                name="text"
                hint=move || t_string!(i18n, persons.ask_body_hint)
                lines=5
            />
            <TextArea
                label=move || t_string!(i18n, persons.ask_statement)
                value=statement
                name="statement"
                hint=move || t_string!(i18n, persons.ask_statement_hint)
                lines=3
            />
            <DialogEnd label=move || t_string!(i18n, persons.ask_send) open=open busy=form.busy() />
        </Form>
    }
}

fn said(locale: Locale, channel: Channel, company: &str, email: &str, phone: &str) -> String {
    let company = company.to_owned();
    match channel {
        Channel::Email => td_string!(locale, persons.ask_statement_email, company = company, address = email.to_owned()),
        Channel::Sms => td_string!(locale, persons.ask_statement_sms, company = company, address = format::phone(phone)),
    }
}
