//! Addresses that bounce, for a person to decide about.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::returns::ProposalList;
use crate::parts::Page;

/// The proposals with their decisions.
#[component]
pub fn ProposalsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, returns.proposals) lead=move || t_string!(i18n, returns.proposals_lead)>
            <div class="suppressions-table"><ProposalList /></div>
            <p class="page-link"><a href="/suppressions">{move || t_string!(i18n, returns.proposals_back)}</a></p>
        </Page>
    }
}
