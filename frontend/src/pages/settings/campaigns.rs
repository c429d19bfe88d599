//! What holds for all campaigns.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::campaigns::ApprovalRulePanel;
use crate::parts::Page;

/// When somebody else must approve what is prepared.
#[component]
pub fn CampaignRulesPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, campaigns.title) lead=move || t_string!(i18n, campaigns.rules_lead) narrow=true>
            <ApprovalRulePanel />
        </Page>
    }
}
