//! How people are addressed: the vocative, and whole salutations.

use crate::merge::language::Language;
use crate::vocative::{self, Bearer};

/// Which part of a name a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::merge) enum NamePart {
    /// First name and last name, with titles or without.
    Whole,
    /// First names only.
    First,
    /// The last name only.
    Last,
}

/// A name in the vocative; only Czech has one that is used.
pub(super) fn called(name: &str, part: NamePart, language: Language) -> String {
    if language != Language::Czech {
        return name.trim().to_owned();
    }
    match part {
        NamePart::First => vocative::first_name(name, Bearer::Unknown),
        NamePart::Last => vocative::last_name(name, vocative::guess("", name)),
        NamePart::Whole => {
            let (first, last) = split(name);
            match (first.as_str(), last) {
                ("", only) => vocative::first_name(only, Bearer::Unknown),
                (first, last) => {
                    let bearer = vocative::guess(first, last);
                    format!("{} {}", vocative::first_name(first, bearer), vocative::last_name(last, bearer))
                }
            }
        }
    }
}

/// `Vážený pán Novák`, `Vážená paní Nováková`, `Dear Mr Novák`; a greeting without a name when it is not clear who is
/// addressed.
pub(super) fn salutation(name: &str, known: Option<Bearer>, language: Language) -> String {
    let (first, last) = split(name);
    let bearer = known.unwrap_or_else(|| vocative::guess(&first, last));
    let called = if language == Language::Czech { vocative::last_name(last, bearer) } else { last.to_owned() };
    opening(bearer, &called, language)
}

/// The opening words for somebody whose last name is called so; for somebody unknown a greeting without a name.
pub(crate) fn opening(bearer: Bearer, last: &str, language: Language) -> String {
    match (bearer, language) {
        (Bearer::Man, Language::Slovak) => format!("Vážený pán {last}"),
        (Bearer::Woman, Language::Slovak) => format!("Vážená pani {last}"),
        (Bearer::Man, Language::Czech) => format!("Vážený pane {last}"),
        (Bearer::Woman, Language::Czech) => format!("Vážená paní {last}"),
        (Bearer::Man, Language::English) => format!("Dear Mr {last}"),
        (Bearer::Woman, Language::English) => format!("Dear Ms {last}"),
        (Bearer::Unknown, Language::Slovak) => "Dobrý deň".to_owned(),
        (Bearer::Unknown, Language::Czech) => "Dobrý den".to_owned(),
        (Bearer::Unknown, Language::English) => "Hello".to_owned(),
    }
}

/// First names and last name; titles, which hold a dot or stand behind a comma, are left out.
fn split(name: &str) -> (String, &str) {
    let name = name.split(',').next().unwrap_or_default();
    let mut words: Vec<&str> = name.split_whitespace().filter(|it| !it.contains('.')).collect();
    let last = words.pop().unwrap_or_default();
    (words.join(" "), last)
}
