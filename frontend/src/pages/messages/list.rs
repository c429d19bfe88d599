//! The list of messages beside the one that is open.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use model::{ChosenMessages, MessageColumn, MessageId, MessageRow, Permission};

use super::{address, place_in_address};
use crate::browser::timer;
use crate::i18n::{messages as words, t_string, use_i18n};
use crate::pages::beside::keep_focus;
use crate::panels::archive::MessageExportMenu;
use crate::panels::messages::filters::MessageFilters;
use crate::panels::messages::found::FoundFacets;
use crate::panels::messages::list::{MessageCount, MessageList, survey};
use crate::panels::messages::look::MessageLook;
use crate::panels::messages::query_help::{QueryFaults, SearchLine};
use crate::panels::views::chooser::ColumnChooser;
use crate::panels::views::menu::ViewMenu;
use crate::parts::{ButtonLink, Glyph, Icon, Split, Title};
use crate::routes::staying;
use crate::session::Session;
use crate::state::message_acts::{Leads, leads_to};
use crate::state::message_place::{MessagePlace, Within};
use crate::state::place::opened;

/// The list beside the message that is open.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let place = place_in_address();
    // The id belongs to the page inside; from here only the path tells it.
    let path = use_location().pathname;
    let open = Memo::new(move |_| path.with(|it| opened(it)?.parse::<MessageId>().ok()));
    let query = use_query_map();
    let tab = move || query.with_untracked(|it| it.get("tab"));
    let navigate = StoredValue::new(use_navigate());
    let go = move |address: String, options: NavigateOptions| navigate.with_value(|it| it(&address, options));
    let search = move |words: String| {
        let place = MessagePlace { words, ..place.get_untracked() };
        go(address(&place, open.get_untracked(), tab().as_deref()), staying(true));
    };
    let narrow = move |place: MessagePlace| go(address(&place, open.get_untracked(), tab().as_deref()), staying(false));
    let open_row = move |row: MessageRow| {
        let me = untrack(|| session.me()).map_or_else(String::new, |me| me.name.clone());
        match leads_to(&row, &me) {
            Leads::Writing => go(format!("/write?draft={}", row.id), NavigateOptions::default()),
            Leads::Reading => go(address(&place.get_untracked(), Some(row.id), tab().as_deref()), staying(false)),
        }
    };
    let close = move || {
        if open.get_untracked().is_some() {
            go(address(&place.get_untracked(), None, None), staying(false));
        }
    };
    let look = MessageLook::new(place.into());
    look.begin_with_default(Callback::new(move |(next,): (MessagePlace,)| {
        go(address(&next, open.get_untracked(), tab().as_deref()), staying(true));
    }));
    keep_focus(Signal::derive(move || open.get().is_some()));
    let title = move || {
        // The open message names the tab itself; back in the list the list does again.
        open.track();
        t_string!(i18n, messages.title)
    };
    let list = move || {
        view! {
            <section class="list-page">
                <ListHead look=look place=place on_search=search on_change=narrow />
                <MessageList
                    place=place
                    look=look
                    current=Signal::derive(move || open.get().map(|it| it.0))
                    on_open=open_row
                    on_clear=move || narrow(MessagePlace::default())
                    on_escape=Callback::new(move |()| close())
                    begin=ViewFn::from(move || view! { <Write /> })
                />
            </section>
        }
    };
    view! {
        <Title text=title />
        <Split
            list=list.into()
            open=Signal::derive(move || open.get().is_some())
            back=Signal::derive(move || address(&place.get(), None, None))
        >
            <Outlet />
        </Split>
    }
}

#[component]
fn ListHead(
    look: MessageLook,
    place: Memo<MessagePlace>,
    #[prop(into)] on_search: Callback<(String,)>,
    #[prop(into)] on_change: Callback<(MessagePlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let found = survey(place.into(), Within::Everything);
    let listed = move || {
        let me = untrack(|| session.me()).map(|it| it.id);
        ChosenMessages::Matching(place.with_untracked(|it| it.filter(me, timer::now(), Within::Everything)))
    };
    view! {
        <header class="list-head">
            <div class="list-title">
                <div class="list-words">
                    <h1>{move || t_string!(i18n, messages.title)}</h1>
                    <span class="meta" role="status"><MessageCount survey=found /></span>
                </div>
                <div class="list-acts">
                    <ViewMenu look=look all=move || t_string!(i18n, views.messages_all) on_change=on_change />
                    <ColumnChooser
                        look=look
                        all=Signal::stored(MessageColumn::ALL.to_vec())
                        name=move |column| words::column(i18n.get_locale(), column)
                    />
                    <MessageExportMenu
                        label=move || t_string!(i18n, archive.export_listed)
                        chosen=listed
                        icon_only=true
                    />
                    <Bin />
                    <Write />
                </div>
            </div>
            <SearchLine words=Signal::derive(move || place.with(|it| it.words.clone())) on_search=on_search />
            <QueryFaults survey=found />
            <MessageFilters place=place on_change=on_change />
            <FoundFacets place=place survey=found on_change=on_change />
        </header>
    }
}

/// Leads to what was deleted, for those who may delete.
#[component]
fn Bin() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let label = move || t_string!(i18n, retention.bin);
    view! {
        <Show when=move || session.can(Permission::MessageDelete)>
            <a class="button icon-button" data-kind="quiet" href="/bin" aria-label=label title=label>
                <Icon glyph=Glyph::TRASH_2 />
            </a>
        </Show>
    }
}

/// Leads to a new e-mail, for those who may write one.
#[component]
fn Write() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    view! {
        <Show when=move || session.can(Permission::MessageWrite)>
            <ButtonLink
                label=move || t_string!(i18n, messages.write)
                href="/write".to_owned()
                icon=Glyph::PENCIL
                shortcut="n"
            />
        </Show>
    }
}
