//! The choice of a provider, which fills in the relay.

use leptos::prelude::*;

use super::fields::Fields;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::{Banner, Select};
use crate::state::providers::Provider;

/// A list of usual providers; below it what one must know about the chosen one.
#[component]
pub(super) fn ProviderChoice(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    let now = Memo::new(move |_| fields.host.with(|it| Provider::of_host(it)));
    let choice = RwSignal::new(String::new());
    // The choice follows the host, also while it is typed.
    Effect::new(move |_| choice.set(now.get().map_or("", Provider::key).to_owned()));
    Effect::new(move |before: Option<()>| {
        let chosen = choice.with(|it| Provider::of_key(it));
        if let (Some(_), Some(provider)) = (before, chosen)
            && untrack(|| now.get()) != Some(provider)
        {
            fields.take(provider);
        }
    });
    let options = Signal::derive(move || {
        let others = [(String::new(), t_string!(i18n, accounts.provider_other).to_owned())];
        let known = Provider::ALL.map(|it| (it.key().to_owned(), name(i18n, it).to_owned()));
        known.into_iter().chain(others).collect::<Vec<_>>()
    });
    view! {
        <Select
            label=move || t_string!(i18n, accounts.provider)
            options=options
            value=choice
            hint=move || t_string!(i18n, accounts.provider_hint)
        />
        {move || now.get().map(|it| view! { <Banner text=move || note(i18n, it) /> })}
    }
}

fn name(i18n: I18n, provider: Provider) -> &'static str {
    match provider {
        Provider::Gmail => t_string!(i18n, accounts.provider_gmail),
        Provider::Microsoft => t_string!(i18n, accounts.provider_microsoft),
        Provider::Seznam => t_string!(i18n, accounts.provider_seznam),
        Provider::Websupport => t_string!(i18n, accounts.provider_websupport),
        Provider::Forpsi => t_string!(i18n, accounts.provider_forpsi),
    }
}

fn note(i18n: I18n, provider: Provider) -> &'static str {
    match provider {
        Provider::Gmail => t_string!(i18n, accounts.note_gmail),
        Provider::Microsoft => t_string!(i18n, accounts.note_microsoft),
        Provider::Seznam => t_string!(i18n, accounts.note_seznam),
        Provider::Websupport => t_string!(i18n, accounts.note_websupport),
        Provider::Forpsi => t_string!(i18n, accounts.note_forpsi),
    }
}
