//! Holding everything, and letting it go again.

use leptos::prelude::*;
use model::{Change, Outbox};

use crate::calls::{Answer, act};
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, Glyph, Tone};
use crate::toast::Toasts;

/// A button that holds everything, or the word who held it with the button that lets it go.
#[component]
pub fn PauseAll(
    /// The outbox.
    outbox: Answer<Outbox>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let paused = Memo::new(move |_| outbox.with(|it| it.and_then(|it| it.paused.clone())));
    let pause = move || {
        act(busy, app::outbox::pause_sending(), move |()| {
            live.note(Change::Messages);
            toasts.done(untrack(|| t_string!(i18n, outbox.paused_done)));
        });
    };
    let resume = move || {
        act(busy, app::outbox::resume_sending(), move |()| {
            live.note(Change::Messages);
            toasts.done(untrack(|| t_string!(i18n, outbox.resumed_done)));
        });
    };
    let words = move || {
        let (at, name) = paused.get().unwrap_or_default();
        t_string!(i18n, outbox.paused_by, name = name, when = format::moment(i18n.get_locale(), at))
    };
    view! {
        <Show
            when=move || paused.with(Option::is_some)
            fallback=move || view! {
                <p class="outbox-pause">
                    <Button label=move || t_string!(i18n, outbox.pause) icon=Glyph::PAUSE busy=busy on_press=pause />
                    <span class="meta">{move || t_string!(i18n, outbox.pause_hint)}</span>
                </p>
            }
        >
            <Banner tone=Tone::Warning glyph=Glyph::PAUSE text=words>
                <Button label=move || t_string!(i18n, outbox.resume) icon=Glyph::PLAY busy=busy on_press=resume />
            </Banner>
        </Show>
    }
}
