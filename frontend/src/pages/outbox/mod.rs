//! What waits to leave.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{Change, OutboxPart};

use crate::calls;
use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::outbox::{OutboxAccounts, OutboxFilters, OutboxList, PauseAll, PutBackNote, listing};
use crate::parts::{Page, Tab, Tabs};
use crate::routes::staying;
use crate::state::outbox_place::{OutboxPlace, code, of_code};

/// Accounts with their reasons, and the deliveries part by part; it follows what happens.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let query = use_query_map();
    let place: Signal<OutboxPlace> = Memo::new(move |_| query.with(|it| OutboxPlace::read(|name| it.get(name)))).into();
    let outbox =
        calls::ask(move || (live.version(Change::Messages), live.version(Change::Accounts)), |_| app::outbox::look_at_outbox());
    let rows = listing(place);
    let navigate = StoredValue::new(use_navigate());
    let go = move |to: OutboxPlace| navigate.with_value(|it| it(&to.path(), staying(false)));
    let choose = move |key: &'static str| go(OutboxPlace { part: of_code(key), ..place.get_untracked() });
    // The counts are of the whole parts.
    let count = move |n: usize| {
        if !place.get().is_whole() {
            return None;
        }
        let count = outbox.with(|it| it.map(|it| it.counts[n]));
        count.map(|it| format::number(language(i18n.get_locale()), it))
    };
    let tabs = OutboxPart::ALL
        .into_iter()
        .enumerate()
        .map(|(n, part)| Tab::new(code(part), move || part_name(i18n, part)).counting(Signal::derive(move || count(n))))
        .collect::<Vec<_>>();
    view! {
        <Page title=move || t_string!(i18n, outbox.title) lead=move || t_string!(i18n, outbox.lead)>
            <PutBackNote outbox=outbox />
            <PauseAll outbox=outbox />
            <OutboxAccounts outbox=outbox />
            <Tabs
                label=move || t_string!(i18n, outbox.parts)
                tabs=tabs
                current=Signal::derive(move || code(place.get().part).to_owned())
                on_choose=Callback::new(move |(key,)| choose(key))
            />
            <p class="meta">{move || part_text(i18n, place.get().part)}</p>
            <OutboxFilters place=place outbox=outbox listing=rows on_change=Callback::new(move |(to,)| go(to)) />
            <div
                class="outbox-table"
                role="tabpanel"
                id=move || format!("panel-{}", code(place.get().part))
                aria-labelledby=move || format!("tab-{}", code(place.get().part))
            >
                <OutboxList place=place listing=rows on_clear=move || go(place.get_untracked().whole()) />
            </div>
        </Page>
    }
}

fn part_name(i18n: I18n, part: OutboxPart) -> &'static str {
    match part {
        OutboxPart::Turn => t_string!(i18n, outbox.part_turn),
        OutboxPart::Planned => t_string!(i18n, outbox.part_planned),
        OutboxPart::Retry => t_string!(i18n, outbox.part_retry),
        OutboxPart::Domain => t_string!(i18n, outbox.part_domain),
        OutboxPart::Unknown => t_string!(i18n, outbox.part_unknown),
    }
}

fn part_text(i18n: I18n, part: OutboxPart) -> &'static str {
    match part {
        OutboxPart::Turn => t_string!(i18n, outbox.text_turn),
        OutboxPart::Planned => t_string!(i18n, outbox.text_planned),
        OutboxPart::Retry => t_string!(i18n, outbox.text_retry),
        OutboxPart::Domain => t_string!(i18n, outbox.text_domain),
        OutboxPart::Unknown => t_string!(i18n, outbox.text_unknown),
    }
}
