//! One recipient as a chip.

use leptos::ev;
use leptos::prelude::*;
use model::ListedAddress;

use crate::browser::pointer;
use crate::i18n::{refusals, t_string, use_i18n};
use crate::parts::{Glyph, Icon};
use crate::state::recipients::label;

/// What the keyboard asks of a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChipAct {
    /// To go to its left neighbour.
    Left,
    /// To go to its right neighbour or back into the field.
    Right,
    /// To take it away.
    Remove,
    /// To open it for typing.
    Reopen,
}

/// A name or an address that is done; one that is no address says why.
#[component]
pub(super) fn RecipientChip(
    /// The recipient.
    chip: ListedAddress,
    /// Called with what is asked of it.
    on_act: Callback<(ChipAct,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let fault = chip.address.as_ref().err().copied();
    let (text, shown) = (chip.text.clone(), label(&chip).to_owned());
    let name = shown.clone();
    let why = move || fault.map(|it| refusals::address_fault(i18n.get_locale(), it));
    let words = move || match why() {
        Some(why) => t_string!(i18n, messages.chip_faulty, text = text.clone(), why = why),
        None => t_string!(i18n, messages.chip_edit, text = text.clone()),
    };
    let tip = chip.text.clone();
    let press_key = move |event: ev::KeyboardEvent| {
        if !pointer::is_on_itself(&event) {
            return;
        }
        let act = match event.key().as_str() {
            "ArrowLeft" => ChipAct::Left,
            "ArrowRight" => ChipAct::Right,
            "Delete" | "Backspace" => ChipAct::Remove,
            "Enter" | "F2" if !event.ctrl_key() && !event.meta_key() => ChipAct::Reopen,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        on_act.run((act,));
    };
    view! {
        <li class="recipient" class:faulty=fault.is_some()>
            <button
                type="button"
                class="recipient-words"
                tabindex="-1"
                title=move || why().map_or_else(|| tip.clone(), str::to_owned)
                aria-label=words
                on:keydown=press_key
                on:dblclick=move |_| on_act.run((ChipAct::Reopen,))
            >
                {fault.is_some().then(|| view! { <Icon glyph=Glyph::CIRCLE_ALERT /> })}
                <span class="clip">{shown}</span>
            </button>
            <button
                type="button"
                class="recipient-remove"
                tabindex="-1"
                aria-label=move || t_string!(i18n, messages.chip_remove, name = name.clone())
                on:click=move |_| on_act.run((ChipAct::Remove,))
            >
                <Icon glyph=Glyph::X />
            </button>
        </li>
    }
}
