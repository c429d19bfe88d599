//! The entries of the action log.

use leptos::prelude::*;
use model::{AuditEntry, AuditQuery, Change, Moment, Subject};

use super::filters::actor_name;
use crate::browser::timer;
use crate::calls::{self, Listing};
use crate::i18n::{changes as words, deeds, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Column, Dialog, EmptyList, Glyph, Icon, Slot, Table, When};
use crate::state::log_place::{LogPlace, is_gone, page_of};

/// The entries that a place shows, newest first; they follow what happens.
pub fn listing(place: Signal<LogPlace>) -> Listing<AuditEntry> {
    let live = Live::find();
    // Every change leaves an entry, whatever it changed.
    let version = move || {
        [
            Change::Messages,
            Change::Contacts,
            Change::Lists,
            Change::Suppressions,
            Change::Accounts,
            Change::Captured,
            Change::Settings,
            Change::Campaigns,
        ]
        .map(|it| live.version(it))
        .iter()
        .sum()
    };
    let query = Memo::new(move |_| place.with(|it| it.query(timer::now())));
    calls::list(
        move || query.get(),
        version,
        |it: &AuditEntry| it.id.0,
        |query, after| app::audit::list_audit(AuditQuery { after, ..query }),
    )
}

/// The table of entries.
#[component]
pub fn LogList(
    /// What the log shows.
    #[prop(into)]
    place: Signal<LogPlace>,
    /// The entries that have come.
    listing: Listing<AuditEntry>,
    /// Called to show everything again.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = StoredValue::new(vec![
        Column::new(move || t_string!(i18n, log.column_when), "9rem", Slot::Aside),
        Column::new(move || t_string!(i18n, log.column_who), "minmax(8rem, 1fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, log.column_what), "minmax(14rem, 2fr)", Slot::Title),
        Column::new(move || t_string!(i18n, log.column_thing), "minmax(12rem, 2fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, log.column_from), "minmax(8rem, 1fr)", Slot::Hidden),
    ]);
    let name = move |id| listing.row(id).map_or_else(String::new, |it| deeds::deed(i18n.get_locale(), &it.deed));
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(LogPlace::is_everything))
                glyph=Glyph::HISTORY
                title=move || t_string!(i18n, log.empty_title)
                text=move || t_string!(i18n, log.empty_text)
                begin=None
                nothing_title=move || t_string!(i18n, log.nothing_title)
                nothing_text=move || t_string!(i18n, log.nothing_text)
                clear=move || t_string!(i18n, parts.filter_clear)
                on_clear=on_clear
            />
        }
    };
    view! {
        <Listed listing=listing nothing=nothing>
            <Table
                label=move || t_string!(i18n, log.title)
                columns=columns.get_value()
                pages=listing
                cells=move |id| cells(listing, place, id)
                row_name=name
            />
        </Listed>
    }
}

fn cells(listing: Listing<AuditEntry>, place: Signal<LogPlace>, id: i64) -> Vec<AnyView> {
    let i18n = use_i18n();
    let entry = Memo::new(move |_| listing.row(id));
    let at = Signal::derive(move || entry.with(|it| it.as_ref().map_or(Moment(0), |it| it.at)));
    let deed = move || entry.with(|it| it.as_ref().map(|it| deeds::deed(i18n.get_locale(), &it.deed)));
    let from = move || {
        entry.with(|it| match it.as_ref().map(|it| it.from.clone()) {
            Some(from) if from.is_empty() => t_string!(i18n, log.background).to_owned(),
            from => from.unwrap_or_default(),
        })
    };
    vec![
        view! { <When at=at /> }.into_any(),
        view! { {move || entry.get().map(|it| view! { <Who entry=it place=place /> })} }.into_any(),
        view! {
            <span>{deed}</span>
            <Changes entry=entry />
        }
        .into_any(),
        view! { {move || entry.get().map(|it| view! { <Thing entry=it place=place /> })} }.into_any(),
        view! { <span class="meta">{from}</span> }.into_any(),
    ]
}

/// What it changed, in a dialog: a row of the table keeps its height.
#[component]
fn Changes(entry: Memo<Option<AuditEntry>>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let changes = Memo::new(move |_| entry.with(|it| it.as_ref().map(|it| it.changes.clone()).unwrap_or_default()));
    let n = move || changes.with(|it| it.len() as u32);
    let lines = move || {
        let line = |it: &model::Alteration| view! { <li>{words::line(i18n.get_locale(), it)}</li> };
        changes.with(|it| it.iter().map(line).collect_view())
    };
    view! {
        <Show when=move || 0 < n()>
            " "
            <button type="button" class="link" on:click=move |_| open.set(true)>
                {move || t_string!(i18n, changes.show, count = n(), n = n())}
            </button>
            <Dialog title=move || t_string!(i18n, changes.title) open=open>
                <ul class="timeline-more">{lines}</ul>
            </Dialog>
        </Show>
    }
}

/// Who did it; narrows the log to them.
#[component]
fn Who(entry: AuditEntry, place: Signal<LogPlace>) -> impl IntoView {
    let i18n = use_i18n();
    let (id, stored) = entry.actor;
    let name = Memo::new(move |_| actor_name(i18n, id, &stored));
    let address = move || LogPlace { who: Some(id), ..place.get() }.path();
    view! {
        <a class="log-who" href=address title=move || t_string!(i18n, log.only_user, name = name.get())>
            {name}
        </a>
    }
}

/// The thing with the way to its page, and beside it the way to its log.
#[component]
fn Thing(entry: AuditEntry, place: Signal<LogPlace>) -> impl IntoView {
    let AuditEntry { deed, subject: name, .. } = entry;
    let gone = is_gone(&deed);
    deed.subject().map(|it| view! { <ThingLink subject=it name=name gone=gone place=place /> })
}

#[component]
fn ThingLink(subject: Subject, name: String, gone: bool, place: Signal<LogPlace>) -> impl IntoView {
    let i18n = use_i18n();
    let words = Memo::new(move |_| deeds::thing(i18n.get_locale(), subject, &name));
    let address = move || LogPlace { about: Some(subject), ..place.get() }.path();
    let narrows = move || place.with(|it| it.about != Some(subject));
    view! {
        <span class="log-thing">
            {if gone {
                view! { <span class="clip">{words}</span> }.into_any()
            } else {
                view! { <a class="clip" href=page_of(subject)>{words}</a> }.into_any()
            }}
            <Show when=narrows>
                <a
                    class="log-only"
                    href=address
                    aria-label=move || t_string!(i18n, log.only_thing, name = words.get())
                    title=move || t_string!(i18n, log.only_thing, name = words.get())
                >
                    <Icon glyph=Glyph::LIST_FILTER />
                </a>
            </Show>
        </span>
    }
}
