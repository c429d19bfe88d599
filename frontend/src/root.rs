//! The root: what everything below finds in its context.

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::browser::document;
use crate::i18n::{I18nContextProvider, Speech};
use crate::live::Live;
use crate::panels::toasts::ToastShelf;
use crate::routes::AllRoutes;
use crate::session::{Session, remembered};
use crate::toast::Toasts;

/// Mounts the program in place of the shell's loading note.
pub fn mount() {
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
