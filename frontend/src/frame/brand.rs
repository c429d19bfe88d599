//! The name and the mark.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};

/// The mark with the name, outside the house.
#[component]
pub fn Brand() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="brand">
            <BrandMark />
            <strong>{move || t_string!(i18n, common.system)}</strong>
        </span>
    }
}

/// The flying letter.
#[component]
pub(super) fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect width="32" height="32" rx="8" />
            <path d="M12.2 10h12.3c1 0 1.7.9 1.4 1.9l-3 9.6c-.3.9-1.1 1.5-2 1.5H8.6c-1 0-1.7-.9-1.4-1.9l.9-2.9M12.4 10.4l4.9 6c.4.5 1.1.5 1.6.1l6.7-6" />
            <path class="wind" d="M4.5 10h4M3.5 14h6.2" />
        </svg>
    }
}
