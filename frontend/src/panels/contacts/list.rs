//! The list of contacts.

use leptos::prelude::*;
use model::{Change, ContactQuery, ContactRow, ContactSort, Moment, Nature};

use crate::calls;
use crate::i18n::{contacts as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Avatar, Button, Column, EmptyState, ErrorState, Glyph, Slot, Sorting, Table, When};
use crate::state::contact_place::ContactPlace;

/// The list, sorted and narrowed.
#[component]
pub fn ContactList(
    /// What it shows.
    #[prop(into)]
    place: Signal<ContactPlace>,
    /// The contact whose detail is open.
    #[prop(into)]
    current: Signal<Option<i64>>,
    /// Called with the contact to open.
    #[prop(into)]
    on_open: Callback<(i64,)>,
    /// Called with another order.
    #[prop(into)]
    on_change: Callback<(ContactPlace,)>,
    /// The button of the empty list.
    #[prop(into)]
    begin: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        move || place.get(),
        move || live.version(Change::Contacts),
        |it: &ContactRow| it.id.0,
        |place, after| {
            app::contacts::list_contacts(ContactQuery {
                filter: place.filter(),
                sort: place.sort,
                direction: place.direction,
                after,
            })
        },
    );
    let ids = Signal::derive(move || listing.ids());
    let is_nothing = Memo::new(move |_| !listing.is_first() && !listing.is_pending() && ids.with(Vec::is_empty));
    let problem = Memo::new(move |_| listing.problem().filter(|_| ids.with(Vec::is_empty)));
    let begin = StoredValue::new(begin);
    view! {
        <div class="contact-list">
            <Show when=move || !is_nothing.get() && problem.with(Option::is_none)>
                <Table
                    label=move || t_string!(i18n, contacts.title)
                    columns=columns(place, on_change)
                    ids=ids
                    cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                    row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
                    on_open=on_open
                    current=current
                    is_first=Signal::derive(move || listing.is_first())
                    pending=Signal::derive(move || listing.is_pending())
                    has_more=Signal::derive(move || listing.has_more())
                    on_more=move || listing.more()
                />
            </Show>
            {move || problem.get().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || listing.ask_again() /> })}
            <Show when=move || is_nothing.get() && problem.with(Option::is_none)>
                <Nothing place=place on_change=on_change begin=begin />
            </Show>
        </div>
    }
}

#[component]
fn Nothing(place: Signal<ContactPlace>, on_change: Callback<(ContactPlace,)>, begin: StoredValue<ViewFn>) -> impl IntoView {
    let i18n = use_i18n();
    let is_everything = Memo::new(move |_| place.with(ContactPlace::is_everything));
    let clear = move || {
        let place = place.get_untracked();
        on_change.run((ContactPlace { sort: place.sort, direction: place.direction, ..ContactPlace::default() },));
    };
    let found_nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::SEARCH
                title=move || t_string!(i18n, contacts.nothing_title)
                text=move || t_string!(i18n, contacts.nothing_text)
            >
                <Button label=move || t_string!(i18n, contacts.filter_clear) on_press=clear />
            </EmptyState>
        }
    };
    view! {
        <Show when=move || is_everything.get() fallback=found_nothing>
            <EmptyState
                glyph=Glyph::USERS
                title=move || t_string!(i18n, contacts.empty_title)
                text=move || t_string!(i18n, contacts.empty_text)
            >
                {begin.with_value(ViewFn::run)}
            </EmptyState>
        </Show>
    }
}

/// How many contacts there are.
#[component]
pub fn ContactCount(
    /// What the list shows.
    #[prop(into)]
    place: Signal<ContactPlace>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let count = calls::ask(
        move || (place.with(ContactPlace::filter), live.version(Change::Contacts)),
        |(filter, _)| app::contacts::count_contacts(filter),
    );
    move || count.get().map(|n| words::count(i18n.get_locale(), n))
}

fn columns(place: Signal<ContactPlace>, on_change: Callback<(ContactPlace,)>) -> Vec<Column> {
    let i18n = use_i18n();
    let sorting = move |sort: ContactSort| Sorting {
        direction: Signal::derive(move || place.with(|it| (it.sort == sort).then_some(it.direction))),
        on_press: Callback::new(move |()| {
            let mut next = place.get_untracked();
            next.sort_by(sort);
            on_change.run((next,));
        }),
    };
    vec![
        Column::new(move || t_string!(i18n, contacts.column_name), "minmax(8rem, 2fr)", Slot::Title)
            .sorted(sorting(ContactSort::Name)),
        Column::new(move || t_string!(i18n, contacts.column_email), "minmax(8rem, 1.6fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, contacts.column_phone), "minmax(0, 9.5rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, contacts.column_kind), "minmax(4rem, 7rem)", Slot::Aside),
        Column::new(move || t_string!(i18n, contacts.column_city), "minmax(0, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, contacts.column_updated), "minmax(0, 8rem)", Slot::Hidden)
            .at_end()
            .sorted(sorting(ContactSort::Updated)),
    ]
}

fn cells(row: Memo<Option<ContactRow>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let text = move |read: fn(&ContactRow) -> &str| move || row.with(|it| it.as_ref().map(|it| read(it).to_owned()));
    let kind = move || row.with(|it| it.as_ref().map(|it| words::kind(i18n.get_locale(), it.kind)));
    let updated = move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.updated_at));
    vec![
        view! { <Name row=row /> }.into_any(),
        view! { <span>{text(|it| &it.email)}</span> }.into_any(),
        view! { <span>{text(|it| &it.phone)}</span> }.into_any(),
        view! { <span>{kind}</span> }.into_any(),
        view! { <span>{text(|it| &it.city)}</span> }.into_any(),
        view! { <When at=Signal::derive(updated) /> }.into_any(),
    ]
}

#[component]
fn Name(row: Memo<Option<ContactRow>>) -> impl IntoView {
    let name = Memo::new(move |_| row.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default()));
    let square = row.with_untracked(|it| it.as_ref().is_some_and(|it| it.nature == Nature::Company));
    let company = move || row.with(|it| it.as_ref().map(|it| it.company_name.clone()).filter(|it| !it.is_empty()));
    view! {
        <span class="contact-name">
            <Avatar name=name square=square />
            <span class="clip">
                {move || name.get()}
                {move || company().map(|it| view! { <span class="meta">{it}</span> })}
            </span>
        </span>
    }
}
