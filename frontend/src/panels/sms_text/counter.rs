//! How long a text message is.

use content::sms::{Alphabet, Count};
use leptos::prelude::*;

use crate::i18n::{I18n, t_string, use_i18n};
use crate::state::sms_text::Measured;

/// Characters, alphabet, parts, and what still fits.
#[component]
pub(super) fn Counter(
    /// The text for the person that is shown.
    measured: Memo<Option<Measured>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state =
        move || measured.with(|it| it.as_ref().map_or("wrong", |it| if 1 < it.count.n_segments { "long" } else { "fine" }));
    let missing = move || measured.with(|it| it.as_ref().map(|it| it.missing.join(", ")).filter(|it| !it.is_empty()));
    view! {
        <p class="sms-counter" role="status" data-state=state>
            {move || match measured.get() {
                Some(it) => {
                    let count = it.count;
                    view! {
                        <strong>{parts_words(i18n, count.n_segments as u32)}</strong>
                        <span>{units_words(i18n, count.n_units as u32)}</span>
                        <span>{alphabet(i18n, &count)}</span>
                        <span>{t_string!(i18n, sms_text.left, n = count.n_left)}</span>
                    }
                    .into_any()
                }
                None => view! { <span>{t_string!(i18n, sms_text.wrong)}</span> }.into_any(),
            }}
        </p>
        {move || missing().map(|it| view! { <p class="sms-missing">{t_string!(i18n, sms_text.missing, fields = it)}</p> })}
    }
}

/// The most parts over all recipients that were looked at.
#[component]
pub(super) fn Longest(
    /// Whose text is the longest, and how long.
    most: Memo<Option<(String, Count)>>,
    /// How many were looked at.
    seen: Signal<usize>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let (name, count) = most.get()?;
        let name = if name.is_empty() { t_string!(i18n, sms_text.samples).to_owned() } else { name };
        Some(
            t_string!(i18n, sms_text.most, parts = parts_words(i18n, count.n_segments as u32), name = name, n = seen.get())
                .to_string(),
        )
    };
    view! { <Show when=move || 1 < seen.get()><p class="sms-most">{words}</p></Show> }
}

/// So many parts.
pub(super) fn parts_words(i18n: I18n, n: u32) -> String {
    t_string!(i18n, sms_text.parts, count = n, n = n).to_string()
}

/// So many characters, as the alphabet counts them.
pub(super) fn units_words(i18n: I18n, n: u32) -> String {
    t_string!(i18n, sms_text.units, count = n, n = n).to_string()
}

fn alphabet(i18n: I18n, count: &Count) -> &'static str {
    match count.alphabet {
        Alphabet::Gsm7 => t_string!(i18n, sms_text.gsm),
        Alphabet::Unicode => t_string!(i18n, sms_text.unicode),
    }
}
