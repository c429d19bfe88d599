//! Domain names, as they stand behind the `@` of an address.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::AddressFault;
use crate::address::is_blank;

/// A domain name in lower-case ASCII (RFC 5891): at least two labels, the last of which is not a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(String);

impl DomainName {
    /// Parses `firma.sk`, also as `@firma.sk` or `*@firma.sk`.
    ///
    /// # Errors
    /// Says by [`AddressFault`] what is wrong.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim();
        let text = text.strip_prefix('*').filter(|it| it.starts_with('@')).unwrap_or(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        if text.is_empty() {
            return Err(AddressFault::Empty);
        }
        if text.chars().any(is_blank) {
            return Err(AddressFault::Space);
        }
        ascii(text).map(Self).ok_or(AddressFault::Domain)
    }

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as people read it.
    pub fn shown(&self) -> String {
        shown(&self.0)
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DomainName {
    type Error = AddressFault;

    fn try_from(text: String) -> Result<Self, AddressFault> {
        Self::parse(&text)
    }
}

impl From<DomainName> for String {
    fn from(name: DomainName) -> Self {
        name.0
    }
}

/// The domain in lower-case ASCII, if it is a name of at least two labels whose last is not a number.
pub(crate) fn ascii(domain: &str) -> Option<String> {
    if domain.is_empty() || domain.ends_with('.') {
        return None;
    }
    let ascii = idna::domain_to_ascii_strict(domain).ok()?;
    let labels: Vec<&str> = ascii.split('.').collect();
    let (last, _) = labels.split_last()?;
    let named = last.chars().any(|it| it.is_ascii_alphabetic());
    let fine = labels.iter().all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
    });
    (2 <= labels.len() && named && fine && ascii.len() <= 253).then_some(ascii)
}

/// An ASCII domain in its own letters, unless they could pass for others or would not be read back as the same name.
pub(crate) fn shown(domain: &str) -> String {
    let (letters, read) = idna::domain_to_unicode(domain);
    let honest = read.is_ok() && !looks_like_another(domain) && ascii(&letters).as_deref() == Some(domain);
    if honest { letters } else { domain.to_owned() }
}

/// Whether a label of the domain mixes alphabets, or consists wholly of foreign letters that look Latin (a homograph).
pub(crate) fn looks_like_another(domain: &str) -> bool {
    let (letters, _) = idna::domain_to_unicode(domain);
    letters.split('.').any(|label| {
        let scripts = [Script::Latin, Script::Cyrillic, Script::Greek, Script::Other];
        let used = scripts.iter().filter(|it| label.chars().any(|letter| script(letter) == Some(**it))).count();
        let is_foreign = label.chars().filter(|it| script(*it).is_some()).all(|it| LOOKS_LATIN.contains(it));
        1 < used || (used == 1 && is_foreign && !label.is_ascii())
    })
}

/// Letters of Cyrillic and Greek that are drawn like Latin ones.
const LOOKS_LATIN: &str = "авекмнорстухѕіјԁһԛԝӏьαικνορτυχω";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Other,
}

/// The alphabet of a letter; digits, signs and accents belong to none.
fn script(letter: char) -> Option<Script> {
    match letter {
        _ if !letter.is_alphabetic() => None,
        'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(Script::Latin),
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' => Some(Script::Cyrillic),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Script::Greek),
        _ => Some(Script::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_read_with_and_without_its_sign() {
        for text in ["firma.sk", "@firma.sk", "*@Firma.SK", "  @firma.sk "] {
            assert_eq!(DomainName::parse(text).map(String::from), Ok("firma.sk".to_owned()), "{text}");
        }
        assert_eq!(DomainName::parse("kôň.sk").map(|it| it.shown()), Ok("kôň.sk".to_owned()));
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        for (text, fault) in [
            ("", AddressFault::Empty),
            ("@", AddressFault::Empty),
            ("sk", AddressFault::Domain),
            ("*firma.sk", AddressFault::Domain),
            ("eva@firma.sk", AddressFault::Domain),
            ("10.0.0.1", AddressFault::Domain),
            ("firma .sk", AddressFault::Space),
        ] {
            assert_eq!(DomainName::parse(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn a_label_that_mixes_alphabets_could_pass_for_another() {
        let looks = |text: &str| looks_like_another(&ascii(text).unwrap());
        for honest in ["firma.sk", "kôň.sk", "пример.com", "straße.de", "münchen24.de", "日本.jp"] {
            assert!(!looks(honest), "{honest}");
        }
        for trick in ["bаnka.sk", "аррӏе.com", "gοοgle.com", "日本a.jp"] {
            assert!(looks(trick), "{trick}");
        }
    }
}
