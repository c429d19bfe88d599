//! The list of suppressions.

use leptos::prelude::*;
use model::{Change, Moment, Permission, Standing, Suppression, SuppressionQuery, SuppressionTarget};

use super::lift::{LiftSuppression, Lifted};
use crate::calls::{self, Listing};
use crate::i18n::{suppressions as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Column, EmptyList, Glyph, IconButton, Slot, Table, When};
use crate::session::Session;
use crate::state::suppression_place::SuppressionPlace;

/// The suppressions that a place shows, newest first.
pub fn listing(place: Signal<SuppressionPlace>) -> Listing<Suppression> {
    let live = Live::find();
    calls::list(
        move || place.with(SuppressionPlace::filter),
        move || live.version(Change::Suppressions),
        |it: &Suppression| it.id.0,
        |filter, after| app::suppressions::list_suppressions(SuppressionQuery { filter, after }),
    )
}

/// How many there are.
#[component]
pub fn SuppressionCount(
    /// What the list shows.
    #[prop(into)]
    place: Signal<SuppressionPlace>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let count = calls::ask(
        move || (place.with(SuppressionPlace::filter), live.version(Change::Suppressions)),
        |(filter, _)| app::suppressions::count_suppressions(filter),
    );
    move || count.get().map(|n| words::count(i18n.get_locale(), n))
}

/// The table.
#[component]
pub fn SuppressionList(
    /// What it shows.
    #[prop(into)]
    place: Signal<SuppressionPlace>,
    /// The rows that have come.
    listing: Listing<Suppression>,
    /// Called to show everything again.
    #[prop(into)]
    on_clear: Callback<()>,
    /// The button of the empty list.
    #[prop(into)]
    begin: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let lifts = RwSignal::new(None::<Lifted>);
    let begin = StoredValue::new(begin);
    let is_history = Memo::new(move |_| place.with(|it| it.standing == Standing::Lifted));
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || place.with(SuppressionPlace::is_everything))
                glyph=Glyph::BAN
                title=move || t_string!(i18n, suppressions.empty_title)
                text=move || t_string!(i18n, suppressions.empty_text)
                begin=Some(begin.get_value())
                nothing_title=move || t_string!(i18n, suppressions.nothing_title)
                nothing_text=move || t_string!(i18n, suppressions.nothing_text)
                clear=move || t_string!(i18n, parts.filter_clear)
                on_clear=on_clear
            />
        }
    };
    view! {
        <Listed listing=listing nothing=nothing>
            {move || {
                let history = is_history.get();
                view! {
                    <Table
                        label=move || t_string!(i18n, suppressions.title)
                        columns=columns(history)
                        pages=listing
                        cells=move |id| cells(Memo::new(move |_| listing.row(id)), lifts)
                        row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.target.shown())
                    />
                }
            }}
        </Listed>
        <LiftSuppression what=lifts />
    }
}

fn columns(history: bool) -> Vec<Column> {
    let i18n = use_i18n();
    vec![
        Column::new(move || t_string!(i18n, suppressions.column_target), "minmax(13rem, 2.4fr)", Slot::Title),
        Column::new(move || t_string!(i18n, suppressions.column_channels), "minmax(6rem, 7rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, suppressions.column_reason), "minmax(8rem, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, suppressions.column_source), "minmax(9rem, 1fr)", Slot::Hidden),
        Column::new(
            move || if history { t_string!(i18n, suppressions.column_lifted) } else { t_string!(i18n, suppressions.column_note) },
            "minmax(8rem, 1.6fr)",
            Slot::Meta,
        ),
        Column::new(move || t_string!(i18n, suppressions.column_since), "minmax(7rem, 8rem)", Slot::Hidden),
        Column::new(|| "", "3rem", Slot::Aside).at_end(),
    ]
}

fn cells(row: Memo<Option<Suppression>>, lifts: RwSignal<Option<Lifted>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let locale = move || i18n.get_locale();
    let channels = move || row.with(|it| it.as_ref().map(|it| words::channels(locale(), it.channels)));
    let reason = move || row.with(|it| it.as_ref().map(|it| words::reason(locale(), it.reason)));
    let source = move || {
        row.with(|it| {
            it.as_ref().map(|it| {
                let source = words::source(locale(), it.source);
                match it.author.1.as_str() {
                    "" => source.to_owned(),
                    name => t_string!(i18n, suppressions.by, source = source, name = name.to_owned()),
                }
            })
        })
    };
    let note = move || {
        row.with(|it| match it.as_ref()?.lifted.as_ref() {
            Some(lifted) => {
                Some(t_string!(i18n, suppressions.lifted_by, name = lifted.by.1.clone(), reason = lifted.reason.clone()))
            }
            None => it.as_ref().map(|it| it.note.clone()),
        })
    };
    let since = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.created_at)));
    vec![
        view! { <Target row=row /> }.into_any(),
        view! { <span>{channels}</span> }.into_any(),
        view! { <span>{reason}</span> }.into_any(),
        view! { <span class="clip">{source}</span> }.into_any(),
        view! { <span class="clip" title=note>{note}</span> }.into_any(),
        view! { <When at=since /> }.into_any(),
        view! { <LiftButton row=row lifts=lifts /> }.into_any(),
    ]
}

/// Whom nobody may write to; a contact with the way to its page.
#[component]
fn Target(row: Memo<Option<Suppression>>) -> impl IntoView {
    move || {
        row.get().map(|it| match it.target {
            SuppressionTarget::Contact(id, name) => {
                view! { <a class="clip" href=format!("/contacts/{id}")>{name}</a> }.into_any()
            }
            target => {
                let shown = target.shown();
                view! { <span class="clip" title=target.normalized()>{shown}</span> }.into_any()
            }
        })
    }
}

#[component]
fn LiftButton(row: Memo<Option<Suppression>>, lifts: RwSignal<Option<Lifted>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let name = Memo::new(move |_| row.with(|it| it.as_ref().map(|it| it.target.shown()).unwrap_or_default()));
    let may =
        move || session.can(Permission::SuppressionsLift) && row.with(|it| it.as_ref().is_some_and(|it| it.lifted.is_none()));
    view! {
        <Show when=may>
            <IconButton
                label=move || t_string!(i18n, suppressions.lift_of, name = name.get())
                icon=Glyph::X
                on_press=move || lifts.set(row.with_untracked(|it| it.as_ref().map(|it| (it.id, it.target.shown()))))
            />
        </Show>
    }
}
