//! The files as rows of a table.

use leptos::prelude::*;
use model::{LibraryItem, Moment};

use super::grid::face;
use crate::calls::Listing;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Column, Slot, Table, When};

/// The table of files.
#[component]
pub(super) fn LibraryRows(
    /// The files.
    listing: Listing<LibraryItem>,
    /// Called with the file that is chosen.
    #[prop(into)]
    on_open: Callback<(i64,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = vec![
        Column::new(move || t_string!(i18n, library.column_name), "minmax(12rem, 2fr)", Slot::Title),
        Column::new(move || t_string!(i18n, library.column_folder), "minmax(0, 1fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, library.column_size), "minmax(5rem, 7rem)", Slot::Aside).at_end(),
        Column::new(move || t_string!(i18n, library.column_changed_by), "minmax(0, 10rem)", Slot::Hidden),
        Column::new(move || t_string!(i18n, library.column_updated), "minmax(0, 8rem)", Slot::Mark),
    ];
    view! {
        <Table
            label=move || t_string!(i18n, library.title)
            columns=columns
            pages=listing
            cells=move |id| cells(Memo::new(move |_| listing.row(id)))
            row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.name)
            on_open=on_open
        />
    }
}

fn cells(row: Memo<Option<LibraryItem>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let read = move |read: fn(&LibraryItem) -> String| move || row.with(|it| it.as_ref().map(read));
    let size = move || row.with(|it| it.as_ref().map(|it| format::size(i18n.get_locale(), it.size)));
    let updated = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.updated_at)));
    let picture = move || row.with(|it| it.as_ref().map(face));
    vec![
        view! {
            <span class="library-row-name">
                <span class="library-face small">{picture}</span>
                <strong class="clip">{read(|it| it.name.clone())}</strong>
            </span>
        }
        .into_any(),
        view! { <span class="clip">{read(|it| it.folder.clone())}</span> }.into_any(),
        view! { <span>{size}</span> }.into_any(),
        view! { <span class="clip">{read(|it| it.changed_by.clone())}</span> }.into_any(),
        view! { <When at=updated /> }.into_any(),
    ]
}
