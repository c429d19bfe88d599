//! Writing an e-mail.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::Page;

/// Writes a message.
#[component]
pub fn WritePage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Page title=move || t_string!(i18n, messages.title)>{()}</Page> }
}
