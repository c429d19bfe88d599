//! The password for attachments: hidden until somebody with the right asks for it, which is noted.

use leptos::prelude::*;
use model::{Change, Contact, ContactId, Permission};

use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, Glyph, IconButton, TextField};
use crate::session::Session;
use crate::toast::Toasts;

/// Whether there is one, what it is, and a new one.
#[component]
pub fn PasswordFact(
    /// The contact.
    contact: Signal<Contact>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = contact.with_untracked(|it| it.id);
    let is_kept = Memo::new(move |_| contact.with(|it| it.has_password));
    let shown = RwSignal::new(None::<String>);
    let changes = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let toggle = move || match shown.get_untracked() {
        Some(_) => shown.set(None),
        None => calls::act(busy, app::contacts::show_attachment_password(id), move |password| shown.set(Some(password))),
    };
    let words = move || match (shown.get(), is_kept.get()) {
        (Some(password), true) => password,
        (None, true) => "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}".to_owned(),
        (_, false) => t_string!(i18n, persons.password_none).to_owned(),
    };
    let icon = move || if shown.with(Option::is_some) { Glyph::EYE_OFF } else { Glyph::EYE };
    let toggle_words = move || {
        if shown.with(Option::is_some) { t_string!(i18n, persons.password_hide) } else { t_string!(i18n, persons.password_show) }
    };
    view! {
        <Show when=move || is_kept.get() || session.can(Permission::ContactsEdit)>
            <dt>{move || t_string!(i18n, persons.password)}</dt>
            <dd class="password-fact">
                <span class:faint=move || !is_kept.get() class:secret=move || shown.with(Option::is_some)>
                    {words}
                </span>
                <Show when=move || is_kept.get() && session.can(Permission::PasswordsShow)>
                    <IconButton label=toggle_words icon=Signal::derive(icon) disabled=busy on_press=toggle />
                </Show>
                <Show when=move || session.can(Permission::ContactsEdit)>
                    <Button
                        label=move || {
                            if is_kept.get() {
                                t_string!(i18n, persons.password_change)
                            } else {
                                t_string!(i18n, persons.password_set)
                            }
                        }
                        kind=ButtonKind::Quiet
                        on_press=move || changes.set(true)
                    />
                </Show>
                <PasswordDialog id=id open=changes is_kept=is_kept on_done=move || shown.set(None) />
            </dd>
        </Show>
    }
}

#[component]
fn PasswordDialog(
    id: ContactId,
    open: RwSignal<bool>,
    is_kept: Memo<bool>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, persons.password) open=open>
            <PasswordForm id=id open=open is_kept=is_kept on_done=on_done />
        </Dialog>
    }
}

#[component]
fn PasswordForm(id: ContactId, open: RwSignal<bool>, is_kept: Memo<bool>, on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let typed = RwSignal::new(String::new());
    let done = move |words: String| {
        open.set(false);
        on_done.run(());
        live.note(Change::Contacts);
        toasts.done(words);
    };
    let save = move || {
        let password = Some(typed.get_untracked());
        form.submit(app::contacts::set_attachment_password(id, password), move |()| {
            done(tu_string!(i18n, persons.password_saved).to_owned());
        });
    };
    let remove = move || {
        form.submit(app::contacts::set_attachment_password(id, None), move |()| {
            done(tu_string!(i18n, persons.password_removed).to_owned());
        });
    };
    view! {
        <Form state=form on_submit=save>
            <TextField
                label=move || t_string!(i18n, persons.password_new)
                value=typed
                name="password"
                hint=move || t_string!(i18n, persons.password_hint)
                autofocus=true
            />
            <footer class="dialog-end">
                <Show when=move || is_kept.get()>
                    <Button
                        label=move || t_string!(i18n, persons.password_remove)
                        kind=ButtonKind::Quiet
                        busy=form.busy()
                        on_press=remove
                    />
                </Show>
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
