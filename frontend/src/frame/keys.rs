//! Keys that work anywhere.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::overlay::Overlays;
use crate::browser::keyboard::{self, KeyPress};
use crate::browser::{dialog, focus, timer};
use crate::state::shortcut::{Shortcut, destination};

/// How long the second key of a way to a page may take, in milliseconds.
const GO_MS: i64 = 1_500;

/// Listens until the frame is gone.
pub(super) fn listen(overlays: Overlays) {
    let navigate = use_navigate();
    let going = StoredValue::new(None);
    keyboard::listen(move |press| {
        if press.ctrl && press.key.eq_ignore_ascii_case("k") {
            overlays.palette.update(|it| *it = !*it);
            return true;
        }
        if dialog::any_open() {
            return false;
        }
        let began = going.get_value();
        going.set_value(None);
        if let Some(began) = began
            && !press.typing
            && timer::now().since(began) < GO_MS
            && let Some(path) = destination(&press.key)
        {
            navigate(path, Default::default());
            return true;
        }
        match Shortcut::of(&press) {
            Some(Shortcut::Palette) => overlays.palette.set(true),
            Some(Shortcut::Search) => {
                if !keyboard::trigger("/") {
                    overlays.palette.set(true);
                }
            }
            Some(Shortcut::New) => return keyboard::trigger("n"),
            Some(Shortcut::Write) => navigate("/write", Default::default()),
            Some(Shortcut::Help) => overlays.help.set(true),
            Some(Shortcut::Go) => going.set_value(Some(timer::now())),
            None => return other(&press),
        }
        true
    });
}

/// Keys that a part or the table on the page has asked for.
fn other(press: &KeyPress) -> bool {
    if press.ctrl || press.alt {
        return false;
    }
    match press.key.as_str() {
        "Escape" if press.typing => {
            focus::leave();
            true
        }
        _ if press.typing => false,
        "j" | "k" => focus::set_first(".table-body [role=row][tabindex='0']"),
        key if key.chars().count() == 1 && key.chars().all(char::is_alphanumeric) => keyboard::trigger(key),
        _ => false,
    }
}
