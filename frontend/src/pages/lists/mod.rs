//! Recipient lists: all of them, and one with its members.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{ContactId, Permission, RecipientListId};

use crate::i18n::{t_string, use_i18n};
use crate::pages::not_found::NotFoundPage;
use crate::panels::lists::{ListDialog, ListPanel, ListTable};
use crate::parts::{Button, ButtonKind, Glyph, Kinds, Page, SearchField};
use crate::routes::{id_param, replacing, staying};
use crate::session::Session;
use crate::state::list_place::ListPlace;

/// All lists.
#[component]
pub fn ListsPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (place, change, open_list) = place_of("/lists");
    let making = RwSignal::new(false);
    let new = move || {
        view! {
            <Show when=move || session.can(Permission::ListsManage)>
                <Button
                    label=move || t_string!(i18n, lists.new)
                    kind=ButtonKind::Primary
                    icon=Glyph::PLUS
                    shortcut="n"
                    on_press=move || making.set(true)
                />
            </Show>
        }
    };
    view! {
        <Page title=move || t_string!(i18n, lists.title) lead=move || t_string!(i18n, lists.lead) actions=new>
            <SetsHead
                here="/lists"
                search=move || t_string!(i18n, lists.search)
                hint=move || t_string!(i18n, lists.search_hint)
                place=place
                on_change=change
            />
            <div class="lists-table"><ListTable place=place on_change=change on_open=open_list begin=new /></div>
            <ListDialog open=making list=Signal::stored(None) on_saved=move |id: RecipientListId| open_list.run((id.0,)) />
        </Page>
    }
}

/// One list.
#[component]
pub fn ListPage() -> impl IntoView {
    let id = id_param::<RecipientListId>();
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    move || match id.get() {
        Some(id) => view! {
            <div class="page">
                <ListPanel
                    id=id
                    on_open=move |contact: ContactId| go(format!("/contacts/{contact}"), NavigateOptions::default())
                    on_deleted=move || go("/lists".to_owned(), replacing())
                />
            </div>
        }
        .into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// What the address of a page of sets says, how it is changed, and how one of the sets is opened.
pub fn place_of(path: &'static str) -> (Memo<ListPlace>, Callback<(ListPlace,)>, Callback<(i64,)>) {
    let query = use_query_map();
    let place = Memo::new(move |_| query.with(|it| ListPlace::read(|name| it.get(name))));
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    let change = Callback::new(move |(next,): (ListPlace,)| {
        go(next.path(path), staying(true));
    });
    let open = Callback::new(move |(id,): (i64,)| go(format!("{path}/{id}"), NavigateOptions::default()));
    (place, change, open)
}

/// The two kinds of sets, lists and segments, each with a place of its own, and the search in the one that is open.
#[component]
pub fn SetsHead(
    /// The place that is open.
    here: &'static str,
    /// What is searched.
    #[prop(into)]
    search: TextProp,
    /// What stands in the empty field.
    #[prop(into)]
    hint: TextProp,
    /// What the list shows.
    #[prop(into)]
    place: Signal<ListPlace>,
    /// Called with another place.
    on_change: Callback<(ListPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Kinds
            label=move || t_string!(i18n, lists.kinds)
            links=vec![
                ("/lists", (move || t_string!(i18n, lists.title)).into()),
                ("/segments", (move || t_string!(i18n, lists.segments)).into()),
            ]
            here=here
        />
        <SearchField
            label=search
            hint=hint
            words=Signal::derive(move || place.with(|it| it.words.clone()))
            on_search=move |words: String| on_change.run((ListPlace { words, ..place.get_untracked() },))
        />
    }
}
