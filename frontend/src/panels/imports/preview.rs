//! What would become of the rows.

use leptos::prelude::*;
use model::{ImportPreview, ReportRow};

use super::figures::Figures;
use super::file::worded;
use super::wizard::Desk;
use crate::calls;
use crate::format;
use crate::i18n::{imports as words, language, t_string, use_i18n};
use crate::parts::{Banner, Skeleton, Tone};
use crate::state::import_draft::ImportDraft;

/// The counts and some rows of each kind.
#[component]
pub(super) fn PreviewStep(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let plan = desk.draft.with_untracked(ImportDraft::plan);
    let preview = calls::ask(|| (), move |()| app::imports::preview_import(desk.id, plan.clone()));
    let come = Memo::new(move |_| preview.get());
    let says = move |it: &ImportPreview| {
        let n = format::number(language(i18n.get_locale()), it.counts.rows);
        if it.whole { t_string!(i18n, imports.preview_whole).to_owned() } else { t_string!(i18n, imports.preview_part, n = n) }
    };
    let shown = move |it: ImportPreview| {
        let counts = it.counts;
        view! {
            <p class="import-lead">{says(&it)}</p>
            <Figures counts=Signal::stored(counts) />
            <ReportTable rows=Signal::stored(it.rows) done=false />
        }
    };
    view! {
        <div role="status">
            <Show when=move || preview.is_pending()>
                <p class="meta">{move || t_string!(i18n, imports.preview_counting)}</p>
                <Skeleton lines=6 />
            </Show>
        </div>
        {move || preview.problem().map(|it| view! { <Banner tone=Tone::Bad text=worded(i18n.get_locale(), &it) /> })}
        {move || come.get().map(shown)}
    }
}

/// Rows with what becomes of them.
#[component]
pub(super) fn ReportTable(
    /// The rows.
    rows: Signal<Vec<ReportRow>>,
    /// Whether it has happened.
    done: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let head = move || if done { t_string!(i18n, imports.row_outcome_done) } else { t_string!(i18n, imports.row_outcome) };
    let row = move |it: &ReportRow| {
        let name = if it.name.is_empty() { it.cells.join(" · ") } else { it.name.clone() };
        let is_bad = matches!(it.outcome, model::RowOutcome::Bad(_));
        view! {
            <tr class:faulty=is_bad>
                <th scope="row">{format::number(language(i18n.get_locale()), it.line)}</th>
                <td class="import-name">{name}</td>
                <td>{words::outcome(i18n.get_locale(), &it.outcome)}</td>
            </tr>
        }
    };
    view! {
        <div class="import-scroll" role="region" tabindex="0" aria-label=move || t_string!(i18n, imports.report)>
            <table class="import-table">
                <thead>
                    <tr>
                        <th scope="col">{move || t_string!(i18n, imports.line)}</th>
                        <th scope="col">{move || t_string!(i18n, imports.row_name)}</th>
                        <th scope="col">{head}</th>
                    </tr>
                </thead>
                <tbody>{move || rows.with(|it| it.iter().map(row).collect_view())}</tbody>
            </table>
        </div>
    }
}
