//! The files as small pictures side by side.

use leptos::prelude::*;
use model::LibraryItem;
use model::library::LibraryKind;

use super::thumbnail;
use crate::calls::Listing;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::panels::messages::attachments::glyph_of;
use crate::parts::{Button, Icon};

/// The tiles, and a button for more of them.
#[component]
pub(super) fn LibraryGrid(
    /// The files.
    listing: Listing<LibraryItem>,
    /// Called with the file that is chosen.
    #[prop(into)]
    on_open: Callback<(i64,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <ul class="library-grid" aria-label=move || t_string!(i18n, library.title) aria-busy=move || listing.is_pending().to_string()>
            <For each=move || listing.ids() key=|it| *it let:id>
                <Tile item=Memo::new(move |_| listing.row(id)) on_open=on_open />
            </For>
        </ul>
        <Show when=move || listing.has_more()>
            <div class="library-more">
                <Button
                    label=move || t_string!(i18n, library.more)
                    busy=Signal::derive(move || listing.is_pending())
                    on_press=move || listing.more()
                />
            </div>
        </Show>
    }
}

#[component]
fn Tile(item: Memo<Option<LibraryItem>>, on_open: Callback<(i64,)>) -> impl IntoView {
    let i18n = use_i18n();
    let face = move || item.with(|it| it.as_ref().map(face));
    let name = move || item.with(|it| it.as_ref().map(|it| it.name.clone()));
    let facts = move || {
        item.with(|it| {
            let it = it.as_ref()?;
            let size = format::size(i18n.get_locale(), it.size);
            Some(match it.kind {
                LibraryKind::Picture { width, height } => {
                    format!("{} · {size}", t_string!(i18n, library.pixels, width = width, height = height))
                }
                LibraryKind::File => size,
            })
        })
    };
    let open = move |_| {
        if let Some(id) = item.with_untracked(|it| it.as_ref().map(|it| it.id.0)) {
            on_open.run((id,));
        }
    };
    view! {
        <li>
            <button type="button" class="library-tile" on:click=open>
                <span class="library-face">{face}</span>
                <span class="library-name clip" title=name>{name}</span>
                <span class="meta clip">{facts}</span>
            </button>
        </li>
    }
}

/// The small picture of a picture, or the sign of a file.
pub(super) fn face(item: &LibraryItem) -> AnyView {
    if item.kind.is_picture() {
        view! { <img src=thumbnail(item.id, item.version) alt="" loading="lazy" decoding="async" /> }.into_any()
    } else {
        view! { <Icon glyph=glyph_of(&item.media_type) /> }.into_any()
    }
}
