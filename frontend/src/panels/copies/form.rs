//! The settings of a mailbox for copies.

use leptos::prelude::*;
use model::{AccountId, Change, CopyMailbox, MailboxProtocol, MailboxStage, Security};

use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::mail_server::{MailServerFields, MailboxFailed, SECURITIES, key_of, of_key};
use crate::panels::password::PasswordField;
use crate::panels::trial::Trial;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, Part, TextField, Tone};
use crate::state::copy_form;
use crate::state::mailbox_form::follow;
use crate::toast::Toasts;

/// One signal per field.
#[derive(Clone, Copy)]
struct Fields {
    host: RwSignal<String>,
    port: RwSignal<String>,
    security: RwSignal<String>,
    user_name: RwSignal<String>,
    password: RwSignal<String>,
    folder: RwSignal<String>,
}

impl Fields {
    /// The fields of a form; the port follows the protection from now on.
    fn of(form: copy_form::CopyForm) -> Self {
        let fields = Self {
            host: RwSignal::new(form.host),
            port: RwSignal::new(form.port),
            security: RwSignal::new(key_of(&SECURITIES, form.security)),
            user_name: RwSignal::new(form.user_name),
            password: RwSignal::new(form.password),
            folder: RwSignal::new(form.folder),
        };
        Effect::new(move |before: Option<Security>| {
            let chosen = fields.chosen();
            if before.is_some_and(|it| it != chosen) {
                fields.port.update(|port| *port = follow(port, MailboxProtocol::Imap, chosen));
            }
            chosen
        });
        fields
    }

    fn chosen(self) -> Security {
        of_key(&SECURITIES, &self.security.read())
    }

    /// What is typed now, subscribing to changes.
    fn form(self) -> copy_form::CopyForm {
        copy_form::CopyForm {
            host: self.host.get(),
            port: self.port.get(),
            security: self.chosen(),
            user_name: self.user_name.get(),
            password: self.password.get(),
            folder: self.folder.get(),
        }
    }
}

/// The form, empty or with what is stored.
#[component]
pub(super) fn CopyForm(
    /// Of whose mails.
    id: AccountId,
    /// What is stored when the form appears.
    first: Option<CopyMailbox>,
    /// What is stored now.
    stored: Signal<Option<CopyMailbox>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let fields = Fields::of(copy_form::CopyForm::of(first.as_ref()));
    let form = FormState::new();
    let save = move || {
        let draft = match untrack(|| fields.form()).draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.submit(app::copies::save_copy_mailbox(id, draft), move |()| {
            // A password is typed once and not kept on the screen.
            fields.password.set(String::new());
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, copies.saved));
        });
    };
    view! {
        <Form state=form on_submit=save>
            <ServerPart fields=fields stored=stored />
            <Trial
                label=move || t_string!(i18n, returns.test)
                hint=move || t_string!(i18n, copies.test_hint)
                form=form
                typed=move || fields.form()
                attempt=move |typed| Ok(app::copies::test_copy_mailbox(id, typed.draft()?))
                outcome=|trouble| view! { <Outcome trouble=trouble /> }.into_any()
            />
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

#[component]
fn ServerPart(fields: Fields, stored: Signal<Option<CopyMailbox>>) -> impl IntoView {
    let i18n = use_i18n();
    let has_password = Memo::new(move |_| stored.with(|it| it.as_ref().is_some_and(|it| it.has_password)));
    let about_password = move || match has_password.get() {
        true => t_string!(i18n, accounts.password_stored),
        false => t_string!(i18n, accounts.password_hint),
    };
    view! {
        <Part title=move || t_string!(i18n, copies.section_server)>
            <MailServerFields host=fields.host port=fields.port security=fields.security user_name=fields.user_name />
            <PasswordField
                label=move || t_string!(i18n, accounts.password)
                value=fields.password
                name="password"
                autocomplete="new-password"
                hint=about_password
            />
            <TextField
                label=move || t_string!(i18n, returns.folder)
                value=fields.folder
                name="settings.folder"
                hint=move || t_string!(i18n, copies.folder_hint)
            />
        </Part>
    }
}

#[component]
fn Outcome(trouble: Option<(MailboxStage, String)>) -> impl IntoView {
    let i18n = use_i18n();
    match trouble {
        Some((stage, said)) => view! { <MailboxFailed stage=stage said=said /> }.into_any(),
        None => view! { <Banner tone=Tone::Good text=move || t_string!(i18n, copies.test_opened) /> }.into_any(),
    }
}
