//! What can be added, and the way back.

use leptos::prelude::*;

use super::bench::{Bench, Load};
use crate::browser::timer;
use crate::i18n::{blocks, t_string, use_i18n};
use crate::parts::{Glyph, Icon, IconButton};
use crate::state::blocks::{BlocksEdit, Sort};

/// The kinds of blocks; one is added behind the open block when it is pressed, or where it is dragged to.
#[component]
pub(super) fn Palette(
    /// Where they are added.
    bench: Bench,
) -> impl IntoView {
    let i18n = use_i18n();
    // A drag that ends on its button is no press.
    let was_dragged = StoredValue::new(false);
    let piece = move |sort: Sort| {
        view! {
            <button
                type="button"
                class="button blocks-piece"
                data-kind="plain"
                data-sort=sort.key()
                prop:disabled=move || bench.tools.readonly.get()
                on:pointerdown=move |event| bench.press(Load::New(sort), &event)
                on:pointermove=move |event| bench.pull(&event)
                on:pointerup=move |_| {
                    was_dragged.set_value(bench.drop_load());
                    timer::after(0, move || {
                        let _ = was_dragged.try_update_value(|it| *it = false);
                    });
                }
                on:pointercancel=move |_| bench.leave_load()
                on:click=move |_| {
                    if !was_dragged.get_value() {
                        bench.add(sort);
                    }
                }
            >
                <Icon glyph=glyph(sort) />
                <span class="label">{move || blocks::sort(i18n.get_locale(), sort)}</span>
            </button>
        }
    };
    view! {
        <div class="blocks-palette" role="group" aria-label=move || t_string!(i18n, blocks.add)>
            {Sort::ALL.map(piece).collect_view()}
        </div>
    }
}

/// Undo and redo of what is arranged.
#[component]
pub(super) fn History(
    /// What is taken back.
    bench: Bench,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="blocks-history">
            <IconButton
                label=move || t_string!(i18n, blocks.undo)
                icon=Glyph::UNDO_2
                disabled=Signal::derive(move || bench.tools.readonly.get() || !bench.edit.with(BlocksEdit::can_undo))
                on_press=move || bench.undo()
            />
            <IconButton
                label=move || t_string!(i18n, blocks.redo)
                icon=Glyph::REDO_2
                disabled=Signal::derive(move || bench.tools.readonly.get() || !bench.edit.with(BlocksEdit::can_redo))
                on_press=move || bench.redo()
            />
        </div>
    }
}

/// The icon of a kind.
pub(super) fn glyph(sort: Sort) -> Glyph {
    match sort {
        Sort::Text => Glyph::FILE_TEXT,
        Sort::Picture => Glyph::IMAGE,
        Sort::Button => Glyph::LINK,
        Sort::Columns => Glyph::COLUMNS_3,
        Sort::Items => Glyph::LIST,
        Sort::Payment => Glyph::SMARTPHONE,
        Sort::Header => Glyph::BUILDING_2,
        Sort::Footer => Glyph::AT_SIGN,
        Sort::Divider => Glyph::MINUS,
        Sort::Spacer => Glyph::CHEVRONS_UP_DOWN,
    }
}
