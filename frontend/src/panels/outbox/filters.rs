//! What narrows the outbox: the account and the campaign.

use leptos::prelude::*;
use model::{Outbox, OutboxRow};

use crate::calls::{Answer, Listing};
use crate::i18n::{t_string, use_i18n};
use crate::panels::accounts::account_name;
use crate::parts::FilterMenu;
use crate::state::outbox_place::OutboxPlace;

/// Chips above the list.
#[component]
pub fn OutboxFilters(
    /// What the list shows.
    #[prop(into)]
    place: Signal<OutboxPlace>,
    /// The outbox, for what can be chosen.
    outbox: Answer<Outbox>,
    /// The rows that have come, for names of what is over.
    listing: Listing<OutboxRow>,
    /// Called with new filters.
    #[prop(into)]
    on_change: Callback<(OutboxPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = Signal::derive(move || {
        let mut names: Vec<(String, String)> = outbox.with(|it| {
            let all = it.map(|it| it.accounts.iter().map(|it| (it.id.to_string(), account_name(i18n, &it.name))).collect());
            all.unwrap_or_default()
        });
        listing.rows().with(|rows| {
            let seen = rows.all().iter().map(|it| (it.account.to_string(), account_name(i18n, &it.account_name)));
            seen.for_each(|it| add(&mut names, it));
        });
        names
    });
    let campaigns = Signal::derive(move || {
        let mut names: Vec<(String, String)> = outbox
            .with(|it| it.map(|it| it.campaigns.iter().map(|it| (it.0.to_string(), it.1.clone())).collect()).unwrap_or_default());
        listing.rows().with(|rows| {
            let seen = rows.all().iter().filter_map(|it| it.campaign.clone());
            seen.for_each(|it| add(&mut names, (it.0.to_string(), it.1)));
        });
        names
    });
    let account = Signal::derive(move || place.get().account.map(|it| it.to_string()).into_iter().collect::<Vec<_>>());
    let campaign = Signal::derive(move || place.get().campaign.map(|it| it.to_string()).into_iter().collect::<Vec<_>>());
    let choose_account = move |keys: Vec<String>| {
        let account = keys.first().and_then(|it| it.parse().ok());
        on_change.run((OutboxPlace { account, ..place.get_untracked() },));
    };
    let choose_campaign = move |keys: Vec<String>| {
        let campaign = keys.first().and_then(|it| it.parse().ok());
        on_change.run((OutboxPlace { campaign, ..place.get_untracked() },));
    };
    view! {
        <div class="filters">
            <FilterMenu
                label=move || t_string!(i18n, outbox.filter_account)
                options=accounts
                chosen=account
                on_choose=choose_account
                single=true
            />
            <FilterMenu
                label=move || t_string!(i18n, outbox.filter_campaign)
                options=campaigns
                chosen=campaign
                on_choose=choose_campaign
                single=true
            />
        </div>
    }
}

/// Adds what is not there yet.
fn add(names: &mut Vec<(String, String)>, new: (String, String)) {
    if names.iter().all(|it| it.0 != new.0) {
        names.push(new);
    }
}
