//! What stands above found messages: what they are, as filters with their numbers; their order; and whether similar words count.

use leptos::prelude::*;
use model::{MessageOrder, MessageSurvey};

use crate::calls::Answer;
use crate::format;
use crate::i18n::{language, messages as words, t_string, use_i18n, words as common};
use crate::panels::accounts::account_name;
use crate::parts::Chip;
use crate::state::found_facets::{FacetKind, FacetValue};
use crate::state::message_place::MessagePlace;

/// The facets of what was found; nothing without words.
#[component]
pub fn FoundFacets(
    /// What the list shows.
    #[prop(into)]
    place: Signal<MessagePlace>,
    /// What was found.
    survey: Answer<MessageSurvey>,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(MessagePlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_search = Memo::new(move |_| place.with(|it| !it.words.trim().is_empty()));
    let is_best = Signal::derive(move || place.with(|it| it.order == MessageOrder::Best));
    // Where nothing answers there is no order to choose.
    let has_order = Memo::new(move |_| survey.with(|it| it.is_none_or(|it| 0 < it.count)));
    let is_similar = Memo::new(move |_| is_search.get() && survey.with(|it| it.is_some_and(|it| it.similar)));
    let turn = move || {
        let order = if is_best.get_untracked() { MessageOrder::Newest } else { MessageOrder::Best };
        on_change.run((MessagePlace { order, ..place.get_untracked() },));
    };
    view! {
        <Show when=move || is_search.get()>
            <div class="facets" role="group" aria-label=move || t_string!(i18n, found.facets)>
                <Show when=move || has_order.get()>
                    <Chip label=move || t_string!(i18n, found.best_first) pressed=is_best on_press=turn />
                </Show>
                {FacetKind::ALL
                    .map(|kind| view! { <Facet kind=kind place=place survey=survey on_change=on_change /> })
                    .into_iter()
                    .collect_view()}
            </div>
        </Show>
        <p class="similar-words" role="status">
            {move || is_similar.get().then(|| t_string!(i18n, found.similar))}
        </p>
    }
}

#[component]
fn Facet(
    kind: FacetKind,
    place: Signal<MessagePlace>,
    survey: Answer<MessageSurvey>,
    on_change: Callback<(MessagePlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let values =
        Memo::new(move |_| survey.with(|it| it.map(|it| place.with(|place| kind.values(&it.facets, place))).unwrap_or_default()));
    let name = move || match kind {
        FacetKind::Channel => t_string!(i18n, messages.column_channel),
        FacetKind::State => t_string!(i18n, messages.filter_state),
        FacetKind::Origin => t_string!(i18n, messages.filter_origin),
        FacetKind::Account => t_string!(i18n, messages.filter_account),
        FacetKind::Year => t_string!(i18n, found.year),
    };
    let chip = move |value: FacetValue| {
        let (own, told, pressed) = (value.clone(), value.clone(), value);
        let n = Memo::new(move |_| values.with(|it| it.iter().find(|it| it.0 == own).map_or(0, |it| it.1)));
        let count = move || {
            let number = format::number(language(i18n.get_locale()), n.get());
            let at_least = survey.with(|it| it.is_some_and(|it| it.at_least));
            Some(if at_least { format!("{number}+") } else { number })
        };
        let chosen = pressed.clone();
        let press = move || {
            let mut next = place.get_untracked();
            pressed.toggle(&mut next);
            on_change.run((next,));
        };
        let label = move || {
            let locale = i18n.get_locale();
            match &told {
                FacetValue::Channel(it) => words::channel(locale, *it).to_owned(),
                FacetValue::State(it) => common::message_state(locale, *it).to_owned(),
                FacetValue::Origin(it) => words::origin(locale, *it).to_owned(),
                FacetValue::Account(_, name) => account_name(i18n, name),
                FacetValue::Year(it) => it.to_string(),
            }
        };
        view! {
            <Chip
                label=label
                pressed=Signal::derive(move || place.with(|it| chosen.is_chosen(it)))
                on_press=press
                count=Signal::derive(count)
            />
        }
    };
    view! {
        <Show when=move || values.with(|it| !it.is_empty())>
            <div class="facet" role="group" aria-label=name>
                <span class="facet-name" aria-hidden="true">{name}</span>
                <For each=move || values.get() key=|it| it.0.clone() children=move |it| chip(it.0) />
            </div>
        </Show>
    }
}
