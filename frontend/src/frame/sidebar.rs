//! The main menu: a column at the left, a bar at the bottom of a phone.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::Permission;

use super::brand::BrandMark;
use super::places::{self, Place};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Glyph, Icon, Menu, MenuLink};
use crate::session::Session;

/// How many places fit into the bar of a phone beside *Write* and *More*.
const BAR_PLACES: usize = 3;

/// The column.
#[component]
pub(super) fn Sidebar() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let company = move || session.me().map(|me| me.company.clone()).unwrap_or_default();
    view! {
        <nav class="sidebar" aria-label=move || t_string!(i18n, frame.navigation)>
            <a href="/" class="brand">
                <BrandMark />
                <span class="brand-words">
                    <strong>{move || t_string!(i18n, common.system)}</strong>
                    <span class="company">{company}</span>
                </span>
            </a>
            <Show when=move || session.can(Permission::MessageWrite)>
                <a href="/write" class="button write" data-kind="plain" aria-keyshortcuts="w">
                    <Icon glyph=Glyph::PENCIL />
                    <span class="label">{move || t_string!(i18n, frame.write)}</span>
                </a>
            </Show>
            <ul>
                {move || places::open_to(session).map(|it| view! { <li><Way place=it /></li> }).collect_view()}
            </ul>
        </nav>
    }
}

/// The bar of a phone: three places, writing, and the rest.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    view! {
        <nav class="bottom-bar" aria-label=move || t_string!(i18n, frame.navigation)>
            {move || places::open_to(session).take(BAR_PLACES).map(|it| view! { <Way place=it /> }).collect_view()}
            <Show when=move || session.can(Permission::MessageWrite)>
                <a href="/write" class="way write">
                    <Icon glyph=Glyph::PENCIL large=true />
                    <span>{move || t_string!(i18n, frame.write_short)}</span>
                </a>
            </Show>
            <Menu
                label=move || t_string!(i18n, frame.more)
                class="way"
                face=move || view! {
                    <Icon glyph=Glyph::MENU large=true />
                    <span>{move || t_string!(i18n, frame.more)}</span>
                }
            >
                {move || {
                    places::open_to(session)
                        .skip(BAR_PLACES)
                        .map(|it| view! { <MenuLink label=move || (it.name)(i18n) glyph=it.glyph href=it.path.to_owned() /> })
                        .collect_view()
                }}
            </Menu>
        </nav>
    }
}

#[component]
fn Way(place: Place) -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    let here = Memo::new(move |_| location.pathname.with(|it| places::is_in(it, place.path)));
    view! {
        <a
            class="way"
            class:here=move || here.get()
            href=place.path
            aria-current=move || here.get().then_some("page")
        >
            <Icon glyph=place.glyph large=true />
            <span>{move || (place.name)(i18n)}</span>
        </a>
    }
}
