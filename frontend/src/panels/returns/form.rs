//! The settings of a bounce mailbox.

use leptos::prelude::*;
use model::{AccountId, BounceMailbox, Change};

use super::fields::Fields;
use super::test::MailboxTest;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::mail_server::MailServerFields;
use crate::panels::password::PasswordField;
use crate::parts::{Button, ButtonKind, Checkbox, Form, FormState, Part, RadioGroup, TextField, TextKind};
use crate::state::accounts::PasswordNote;
use crate::state::mailbox_form::{self, example};
use crate::toast::Toasts;

/// The form, empty or with what is stored.
#[component]
pub(super) fn MailboxForm(
    /// Whose mailbox.
    id: AccountId,
    /// What is stored when the form appears.
    first: Option<BounceMailbox>,
    /// What is stored now.
    stored: Signal<Option<BounceMailbox>>,
    /// Whether it is read by OAuth, so that it needs no password.
    by_oauth: Signal<bool>,
    /// Set while something is typed and not stored.
    is_dirty: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let fields = Fields::of(mailbox_form::MailboxForm::of(first.as_ref()));
    let form = FormState::new();
    let known = RwSignal::new(untrack(|| fields.form()));
    Effect::new(move |_| is_dirty.set(known.with(|it| *it != fields.form())));
    let save = move || {
        let typed = untrack(|| fields.form());
        let draft = match typed.draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.submit(app::bounces::save_bounce_mailbox(id, draft), move |()| {
            // A password is typed once and not kept on the screen.
            fields.password.set(String::new());
            known.set(mailbox_form::MailboxForm { password: String::new(), ..typed });
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, returns.saved));
        });
    };
    view! {
        <Form state=form on_submit=save>
            <AddressPart fields=fields />
            <ServerPart fields=fields stored=stored by_oauth=by_oauth />
            <AfterPart fields=fields />
            <LimitPart fields=fields />
            <MailboxTest fields=fields id=id form=form />
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

#[component]
fn AddressPart(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    let tagged_hint = move || t_string!(i18n, returns.tagged_hint, example = example(&fields.address.read()));
    view! {
        <Part title=move || t_string!(i18n, returns.section_address)>
                <TextField
                    label=move || t_string!(i18n, returns.address)
                    value=fields.address
                    name="settings.address"
                    kind=TextKind::Email
                    hint=move || t_string!(i18n, returns.address_hint)
                />
                <Checkbox label=move || t_string!(i18n, returns.tagged) hint=tagged_hint checked=fields.tagged />
        </Part>
    }
}

#[component]
fn ServerPart(fields: Fields, stored: Signal<Option<BounceMailbox>>, by_oauth: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let note = Memo::new(move |_| stored.with(|it| mailbox_form::password_note(&fields.form(), it.as_ref())));
    let about_password = move || match note.get() {
        PasswordNote::None => t_string!(i18n, accounts.password_hint),
        PasswordNote::Stored => t_string!(i18n, accounts.password_stored),
        PasswordNote::Again => t_string!(i18n, accounts.password_again),
    };
    view! {
        <Part title=move || t_string!(i18n, returns.section_server)>
                <RadioGroup
                    label=move || t_string!(i18n, returns.protocol)
                    value=fields.protocol
                    segmented=true
                    options=vec![("imap", TextProp::from("IMAP")), ("pop3", TextProp::from("POP3"))]
                />
                <MailServerFields host=fields.host port=fields.port security=fields.security user_name=fields.user_name />
                <Show
                    when=move || !by_oauth.get()
                    fallback=move || view! { <p class="hint">{move || t_string!(i18n, oauth.password_unused)}</p> }
                >
                    <PasswordField
                        label=move || t_string!(i18n, accounts.password)
                        value=fields.password
                        name="password"
                        autocomplete="new-password"
                        hint=about_password
                    />
                </Show>
                <Show when=move || fields.protocol.with(|it| it == "imap")>
                    <TextField
                        label=move || t_string!(i18n, returns.folder)
                        value=fields.folder
                        name="settings.folder"
                        hint=move || t_string!(i18n, returns.folder_hint)
                    />
                </Show>
        </Part>
    }
}

#[component]
fn AfterPart(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    let is_imap = Memo::new(move |_| fields.protocol.with(|it| it == "imap"));
    let options = move || {
        let mut options = vec![("keep", TextProp::from(move || t_string!(i18n, returns.after_keep)))];
        // POP3 has no folders.
        if is_imap.get() {
            options.push(("move", TextProp::from(move || t_string!(i18n, returns.after_move))));
        }
        options.push(("delete", TextProp::from(move || t_string!(i18n, returns.after_delete))));
        options
    };
    view! {
        <Part title=move || t_string!(i18n, returns.section_after) hint=move || t_string!(i18n, returns.after_hint)>
                {move || view! {
                    <RadioGroup
                        label=move || t_string!(i18n, returns.after)
                        value=fields.after
                        name="settings.after_reading"
                        segmented=true
                        options=options()
                    />
                }}
                <Show when=move || is_imap.get() && fields.after.with(|it| it == "move")>
                    <TextField label=move || t_string!(i18n, returns.archive) value=fields.archive name="settings.archive" />
                </Show>
        </Part>
    }
}

#[component]
fn LimitPart(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Part title=move || t_string!(i18n, returns.section_addresses)>
                <TextField
                    label=move || t_string!(i18n, returns.hard_limit)
                    value=fields.hard_limit
                    name="settings.hard_limit"
                    kind=TextKind::Number
                    hint=move || t_string!(i18n, returns.hard_limit_hint)
                    short=true
                />
                <RadioGroup
                    label=move || t_string!(i18n, returns.on_hard)
                    value=fields.on_hard
                    segmented=true
                    options=vec![
                        ("propose", TextProp::from(move || t_string!(i18n, returns.on_hard_propose))),
                        ("suppress", TextProp::from(move || t_string!(i18n, returns.on_hard_suppress))),
                    ]
                />
        </Part>
    }
}
