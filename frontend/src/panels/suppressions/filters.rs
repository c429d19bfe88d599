//! What narrows the list, as chips.

use leptos::prelude::*;
use model::{Channel, Channels, Standing, SuppressionReason, SuppressionSource};

use crate::i18n::{suppressions as words, t_string, use_i18n};
use crate::parts::{Chip, FilterMenu};
use crate::state::suppression_place::{CHANNELS, SuppressionPlace, channel_code, reason_code, reason_of, source_code, source_of};

/// The chips of all filters.
#[component]
pub fn SuppressionFilters(
    /// What the list shows now.
    #[prop(into)]
    place: Signal<SuppressionPlace>,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(SuppressionPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let channels = Signal::derive(move || {
        let locale = i18n.get_locale();
        CHANNELS.map(|it| (channel_code(it).to_owned(), words::channels(locale, only(it)).to_owned())).to_vec()
    });
    let reasons = Signal::derive(move || {
        let locale = i18n.get_locale();
        SuppressionReason::ALL.map(|it| (reason_code(it).to_owned(), words::reason(locale, it).to_owned())).to_vec()
    });
    let sources = Signal::derive(move || {
        let locale = i18n.get_locale();
        SuppressionSource::ALL.map(|it| (source_code(it).to_owned(), words::source(locale, it).to_owned())).to_vec()
    });
    let chosen = move |read: fn(&SuppressionPlace) -> Option<&'static str>| {
        Signal::derive(move || place.with(|it| read(it).map(str::to_owned)).into_iter().collect::<Vec<_>>())
    };
    let change = move |change: &dyn Fn(&mut SuppressionPlace)| {
        let mut next = place.get_untracked();
        change(&mut next);
        on_change.run((next,));
    };
    let first = |codes: Vec<String>| codes.into_iter().next().unwrap_or_default();
    let choose_channel = move |codes| {
        let code = first(codes);
        change(&|it| it.channel = CHANNELS.into_iter().find(|it| channel_code(*it) == code));
    };
    let choose_reason = move |codes| {
        let code = first(codes);
        change(&|it| it.reason = reason_of(&code));
    };
    let choose_source = move |codes| {
        let code = first(codes);
        change(&|it| it.source = source_of(&code));
    };
    let is_lifted = Signal::derive(move || place.with(|it| it.standing == Standing::Lifted));
    let turn = move || {
        change(&|it| it.standing = if it.standing == Standing::Lifted { Standing::Active } else { Standing::Lifted });
    };
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, suppressions.filters)>
            <FilterMenu
                label=move || t_string!(i18n, suppressions.filter_channel)
                options=channels
                chosen=chosen(|it| it.channel.map(channel_code))
                on_choose=choose_channel
                single=true
            />
            <FilterMenu
                label=move || t_string!(i18n, suppressions.filter_reason)
                options=reasons
                chosen=chosen(|it| it.reason.map(reason_code))
                on_choose=choose_reason
                single=true
            />
            <FilterMenu
                label=move || t_string!(i18n, suppressions.filter_source)
                options=sources
                chosen=chosen(|it| it.source.map(source_code))
                on_choose=choose_source
                single=true
            />
            <Chip label=move || t_string!(i18n, suppressions.standing_lifted) pressed=is_lifted on_press=turn />
        </div>
    }
}

fn only(channel: Channel) -> Channels {
    match channel {
        Channel::Email => Channels::Email,
        Channel::Sms => Channels::Sms,
    }
}
