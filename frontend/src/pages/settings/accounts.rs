//! The accounts.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::{AccountId, Change, Transport};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::accounts::AccountTable;
use crate::panels::loaded::Loaded;
use crate::parts::{Banner, ButtonKind, ButtonLink, Glyph, Page};

/// All accounts and the way to a new one.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let accounts = calls::ask(move || live.version(Change::Accounts), |_| app::accounts::list_accounts());
    let navigate = use_navigate();
    let open = Callback::new(move |(id,): (AccountId,)| navigate(&format!("/settings/accounts/{id}"), Default::default()));
    let add = move || {
        view! {
            <ButtonLink
                label=move || t_string!(i18n, sms_accounts.new)
                href="/settings/accounts/new?channel=sms".to_owned()
                icon=Glyph::PLUS
            />
            <ButtonLink
                label=move || t_string!(i18n, accounts.new)
                href="/settings/accounts/new".to_owned()
                kind=ButtonKind::Primary
                icon=Glyph::PLUS
                shortcut="n"
            />
        }
    };
    view! {
        <Page title=move || t_string!(i18n, accounts.title) lead=move || t_string!(i18n, accounts.lead) actions=add>
            <Loaded answer=accounts let:list>
                <Show when=move || list.with(|it| !it.iter().any(|it| matches!(it.transport, Transport::Smtp(_))))>
                    <Banner text=move || t_string!(i18n, accounts.empty_text) />
                </Show>
                <AccountTable accounts=list on_open=open />
            </Loaded>
        </Page>
    }
}
