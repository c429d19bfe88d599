//! The root: what everything below finds in its context.

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::browser::document;
use crate::browser::failure::{self, LastWords};
use crate::i18n::{I18nContextProvider, Speech, locale, td_string};
use crate::live::Live;
use crate::panels::toasts::ToastShelf;
use crate::routes::AllRoutes;
use crate::session::{Session, remembered};
use crate::toast::Toasts;

/// Mounts the program in place of the shell's loading note.
pub fn mount() {
    failure::watch(last_words);
    document::remove_loading_note();
    if let Some(place) = document::mount_point() {
        mount_to(place, || view! { <I18nContextProvider><Program /></I18nContextProvider> }).forget();
    }
}

/// Everything that is on screen.
#[component]
fn Program() -> impl IntoView {
    let kept = remembered();
    let speech = Speech::provide(kept.language);
    document::set_theme(kept.theme);
    document::set_density(kept.density);
    let session = Session::provide(speech);
    Live::provide();
    Toasts::provide();
    if !document::is_fresh_installation() {
        session.ask();
    }
    view! {
        <Router>
            <AllRoutes />
        </Router>
        <ToastShelf />
    }
}

/// What stands on the page when the program has broken, in the language of this machine.
fn last_words() -> LastWords {
    let locale = locale(remembered().language);
    LastWords {
        title: td_string!(locale, frame.broken_title),
        text: td_string!(locale, frame.broken_text),
        reload: td_string!(locale, frame.reload),
    }
}
