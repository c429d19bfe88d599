//! A captured mail byte for byte.

use leptos::prelude::*;
use model::CapturedMail;

use crate::browser::storage;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{CopyButton, Switch};
use crate::state::captured::is_cut;

/// The name under which the machine remembers whether lines are wrapped.
const WRAP: &str = "capture.wrap";

/// The source in monospace, its lines wrapped or not.
#[component]
pub(super) fn Source(mail: Signal<CapturedMail>) -> impl IntoView {
    let i18n = use_i18n();
    let wrap = RwSignal::new(storage::get(WRAP).is_none_or(|it| it == "1"));
    Effect::new(move |_| storage::set(WRAP, if wrap.get() { "1" } else { "0" }));
    let source = Signal::derive(move || mail.with(|it| it.source.clone()));
    let cut = Memo::new(move |_| mail.with(is_cut));
    let size = move || format::size(i18n.get_locale(), mail.with(|it| it.row.size));
    view! {
        <div class="captured-bar">
            <Switch label=move || t_string!(i18n, capture.wrap) checked=wrap />
            <CopyButton text=source />
        </div>
        <pre class="captured-source" class:wrap=move || wrap.get() tabindex="0">{move || source.get()}</pre>
        <Show when=move || cut.get()>
            <p class="hint">{move || t_string!(i18n, capture.source_cut, size = size())}</p>
        </Show>
    }
}
