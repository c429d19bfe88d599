//! The library: files and pictures that templates and messages share.

mod bar;
mod grid;
mod item;
mod picker;
mod rising;
mod rows;
mod uses;

use leptos::prelude::*;
use model::{Change, LibraryId, LibraryItem, Permission};

use crate::browser::files;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{EmptyList, Glyph};
use crate::session::Session;
use crate::state::library_place::{LibraryPlace, Look};
use bar::LibraryBar;
use grid::LibraryGrid;
use item::ItemDialog;
use rising::{Rising, RisingList};
use rows::LibraryRows;

pub use picker::{LibraryPicker, Wanted};
pub use rising::AddButton;

/// What goes up into the library; the page makes one for its button and its panel.
pub fn rising() -> Rising {
    Rising::new()
}

/// The files with what they are found by, what goes up, and the dialog of one.
#[component]
pub fn LibraryPanel(
    /// What it shows.
    #[prop(into)]
    place: Signal<LibraryPlace>,
    /// Called with another place.
    #[prop(into)]
    on_change: Callback<(LibraryPlace,)>,
    /// What goes up.
    rising: Rising,
) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live) = (Session::find(), Live::find());
    let may = move || session.can(Permission::TemplatesManage);
    let listing = calls::list(
        move || LibraryPlace { look: Look::Grid, ..place.get() },
        move || live.version(Change::Library),
        |it: &LibraryItem| it.id.0,
        |place, after| app::library::list_library(place.query(after)),
    );
    let opened = RwSignal::new(None::<LibraryItem>);
    let open = move |id: i64| opened.set(listing.row(id));
    let is_over = RwSignal::new(false);
    let take = move |event: &leptos::ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        if may() {
            rising.add(files::dropped(event), &place.with_untracked(|it| it.folder.clone().unwrap_or_default()));
        }
    };
    view! {
        <div
            class="library"
            class:over=move || is_over.get()
            data-drop=move || t_string!(i18n, library.drop_here)
            on:dragover=move |event| {
                if may() && files::carries_files(&event) {
                    event.prevent_default();
                    is_over.set(true);
                }
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event| take(&event)
        >
            <LibraryBar place=place on_change=on_change />
            <RisingList rising=rising />
            <Listed listing=listing nothing=move || view! { <Nothing place=place on_change=on_change rising=rising /> }>
                <Show when=move || place.with(|it| it.look == Look::Grid) fallback=move || view! { <LibraryRows listing=listing on_open=open /> }>
                    <LibraryGrid listing=listing on_open=open />
                </Show>
            </Listed>
            <ItemDialog item=opened rising=rising />
        </div>
    }
}

/// What stands where nothing is.
#[component]
fn Nothing(place: Signal<LibraryPlace>, on_change: Callback<(LibraryPlace,)>, rising: Rising) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let may = move || session.can(Permission::TemplatesManage);
    let text = move || if may() { t_string!(i18n, library.empty_text) } else { t_string!(i18n, library.empty_reader) };
    let begin = move || view! { <Show when=may><AddButton rising=rising folder=Signal::stored(String::new()) /></Show> };
    view! {
        <EmptyList
            is_everything=Signal::derive(move || place.with(LibraryPlace::is_everything))
            glyph=Glyph::IMAGE
            title=move || t_string!(i18n, library.empty_title)
            text=text
            begin=Some(ViewFn::from(begin))
            nothing_title=move || t_string!(i18n, library.nothing_title)
            nothing_text=move || t_string!(i18n, library.nothing_text)
            clear=move || t_string!(i18n, library.clear)
            on_clear=move || on_change.run((place.with_untracked(LibraryPlace::everything),))
        />
    }
}

/// Where the small picture of a picture lies; of another content it lies elsewhere.
fn thumbnail(id: LibraryId, version: u32) -> String {
    format!("/library/files/{id}/thumbnail?v={version}")
}
