//! Going back to a password.

use leptos::prelude::*;
use model::{AccountId, Change, OauthUse};

use crate::calls::act;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Act, Button, ButtonKind, Confirm};
use crate::toast::Toasts;

/// The act with its consequence, and the question before it.
#[component]
pub(super) fn RemoveOauth(account: AccountId, used_for: OauthUse) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let remove = move || {
        act(busy, app::oauth::remove_oauth(account, used_for), move |()| {
            asks.set(false);
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, oauth.removed));
        });
    };
    view! {
        <Act text=move || t_string!(i18n, oauth.remove_hint)>
            <Button label=move || t_string!(i18n, oauth.remove) kind=ButtonKind::Danger on_press=move || asks.set(true) />
        </Act>
        <Confirm
            open=asks
            question=move || t_string!(i18n, oauth.remove_question)
            text=move || t_string!(i18n, oauth.remove_hint)
            act=move || t_string!(i18n, oauth.remove)
            busy=busy
            on_confirm=remove
        />
    }
}
