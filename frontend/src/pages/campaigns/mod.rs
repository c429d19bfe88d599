//! Campaigns: all of them, one of them, and putting one together.

mod edit;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{CampaignId, MessageRow, Permission};

pub use self::edit::{CampaignEditPage, CampaignNewPage};
use crate::i18n::{t_string, use_i18n};
use crate::pages::not_found::NotFoundPage;
use crate::panels::campaigns::{CampaignFilters, CampaignPanel, CampaignTable, CampaignsExchange, MESSAGES, TABS};
use crate::parts::{ButtonKind, ButtonLink, Glyph, Page, SearchField};
use crate::routes::{id_param, replacing, staying};
use crate::session::Session;
use crate::state::campaign_place::CampaignPlace;
use crate::state::campaign_review::ReviewAt;
use crate::state::message_place::MessagePlace;
use crate::state::place;

/// The list with its filters, which stand in the address.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let query = use_query_map();
    let place: Signal<CampaignPlace> = Memo::new(move |_| query.with(|it| CampaignPlace::read(|name| it.get(name)))).into();
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    let change = Callback::new(move |(next,): (CampaignPlace,)| go(next.path(), staying(false)));
    let search = move |words: String| go(CampaignPlace { words, ..place.get_untracked() }.path(), staying(true));
    let new = move || {
        view! {
            <Show when=move || session.can(Permission::CampaignWrite)>
                <ButtonLink
                    label=move || t_string!(i18n, campaigns.new)
                    href="/campaigns/new".to_owned()
                    kind=ButtonKind::Primary
                    icon=Glyph::PLUS
                    shortcut="n"
                />
            </Show>
        }
    };
    let filter = Signal::derive(move || place.with(|it| it.query(None).filter));
    let actions = move || view! { {new()} <CampaignsExchange filter=filter /> };
    view! {
        <Page title=move || t_string!(i18n, campaigns.title) lead=move || t_string!(i18n, campaigns.lead) actions=actions>
            <div class="templates-head">
                <SearchField
                    label=move || t_string!(i18n, campaigns.search)
                    hint=move || t_string!(i18n, campaigns.search_hint)
                    words=Signal::derive(move || place.with(|it| it.words.clone()))
                    on_search=search
                />
                <CampaignFilters place=place on_change=change />
            </div>
            <div class="lists-table">
                <CampaignTable
                    place=place
                    on_change=change
                    on_open=move |id: i64| go(format!("/campaigns/{id}"), NavigateOptions::default())
                    begin=new
                />
            </div>
        </Page>
    }
}

/// One campaign; the open tab and the place in the review stand in the address.
#[component]
pub fn CampaignPage() -> impl IntoView {
    let id = id_param::<CampaignId>();
    let query = use_query_map();
    let tab = Memo::new(move |_| {
        let wanted = query.with(|it| it.get("tab")).unwrap_or_default();
        TABS.iter().find(|it| **it == wanted).unwrap_or(&TABS[0]).to_string()
    });
    let messages = Memo::new(move |_| MessagePlace::from_code(&query.with(|it| it.get(MESSAGES)).unwrap_or_default()));
    let at = Memo::new(move |_| query.with(|it| ReviewAt::read(|name| it.get(name))));
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    move || {
        match id.get() {
        Some(id) => view! {
            <div class="page">
                <CampaignPanel
                    id=id
                    tab=tab
                    on_tab=move |key: &'static str| {
                        let address = if key == TABS[0] { format!("/campaigns/{id}") } else { format!("/campaigns/{id}?tab={key}") };
                        go(address, staying(true));
                    }
                    at=at
                    on_at=move |at: ReviewAt| go(at.path(id), staying(true))
                    on_open=move |copy: CampaignId| go(format!("/campaigns/{copy}/edit"), NavigateOptions::default())
                    messages=messages
                    on_messages=move |next: MessagePlace| {
                        let code = next.code().map(|it| (MESSAGES, it));
                        let pairs: Vec<_> = [("tab", MESSAGES.to_owned())].into_iter().chain(code).collect();
                        go(place::address(&format!("/campaigns/{id}"), &pairs), staying(true));
                    }
                    on_message=move |row: MessageRow| go(format!("/messages/{}", row.id), NavigateOptions::default())
                    on_deleted=move || go("/campaigns".to_owned(), replacing())
                />
            </div>
        }
        .into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
    }
}
