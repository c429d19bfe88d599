//! The imports there were.

use leptos::prelude::*;
use model::{Change, ImportRow, ImportState, Moment};

use crate::calls;
use crate::format;
use crate::i18n::{imports as words, language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::listed::Listed;
use crate::parts::{Column, EmptyState, Glyph, Mark, MarkBadge, Slot, Table, When};

/// The list, the newest first.
#[component]
pub fn ImportList() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let listing = calls::list(
        || (),
        move || live.version(Change::Imports),
        |it: &ImportRow| it.id.0,
        |(), after| app::imports::list_imports(after),
    );
    view! {
        <Listed listing=listing nothing=move || view! { <EmptyState
                glyph=Glyph::FILE_TEXT
                title=move || t_string!(i18n, imports.empty_title)
                text=move || t_string!(i18n, imports.empty_text)
            /> }>
            <Table
                label=move || t_string!(i18n, imports.past)
                columns=columns()
                pages=listing
                cells=move |id| cells(Memo::new(move |_| listing.row(id)))
                row_name=move |id| listing.row(id).map_or_else(String::new, |it| it.file)
            />
        </Listed>
    }
}

fn columns() -> Vec<Column> {
    let i18n = use_i18n();
    vec![
        Column::new(move || t_string!(i18n, imports.column_file), "minmax(12rem, 2fr)", Slot::Title),
        Column::new(move || t_string!(i18n, imports.column_state), "minmax(9rem, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, imports.column_result), "minmax(14rem, 2fr)", Slot::Meta),
        Column::new(move || t_string!(i18n, imports.column_author), "minmax(8rem, 1fr)", Slot::Hidden),
        Column::new(move || t_string!(i18n, imports.column_when), "minmax(7rem, 8rem)", Slot::Aside),
    ]
}

fn cells(row: Memo<Option<ImportRow>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let state = Memo::new(move |_| row.with(|it| it.as_ref().map_or(ImportState::Uploaded, |it| it.state)));
    let at = Signal::derive(move || row.with(|it| it.as_ref().map_or(Moment(0), |it| it.created_at)));
    let name = move || row.with(|it| it.as_ref().map(|it| it.file.clone()).unwrap_or_default());
    let path = move || row.with(|it| it.as_ref().map(|it| format!("/contacts/import/{}", it.id)));
    let author = move || row.with(|it| it.as_ref().map(|it| it.author.clone()));
    let result = move || row.with(|it| it.as_ref().filter(|it| 0 < it.counts.rows).map(|it| result(i18n, it)));
    vec![
        view! { <a class="clip" href=path>{name}</a> }.into_any(),
        view! { <StateBadge state=state /> }.into_any(),
        view! { <span class="clip">{result}</span> }.into_any(),
        view! { <span class="clip">{author}</span> }.into_any(),
        view! { <When at=at /> }.into_any(),
    ]
}

fn result(i18n: crate::i18n::I18n, row: &ImportRow) -> String {
    let n = |n: u64| format::number(language(i18n.get_locale()), n);
    let counts = row.counts;
    let mut pieces = vec![format!("{} {}", n(counts.created), t_string!(i18n, imports.figure_created))];
    for (count, word) in [
        (counts.updated, t_string!(i18n, imports.figure_updated)),
        (counts.skipped, t_string!(i18n, imports.figure_skipped)),
        (counts.bad, t_string!(i18n, imports.figure_bad)),
    ] {
        if 0 < count {
            pieces.push(format!("{} {word}", n(count)));
        }
    }
    pieces.join(", ")
}

/// Where an import stands: shape, colour and word.
#[component]
pub(super) fn StateBadge(
    /// Where it stands.
    #[prop(into)]
    state: Signal<ImportState>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mark = Signal::derive(move || match state.get() {
        ImportState::Uploaded => Mark::Draft,
        ImportState::Queued => Mark::Waiting,
        ImportState::Running => Mark::Sending,
        ImportState::Stopped => Mark::Paused,
        ImportState::Finished => Mark::Delivered,
        ImportState::Failed => Mark::Failed,
        ImportState::Undone => Mark::Cancelled,
    });
    view! { <MarkBadge mark=mark word=move || words::state(i18n.get_locale(), state.get()) /> }
}
