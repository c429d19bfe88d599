//! Emptying the captured mailbox.

use leptos::prelude::*;
use model::{CapturedRow, Change};

use crate::calls::{Listing, act};
use crate::format;
use crate::i18n::{language, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, Confirm, Glyph};
use crate::toast::Toasts;

/// A button that asks first, with the number of mails that would go.
#[component]
pub fn EmptyBox(
    /// The mails that have come.
    listing: Listing<CapturedRow>,
    /// Called when the mailbox is empty.
    #[prop(into)]
    on_emptied: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, asks) = (RwSignal::new(false), RwSignal::new(false));
    let seen = Memo::new(move |_| listing.rows().with(|it| it.all().len()));
    let number = move || format::number(language(i18n.get_locale()), seen.get() as u64);
    let question = move || match listing.has_more() {
        true => t_string!(i18n, capture.empty_question_more, n = number()),
        false => t_string!(i18n, capture.empty_question, count = seen.get() as u32, n = number()),
    };
    let label = move || match listing.has_more() {
        true => t_string!(i18n, capture.empty_do_all).to_owned(),
        false => t_string!(i18n, capture.empty_do, count = seen.get() as u32, n = number()),
    };
    let empty = move || {
        act(busy, app::capture::clear_captured(), move |n| {
            asks.set(false);
            live.note(Change::Captured);
            toasts.done(tu_string!(i18n, capture.emptied, count = n as u32, n = n));
            on_emptied.run(());
        });
    };
    view! {
        <Show when=move || 0 < seen.get()>
            <Button label=move || t_string!(i18n, capture.empty) icon=Glyph::TRASH_2 on_press=move || asks.set(true) />
        </Show>
        <Confirm
            open=asks
            question=question
            text=move || t_string!(i18n, capture.empty_hint)
            act=label
            busy=busy
            on_confirm=empty
        />
    }
}
