//! The question before something that cannot be taken back.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use super::dialog::Dialog;
use crate::i18n::{t_string, use_i18n};

/// Asks, names the consequences, and offers the act by its name; it stays open while the act runs.
#[component]
pub fn Confirm(
    /// Whether it asks.
    open: RwSignal<bool>,
    /// The question, with the name of the thing.
    #[prop(into)]
    question: TextProp,
    /// What will happen.
    #[prop(into)]
    text: TextProp,
    /// The act, in words.
    #[prop(into)]
    act: TextProp,
    /// Whether the act runs.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called when the act is wanted.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (text, act) = (StoredValue::new(text), StoredValue::new(act));
    view! {
        <Dialog title=question open=open>
            <p>{move || text.with_value(TextProp::get)}</p>
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button
                    label=move || act.with_value(TextProp::get)
                    kind=ButtonKind::Danger
                    busy=busy
                    on_press=on_confirm
                />
            </footer>
        </Dialog>
    }
}
