//! A list beside the detail of one of its rows: where the keyboard goes when one covers the other.

use leptos::prelude::*;

use crate::browser::{focus, timer};

/// On a narrow screen the keyboard goes along: to the way back when a detail covers the list, to its row when the list is there again.
/// On a wide one both are in sight and it stays where it is.
pub fn keep_focus(is_open: Signal<bool>) {
    Effect::new(move |before: Option<bool>| {
        let open = is_open.get();
        if before.is_some_and(|it| it != open) {
            let target = if open { ".split-back" } else { ".split-list .table-body [role=row][tabindex='0']" };
            timer::after(0, move || {
                focus::set_first(target);
            });
        }
        open
    });
}
