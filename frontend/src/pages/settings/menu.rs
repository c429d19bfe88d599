//! The list of settings that a person may see.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::browser::focus;
use crate::frame::settings_places::{Entry, GROUPS, Group};
use crate::i18n::{t_string, use_i18n};
use crate::parts::Icon;
use crate::session::Session;

/// The list; groups without an entry that the person may see are left out.
#[component]
pub(super) fn SettingsMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let seen = move |it: &&Entry| it.is_open_to(session);
    let group = move |group: &'static Group| {
        let entries: Vec<Entry> = group.entries.iter().filter(seen).copied().collect();
        (!entries.is_empty()).then(|| {
            view! {
                <li class="settings-group">
                    <span class="settings-heading">{move || (group.name)(i18n)}</span>
                    <ul>{entries.into_iter().map(|it| view! { <li><Way entry=it /></li> }).collect_view()}</ul>
                </li>
            }
        })
    };
    view! {
        <nav class="settings-menu" aria-label=move || t_string!(i18n, settings.sections)>
            <ul>{move || GROUPS.iter().map(group).collect_view()}</ul>
        </nav>
    }
}

#[component]
fn Way(entry: Entry) -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    let here = Memo::new(move |_| location.pathname.with(|it| it.starts_with(entry.path)));
    let node = NodeRef::<html::A>::new();
    // Where the menu is a strip, the present page may lie outside of it.
    Effect::new(move |_| {
        if let (true, Some(element)) = (here.get(), node.get()) {
            focus::reveal(&element);
        }
    });
    view! {
        <a
            node_ref=node
            class="settings-way"
            class:here=move || here.get()
            href=entry.path
            aria-current=move || here.get().then_some("page")
        >
            <Icon glyph=entry.glyph />
            <span>{move || (entry.name)(i18n)}</span>
        </a>
    }
}
