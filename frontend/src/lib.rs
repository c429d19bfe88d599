//! The browser's program.
leptos_i18n::load_locales!();
