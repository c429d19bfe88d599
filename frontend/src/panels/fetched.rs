//! A screen whose code is still on its way.

use app::Problem;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;

use super::allowed::Allowed;
use crate::parts::{ErrorState, Skeleton};
use crate::screens::Screen;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    Here,
    Failed,
}

/// Shows a screen to whoever may see it, as soon as its code is here.
#[component]
pub fn Fetched(
    /// Which one.
    screen: Screen,
) -> impl IntoView {
    view! { <Allowed rights=screen.rights()><Drawn screen=screen /></Allowed> }
}

/// Shows what lies over the screens as soon as its code is here, and nothing until then.
#[component]
pub fn FetchedOverlay(
    /// Called when its code cannot be fetched.
    #[prop(into)]
    on_failure: Callback<()>,
) -> impl IntoView {
    let drawn = RwSignal::new_local(None);
    spawn_local(ScopedFuture::new_untracked(async move {
        match Screen::Overlay.draw().await {
            Ok(view) => drop(drawn.try_set(Some(view))),
            Err(_) => on_failure.run(()),
        }
    }));
    move || {
        drawn.track();
        drawn.try_update_untracked(Option::take).flatten()
    }
}

#[component]
fn Drawn(screen: Screen) -> impl IntoView {
    let state = RwSignal::new(State::Coming);
    let drawn = StoredValue::new_local(None);
    let fetch = move || {
        state.set(State::Coming);
        // What is drawn belongs to this place: its contexts are seen, and it is cleaned up with it.
        spawn_local(ScopedFuture::new_untracked(async move {
            match screen.draw().await {
                Ok(view) => {
                    if drawn.try_update_value(|it| *it = Some(view)).is_some() {
                        state.set(State::Here);
                    }
                }
                Err(_) => drop(state.try_set(State::Failed)),
            }
        }));
    };
    fetch();
    move || match state.get() {
        State::Here => drawn.try_update_value(Option::take).flatten().into_any(),
        State::Coming => view! { <div class="page"><Skeleton lines=6 /></div> }.into_any(),
        State::Failed => view! { <ErrorState problem=Signal::stored(Problem::Unreachable) on_retry=fetch /> }.into_any(),
    }
}
