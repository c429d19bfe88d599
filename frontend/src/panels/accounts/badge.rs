//! How an account stands, in one word.

use leptos::prelude::*;
use model::{Account, AccountState, Transport};

use crate::i18n::{t_string, use_i18n};
use crate::parts::{AccountBadge, Mark, MarkBadge};

/// The state; Capture does not send, it captures.
#[component]
pub fn StandingBadge(
    /// The account.
    #[prop(into)]
    account: Signal<Account>,
) -> impl IntoView {
    let i18n = use_i18n();
    let captures = Memo::new(move |_| account.with(|it| it.transport == Transport::Capture && it.state == AccountState::Active));
    view! {
        <Show
            when=move || captures.get()
            fallback=move || view! { <AccountBadge state=Signal::derive(move || account.with(|it| it.state.clone())) /> }
        >
            <MarkBadge mark=Mark::Accepted word=move || t_string!(i18n, accounts.captures) />
        </Show>
    }
}
