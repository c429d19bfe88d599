//! The texts of the editor, handed to it as they stand in `locales`.

use super::Locale;

/// All texts of the editor in a language, as JSON.
pub fn labels(locale: Locale) -> &'static str {
    match locale {
        Locale::sk => include_str!("../../locales/sk/editor.json"),
        Locale::cs => include_str!("../../locales/cs/editor.json"),
        Locale::en => include_str!("../../locales/en/editor.json"),
    }
}
