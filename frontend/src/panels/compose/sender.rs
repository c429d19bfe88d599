//! The account that the e-mail leaves by, where there are several.

use leptos::prelude::*;
use model::{Account, Channel, Transport};

use crate::calls;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::Select;

/// The choice of the sender; nothing where there is no choice.
#[component]
pub fn SenderField(
    /// The id of the chosen account; empty for the default one.
    account: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = calls::ask(|| (), |()| app::accounts::list_accounts());
    let options = Signal::derive(move || accounts.with(|it| it.map(|list| options(i18n, list)).unwrap_or_default()));
    view! {
        <Show when=move || 1 < options.with(Vec::len)>
            <Select label=move || t_string!(i18n, messages.sender) options=options value=account name="account" />
        </Show>
    }
}

fn options(i18n: I18n, accounts: &[Account]) -> Vec<(String, String)> {
    accounts
        .iter()
        .filter(|it| it.channel() == Channel::Email)
        .map(|it| {
            let sender = sender(i18n, it);
            if it.is_default {
                (String::new(), t_string!(i18n, messages.sender_default, sender = sender))
            } else {
                (it.id.to_string(), sender)
            }
        })
        .collect()
}

/// The sender as recipients see it; Capture says that nothing leaves.
fn sender(i18n: I18n, account: &Account) -> String {
    if account.transport == Transport::Capture {
        return t_string!(i18n, overview.capture_account).to_owned();
    }
    if account.sender_name.is_empty() {
        account.sender_address.clone()
    } else {
        format!("{} <{}>", account.sender_name, account.sender_address)
    }
}
