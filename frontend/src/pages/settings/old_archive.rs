//! Taking old archives in.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::old_archive::OldArchivePanel;
use crate::parts::Page;

/// The file, and the archives so far.
#[component]
pub fn OldArchivePage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, old_archive.title) lead=move || t_string!(i18n, old_archive.lead) narrow=true>
            <OldArchivePanel />
        </Page>
    }
}
