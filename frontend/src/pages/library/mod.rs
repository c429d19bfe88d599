//! The library of files and pictures.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::Permission;

use crate::i18n::{t_string, use_i18n};
use crate::panels::library::{AddButton, LibraryPanel, rising};
use crate::parts::{Kinds, Page};
use crate::routes::staying;
use crate::session::Session;
use crate::state::library_place::LibraryPlace;

/// All files and pictures.
#[component]
pub fn LibraryPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let query = use_query_map();
    let place = Memo::new(move |_| query.with(|it| LibraryPlace::read(|name| it.get(name))));
    let navigate = StoredValue::new(use_navigate());
    let change = move |next: LibraryPlace| {
        navigate.with_value(|it| it(&next.path(), staying(true)));
    };
    let rising = rising();
    let folder = Signal::derive(move || place.with(|it| it.folder.clone().unwrap_or_default()));
    let may = move || session.can(Permission::TemplatesManage);
    let actions = move || view! { <Show when=may><AddButton rising=rising folder=folder /></Show> };
    view! {
        <Page title=move || t_string!(i18n, library.title) lead=move || t_string!(i18n, library.lead) actions=actions>
            <Show when=may>
                <Kinds
                    label=move || t_string!(i18n, library.beside)
                    links=vec![
                        ("/templates", (move || t_string!(i18n, library.templates)).into()),
                        ("/library", (move || t_string!(i18n, library.title)).into()),
                    ]
                    here="/library"
                />
            </Show>
            <Show when=may><p class="hint">{move || t_string!(i18n, library.drop)}</p></Show>
            <LibraryPanel place=place on_change=change rising=rising />
        </Page>
    }
}
