//! The filters of the action log: what kind, who, when, and about which thing.

use leptos::prelude::*;
use model::{AuditEntry, Change, DeedFamily, Permission, Subject, UserId};

use crate::calls::{self, Listing};
use crate::i18n::{I18n, deeds, t_string, use_i18n};
use crate::live::Live;
use crate::panels::period::PeriodFilter;
use crate::parts::{Chip, FilterMenu, Glyph, Icon, SearchField};
use crate::session::Session;
use crate::state::log_place::{LogPlace, page_of};

/// Chips above the log.
#[component]
pub fn LogFilters(
    /// What the log shows.
    #[prop(into)]
    place: Signal<LogPlace>,
    /// The entries that have come, for names.
    listing: Listing<AuditEntry>,
    /// Called with new filters.
    #[prop(into)]
    on_change: Callback<(LogPlace,)>,
) -> impl IntoView {
    let choose_period = move |period| on_change.run((LogPlace { period, ..place.get_untracked() },));
    let clear_thing = move || on_change.run((LogPlace { about: None, ..place.get_untracked() },));
    let about = Memo::new(move |_| place.with(|it| it.about));
    let i18n = use_i18n();
    let people = Signal::derive(move || place.with(|it| it.people));
    let turn_people = move || {
        let place = place.get_untracked();
        on_change.run((LogPlace { people: !place.people, ..place },));
    };
    let search = move |(words,): (String,)| on_change.run((LogPlace { words, ..place.get_untracked() },));
    view! {
        <SearchField
            label=move || t_string!(i18n, log.search)
            hint=move || t_string!(i18n, log.search_hint)
            words=Signal::derive(move || place.with(|it| it.words.clone()))
            on_search=Callback::new(search)
        />
        <div class="filters">
            <FamilyFilter place=place on_change=on_change />
            <WhoFilter place=place listing=listing on_change=on_change />
            <Chip label=move || t_string!(i18n, log.people) pressed=people on_press=turn_people />
            <PeriodFilter period=Signal::derive(move || place.with(|it| it.period)) on_choose=choose_period />
            {move || about.get().map(|it| view! { <ThingFilter subject=it listing=listing on_clear=clear_thing /> })}
        </div>
    }
}

#[component]
fn FamilyFilter(place: Signal<LogPlace>, on_change: Callback<(LogPlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let options = Signal::derive(move || {
        DeedFamily::ALL.map(|it| (it.code().to_owned(), deeds::family(i18n.get_locale(), it).to_owned())).to_vec()
    });
    let chosen =
        Signal::derive(move || place.with(|it| it.family).map(|it| it.code().to_owned()).into_iter().collect::<Vec<_>>());
    let choose = move |keys: Vec<String>| {
        let family = keys.first().and_then(|it| DeedFamily::from_code(it));
        on_change.run((LogPlace { family, ..place.get_untracked() },));
    };
    view! {
        <FilterMenu
            label=move || t_string!(i18n, log.filter_family)
            options=options
            chosen=chosen
            on_choose=choose
            single=true
        />
    }
}

#[component]
fn WhoFilter(place: Signal<LogPlace>, listing: Listing<AuditEntry>, on_change: Callback<(LogPlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, session) = (Live::find(), Session::find());
    // Who may not see the list of users can still choose among those in sight.
    let users = calls::ask(
        move || (session.can(Permission::UsersManage), live.version(Change::Settings)),
        |(may, _)| async move { if may { app::users::list_users().await } else { Ok(Vec::new()) } },
    );
    let options = Signal::derive(move || {
        let mut names: Vec<(String, String)> = users
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|it| (it.id.to_string(), actor_name(i18n, it.id, &it.name)))
            .collect();
        listing.rows().with(|rows| {
            for (id, name) in rows.all().iter().map(|it| &it.actor) {
                if names.iter().all(|it| it.0 != id.to_string()) {
                    names.push((id.to_string(), actor_name(i18n, *id, name)));
                }
            }
        });
        names.sort_by_cached_key(|it| model::collate::key(&it.1));
        names
    });
    let chosen = Signal::derive(move || place.with(|it| it.who).map(|it| it.to_string()).into_iter().collect::<Vec<_>>());
    let choose = move |keys: Vec<String>| {
        let who = keys.first().and_then(|it| it.parse().ok());
        on_change.run((LogPlace { who, ..place.get_untracked() },));
    };
    view! {
        <FilterMenu
            label=move || t_string!(i18n, log.filter_user)
            options=options
            chosen=chosen
            on_choose=choose
            single=true
        />
    }
}

/// The thing that all entries are about, with the way to it and the way out of the filter.
#[component]
fn ThingFilter(subject: Subject, listing: Listing<AuditEntry>, #[prop(into)] on_clear: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let name = Memo::new(move |_| {
        let name = listing
            .rows()
            .with(|rows| rows.all().iter().find(|it| it.deed.subject() == Some(subject)).map(|it| it.subject.clone()));
        deeds::thing(i18n.get_locale(), subject, &name.unwrap_or_default())
    });
    view! {
        <span class="filter active">
            <a class="chip" href=page_of(subject)>{name}</a>
            <button
                type="button"
                class="chip-clear"
                aria-label=move || t_string!(i18n, parts.filter_remove, name = name.get())
                on:click=move |_| on_clear.run(())
            >
                <Icon glyph=Glyph::X />
            </button>
        </span>
    }
}

/// The name of who did something; the system is called as on all screens.
pub(super) fn actor_name(i18n: I18n, id: UserId, name: &str) -> String {
    if id == UserId::SYSTEM { t_string!(i18n, common.system).to_owned() } else { name.to_owned() }
}
