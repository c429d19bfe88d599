//! Moments.

use leptos::prelude::*;
use model::Moment;

use crate::format;
use crate::i18n::use_i18n;

/// A moment in short, the exact one in its tip.
#[component]
pub fn When(
    /// The moment.
    #[prop(into)]
    at: Signal<Moment>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <time class="when" title=move || format::exact(i18n.get_locale(), at.get())>
            {move || format::moment(i18n.get_locale(), at.get())}
        </time>
    }
}
