//! The frame around every page of a signed-in person: where one can go, search, what waits, who one is.

mod brand;
mod keys;
mod overlay;
pub mod places;
pub mod settings_places;
mod sidebar;
mod topbar;

use app::Problem;
pub use brand::Brand;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};
use model::{Change, MessageId};
pub use overlay::Overlay;

use self::overlay::Overlays;
use self::sidebar::{BottomBar, Sidebar};
use self::topbar::TopBar;
use crate::browser::{focus, location, timer};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::banners::Banners;
use crate::panels::fetched::FetchedOverlay;
use crate::panels::undo::{UndoBar, UndoList};
use crate::screens;
use crate::session::{Session, Standing};
use crate::toast::Toasts;

/// How long the first screen stands before the next chunks are fetched, in milliseconds.
const AHEAD_MS: u32 = 1_500;

/// Shows the page inside the frame to whoever is signed in, and the sign-in page to anybody else.
#[component]
pub fn Frame() -> impl IntoView {
    let session = Session::find();
    let inside = Memo::new(move |_| matches!(session.standing(), Standing::In(_)));
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Standing::Out { ended } = session.standing() {
            let next = location::encode(&location::path_and_query());
            let reason = if ended { "&ended=1" } else { "" };
            navigate(&format!("/sign-in?next={next}{reason}"), crate::routes::replacing());
        }
    });
    view! {
        <Show when=move || inside.get() fallback=Waiting>
            <House />
        </Show>
    }
}

/// While nobody knows yet who is there.
#[component]
fn Waiting() -> impl IntoView {
    use crate::parts::{ErrorState, Skeleton};
    let session = Session::find();
    move || match session.standing() {
        Standing::Unknown(problem) => view! {
            <main class="alone">
                <ErrorState problem=Signal::stored(problem) on_retry=move || session.ask() />
            </main>
        }
        .into_any(),
        _ => view! { <main class="alone"><Skeleton lines=4 /></main> }.into_any(),
    }
}

#[component]
fn House() -> impl IntoView {
    let i18n = use_i18n();
    let overlays = Overlays::provide();
    UndoList::provide();
    let live = Live::find();
    live.connect();
    follow_settings(live);
    keys::listen(overlays);
    follow_route();
    timer::after(AHEAD_MS, || spawn_local(screens::fetch_ahead()));
    let navigate = use_navigate();
    let back_to_draft = move |id: MessageId| navigate(&format!("/write?draft={id}"), Default::default());
    let toasts = Toasts::find();
    let give_up = move || {
        overlays.close();
        toasts.problem(&Problem::Unreachable);
    };
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            focus::set_by_id("main");
        }>
            {move || t_string!(i18n, frame.skip)}
        </a>
        <div class="house">
            <Sidebar />
            <div class="room">
                <TopBar overlays=overlays />
                <Banners />
                <main id="main" tabindex="-1">
                    <Outlet />
                </main>
            </div>
            <BottomBar />
        </div>
        <UndoBar on_undone=back_to_draft />
        <Show when=move || overlays.any_open()>
            <FetchedOverlay on_failure=give_up />
        </Show>
    }
}

/// Rights, the company's name and whether everything is captured follow what others change.
fn follow_settings(live: Live) {
    let session = Session::find();
    Effect::new(move |before: Option<()>| {
        live.version(Change::Settings);
        live.version(Change::Accounts);
        if before.is_some() {
            session.refresh();
        }
    });
}

/// A new page begins at its top with the keyboard in it, so that readers hear it and Tab goes on from there.
fn follow_route() {
    let location = use_location();
    Effect::new(move |before: Option<String>| {
        let section = places::section(&location.pathname.get());
        if before.is_some_and(|it| it != section) {
            focus::set_by_id("main");
        }
        section
    });
}
