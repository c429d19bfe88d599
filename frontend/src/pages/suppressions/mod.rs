//! Those whom nobody may write to.

mod proposals;

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::Permission;
pub use proposals::ProposalsPage;

use crate::i18n::{t_string, use_i18n};
use crate::panels::suppressions::{AddSuppressions, SuppressionCount, SuppressionFilters, SuppressionList, listing};
use crate::parts::{Button, ButtonKind, ButtonLink, Glyph, Icon, Page, SearchField};
use crate::routes::staying;
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
        navigate.with_value(|it| it(&place.path(), staying(replace)));
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
            <Show when=move || session.can(Permission::SuppressionsManage)>
                <ButtonLink
                    label=move || t_string!(i18n, returns.proposals_open)
                    href="/suppressions/proposals".to_owned()
                    icon=Glyph::MAIL_X
                />
            </Show>
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
