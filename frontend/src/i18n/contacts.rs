//! Words for values that only the screens of contacts show.

use model::{ContactKind, Nature};

use super::{Locale, language, messages::small, td_string};
use crate::format;

/// What a contact is to us.
pub fn kind(locale: Locale, kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Client => td_string!(locale, contacts.kind_client),
        ContactKind::Partner => td_string!(locale, contacts.kind_partner),
        ContactKind::Employee => td_string!(locale, contacts.kind_employee),
        ContactKind::Other => td_string!(locale, contacts.kind_other),
    }
}

/// Person or company.
pub fn nature(locale: Locale, nature: Nature) -> &'static str {
    match nature {
        Nature::Person => td_string!(locale, contacts.nature_person),
        Nature::Company => td_string!(locale, contacts.nature_company),
    }
}

/// People or companies.
pub fn natures(locale: Locale, nature: Nature) -> &'static str {
    match nature {
        Nature::Person => td_string!(locale, contacts.natures_person),
        Nature::Company => td_string!(locale, contacts.natures_company),
    }
}

/// So many contacts.
pub fn count(locale: Locale, n: u64) -> String {
    td_string!(locale, contacts.count, count = small(n), n = format::number(language(locale), n))
}
