//! The list of accounts.

use leptos::prelude::*;
use model::{Account, AccountId, Transport};

use super::badge::StandingBadge;
use crate::format;
use crate::i18n::{I18n, language, sms, t_string, use_i18n};
use crate::parts::{Column, Slot, Table};

/// All accounts with their state, their limit and what they did within the last hour.
#[component]
pub fn AccountTable(
    /// The accounts, the default one first.
    #[prop(into)]
    accounts: Signal<Vec<Account>>,
    /// Called when one is opened.
    #[prop(into)]
    on_open: Callback<(AccountId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let by_id = move |id: i64| accounts.with(|it| it.iter().find(|it| it.id.0 == id).cloned());
    let columns = vec![
        Column::new(move || t_string!(i18n, accounts.column_account), "minmax(14rem, 3fr)", Slot::Title),
        Column::new(move || t_string!(i18n, accounts.column_state), "minmax(8rem, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, accounts.column_hour), "minmax(8rem, 1fr)", Slot::Meta).at_end(),
        Column::new(move || t_string!(i18n, accounts.column_waiting), "5rem", Slot::Hidden).at_end(),
    ];
    let cells = move |id: i64| {
        let account = Memo::new(move |_| by_id(id));
        let sent = move || account.get().map(|it| sent(i18n, &it));
        let waiting = move || account.get().map(|it| format::number(language(i18n.get_locale()), it.waiting));
        vec![
            view! { {move || account.get().map(|it| view! { <Name account=it /> })} }.into_any(),
            view! { {move || account.get().map(|it| view! { <StandingBadge account=it /> })} }.into_any(),
            view! { <span>{sent}</span> }.into_any(),
            view! { <span>{waiting}</span> }.into_any(),
        ]
    };
    view! {
        <Table
            label=move || t_string!(i18n, accounts.title)
            columns=columns
            pages=Signal::derive(move || accounts.with(|it| it.iter().map(|it| it.id.0).collect::<Vec<_>>()))
            cells=cells
            row_name=move |id| by_id(id).map_or_else(String::new, |it| account_name(i18n, &it.name))
            on_open=Callback::new(move |(id,)| on_open.run((AccountId(id),)))
        />
    }
}

/// The name, whether it is the default one, and the address below it.
#[component]
fn Name(account: Account) -> impl IntoView {
    let i18n = use_i18n();
    let Account { id, is_default, .. } = account.clone();
    let below = match &account.transport {
        Transport::Sms(settings) => format!("SMS · {}", sms::gateway_kind(i18n.get_locale_untracked(), settings.gateway.kind())),
        _ => account.sender_address.clone(),
    };
    view! {
        <span class="account-name">
            <a class="row-name" href=format!("/settings/accounts/{id}")>{move || account_name(i18n, &account.name)}</a>
            {is_default
                .then(|| {
                    view! {
                        <span class="tag" title=move || t_string!(i18n, accounts.default_hint)>
                            {move || t_string!(i18n, accounts.default_mark)}
                        </span>
                    }
                })}
            <span class="account-address">{below}</span>
        </span>
    }
}

/// The name of an account; Capture has none of its own, each language names it.
pub fn account_name(i18n: I18n, name: &str) -> String {
    match name {
        "" => t_string!(i18n, accounts.capture).to_owned(),
        name => name.to_owned(),
    }
}

/// How many were handed over within the last hour, of how many that may be.
fn sent(i18n: I18n, account: &Account) -> String {
    let number = |it: u64| format::number(language(i18n.get_locale()), it);
    match account.hourly_limit {
        Some(limit) => {
            t_string!(i18n, accounts.sent_of, sent = number(account.sent_last_hour), limit = number(u64::from(limit)))
        }
        None => number(account.sent_last_hour),
    }
}
