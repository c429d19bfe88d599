//! What narrows the list of messages, as chips.

use leptos::prelude::*;
use model::{Account, CampaignId, CampaignQuery, CampaignRow, MessageState, Origin};

use super::more::MoreFilters;
use crate::calls;
use crate::frame::places::CAMPAIGN_RIGHTS;
use crate::i18n::{messages as words, t_string, use_i18n, words as common};
use crate::panels::accounts::account_name;
use crate::panels::period::PeriodFilter;
use crate::parts::{Chip, FilterMenu};
use crate::session::Session;
use crate::state::message_place::{MessagePlace, Within, origin_code, state_code};

/// How many campaigns are offered.
const OFFERED: usize = 20;

/// The chips of all filters.
#[component]
pub fn MessageFilters(
    /// What the list shows now.
    #[prop(into)]
    place: Signal<MessagePlace>,
    /// What it is bound to.
    #[prop(optional)]
    within: Within,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(MessagePlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let change = move |change: &dyn Fn(&mut MessagePlace)| {
        let mut next = place.get_untracked();
        change(&mut next);
        on_change.run((next,));
    };
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, messages.filters)>
            <StateFilter place=place on_change=on_change />
            <Chip
                label=move || t_string!(i18n, messages.filter_mine)
                pressed=Signal::derive(move || place.with(|it| it.mine))
                on_press=move || change(&|it| it.mine = !it.mine)
            />
            <Chip
                label=move || t_string!(i18n, messages.filter_unknown)
                pressed=Signal::derive(move || place.with(|it| it.unknown))
                on_press=move || change(&|it| it.unknown = !it.unknown)
            />
            <PeriodFilter
                period=Signal::derive(move || place.with(|it| it.period))
                on_choose=move |period| change(&|it| it.period = period)
            />
            <OriginFilter place=place on_change=on_change />
            <AccountFilter place=place on_change=on_change />
            {within.campaign().is_none().then(|| view! { <CampaignFilter place=place on_change=on_change /> })}
            <MoreFilters place=place on_change=on_change />
            <Show when=move || place.with(MessagePlace::is_filtered)>
                <button
                    type="button"
                    class="chip chip-quiet"
                    on:click=move |_| change(&|it| *it = MessagePlace { words: it.words.clone(), view: it.view, ..MessagePlace::default() })
                >
                    {move || t_string!(i18n, messages.filter_clear)}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn StateFilter(place: Signal<MessagePlace>, on_change: Callback<(MessagePlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let options = Signal::derive(move || {
        let locale = i18n.get_locale();
        let option = |it: MessageState| (state_code(it).to_owned(), common::message_state(locale, it).to_owned());
        MessageState::ALL.map(option).to_vec()
    });
    let chosen = move || place.with(|it| it.states.iter().map(|it| state_code(*it).to_owned()).collect::<Vec<_>>());
    let choose = move |codes: Vec<String>| {
        let states = MessageState::ALL.into_iter().filter(|it| codes.iter().any(|code| code == state_code(*it))).collect();
        on_change.run((MessagePlace { states, ..place.get_untracked() },));
    };
    view! {
        <FilterMenu
            label=move || t_string!(i18n, messages.filter_state)
            options=options
            chosen=Signal::derive(chosen)
            on_choose=choose
        />
    }
}

#[component]
fn OriginFilter(place: Signal<MessagePlace>, on_change: Callback<(MessagePlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let options = Signal::derive(move || {
        let locale = i18n.get_locale();
        Origin::ALL.map(|it| (origin_code(it).to_owned(), words::origin(locale, it).to_owned())).to_vec()
    });
    let chosen = move || place.with(|it| it.origin.map(|it| origin_code(it).to_owned()).into_iter().collect::<Vec<_>>());
    let choose = move |codes: Vec<String>| {
        let origin = Origin::ALL.into_iter().find(|it| codes.iter().any(|code| code == origin_code(*it)));
        on_change.run((MessagePlace { origin, ..place.get_untracked() },));
    };
    view! {
        <FilterMenu
            label=move || t_string!(i18n, messages.filter_origin)
            options=options
            chosen=Signal::derive(chosen)
            on_choose=choose
            single=true
        />
    }
}

/// Only where there are several accounts to choose from.
#[component]
fn AccountFilter(place: Signal<MessagePlace>, on_change: Callback<(MessagePlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let accounts = calls::ask(|| (), |()| app::accounts::list_accounts());
    let options = Signal::derive(move || {
        let option = |it: &Account| (it.id.to_string(), account_name(i18n, &it.name));
        accounts.with(|it| it.map(|list| list.iter().map(option).collect::<Vec<_>>()).unwrap_or_default())
    });
    let chosen = move || place.with(|it| it.account.map(|it| it.to_string()).into_iter().collect::<Vec<_>>());
    let choose = move |ids: Vec<String>| {
        let account = ids.first().and_then(|it| it.parse().ok());
        on_change.run((MessagePlace { account, ..place.get_untracked() },));
    };
    let offered = move || 1 < options.with(Vec::len) || place.with(|it| it.account.is_some());
    view! {
        <Show when=offered>
            <FilterMenu
                label=move || t_string!(i18n, messages.filter_account)
                options=options
                chosen=Signal::derive(chosen)
                on_choose=choose
                single=true
            />
        </Show>
    }
}

/// The campaigns that were changed last, for those who may see campaigns. One from the address that is none of them is asked for by name.
#[component]
fn CampaignFilter(place: Signal<MessagePlace>, on_change: Callback<(MessagePlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let may = Memo::new(move |_| CAMPAIGN_RIGHTS.iter().any(|it| session.can(*it)));
    let wanted = Memo::new(move |_| place.with(|it| it.campaign));
    view! {
        <Show when=move || may.get() || wanted.get().is_some()>
            {
                let offered = calls::ask(
                    move || (may.get(), wanted.get()),
                    |(may, wanted)| async move { if may { offered(wanted).await } else { Ok(Vec::new()) } },
                );
                let options = Signal::derive(move || {
                    let mut options: Vec<(String, String)> =
                        offered.with(|it| it.map(|it| it.iter().map(|(id, name)| (id.to_string(), name.clone())).collect()).unwrap_or_default());
                    // Who may see no campaigns can still be sent to the messages of one.
                    if let Some(id) = wanted.get().filter(|it| !options.iter().any(|option| option.0 == it.to_string())) {
                        options.push((id.to_string(), t_string!(i18n, messages.campaign_n, id = id.0)));
                    }
                    options
                });
                let choose = move |ids: Vec<String>| {
                    let campaign = ids.first().and_then(|it| it.parse().ok());
                    on_change.run((MessagePlace { campaign, ..place.get_untracked() },));
                };
                view! {
                    <Show when=move || options.with(|it| !it.is_empty())>
                        <FilterMenu
                            label=move || t_string!(i18n, messages.filter_campaign)
                            options=options
                            chosen=Signal::derive(move || wanted.get().map(|it| it.to_string()).into_iter().collect::<Vec<_>>())
                            on_choose=choose
                            single=true
                        />
                    </Show>
                }
            }
        </Show>
    }
}

/// Campaigns of which something may have left, the last changed first, with the wanted one among them.
async fn offered(wanted: Option<CampaignId>) -> Result<Vec<(CampaignId, String)>, app::Problem> {
    let page = app::campaigns::list_campaigns(CampaignQuery::default()).await?;
    let is_offered = |it: &CampaignRow| it.state.has_begun() || 0 < it.messages;
    let mut offered: Vec<_> = page.rows.into_iter().filter(is_offered).take(OFFERED).map(|it| (it.id, it.name)).collect();
    if let Some(id) = wanted.filter(|id| !offered.iter().any(|it| it.0 == *id)) {
        offered.push((id, app::campaigns::open_campaign(id).await?.draft.name));
    }
    Ok(offered)
}
