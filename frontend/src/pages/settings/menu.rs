//! The list of settings that a person may see.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::Permission;

use crate::browser::focus;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::{Glyph, Icon};
use crate::session::Session;

/// One page of the settings.
#[derive(Clone, Copy)]
struct Entry {
    path: &'static str,
    name: fn(I18n) -> &'static str,
    glyph: Glyph,
    right: Option<Permission>,
}

/// A heading and what stands below it.
struct Group {
    name: fn(I18n) -> &'static str,
    entries: &'static [Entry],
}

const GROUPS: [Group; 3] = [
    Group {
        name: |it| t_string!(it, settings.group_own),
        entries: &[
            Entry { path: "/settings/profile", name: |it| t_string!(it, settings.profile), glyph: Glyph::USER, right: None },
            Entry { path: "/settings/sessions", name: |it| t_string!(it, settings.sessions), glyph: Glyph::MONITOR, right: None },
        ],
    },
    Group {
        name: |it| t_string!(it, settings.group_company),
        entries: &[
            Entry {
                path: "/settings/company",
                name: |it| t_string!(it, settings.company),
                glyph: Glyph::BUILDING_2,
                right: Some(Permission::SettingsManage),
            },
            Entry {
                path: "/settings/fields",
                name: |it| t_string!(it, fields.title),
                glyph: Glyph::LIST_CHECKS,
                right: Some(Permission::SettingsManage),
            },
            Entry {
                path: "/settings/campaigns",
                name: |it| t_string!(it, campaigns.title),
                glyph: Glyph::MEGAPHONE,
                right: Some(Permission::SettingsManage),
            },
            Entry {
                path: "/settings/accounts",
                name: |it| t_string!(it, accounts.title),
                glyph: Glyph::SERVER,
                right: Some(Permission::AccountsManage),
            },
            Entry {
                path: "/settings/senders",
                name: |it| t_string!(it, senders.title),
                glyph: Glyph::AT_SIGN,
                right: Some(Permission::AccountsManage),
            },
            Entry {
                path: "/settings/returns",
                name: |it| t_string!(it, returns.title),
                glyph: Glyph::MAIL_X,
                right: Some(Permission::AccountsManage),
            },
            Entry {
                path: "/settings/retries",
                name: |it| t_string!(it, retries.title),
                glyph: Glyph::REFRESH_CW,
                right: Some(Permission::AccountsManage),
            },
        ],
    },
    Group {
        name: |it| t_string!(it, settings.group_people),
        entries: &[
            Entry {
                path: "/settings/users",
                name: |it| t_string!(it, users.title),
                glyph: Glyph::USERS,
                right: Some(Permission::UsersManage),
            },
            Entry {
                path: "/settings/roles",
                name: |it| t_string!(it, users.roles),
                glyph: Glyph::SHIELD,
                right: Some(Permission::UsersManage),
            },
        ],
    },
];

/// The list; groups without an entry that the person may see are left out.
#[component]
pub(super) fn SettingsMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let seen = move |it: &&Entry| it.right.is_none_or(|right| session.can(right));
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
