//! The blocks from top to bottom, those in columns beside one another.

use leptos::prelude::*;

use super::bench::Bench;
use super::card::Card;
use crate::i18n::{t_string, use_i18n};
use crate::state::blocks::Place;

/// All blocks.
#[component]
pub(super) fn Canvas(
    /// The blocks.
    bench: Bench,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = move || bench.edit.with(|it| it.document().blocks.is_empty());
    let dragged = move || bench.drag.with(|it| it.is_some_and(|it| it.is_on)).then_some("true");
    view! {
        <div class="blocks-canvas" data-room="" data-dragged=dragged on:keydown=move |event| {
            if event.key() == "Escape" {
                bench.leave_load();
            }
        }>
            <Show when=is_empty>
                <p class="blocks-empty">{move || t_string!(i18n, blocks.empty)}</p>
            </Show>
            <Stack bench=bench inside=None />
        </div>
    }
}

/// Blocks below one another.
#[component]
pub(super) fn Stack(
    /// The blocks.
    bench: Bench,
    /// The columns they are in and which of them; none for the document itself.
    inside: Option<(u32, usize)>,
) -> AnyView {
    let i18n = use_i18n();
    // A line shows where what is dragged would come to lie.
    let drop_at = move |at: usize| bench.drag.with(|it| it.and_then(|it| it.to) == Some(Place { inside, at }));
    let place_of = move |id: u32| bench.inside(inside).iter().position(|it| *it == id);
    let is_last = move || drop_at(bench.inside(inside).len());
    view! {
        <ol class="blocks-stack" aria-label=move || match inside {
            None => t_string!(i18n, blocks.blocks).to_owned(),
            Some((_, column)) => t_string!(i18n, blocks.column, n = column + 1).to_string(),
        }>
            <For each=move || bench.inside(inside) key=|it| *it let:id>
                <li class="blocks-place" data-drop=move || place_of(id).is_some_and(drop_at).then_some("before")>
                    <Card bench=bench id=id />
                </li>
            </For>
            <li class="blocks-end" aria-hidden="true" data-drop=move || is_last().then_some("before")></li>
        </ol>
    }
    .into_any()
}
