//! The list of contacts beside the one that is open.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};
use model::{ContactColumn, ContactId, Permission};

use super::{address, place_in_address};
use crate::i18n::{contact_list as words, t_string, use_i18n};
use crate::pages::beside::keep_focus;
use crate::panels::contacts::filters::ContactFilters;
use crate::panels::contacts::list::{ContactCount, ContactList};
use crate::panels::contacts::look::Look;
use crate::panels::views::chooser::ColumnChooser;
use crate::panels::views::menu::ViewMenu;
use crate::parts::{ButtonKind, ButtonLink, Glyph, SearchField, Split, Title};
use crate::routes::staying;
use crate::session::Session;
use crate::state::contact_place::ContactPlace;
use crate::state::place::{self, opened};

/// The list beside the contact that is open.
#[component]
pub fn ContactsPage() -> impl IntoView {
    let i18n = use_i18n();
    let place = place_in_address();
    let path = use_location().pathname;
    let is_open = Memo::new(move |_| path.with(|it| opened(it).is_some()));
    let current = Memo::new(move |_| path.with(|it| opened(it)?.parse::<i64>().ok()));
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    // Filters change what the list shows, not what is open beside it.
    let here = move |next: &ContactPlace| path.with_untracked(|it| place::address(it, &next.pairs()));
    let search = move |words: String| {
        let mut next = place.get_untracked();
        next.filter.words = words;
        go(here(&next), staying(true));
    };
    let look = Look::new(place.into());
    look.list().begin_with_default(Callback::new(move |(next,)| go(here(&next), staying(true))));
    let change = Callback::new(move |(next,): (ContactPlace,)| go(here(&next), staying(false)));
    let open = move |id: i64| go(address(&place.get_untracked(), Some(ContactId(id)), None), staying(false));
    keep_focus(is_open.into());
    let title = move || {
        // What is open names the tab itself; back in the list the list does again.
        is_open.track();
        t_string!(i18n, contacts.title)
    };
    let list = move || {
        view! {
            <section class="list-page">
                <ListHead look=look place=place on_search=search on_change=change />
                <ContactList
                    look=look
                    current=current
                    on_open=open
                    on_change=change
                    on_go=move |address: String| go(address, NavigateOptions::default())
                    begin=move || view! { <New /> }
                />
            </section>
        }
    };
    view! {
        <Title text=title />
        <Split list=list.into() open=is_open back=Signal::derive(move || address(&place.get(), None, None))>
            <Outlet />
        </Split>
    }
}

#[component]
fn ListHead(
    look: Look,
    place: Memo<ContactPlace>,
    #[prop(into)] on_search: Callback<(String,)>,
    on_change: Callback<(ContactPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = Signal::derive(move || {
        ContactColumn::ALL.into_iter().chain(look.fields().into_iter().map(|it| ContactColumn::Own(it.id))).collect::<Vec<_>>()
    });
    let name = move |column| words::column(i18n.get_locale(), column, &look.fields());
    view! {
        <header class="list-head">
            <div class="list-title">
                <div class="list-words">
                    <h1>{move || t_string!(i18n, contacts.title)}</h1>
                    <span class="meta" role="status"><ContactCount look=look /></span>
                </div>
                <div class="list-acts">
                    <ViewMenu look=look.list() all=move || t_string!(i18n, contact_list.view_all) on_change=on_change />
                    <ColumnChooser look=look.list() all=columns name=name />
                    <ImportLink />
                    <ButtonLink
                        label=move || t_string!(i18n, duplicates.link)
                        href="/contacts/duplicates".to_owned()
                        kind=ButtonKind::Quiet
                    />
                    <New />
                </div>
            </div>
            <SearchField
                label=move || t_string!(i18n, contacts.search)
                hint=move || t_string!(i18n, contacts.search_hint)
                words=Signal::derive(move || place.with(|it| it.filter.words.clone()))
                on_search=on_search
            />
            <ContactFilters look=look on_change=on_change />
        </header>
    }
}

/// Leads to the imports, for those who may import.
#[component]
fn ImportLink() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    view! {
        <Show when=move || session.can(Permission::ContactsImport)>
            <ButtonLink
                label=move || t_string!(i18n, imports.link)
                href="/contacts/import".to_owned()
                kind=ButtonKind::Quiet
            />
        </Show>
    }
}

/// Leads to a new contact, for those who may make one.
#[component]
fn New() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    view! {
        <Show when=move || session.can(Permission::ContactsEdit)>
            <ButtonLink
                label=move || t_string!(i18n, contacts.new)
                href="/contacts/new".to_owned()
                kind=ButtonKind::Primary
                icon=Glyph::PLUS
                shortcut="n"
            />
        </Show>
    }
}
