//! How far the full text is with what it takes in.

use leptos::prelude::*;
use model::Change;

use crate::browser::timer;
use crate::calls;
use crate::format;
use crate::i18n::{language, messages as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::Progress;

/// How often it is asked for, in milliseconds.
const EACH: u32 = 2_000;
/// Fewer changes are taken in before anybody could read of them.
const WORTH_TELLING: u64 = 20;

/// The progress, while there is much to take in.
#[component]
pub fn TakingIn() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let answer = calls::ask(move || live.version(Change::Settings), |_| app::settings::open_search_progress());
    let waiting = Memo::new(move |_| answer.with(|it| it.map_or(0, |it| it.waiting + it.things + it.log)));
    // The most that waited at once is the whole.
    let whole = Memo::new(move |before: Option<&u64>| match waiting.get() {
        0 => 0,
        n => n.max(before.copied().unwrap_or(0)),
    });
    timer::every(EACH, move || {
        if 0 < waiting.get_untracked() {
            answer.ask_again();
        }
    });
    let share = Signal::derive(move || 1.0 - waiting.get() as f64 / whole.get().max(1) as f64);
    let rest = move || {
        let n = waiting.get();
        let number = format::number(language(i18n.get_locale()), n);
        t_string!(i18n, found.taking_in_rest, count = words::small(n), n = number)
    };
    view! {
        <Show when=move || WORTH_TELLING < whole.get()>
            <div class="taking-in" role="status">
                <Progress label=move || t_string!(i18n, found.taking_in) share=share />
                <p class="hint">{rest}</p>
            </div>
        </Show>
    }
}
