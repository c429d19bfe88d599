//! Those whom nobody may write to.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::Permission;

use crate::i18n::{t_string, use_i18n};
use crate::panels::suppressions::{AddSuppressions, SuppressionCount, SuppressionFilters, SuppressionList, listing};
use crate::parts::{Button, ButtonKind, Glyph, Icon, Page, SearchField};
use crate::session::Session;
use crate::state::suppression_place::SuppressionPlace;

/// The list with its filters, which stand in the address.
#[component]
pub fn SuppressionsPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let query = use_query_map();
    let place: Signal<SuppressionPlace> = Memo::new(move |_| query.with(|it| SuppressionPlace::read(|name| it.get(name)))).into();
    let rows = listing(place);
    let navigate = StoredValue::new(use_navigate());
    let go = move |place: SuppressionPlace, replace: bool| {
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|it| it(&place.path(), options));
    };
    let search = move |words: String| go(SuppressionPlace { words, ..place.get_untracked() }, true);
    let open = RwSignal::new(false);
    let add = move || {
        view! {
            <Show when=move || session.can(Permission::SuppressionsManage)>
                <Button
                    label=move || t_string!(i18n, suppressions.add)
                    kind=ButtonKind::Primary
                    icon=Glyph::PLUS
                    on_press=move || open.set(true)
                />
            </Show>
        }
    };
    let actions = move || {
        view! {
            <Show when=move || session.can(Permission::Export)>
                <a class="button" href=move || place.with(SuppressionPlace::export) rel="external" download="">
                    <Icon glyph=Glyph::DOWNLOAD />
                    <span class="label">{move || t_string!(i18n, suppressions.export)}</span>
                </a>
            </Show>
            {add()}
        }
    };
    view! {
        <Page title=move || t_string!(i18n, suppressions.title) lead=move || t_string!(i18n, suppressions.lead) actions=actions>
            <div class="suppressions-head">
                <SearchField
                    label=move || t_string!(i18n, suppressions.search)
                    hint=move || t_string!(i18n, suppressions.search_hint)
                    words=Signal::derive(move || place.with(|it| it.words.clone()))
                    on_search=search
                />
                <SuppressionFilters place=place on_change=Callback::new(move |(place,)| go(place, false)) />
                <span class="meta" role="status"><SuppressionCount place=place /></span>
            </div>
            <div class="suppressions-table">
                <SuppressionList place=place listing=rows on_clear=move || go(SuppressionPlace::default(), false) begin=add />
            </div>
            <AddSuppressions open=open />
        </Page>
    }
}
