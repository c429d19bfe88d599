//! The accounts and how busy they are.

use leptos::prelude::*;
use model::{AccountGlance, Overview};

use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::parts::{AccountBadge, Progress};

/// One line per account; nothing for those who may not see them.
#[component]
pub(super) fn Accounts(overview: Signal<Overview>) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = Memo::new(move |_| overview.with(|it| it.accounts.clone()));
    view! {
        <Show when=move || accounts.with(|it| !it.is_empty())>
            <section class="card">
                <h2>{move || t_string!(i18n, overview.accounts)}</h2>
                <ul class="account-list">
                    {move || accounts.get().into_iter().map(|it| view! { <Line account=it /> }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Line(account: AccountGlance) -> impl IntoView {
    let i18n = use_i18n();
    let share = account.hourly_limit.map(|limit| account.sent_last_hour as f64 / f64::from(limit.max(1)));
    let state = account.state.clone();
    let href = if account.is_capture { "/capture".to_owned() } else { format!("/settings/accounts/{}", account.id) };
    let named = account.clone();
    let name = move || name(i18n, &named);
    let label = name.clone();
    view! {
        <li>
            <div class="account-name">
                <a href=href>{name}</a>
                <AccountBadge state=state />
            </div>
            {share.map(|it| view! { <Progress label=label share=it /> })}
            <span class="account-flow">{move || flow(i18n, &account)}</span>
        </li>
    }
}

fn name(i18n: I18n, account: &AccountGlance) -> String {
    if account.is_capture { t_string!(i18n, overview.capture_account).to_owned() } else { account.name.clone() }
}

fn flow(i18n: I18n, account: &AccountGlance) -> String {
    let number = |n: u64| format::number(language(i18n.get_locale()), n);
    let sent = number(account.sent_last_hour);
    let sent = match account.hourly_limit {
        Some(limit) => t_string!(i18n, overview.account_hour_of, sent = sent, limit = number(u64::from(limit))),
        None => t_string!(i18n, overview.account_hour, sent = sent),
    };
    if account.waiting == 0 {
        return sent;
    }
    let form = u32::try_from(account.waiting).unwrap_or(u32::MAX);
    let waiting = t_string!(i18n, overview.account_waiting, count = form, n = number(account.waiting));
    format!("{sent} · {waiting}")
}
