//! What belongs to the relay of one account: who stands in for it, and where copies of what it sends go.

use leptos::prelude::*;

use super::returns::{BackToAccount, of_account};
use crate::i18n::{t_string, use_i18n};
use crate::panels::copies::CopiesPanel;
use crate::panels::stand_ins::StandInsPanel;
use crate::parts::Page;

/// Who carries what waits for an account.
#[component]
pub fn StandInsPage() -> impl IntoView {
    let i18n = use_i18n();
    of_account(move |id, name| {
        view! {
            <Page
                title=move || t_string!(i18n, stand_ins.title, name = name.get())
                lead=move || t_string!(i18n, stand_ins.lead)
                narrow=true
            >
                <StandInsPanel id=id />
                <BackToAccount id=id />
            </Page>
        }
        .into_any()
    })
}

/// Where copies of what an account sends go.
#[component]
pub fn CopiesPage() -> impl IntoView {
    let i18n = use_i18n();
    of_account(move |id, name| {
        view! {
            <Page
                title=move || t_string!(i18n, copies.title, name = name.get())
                lead=move || t_string!(i18n, copies.lead)
                narrow=true
            >
                <CopiesPanel id=id />
                <BackToAccount id=id />
            </Page>
        }
        .into_any()
    })
}
