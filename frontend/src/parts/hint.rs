//! What looks suspicious about a typed address, with one press to correct it.

use leptos::prelude::*;
use model::{AddressHint, EmailAddress};

use super::icon::{Glyph, Icon};
use crate::browser::timer::Pause;
use crate::i18n::{t_string, use_i18n};

/// How long nobody types before a hint is given, in milliseconds: `gmail.co` is on the way to `gmail.com`.
const STILL_MS: u32 = 700;

/// A line below a field of one address. It is empty while there is nothing to say.
#[component]
pub fn AddressHintLine(
    /// What is typed.
    #[prop(into)]
    text: Signal<String>,
    /// Called with the address that was meant, when it is wanted.
    #[prop(into)]
    on_take: Callback<(String,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let hint = RwSignal::new(None::<AddressHint>);
    let pause = Pause::new(STILL_MS);
    Effect::new(move |before: Option<()>| {
        let found = text.with(|it| about(it));
        match (before, &found) {
            // What stood there from the beginning needs no pause, and what is right again needs no hint.
            (None, _) | (Some(()), None) => {
                pause.forget();
                hint.set(found);
            }
            (Some(()), Some(_)) => {
                hint.update(|it| *it = it.take().filter(|old| Some(old) == found.as_ref()));
                pause.then(move || {
                    let _ = hint.try_set(found);
                });
            }
        }
    });
    view! {
        <div class="address-hint" role="status">
            {move || {
                hint.get().map(|it| match it {
                    AddressHint::Meant(address) => {
                        let meant = address.to_string();
                        let shown = address.shown();
                        view! {
                            <Icon glyph=Glyph::CIRCLE_HELP />
                            <span>{move || t_string!(i18n, parts.hint_meant, address = shown.clone())}</span>
                            <button type="button" class="button" on:click=move |_| on_take.run((meant.clone(),))>
                                <span class="label">{move || t_string!(i18n, parts.hint_take)}</span>
                            </button>
                        }
                        .into_any()
                    }
                    AddressHint::LooksLikeAnother => view! {
                        <Icon glyph=Glyph::TRIANGLE_ALERT />
                        <span>{move || t_string!(i18n, parts.hint_looks)}</span>
                    }
                    .into_any(),
                })
            }}
        </div>
    }
}

fn about(text: &str) -> Option<AddressHint> {
    EmailAddress::parse(text).ok().and_then(|it| AddressHint::about(&it))
}
