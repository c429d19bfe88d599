//! By what evidence sheets and the action log can be proved outside the program.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::archive::Proof;
use crate::parts::Page;

/// The public key of evidence, and where the log ended on each of the last days.
#[component]
pub fn ProofPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, archive.proof) lead=move || t_string!(i18n, archive.proof_lead)>
            <Proof />
        </Page>
    }
}
