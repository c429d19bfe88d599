//! Where copies go: a folder of a mailbox or an address.

use leptos::prelude::*;
use model::{AccountId, Change, CopyMailbox, CopyWay, MailboxProtocol, MailboxStage, Security};

use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::mail_server::{MailServerFields, MailboxFailed, SECURITIES, key_of, of_key};
use crate::panels::password::PasswordField;
use crate::panels::trial::Trial;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, Part, RadioGroup, TextField, TextKind, Tone};
use crate::state::accounts::PasswordNote;
use crate::state::copy_form;
use crate::state::mailbox_form::follow;
use crate::toast::Toasts;

/// The ways by their keys.
const WAYS: [(&str, CopyWay); 2] = [("folder", CopyWay::Folder), ("address", CopyWay::Address)];

/// One signal per field.
#[derive(Clone, Copy)]
struct Fields {
    way: RwSignal<String>,
    copy_to: RwSignal<String>,
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
            way: RwSignal::new(key_of(&WAYS, form.way)),
            copy_to: RwSignal::new(form.copy_to),
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

    fn way(self) -> CopyWay {
        of_key(&WAYS, &self.way.read())
    }

    fn chosen(self) -> Security {
        of_key(&SECURITIES, &self.security.read())
    }

    /// What is typed now, subscribing to changes.
    fn form(self) -> copy_form::CopyForm {
        copy_form::CopyForm {
            way: self.way(),
            copy_to: self.copy_to.get(),
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
            <WayPart fields=fields />
            <Show when=move || fields.way() == CopyWay::Folder>
                <ServerPart fields=fields stored=stored />
                <Trial
                    label=move || t_string!(i18n, returns.test)
                    hint=move || t_string!(i18n, copies.test_hint)
                    form=form
                    typed=move || fields.form()
                    attempt=move |typed| Ok(app::copies::test_copy_mailbox(id, typed.draft()?))
                    outcome=|trouble| view! { <Outcome trouble=trouble /> }.into_any()
                />
            </Show>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

/// Into a folder or to an address; and which address.
#[component]
fn WayPart(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Part title=move || t_string!(i18n, copies.section_way)>
            <RadioGroup
                label=move || t_string!(i18n, copies.way)
                value=fields.way
                segmented=true
                options=vec![
                    ("folder", TextProp::from(move || t_string!(i18n, copies.way_folder))),
                    ("address", TextProp::from(move || t_string!(i18n, copies.way_address))),
                ]
            />
            <Show when=move || fields.way() == CopyWay::Address>
                <TextField
                    label=move || t_string!(i18n, copies.address)
                    value=fields.copy_to
                    name="settings.copy_to"
                    kind=TextKind::Email
                    hint=move || t_string!(i18n, copies.address_hint)
                />
            </Show>
        </Part>
    }
}

#[component]
fn ServerPart(fields: Fields, stored: Signal<Option<CopyMailbox>>) -> impl IntoView {
    let i18n = use_i18n();
    let note = Memo::new(move |_| stored.with(|it| copy_form::password_note(&fields.form(), it.as_ref())));
    let about_password = move || match note.get() {
        PasswordNote::None => t_string!(i18n, accounts.password_hint),
        PasswordNote::Stored => t_string!(i18n, accounts.password_stored),
        PasswordNote::Again => t_string!(i18n, accounts.password_again),
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
