//! The top bar: search, what waits, who one is.

use leptos::prelude::*;

use super::overlay::Overlays;
use crate::format;
use crate::i18n::{language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::account_menu::AccountMenu;
use crate::parts::{Glyph, Icon, Kbd, Mark, MarkBadge};

/// The bar.
#[component]
pub(super) fn TopBar(overlays: Overlays) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <header class="topbar">
            <button
                type="button"
                class="search-all"
                aria-haspopup="dialog"
                aria-keyshortcuts="Control+K"
                on:click=move |_| overlays.palette.set(true)
            >
                <Icon glyph=Glyph::SEARCH />
                <span>{move || t_string!(i18n, frame.search)}</span>
                <span class="keys" aria-hidden="true"><Kbd keys="Ctrl K" /></span>
            </button>
            <span class="topbar-space"></span>
            <QueueSign />
            <AccountMenu on_help=move || overlays.help.set(true) />
        </header>
    }
}

/// How many deliveries wait or move.
#[component]
fn QueueSign() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let waiting = move || live.pulse().waiting;
    let mark = Signal::derive(move || if waiting() == 0 { Mark::Delivered } else { Mark::Waiting });
    let words = move || match waiting() {
        0 => t_string!(i18n, frame.queue_empty).to_owned(),
        n => t_string!(i18n, frame.queue, n = format::number(language(i18n.get_locale()), n)),
    };
    view! {
        <a href="/messages?state=queued" class="queue-sign" aria-label=words>
            <MarkBadge mark=mark word=words />
        </a>
    }
}
