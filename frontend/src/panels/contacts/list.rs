//! The list of contacts.

use leptos::prelude::*;
use model::{Change, ContactLine, ContactQuery};

use super::bulk::{Bulk, BulkBar};
use super::columns::{cell, columns, name_cell};
use super::look::Look;
use crate::calls::{self, Listing};
use crate::format;
use crate::i18n::messages::small;
use crate::i18n::{contact_list as words, language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Button, ButtonKind, EmptyList, Glyph, Table, untick_on_escape};
use crate::state::contact_place::ContactPlace;
use crate::state::selection::Selection;

/// The list, sorted and narrowed, with its tick boxes and what can be done to the chosen ones.
#[component]
pub fn ContactList(
    /// How it looks.
    look: Look,
    /// The contact whose detail is open.
    #[prop(into)]
    current: Signal<Option<i64>>,
    /// Called with the contact to open.
    #[prop(into)]
    on_open: Callback<(i64,)>,
    /// Called with another order.
    #[prop(into)]
    on_change: Callback<(ContactPlace,)>,
    /// Called with an address to go to.
    #[prop(into)]
    on_go: Callback<(String,)>,
    /// The button of the empty list.
    #[prop(into)]
    begin: ViewFn,
) -> impl IntoView {
    let listing = listing(look);
    let selection = RwSignal::new(Selection::default());
    let filter = look.filter();
    // Other filters, other contacts: what was chosen before is not meant any more.
    Effect::new(move |_| {
        filter.track();
        selection.update(Selection::clear);
    });
    untick_on_escape(selection, None);
    let bulk = Bulk::new(filter, selection, look.found(), on_go);
    let ids = Signal::derive(move || listing.ids());
    let begin = StoredValue::new(begin);
    let i18n = use_i18n();
    let clear = Callback::new(move |()| on_change.run((untrack(|| look.place()).unfiltered(),)));
    let nothing = move || {
        view! {
            <EmptyList
                is_everything=Signal::derive(move || look.place().is_everything())
                glyph=Glyph::USERS
                title=move || t_string!(i18n, contacts.empty_title)
                text=move || t_string!(i18n, contacts.empty_text)
                begin=Some(begin.get_value())
                nothing_title=move || t_string!(i18n, contacts.nothing_title)
                nothing_text=move || t_string!(i18n, contacts.nothing_text)
                clear=move || t_string!(i18n, contacts.filter_clear)
                on_clear=clear
            />
        }
    };
    view! {
        <div class="contact-list">
            <Everything look=look selection=selection ids=ids has_more=Signal::derive(move || listing.has_more()) />
            <Listed listing=listing nothing=nothing>
                <Rows look=look listing=listing selection=selection current=current on_open=on_open on_change=on_change />
            </Listed>
            <BulkBar bulk=bulk />
        </div>
    }
}

fn listing(look: Look) -> Listing<ContactLine> {
    let live = Live::find();
    calls::list(
        move || {
            let place = look.place();
            (place.filter(), place.sort, place.direction)
        },
        move || live.version(Change::Contacts),
        |it: &ContactLine| it.row.id.0,
        |(filter, sort, direction), after| app::contacts::list_contacts(ContactQuery { filter, sort, direction, after }),
    )
}

/// The table, drawn anew when other columns are shown.
#[component]
fn Rows(
    look: Look,
    listing: Listing<ContactLine>,
    selection: RwSignal<Selection>,
    current: Signal<Option<i64>>,
    on_open: Callback<(i64,)>,
    on_change: Callback<(ContactPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = look.list().shown();
    let fields = Memo::new(move |_| look.fields());
    move || {
        let (shown, fields) = (shown.get(), fields.get());
        let heads = columns(look, &shown, &fields, on_change);
        let cells = move |id: i64| {
            let line = Memo::new(move |_| listing.row(id));
            let rest = shown.iter().map(|it| cell(*it, line, &fields));
            std::iter::once(name_cell(line)).chain(rest).collect()
        };
        view! {
            <Table
                label=move || t_string!(i18n, contacts.title)
                columns=heads
                pages=listing
                cells=cells
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.row.name)
                on_open=on_open
                current=current
                selection=selection
            />
        }
    }
}

/// Offers everything that the list finds once all is ticked that has come.
#[component]
fn Everything(look: Look, selection: RwSignal<Selection>, ids: Signal<Vec<i64>>, has_more: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let is_everything = Memo::new(move |_| selection.with(Selection::is_everything));
    let offered =
        Memo::new(move |_| !is_everything.get() && has_more.get() && ids.with(|ids| selection.with(|it| it.covers(ids))));
    let found = look.found();
    let take = move || {
        selection.update(Selection::take_everything);
        look.count_exactly();
    };
    let loaded = move || {
        let n = selection.with(|it| it.len() as u64);
        t_string!(i18n, bulk.loaded, count = small(n), n = number(n))
    };
    let take_all = move || match found.get() {
        Some(n) => t_string!(i18n, bulk.take_all, count = small(n), n = number(n)),
        None => t_string!(i18n, bulk.take_all_unknown).to_owned(),
    };
    let taken = move || {
        let n = selection.with(|it| it.count(found.get().unwrap_or_default()));
        t_string!(i18n, bulk.all_taken, count = small(n), n = number(n))
    };
    view! {
        <Show when=move || offered.get()>
            <div class="everything" role="status">
                <span>{loaded}</span>
                <Button label=take_all kind=ButtonKind::Quiet on_press=take />
            </div>
        </Show>
        <Show when=move || is_everything.get()>
            <div class="everything" role="status">
                <span>{move || if look.is_counting().get() { String::new() } else { taken() }}</span>
                <Button
                    label=move || t_string!(i18n, parts.untick)
                    kind=ButtonKind::Quiet
                    on_press=move || selection.update(Selection::clear)
                />
            </div>
        </Show>
    }
}

/// How many contacts there are, exactly when that is asked for.
#[component]
pub fn ContactCount(
    /// How the list looks.
    look: Look,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_rough = Memo::new(move |_| look.count().is_some_and(|it| !it.exact));
    view! {
        <span>{move || look.count().map(|it| words::count(i18n.get_locale(), it))}</span>
        <Show when=move || is_rough.get()>
            " "
            <button
                type="button"
                class="link"
                prop:disabled=move || look.is_counting().get()
                on:click=move |_| look.count_exactly()
            >
                {move || t_string!(i18n, contact_list.count_exactly)}
            </button>
        </Show>
    }
}
