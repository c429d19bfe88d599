//! The words on the screens, in three languages that change without a reload.
//!
//! Texts stand in `locales/{language}/{namespace}.json` and a missing key does not compile: `t_string!` looks them up where a change of
//! language must be followed, `tu_string!` where it need not (in callbacks), `td_string!` where the language is given. Words for values of the model stand in [`words`], refusals and faults in [`refusals`].

pub mod blocks;
mod campaign_deeds;
pub mod campaign_words;
pub mod campaigns;
pub mod changes;
pub mod contact_list;
pub mod contacts;
pub mod deeds;
pub mod editor;
mod generated;
pub mod imports;
pub mod lists;
pub mod merge;
pub mod messages;
pub mod oauth;
pub mod old_archive;
pub mod probe;
pub mod quality;
pub mod query;
pub mod readiness;
pub mod refusals;
pub mod retention;
pub mod returns;
pub mod rights;
pub mod segments;
pub mod senders;
pub mod sms;
pub mod suppressions;
pub mod templates;
pub mod words;

use leptos::prelude::*;
use model::Language;

pub use generated::i18n::{I18nContextProvider, Locale, t, t_string, td_string, tu_string, use_i18n};

/// The context that the words are looked up in.
pub type I18n = leptos_i18n::I18nContext<Locale>;

/// The language that the screens are in, and the only place that changes it.
#[derive(Clone, Copy)]
pub struct Speech {
    language: RwSignal<Language>,
}

impl Speech {
    /// Begins with a language and keeps the words in step with it. Needs [`I18nContextProvider`] above.
    pub fn provide(language: Language) -> Self {
        let speech = Self { language: RwSignal::new(language) };
        let i18n = use_i18n();
        i18n.set_locale(locale(language));
        // The library follows the browser's own language; the person's choice comes first, whichever of the two changed.
        Effect::new(move |_| {
            let wanted = locale(speech.language.get());
            if i18n.get_locale() != wanted {
                i18n.set_locale(wanted);
            }
        });
        Effect::new(move |_| crate::browser::document::set_language(speech.language.get()));
        provide_context(speech);
        speech
    }

    /// The speech of the program.
    pub fn find() -> Self {
        use_context().unwrap_or_else(|| Self { language: RwSignal::new(Language::default()) })
    }

    /// The language, subscribing to changes.
    pub fn language(self) -> Language {
        self.language.get()
    }

    /// The language at this moment.
    pub fn language_now(self) -> Language {
        self.language.get_untracked()
    }

    /// Changes the language of the screens.
    pub fn set(self, language: Language) {
        if self.language.get_untracked() != language {
            self.language.set(language);
        }
    }
}

/// The words' name of a language.
pub fn locale(language: Language) -> Locale {
    match language {
        Language::Sk => Locale::sk,
        Language::Cs => Locale::cs,
        Language::En => Locale::en,
    }
}

/// The language of some words.
pub fn language(locale: Locale) -> Language {
    match locale {
        Locale::sk => Language::Sk,
        Locale::cs => Language::Cs,
        Locale::en => Language::En,
    }
}
