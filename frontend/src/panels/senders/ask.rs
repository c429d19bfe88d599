//! Adding an address: a link goes there, and whoever reads it confirms.

use leptos::prelude::*;
use model::{Change, Language, SenderQuestion};

use crate::i18n::{self, t_string, td_string, tu_string, use_i18n, words};
use crate::live::Live;
use crate::parts::{Dialog, DialogEnd, Form, FormState, Select, TextField, TextKind};
use crate::session::Session;
use crate::toast::Toasts;

/// The mail in a language.
pub(crate) fn question(language: Language, company: &str, address: &str) -> SenderQuestion {
    let locale = i18n::locale(language);
    SenderQuestion {
        address: address.to_owned(),
        language,
        subject: td_string!(locale, senders.mail_subject).to_owned(),
        text: td_string!(locale, senders.mail_text, company = company.to_owned(), address = address.to_owned()),
    }
}

/// The dialog that asks for the address.
#[component]
pub fn AskSender(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, senders.add_title) open=open>
            <AskForm open=open />
        </Dialog>
    }
}

#[component]
fn AskForm(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live, toasts) = (Session::find(), Live::find(), Toasts::find());
    let form = FormState::new();
    let begun = i18n::language(i18n.get_locale_untracked());
    let (address, language) = (RwSignal::new(String::new()), RwSignal::new(begun.code().to_owned()));
    let languages =
        Signal::derive(move || Language::ALL.map(|it| (it.code().to_owned(), words::language(it).to_owned())).to_vec());
    let send = move || {
        let company = untrack(|| session.me()).map(|it| it.company.clone()).unwrap_or_default();
        let typed = address.with_untracked(|it| it.trim().to_owned());
        let language = language.with_untracked(|it| Language::from_code(it)).unwrap_or(begun);
        form.submit(app::senders::ask_sender(question(language, &company, &typed)), move |_| {
            live.note(Change::Accounts);
            live.note(Change::Messages);
            toasts.done(tu_string!(i18n, senders.sent, address = typed));
            open.set(false);
        });
    };
    view! {
        <Form state=form on_submit=send>
            <p>{move || t_string!(i18n, senders.add_text)}</p>
            <TextField
                label=move || t_string!(i18n, senders.address)
                value=address
                name="address"
                kind=TextKind::Email
                autofocus=true
            />
            <Select label=move || t_string!(i18n, senders.language) options=languages value=language name="language" />
            <DialogEnd label=move || t_string!(i18n, senders.send_link) open=open busy=form.busy() />
        </Form>
    }
}
