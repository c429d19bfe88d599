//! Own fields of contacts.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::fields::FieldsPanel;
use crate::parts::Page;

/// The own fields, in their order.
#[component]
pub fn FieldsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, fields.title) lead=move || t_string!(i18n, fields.lead) narrow=true>
            <FieldsPanel />
        </Page>
    }
}
