//! Contacts that seem to be the same.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::DuplicateReason;

use crate::i18n::{t_string, use_i18n};
use crate::panels::contacts::duplicates::{DuplicateList, Reasons};
use crate::parts::{ButtonKind, ButtonLink, Glyph, Title};
use crate::routes::staying;

/// The groups of one reason: `?by=email`, `number`, `phone` or `name`.
#[component]
pub fn DuplicatesPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let navigate = StoredValue::new(use_navigate());
    let reason = Memo::new(move |_| {
        let by = query.with(|it| it.get("by")).unwrap_or_default();
        DuplicateReason::ALL.into_iter().find(|it| code(*it) == by).unwrap_or_default()
    });
    let choose = move |reason: DuplicateReason| {
        navigate.with_value(|it| it(&format!("/contacts/duplicates?by={}", code(reason)), staying(true)));
    };
    view! {
        <Title text=move || t_string!(i18n, duplicates.title) />
        <div class="page duplicates-page">
            <header class="duplicates-head">
                <div>
                    <h1>{move || t_string!(i18n, duplicates.title)}</h1>
                    <p class="meta">{move || t_string!(i18n, duplicates.text)}</p>
                </div>
                <ButtonLink
                    label=move || t_string!(i18n, duplicates.back)
                    href="/contacts".to_owned()
                    kind=ButtonKind::Quiet
                    icon=Glyph::ARROW_LEFT
                />
            </header>
            <Reasons reason=reason on_choose=choose />
            <DuplicateList reason=reason />
        </div>
    }
}

/// The stable name of a reason in addresses.
fn code(reason: DuplicateReason) -> &'static str {
    match reason {
        DuplicateReason::Email => "email",
        DuplicateReason::RegistrationNumber => "number",
        DuplicateReason::Phone => "phone",
        DuplicateReason::Name => "name",
    }
}
