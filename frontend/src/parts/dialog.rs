//! Dialogs: native ones, so that focus and Escape are the browser's business.

use leptos::html;
use leptos::prelude::*;

use super::button::{Button, ButtonKind, IconButton};
use super::fresh_id;
use super::icon::Glyph;
use crate::browser::{dialog, pointer};
use crate::i18n::{t_string, use_i18n};

/// A dialog with a title; what is inside lives only while it is open. Escape, the cross and a click beside it close it.
#[component]
pub fn Dialog(
    /// What it is about.
    #[prop(into)]
    title: TextProp,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Wide enough for a table.
    #[prop(optional)]
    wide: bool,
    /// What is inside.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    let title_id = fresh_id("dialog");
    Effect::new(move |_| {
        let Some(element) = node.get() else { return };
        if open.get() {
            dialog::open(&element);
        } else {
            dialog::close(&element);
        }
    });
    let children = StoredValue::new(children);
    let title = StoredValue::new(title);
    let labelled = title_id.clone();
    view! {
        <dialog
            class="dialog"
            class:wide=wide
            node_ref=node
            aria-labelledby=labelled
            on:close=move |_| open.set(false)
            on:click=move |event| {
                if pointer::click_is_on_itself(&event) {
                    open.set(false);
                }
            }
        >
            <Show when=move || open.get()>
                <div class="dialog-body">
                    <header class="dialog-head">
                        <h2 id=title_id.clone()>{move || title.with_value(TextProp::get)}</h2>
                        <IconButton
                            label=move || t_string!(i18n, common.close)
                            icon=Glyph::X
                            on_press=move || open.set(false)
                        />
                    </header>
                    {children.with_value(|it| it())}
                </div>
            </Show>
        </dialog>
    }
}

/// The end of a form in a dialog: away from it, or the act that sends it.
#[component]
pub fn DialogEnd(
    /// What the form does, in words.
    #[prop(into)]
    label: TextProp,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Whether the form is on its way.
    busy: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <footer class="dialog-end">
            <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
            <Button label=label kind=ButtonKind::Primary busy=busy submit=true />
        </footer>
    }
}
