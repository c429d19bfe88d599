//! Choosing a file of the library for a text that is being written.

use leptos::prelude::*;
use model::{Attachment, Change, LibraryId, LibraryItem};

use super::bar::FolderSelect;
use super::grid::LibraryGrid;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Dialog, EmptyState, Glyph, SearchField};
use crate::state::library_place::LibraryPlace;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Any file, to be attached.
    Any,
    /// A picture, to stand in the text.
    Picture,
}

/// A dialog in which one file of the library is chosen. It becomes a file of the person who writes, like one that was put up.
#[component]
pub fn LibraryPicker(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What is looked for.
    wanted: Wanted,
    /// Called with the file, and how wide a picture is shown in a mail, in pixels.
    #[prop(into)]
    on_pick: Callback<(Attachment, Option<u32>)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match wanted {
        Wanted::Any => t_string!(i18n, library.pick_title),
        Wanted::Picture => t_string!(i18n, library.pick_picture_title),
    };
    view! {
        <Dialog title=title open=open wide=true><Choice open=open wanted=wanted on_pick=on_pick /></Dialog>
    }
}

#[component]
fn Choice(open: RwSignal<bool>, wanted: Wanted, on_pick: Callback<(Attachment, Option<u32>)>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let pictures = (wanted == Wanted::Picture).then_some(true);
    let place = RwSignal::new(LibraryPlace { pictures, ..LibraryPlace::default() });
    let listing = calls::list(
        move || place.get(),
        move || live.version(Change::Library),
        |it: &LibraryItem| it.id.0,
        |place, after| app::library::list_library(place.query(after)),
    );
    let busy = RwSignal::new(false);
    let pick = move |id: i64| {
        let width = listing.row(id).and_then(|it| it.kind.shown_width());
        calls::act(busy, app::library::take_from_library(LibraryId(id)), move |file| {
            open.set(false);
            on_pick.run((file, width));
        });
    };
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::IMAGE
                title=move || t_string!(i18n, library.nothing_title)
                text=move || t_string!(i18n, library.nothing_text)
            />
        }
    };
    let into_folder = move |folder: Option<String>| place.update(|it| it.folder = folder);
    view! {
        <div class="library-picker">
            <div class="library-bar">
                <SearchField
                    label=move || t_string!(i18n, library.search)
                    hint=move || t_string!(i18n, library.search_hint)
                    words=Signal::derive(move || place.with(|it| it.words.clone()))
                    on_search=move |words: String| place.update(|it| it.words = words)
                />
                <FolderSelect
                    folder=Signal::derive(move || place.with(|it| it.folder.clone()))
                    on_change=into_folder
                />
            </div>
            <p class="hint">{move || t_string!(i18n, library.pick_hint)}</p>
            <Listed listing=listing nothing=nothing><LibraryGrid listing=listing on_open=pick /></Listed>
            <p><a href="/library" target="_blank">{move || t_string!(i18n, library.manage)}</a></p>
        </div>
    }
}
