//! What became of the rows that did not simply become contacts, piece by piece.

use leptos::prelude::*;
use model::{ImportId, ReportRow};

use super::preview::ReportTable;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::Button;

/// How many rows are fetched without being asked for.
const PIECE: usize = 200;

/// The report with the way to its next piece.
#[component]
pub(super) fn Report(id: ImportId) -> impl IntoView {
    let i18n = use_i18n();
    let behind = RwSignal::new(0_i64);
    let rows = RwSignal::new(Vec::<ReportRow>::new());
    let last = RwSignal::new(0_i64);
    let wanted = RwSignal::new(PIECE);
    let is_end = RwSignal::new(false);
    let piece = calls::ask(move || behind.get(), move |behind| app::imports::list_import_report(id, behind));
    Effect::new(move |_| match piece.get() {
        Some(Some((number, more))) if last.get_untracked() < number => {
            last.set(number);
            rows.update(|it| it.extend(more));
            if rows.with_untracked(Vec::len) < wanted.get_untracked() {
                behind.set(number);
            }
        }
        Some(None) => is_end.set(true),
        _ => {}
    });
    let has_rows = Memo::new(move |_| rows.with(|it| !it.is_empty()));
    view! {
        <section class="import-report" aria-label=move || t_string!(i18n, imports.report)>
            <h2>{move || t_string!(i18n, imports.report)}</h2>
            <Show
                when=move || has_rows.get()
                fallback=move || is_end.get().then(|| view! { <p class="meta">{t_string!(i18n, imports.report_nothing)}</p> })
            >
                <p class="meta">{move || t_string!(i18n, imports.report_lead)}</p>
                <ReportTable rows=rows.into() done=true />
                <Show when=move || !is_end.get()>
                    <Button
                        label=move || t_string!(i18n, imports.report_more)
                        busy=Signal::derive(move || piece.is_pending())
                        on_press=move || {
                            wanted.set(rows.with_untracked(Vec::len) + PIECE);
                            behind.set(last.get_untracked());
                        }
                    />
                </Show>
            </Show>
        </section>
    }
}
