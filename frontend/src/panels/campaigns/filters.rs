//! What narrows the list of campaigns, as chips.

use leptos::prelude::*;
use model::{CampaignState, Permission};

use crate::i18n::{campaigns as words, t_string, templates as names, use_i18n};
use crate::parts::{Chip, FilterMenu};
use crate::session::Session;
use crate::state::campaign_place::{CampaignPlace, KINDS, kind_code, state_code, state_of};
use crate::state::suppression_place::{CHANNELS, channel_code};

/// The chips of all filters.
#[component]
pub fn CampaignFilters(
    /// What the list shows now.
    #[prop(into)]
    place: Signal<CampaignPlace>,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(CampaignPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let states = Signal::derive(move || {
        let locale = i18n.get_locale();
        CampaignState::ALL.map(|it| (state_code(it).to_owned(), words::state(locale, it).to_owned())).to_vec()
    });
    let chosen = Signal::derive(move || place.with(|it| it.states.iter().map(|it| state_code(*it).to_owned()).collect()));
    let choose = move |codes: Vec<String>| {
        let states = codes.iter().filter_map(|it| state_of(it)).collect();
        on_change.run((CampaignPlace { states, ..place.get_untracked() },));
    };
    let channels = Signal::derive(move || {
        let locale = i18n.get_locale();
        CHANNELS.map(|it| (channel_code(it).to_owned(), names::channel(locale, it).to_owned())).to_vec()
    });
    let channel = Signal::derive(move || place.with(|it| it.channel.map(|it| channel_code(it).to_owned()).into_iter().collect()));
    let choose_channel = move |codes: Vec<String>| {
        let channel = CHANNELS.into_iter().find(|it| codes.first().is_some_and(|code| channel_code(*it) == code));
        on_change.run((CampaignPlace { channel, ..place.get_untracked() },));
    };
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        KINDS.map(|it| (kind_code(it).to_owned(), words::kind(locale, it).to_owned())).to_vec()
    });
    let kind = Signal::derive(move || place.with(|it| it.kind.map(|it| kind_code(it).to_owned()).into_iter().collect()));
    let choose_kind = move |codes: Vec<String>| {
        let kind = KINDS.into_iter().find(|it| codes.first().is_some_and(|code| kind_code(*it) == code));
        on_change.run((CampaignPlace { kind, ..place.get_untracked() },));
    };
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, campaigns.filters)>
            <FilterMenu label=move || t_string!(i18n, campaigns.filter_state) options=states chosen=chosen on_choose=choose />
            <FilterMenu
                label=move || t_string!(i18n, campaigns.filter_channel)
                options=channels
                chosen=channel
                on_choose=choose_channel
                single=true
            />
            <FilterMenu
                label=move || t_string!(i18n, campaigns.filter_kind)
                options=kinds
                chosen=kind
                on_choose=choose_kind
                single=true
            />
            <Show when=move || session.can(Permission::CampaignApprove)>
                <Chip
                    label=move || t_string!(i18n, campaigns.filter_approve)
                    pressed=Signal::derive(move || place.with(|it| it.to_approve))
                    on_press=move || {
                        let now = place.get_untracked();
                        on_change.run((CampaignPlace { to_approve: !now.to_approve, ..now },));
                    }
                />
            </Show>
        </div>
    }
}
