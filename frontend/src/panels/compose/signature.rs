//! The signature below the text, as it will be added.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Switch;
use crate::session::Session;

/// The switch and the signature; without one the way to set it.
#[component]
pub(super) fn SignatureField(
    /// Whether it is added.
    with_signature: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let signature = signature();
    let none = move || view! { <a href="/settings/profile">{move || t_string!(i18n, messages.signature_none)}</a> };
    view! {
        <section class="signature" aria-label=move || t_string!(i18n, messages.signature)>
            <Show when=move || signature.with(|it| !it.is_empty()) fallback=none>
                <pre class="signature-words" class:off=move || !with_signature.get()>{move || signature.get()}</pre>
                <Switch label=move || t_string!(i18n, messages.signature_add) checked=with_signature />
            </Show>
        </section>
    }
}

/// The signature of the signed-in person; may be empty.
pub(super) fn signature() -> Memo<String> {
    let session = Session::find();
    Memo::new(move |_| session.me().map_or_else(String::new, |me| me.signature.trim().to_owned()))
}
