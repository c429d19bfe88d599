//! Ending to read a mailbox.

use leptos::prelude::*;
use model::{AccountId, BounceMailbox, Change};

use crate::calls::act;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Act, Button, ButtonKind, Confirm, Glyph};
use crate::toast::Toasts;

/// The act with its consequence, and the question before it.
#[component]
pub(super) fn RemoveMailbox(id: AccountId, mailbox: Signal<Option<BounceMailbox>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let address = move || mailbox.with(|it| it.as_ref().map(|it| it.settings.address.clone())).unwrap_or_default();
    let remove = move || {
        act(busy, app::bounces::remove_bounce_mailbox(id), move |()| {
            asks.set(false);
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, returns.removed));
        });
    };
    view! {
        <section class="acts">
            <Act text=move || t_string!(i18n, returns.remove_text)>
                <Button
                    label=move || t_string!(i18n, returns.remove)
                    kind=ButtonKind::Danger
                    icon=Glyph::TRASH_2
                    on_press=move || asks.set(true)
                />
            </Act>
            <Confirm
                open=asks
                question=move || t_string!(i18n, returns.remove_question, address = address())
                text=move || t_string!(i18n, returns.remove_text)
                act=move || t_string!(i18n, returns.remove)
                busy=busy
                on_confirm=remove
            />
        </section>
    }
}
