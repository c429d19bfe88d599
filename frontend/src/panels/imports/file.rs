//! Choosing a file of contacts and putting it up.

use leptos::prelude::*;
use model::ImportId;

use crate::browser::upload;
use crate::i18n::{t_string, use_i18n};
use crate::panels::one_file::OneFile;

/// The place where a file is chosen or dropped.
#[component]
pub fn ImportFile(
    /// Called with the import that begins with the file.
    #[prop(into)]
    on_ready: Callback<(ImportId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <OneFile
            label=move || t_string!(i18n, imports.pick)
            hint=move || t_string!(i18n, imports.pick_hint)
            accept=".csv,.txt,.tsv,.xlsx,.xml,.vcf"
            start=|file, progress, end| upload::start_import(file, progress, end)
            on_ready=on_ready
        />
    }
}
