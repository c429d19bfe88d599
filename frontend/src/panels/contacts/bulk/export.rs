//! Takes the chosen contacts out as a file.

use leptos::prelude::*;
use model::{ExportFormat, Permission};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::i18n::{t_string, use_i18n};
use crate::panels::export::{ExportGoing, ExportRun, words};
use crate::parts::{Button, Dialog, Glyph};

/// The act.
pub const EXPORT: BulkAct = BulkAct {
    name: "export",
    right: Permission::Export,
    glyph: Glyph::DOWNLOAD,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, export.export).to_owned(),
    press: Press::Ask(|bulk, open| view! { <ExportDialog bulk=bulk open=open /> }.into_any()),
};

#[component]
fn ExportDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, export.export) open=open>
            <Forms bulk=bulk />
        </Dialog>
    }
}

/// One button for each form; the file comes while the dialog stays open and stops when it is closed.
#[component]
fn Forms(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let run = ExportRun::idle();
    let lead = move || crate::i18n::lists::members(i18n.get_locale(), bulk.count());
    let button = move |format: ExportFormat| {
        view! {
            <Button
                label=move || words(i18n.get_locale(), format)
                icon=Glyph::FILE_TEXT
                on_press=move || run.begin(untrack(|| bulk.chosen()), format, String::new())
            />
        }
    };
    view! {
        <p>{lead}</p>
        <div class="export-forms">{ExportFormat::ALL.map(button).into_iter().collect_view()}</div>
        <ExportGoing run=run />
    }
}
