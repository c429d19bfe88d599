//! The part of the form about how fast the account sends.

use leptos::prelude::*;

use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::parts::{RadioGroup, TextField, TextKind};
use crate::state::accounts::{LIMITS, OWN, Pace, UNLIMITED, read_limit};

/// The presets by their keys; the same numbers as [`LIMITS`].
const PRESETS: [&str; LIMITS.len()] = ["100", "300", "600", "1000", "3000"];

/// Presets, a number of one's own, or no limit; below it what that means.
#[component]
pub(super) fn PacePart(
    /// The chosen limit.
    limit: RwSignal<String>,
    /// The limit typed by hand.
    own_limit: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let mut options: Vec<(&'static str, TextProp)> = PRESETS
        .into_iter()
        .zip(LIMITS)
        .map(|(key, n)| (key, TextProp::from(move || format::number(language(i18n.get_locale()), u64::from(n)))))
        .collect();
    options.push((OWN, TextProp::from(move || t_string!(i18n, accounts.limit_own))));
    options.push((UNLIMITED, TextProp::from(move || t_string!(i18n, accounts.unlimited))));
    let pace = move || limit.with(|limit| own_limit.with(|own| read_limit(limit, own))).map(|it| pace_words(i18n, Pace::of(it)));
    view! {
        <section class="form-part">
            <header>
                <h2>{move || t_string!(i18n, accounts.section_pace)}</h2>
                <p>{move || t_string!(i18n, accounts.limit_hint)}</p>
            </header>
            <div class="form-fields">
                <div class="explained-choice">
                    <RadioGroup
                        label=move || t_string!(i18n, accounts.limit)
                        value=limit
                        segmented=true
                        options=options
                    />
                    <Show when=move || limit.with(|it| it == OWN)>
                        <TextField
                            label=move || t_string!(i18n, accounts.limit_own_label)
                            value=own_limit
                            name="hourly_limit"
                            kind=TextKind::Number
                            short=true
                        />
                    </Show>
                    <p class="hint" aria-live="polite">{pace}</p>
                </div>
            </div>
        </section>
    }
}

fn pace_words(i18n: I18n, pace: Pace) -> String {
    match pace {
        Pace::Unlimited => t_string!(i18n, accounts.pace_unlimited).to_owned(),
        Pace::Fast => t_string!(i18n, accounts.pace_fast).to_owned(),
        Pace::Seconds(n) => t_string!(i18n, accounts.pace_seconds, count = n, n = n),
        Pace::Minutes(n) => t_string!(i18n, accounts.pace_minutes, count = n, n = n),
    }
}
