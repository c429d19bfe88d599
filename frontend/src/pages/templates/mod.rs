//! Templates: all of them, one of them, and writing one.

mod edit;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::TemplateId;

pub use self::edit::{TemplateEditPage, TemplateNewPage};
use crate::i18n::{t_string, use_i18n};
use crate::pages::not_found::NotFoundPage;
use crate::panels::templates::{ResetAllTemplates, TABS, TemplateFilters, TemplatePanel, TemplateTable};
use crate::parts::{ButtonKind, ButtonLink, Glyph, Kinds, Page, SearchField};
use crate::routes::{id_param, replacing, staying};
use crate::state::template_place::TemplatePlace;

/// The list with its filters, which stand in the address.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let place: Signal<TemplatePlace> = Memo::new(move |_| query.with(|it| TemplatePlace::read(|name| it.get(name)))).into();
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    let change = Callback::new(move |(next,): (TemplatePlace,)| {
        go(next.path(), staying(false));
    });
    let search = move |words: String| {
        go(TemplatePlace { words, ..place.get_untracked() }.path(), staying(true));
    };
    let new = move || {
        view! {
            <ButtonLink
                label=move || t_string!(i18n, templates.new_sms)
                href="/templates/new?channel=sms".to_owned()
                icon=Glyph::SMARTPHONE
            />
            <ButtonLink
                label=move || t_string!(i18n, templates.new)
                href="/templates/new".to_owned()
                kind=ButtonKind::Primary
                icon=Glyph::PLUS
                shortcut="n"
            />
        }
    };
    let acts = move || view! { {new()} <ResetAllTemplates /> };
    view! {
        <Page title=move || t_string!(i18n, templates.title) lead=move || t_string!(i18n, templates.lead) actions=acts>
            <Kinds
                label=move || t_string!(i18n, library.beside)
                links=vec![
                    ("/templates", (move || t_string!(i18n, library.templates)).into()),
                    ("/library", (move || t_string!(i18n, library.title)).into()),
                ]
                here="/templates"
            />
            <div class="templates-head">
                <SearchField
                    label=move || t_string!(i18n, templates.search)
                    hint=move || t_string!(i18n, templates.search_hint)
                    words=Signal::derive(move || place.with(|it| it.words.clone()))
                    on_search=search
                />
                <TemplateFilters place=place on_change=change />
            </div>
            <div class="lists-table">
                <TemplateTable
                    place=place
                    on_change=change
                    on_open=move |id: i64| go(format!("/templates/{id}"), NavigateOptions::default())
                    begin=new
                />
            </div>
        </Page>
    }
}

/// One template; the open tab stands in the address.
#[component]
pub fn TemplatePage() -> impl IntoView {
    let id = id_param::<TemplateId>();
    let query = use_query_map();
    let tab = Memo::new(move |_| {
        let wanted = query.with(|it| it.get("tab")).unwrap_or_default();
        TABS.iter().find(|it| **it == wanted).unwrap_or(&TABS[0]).to_string()
    });
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    move || {
        match id.get() {
        Some(id) => view! {
            <div class="page">
                <TemplatePanel
                    id=id
                    tab=tab
                    on_tab=move |key: &'static str| {
                        let address = if key == TABS[0] { format!("/templates/{id}") } else { format!("/templates/{id}?tab={key}") };
                        go(address, staying(true));
                    }
                    on_open=move |copy: TemplateId| go(format!("/templates/{copy}"), NavigateOptions::default())
                    on_deleted=move || go("/templates".to_owned(), replacing())
                />
            </div>
        }
        .into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
    }
}
