//! What would become of the rows.

use leptos::prelude::*;
use model::{AddressHint, EmailAddress, ImportPreview, ReportRow};

use super::figures::Figures;
use super::wizard::Desk;
use crate::calls;
use crate::format;
use crate::i18n::{imports as words, language, t_string, use_i18n};
use crate::panels::one_file::worded;
use crate::parts::{Banner, Glyph, Icon, Skeleton, Tone};
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
            <Hints hints=it.hints hinted=it.hinted />
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

/// Addresses that look like slips of a finger. They come in as they are; whoever wants others corrects the file.
#[component]
fn Hints(hints: Vec<(u64, EmailAddress, AddressHint)>, hinted: u64) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || {
        let n = format::number(language(i18n.get_locale()), hinted);
        t_string!(i18n, imports.hints, count = u32::try_from(hinted).unwrap_or(u32::MAX), n = n)
    };
    let row = move |(line, address, hint): (u64, EmailAddress, AddressHint)| {
        let words = move || match &hint {
            AddressHint::Meant(it) => t_string!(i18n, parts.hint_meant, address = it.shown()),
            AddressHint::LooksLikeAnother => t_string!(i18n, parts.hint_looks).to_owned(),
        };
        let at = move || t_string!(i18n, imports.hint_line, n = format::number(language(i18n.get_locale()), line));
        view! {
            <li>
                <span class="meta">{at}</span>
                <strong>{address.shown()}</strong>
                <span>{words}</span>
            </li>
        }
    };
    (0 < hinted).then(|| {
        view! {
            <details class="import-hints" open=hinted <= 5>
                <summary>
                    <Icon glyph=Glyph::CIRCLE_HELP />
                    {title}
                </summary>
                <p class="meta">{move || t_string!(i18n, imports.hints_text)}</p>
                <ul>{hints.into_iter().map(row).collect_view()}</ul>
            </details>
        }
    })
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
                <td>
                    {words::outcome(i18n.get_locale(), &it.outcome)}
                    {it
                        .notes
                        .iter()
                        .map(|it| view! { <span class="import-note meta">{words::note(i18n.get_locale(), it)}</span> })
                        .collect_view()}
                </td>
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
