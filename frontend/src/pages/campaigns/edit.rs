//! A campaign that is put together.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{AudiencePart, CampaignAudience, CampaignDraft, CampaignId, RecipientListId, SegmentId};

use crate::browser::tab_storage;
use crate::i18n::{t_string, use_i18n};
use crate::pages::not_found::NotFoundPage;
use crate::panels::campaigns::{CampaignEditPanel, CampaignNewPanel};
use crate::routes::{id_param, replacing, staying};
use crate::state::campaign_steps::{PICKED, Step};

/// A new campaign (`/campaigns/new`, for a set with `?list=` or `?segment=`, for what was ticked with `?picked`).
#[component]
pub fn CampaignNewPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let navigate = StoredValue::new(use_navigate());
    let made = move |id: CampaignId, step: Step| navigate.with_value(|it| it(&edit_path(id, step), replacing()));
    let audience = query.with_untracked(|it| {
        let list = it.get("list").and_then(|it| it.parse().ok()).map(|it| AudiencePart::List(RecipientListId(it)));
        let segment = it.get("segment").and_then(|it| it.parse().ok()).map(|it| AudiencePart::Segment(SegmentId(it)));
        let picked = it.get("picked").and_then(|_| tab_storage::get(PICKED));
        let picked = picked.and_then(|it| serde_json::from_str(&it).ok()).map(AudiencePart::Contacts);
        CampaignAudience { include: list.into_iter().chain(segment).chain(picked).collect(), ..CampaignAudience::default() }
    });
    let begin = CampaignDraft { audience, ..CampaignDraft::default() };
    view! {
        <div class="page campaign-page">
            <h1>{move || t_string!(i18n, campaigns.new_title)}</h1>
            <CampaignNewPanel begin=begin on_made=made />
        </div>
    }
}

/// A campaign that is there; the step stands in the address.
#[component]
pub fn CampaignEditPage() -> impl IntoView {
    let i18n = use_i18n();
    let id = id_param::<CampaignId>();
    let query = use_query_map();
    let step = Memo::new(move |_| query.with(|it| it.get("step").and_then(|it| Step::from_code(&it))).unwrap_or_default());
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    move || match id.get() {
        Some(id) => view! {
            <div class="page campaign-page">
                <h1>{move || t_string!(i18n, campaigns.edit_title)}</h1>
                <CampaignEditPanel
                    id=id
                    step=step
                    on_step=move |step: Step| go(edit_path(id, step), staying(false))
                    on_prepared=move |id: CampaignId| go(format!("/campaigns/{id}"), NavigateOptions::default())
                />
            </div>
        }
        .into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

fn edit_path(id: CampaignId, step: Step) -> String {
    format!("/campaigns/{id}/edit?step={}", step.code())
}
