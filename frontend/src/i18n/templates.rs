//! Words about templates.

use model::{Channel, Language, TemplatePlace, VersionHow};

use super::{Locale, td_string, words};

/// What a template travels by.
pub fn channel(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Email => td_string!(locale, templates.channel_email),
        Channel::Sms => td_string!(locale, templates.channel_sms),
    }
}

/// How a version came to be.
pub fn how(locale: Locale, how: VersionHow) -> String {
    match how {
        VersionHow::Delivered => td_string!(locale, templates.how_delivered).to_owned(),
        VersionHow::Saved => td_string!(locale, templates.how_saved).to_owned(),
        VersionHow::Restored(version) => td_string!(locale, templates.how_restored, version = version),
        VersionHow::Reset => td_string!(locale, templates.how_reset).to_owned(),
    }
}

/// A place of a text.
pub fn place(locale: Locale, place: TemplatePlace) -> &'static str {
    match place {
        TemplatePlace::Subject => td_string!(locale, templates.place_subject),
        TemplatePlace::Preheader => td_string!(locale, templates.place_preheader),
        TemplatePlace::Body => td_string!(locale, templates.place_body),
        TemplatePlace::Plain => td_string!(locale, templates.place_plain),
    }
}

/// The languages, each named in itself.
pub fn languages(languages: &[Language]) -> String {
    languages.iter().map(|it| words::language(*it)).collect::<Vec<_>>().join(", ")
}
