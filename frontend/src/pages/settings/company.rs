//! The company's data.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::company::CompanyPanel;
use crate::parts::Page;

/// How the company introduces itself.
#[component]
pub fn CompanyPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, settings.company) lead=move || t_string!(i18n, settings.company_lead) narrow=true>
            <CompanyPanel />
        </Page>
    }
}
