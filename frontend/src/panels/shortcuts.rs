//! What the keyboard can do.

use leptos::prelude::*;

use crate::i18n::{I18n, t_string, use_i18n};
use crate::parts::{Dialog, Kbd};

type Line = (&'static str, fn(I18n) -> &'static str);

const ANYWHERE: [Line; 7] = [
    ("Ctrl K", |it| t_string!(it, frame.keys_palette)),
    ("/", |it| t_string!(it, frame.keys_search)),
    ("n", |it| t_string!(it, frame.keys_new)),
    ("w", |it| t_string!(it, frame.keys_write)),
    ("u", |it| t_string!(it, frame.undo)),
    ("?", |it| t_string!(it, frame.keys_help)),
    ("Esc", |it| t_string!(it, frame.keys_close)),
];

const LISTS: [Line; 5] = [
    ("j k", |it| t_string!(it, frame.keys_move)),
    ("↓ ↑", |it| t_string!(it, frame.keys_move)),
    ("Enter", |it| t_string!(it, frame.keys_open)),
    ("x", |it| t_string!(it, frame.keys_tick)),
    ("Shift x", |it| t_string!(it, frame.keys_tick_range)),
];

const GO: [Line; 9] = [
    ("g o", |it| t_string!(it, frame.overview)),
    ("g m", |it| t_string!(it, frame.messages)),
    ("g c", |it| t_string!(it, frame.contacts)),
    ("g r", |it| t_string!(it, frame.lists)),
    ("g t", |it| t_string!(it, frame.templates)),
    ("g b", |it| t_string!(it, frame.outbox)),
    ("g z", |it| t_string!(it, frame.capture)),
    ("g l", |it| t_string!(it, frame.log)),
    ("g s", |it| t_string!(it, frame.settings)),
];

/// All shortcuts in a dialog.
#[component]
pub fn ShortcutHelp(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let part = move |lines: &'static [Line]| {
        lines
            .iter()
            .map(|(keys, words)| {
                view! {
                    <div class="shortcut">
                        <dt>{move || words(i18n)}</dt>
                        <dd><Kbd keys=keys /></dd>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog title=move || t_string!(i18n, frame.shortcuts) open=open wide=true>
            <div class="shortcuts">
                <section>
                    <h3>{move || t_string!(i18n, frame.keys_anywhere)}</h3>
                    <dl>{part(&ANYWHERE)}</dl>
                </section>
                <section>
                    <h3>{move || t_string!(i18n, frame.keys_lists)}</h3>
                    <dl>{part(&LISTS)}</dl>
                </section>
                <section>
                    <h3>{move || t_string!(i18n, frame.keys_go)}</h3>
                    <dl>{part(&GO)}</dl>
                </section>
            </div>
        </Dialog>
    }
}
