//! Erasing a person: the dialog names what is lost and asks for the name.

use leptos::prelude::*;
use model::{Change, ContactId, PersonHoldings};

use crate::calls;
use crate::format;
use crate::i18n::{I18n, language, messages::small, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, TextField};
use crate::toast::Toasts;

/// The dialog of one contact.
#[component]
pub fn EraseContact(
    /// Which contact.
    id: Memo<ContactId>,
    /// Its name, which must be typed.
    name: Memo<String>,
    /// Whether it asks.
    open: RwSignal<bool>,
    /// Called when the person was erased.
    on_erased: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, persons.erase_title, name = name.get()) open=open>
            <Asking id=id.get_untracked() name=name open=open on_erased=on_erased />
        </Dialog>
    }
}

#[component]
fn Asking(id: ContactId, name: Memo<String>, open: RwSignal<bool>, on_erased: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let holdings = calls::ask(move || id, app::persons::open_holdings);
    let form = FormState::new();
    let typed = RwSignal::new(String::new());
    let is_confirmed = move || name.with(|name| typed.with(|it| it.trim() == name.trim()));
    let erase = move || {
        if !untrack(is_confirmed) {
            return;
        }
        form.submit(app::persons::erase_person(id), move |()| {
            open.set(false);
            toasts.done(tu_string!(i18n, persons.erased));
            on_erased.run(());
            live.note(Change::Contacts);
            live.note(Change::Messages);
        });
    };
    view! {
        <Form state=form on_submit=erase>
            <p>{move || t_string!(i18n, persons.erase_text)}</p>
            <Loaded answer=holdings lines=2 let:holdings>
                <ul class="losses">
                    {move || losses(i18n, holdings.get()).into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}
                </ul>
            </Loaded>
            <p class="faint">{move || t_string!(i18n, persons.erase_stays)}</p>
            <TextField
                label=move || t_string!(i18n, persons.erase_type, name = name.get())
                value=typed
                name="name"
                autofocus=true
            />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button
                    label=move || t_string!(i18n, persons.erase)
                    kind=ButtonKind::Danger
                    busy=form.busy()
                    disabled=Signal::derive(move || !is_confirmed())
                    submit=true
                />
            </footer>
        </Form>
    }
}

/// What is lost, sentence by sentence; what there is none of is left out.
fn losses(i18n: I18n, holdings: PersonHoldings) -> Vec<String> {
    let number = |n: u64| format::number(language(i18n.get_locale()), n);
    let PersonHoldings { messages, shared, drafts, kin } = holdings;
    let mut losses = Vec::new();
    if 0 < messages {
        losses.push(t_string!(i18n, persons.erase_messages, count = small(messages), n = number(messages)));
    }
    if 0 < shared {
        losses.push(t_string!(i18n, persons.erase_shared, count = small(shared), n = number(shared)));
    }
    if 0 < drafts {
        losses.push(t_string!(i18n, persons.erase_drafts, count = small(drafts), n = number(drafts)));
    }
    if 0 < kin {
        losses.push(t_string!(i18n, persons.erase_kin, count = small(kin), n = number(kin)));
    }
    losses
}
