//! The counts of an import, as figures in a row.

use leptos::prelude::*;
use model::ImportCounts;

use crate::format;
use crate::i18n::{language, t_string, use_i18n};

/// New, changed, left out, wrong.
#[component]
pub(super) fn Figures(
    /// The counts.
    #[prop(into)]
    counts: Signal<ImportCounts>,
) -> impl IntoView {
    let i18n = use_i18n();
    let n = move |read: fn(&ImportCounts) -> u64| move || format::number(language(i18n.get_locale()), counts.with(read));
    view! {
        <dl class="import-figures">
            <div data-of="created">
                <dt>{move || t_string!(i18n, imports.figure_created)}</dt>
                <dd>{n(|it| it.created)}</dd>
            </div>
            <div data-of="updated">
                <dt>{move || t_string!(i18n, imports.figure_updated)}</dt>
                <dd>{n(|it| it.updated)}</dd>
            </div>
            <div data-of="skipped">
                <dt>{move || t_string!(i18n, imports.figure_skipped)}</dt>
                <dd>{n(|it| it.skipped)}</dd>
            </div>
            <div data-of="bad">
                <dt>{move || t_string!(i18n, imports.figure_bad)}</dt>
                <dd>{n(|it| it.bad)}</dd>
            </div>
        </dl>
    }
}
