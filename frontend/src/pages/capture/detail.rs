//! One captured mail, beside the list or over it.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::CapturedId;

use crate::pages::not_found::NotFoundPage;
use crate::panels::captured::CapturedMailPanel;
use crate::routes::{id_param, staying};
use crate::state::place;

/// One captured mail.
#[component]
pub fn CapturedDetailPage() -> impl IntoView {
    let id = id_param::<CapturedId>();
    let query = use_query_map();
    let view = Memo::new(move |_| query.with(|it| it.get("view")));
    let navigate = StoredValue::new(use_navigate());
    let choose = move |view: &'static str| {
        navigate.with_value(|it| it(&address(id.get_untracked(), Some(view)), staying(true)));
    };
    move || match id.get() {
        Some(id) => view! { <CapturedMailPanel id=id view=view on_view=choose /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The address of the list, or of a mail beside it in a view.
pub(super) fn address(open: Option<CapturedId>, view: Option<&str>) -> String {
    let path = open.map_or_else(|| "/capture".to_owned(), |id| format!("/capture/{id}"));
    let pairs: Vec<_> = view.map(|it| ("view", it.to_owned())).into_iter().collect();
    place::address(&path, &pairs)
}
