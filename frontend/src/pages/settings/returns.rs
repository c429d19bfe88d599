//! Returned mail: the mailboxes, one of them, and reports that belong to nothing.

use leptos::prelude::*;
use model::{AccountId, Change};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::pages::not_found::NotFoundPage;
use crate::panels::readiness::ReadinessPanel;
use crate::panels::returns::{MailboxPanel, MailboxTable, StrayList};
use crate::parts::Page;
use crate::routes::id_param;

/// The mailboxes of the accounts, and what could not be matched.
#[component]
pub fn ReturnsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, returns.title) lead=move || t_string!(i18n, returns.lead)>
            <section class="sheet-part">
                <header><h2>{move || t_string!(i18n, returns.mailboxes)}</h2></header>
                <MailboxTable />
            </section>
            <section class="sheet-part">
                <header>
                    <h2>{move || t_string!(i18n, returns.strays)}</h2>
                    <p class="hint">{move || t_string!(i18n, returns.strays_hint)}</p>
                </header>
                <div class="sheet-table"><StrayList /></div>
            </section>
        </Page>
    }
}

/// The bounce mailbox of an account.
#[component]
pub fn MailboxPage() -> impl IntoView {
    let i18n = use_i18n();
    of_account(move |id, name| {
        view! {
            <Page
                title=move || t_string!(i18n, returns.mailbox_title, name = name.get())
                lead=move || t_string!(i18n, returns.mailbox_lead)
                narrow=true
            >
                <MailboxPanel id=id />
                <BackToAccount id=id />
            </Page>
        }
        .into_any()
    })
}

/// The chain from an account to a mailbox.
#[component]
pub fn ReadinessPage() -> impl IntoView {
    let i18n = use_i18n();
    of_account(move |id, name| {
        view! {
            <Page
                title=move || t_string!(i18n, readiness.title, name = name.get())
                lead=move || t_string!(i18n, readiness.lead)
                narrow=true
            >
                <ReadinessPanel id=id />
                <BackToAccount id=id />
            </Page>
        }
        .into_any()
    })
}

/// Draws a page about the account in the address, with its name once that is known.
pub(super) fn of_account(draw: impl Fn(AccountId, Memo<String>) -> AnyView + Send + Sync + 'static) -> impl IntoView {
    let live = Live::find();
    let id = id_param::<AccountId>();
    let accounts = calls::ask(move || live.version(Change::Accounts), |_| app::accounts::list_accounts());
    move || match id.get() {
        Some(id) => {
            let name = Memo::new(move |_| {
                let own = |it: &Vec<model::Account>| it.iter().find(|it| it.id == id).map(|it| it.name.clone());
                accounts.with(|it| it.and_then(own)).unwrap_or_default()
            });
            draw(id, name)
        }
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The way back to the account.
#[component]
pub(super) fn BackToAccount(id: AccountId) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="page-link">
            <a href=format!("/settings/accounts/{id}")>{move || t_string!(i18n, readiness.back)}</a>
        </p>
    }
}
