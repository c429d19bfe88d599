//! Imports: the file and the list of past ones, and one import.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::ImportId;

use crate::i18n::{t_string, use_i18n};
use crate::pages::not_found::NotFoundPage;
use crate::panels::imports::{ImportFile, ImportList, ImportPanel};
use crate::parts::Page;
use crate::routes::{id_param, replacing};

/// Begins an import and lists the past ones.
#[component]
pub fn ImportsPage() -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let open = Callback::new(move |(id,): (ImportId,)| navigate(&format!("/contacts/import/{id}"), NavigateOptions::default()));
    view! {
        <Page title=move || t_string!(i18n, imports.title) lead=move || t_string!(i18n, imports.lead)>
            <ImportFile on_ready=open />
            <h2 class="import-past">{move || t_string!(i18n, imports.past)}</h2>
            <div class="import-list">
                <ImportList />
            </div>
        </Page>
    }
}

/// One import.
#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let id = id_param::<ImportId>();
    let navigate = StoredValue::new(use_navigate());
    let leave = Callback::new(move |()| navigate.with_value(|it| it("/contacts/import", replacing())));
    move || match id.get() {
        Some(id) => view! {
            <Page title=move || t_string!(i18n, imports.title)>
                <ImportPanel id=id on_forgotten=leave />
            </Page>
        }
        .into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}
