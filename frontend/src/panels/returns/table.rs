//! The bounce mailboxes of the accounts.

use leptos::prelude::*;
use model::{Account, AccountId, BounceMailbox, Change, Transport};

use super::mailbox::{MailboxState, mailbox_of};
use crate::calls::{self, Answer};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{ButtonLink, EmptyState, Glyph};

/// Each account that could have one, with the way to its mailbox.
#[component]
pub fn MailboxTable() -> impl IntoView {
    let live = Live::find();
    let accounts = calls::ask(move || live.version(Change::Accounts), |_| app::accounts::list_accounts());
    view! {
        <Loaded answer=accounts lines=3 let:accounts>
            <Rows accounts=accounts />
        </Loaded>
    }
}

#[component]
fn Rows(accounts: Signal<Vec<Account>>) -> impl IntoView {
    let i18n = use_i18n();
    let relays = Memo::new(move |_| {
        let relay = |it: &&Account| matches!(it.transport, Transport::Smtp(_));
        accounts.with(|it| it.iter().filter(relay).map(|it| (it.id, it.name.clone())).collect::<Vec<_>>())
    });
    view! {
        <Show
            when=move || relays.with(|it| !it.is_empty())
            fallback=move || view! {
                <EmptyState glyph=Glyph::SERVER title=move || t_string!(i18n, returns.mailboxes_none) />
            }
        >
            <ul class="mailboxes">
                <For each=move || relays.get() key=|it| it.clone() let:account>
                    <Row id=account.0 name=account.1 />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Row(id: AccountId, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let mailbox: Answer<Option<BounceMailbox>> = mailbox_of(id);
    let there = Memo::new(move |_| mailbox.with(|it| it.is_some_and(Option::is_some)));
    let label = move || match there.get() {
        true => t_string!(i18n, returns.open),
        false => t_string!(i18n, returns.mailbox_set_up),
    };
    view! {
        <li>
            <strong class="clip">{name}</strong>
            <Loaded answer=mailbox lines=1 let:mailbox>
                <MailboxState mailbox=mailbox />
            </Loaded>
            <ButtonLink label=label href=format!("/settings/accounts/{id}/mailbox") />
        </li>
    }
}
