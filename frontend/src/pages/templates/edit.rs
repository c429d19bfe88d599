//! A template that is written or changed.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use model::{Channel, TemplateId};

use crate::panels::template_edit::{Start, TemplateEditPanel};
use crate::routes::replacing;

/// A new template (`/templates/new`, for text messages with `?channel=sms`).
#[component]
pub fn TemplateNewPage() -> impl IntoView {
    let query = use_query_map();
    let channel = Memo::new(move |_| match query.with(|it| it.get("channel")).as_deref() {
        Some("sms") => Channel::Sms,
        _ => Channel::Email,
    });
    let navigate = StoredValue::new(use_navigate());
    let made = move |id: TemplateId| navigate.with_value(|it| it(&format!("/templates/{id}/edit"), replacing()));
    view! { <div class="write-page">{move || view! { <TemplateEditPanel start=Start::New(channel.get()) on_made=made /> }}</div> }
}

/// A template that is there.
#[component]
pub fn TemplateEditPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|it| it.get("id")?.parse::<TemplateId>().ok()));
    view! {
        <div class="write-page">
            {move || id.get().map(|id| view! { <TemplateEditPanel start=Start::Of(id) on_made=|_: TemplateId| () /> })}
        </div>
    }
}
