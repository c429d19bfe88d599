//! Words about recipient lists.

use model::{AddedHow, ListOrigin};

use super::{Locale, language, td_string};
use crate::format;

/// How a list came together.
pub fn origin(locale: Locale, origin: ListOrigin) -> &'static str {
    match origin {
        ListOrigin::Hand => td_string!(locale, lists.origin_hand),
        ListOrigin::Ticked => td_string!(locale, lists.origin_ticked),
        ListOrigin::Search => td_string!(locale, lists.origin_search),
        ListOrigin::Import => td_string!(locale, lists.origin_import),
        ListOrigin::Employees => td_string!(locale, lists.origin_employees),
        ListOrigin::Partners => td_string!(locale, lists.origin_partners),
    }
}

/// How a contact came into a list.
pub fn how(locale: Locale, how: AddedHow) -> &'static str {
    match how {
        AddedHow::Hand => td_string!(locale, lists.how_hand),
        AddedHow::Search => td_string!(locale, lists.how_search),
        AddedHow::Import => td_string!(locale, lists.how_import),
        AddedHow::Takeover => td_string!(locale, lists.how_takeover),
        AddedHow::Typed => td_string!(locale, lists.how_typed),
    }
}

/// So many contacts.
pub fn members(locale: Locale, n: u64) -> String {
    let count = u32::try_from(n).unwrap_or(u32::MAX);
    td_string!(locale, lists.members, count = count, n = format::number(language(locale), n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_counted_in_each_language() {
        assert_eq!([1, 3, 5].map(|n| members(Locale::sk, n)), ["1 kontakt", "3 kontakty", "5 kontaktov"]);
        assert_eq!([1, 3, 5].map(|n| members(Locale::cs, n)), ["1 kontakt", "3 kontakty", "5 kontaktů"]);
        assert_eq!([1, 3].map(|n| members(Locale::en, n)), ["1 contact", "3 contacts"]);
    }
}
