//! E-mail addresses and phone numbers: parsed once at the edge, then passed on as types.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One e-mail address `local@domain`, as it goes onto the wire.
///
/// Only the plain *addr-spec* of RFC 5321 §4.1.2 is accepted: a dot-atom local part and a domain name. Comments, groups, quoted
/// local parts and address literals are refused, because mail programs disagree about what they mean. International domain names are
/// kept in their ASCII form (RFC 5891), the domain is lower case, the local part is kept as typed. At most 254 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AddressFault {
    /// Nothing was typed.
    Empty,
    /// There is no `@`, or more than one.
    NoAt,
    /// The part before `@` is empty, too long (64 bytes) or has a character that is not allowed there.
    Local,
    /// The part after `@` is not a domain name with at least one dot.
    Domain,
    /// The whole is longer than 254 bytes.
    TooLong,
    /// A space, line break or invisible character stands inside.
    Space,
}

impl EmailAddress {
    /// Parses one address; surrounding white space is ignored.
    ///
    /// # Errors
    /// Says by [`AddressFault`] which part is wrong.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressFault::Empty);
        }
        if text.chars().any(is_blank) {
            return Err(AddressFault::Space);
        }
        let (local, domain) = text.split_once('@').ok_or(AddressFault::NoAt)?;
        if domain.contains('@') {
            return Err(AddressFault::NoAt);
        }
        if !is_dot_atom(local) || 64 < local.len() {
            return Err(AddressFault::Local);
        }
        let domain = ascii_domain(domain).ok_or(AddressFault::Domain)?;
        if 254 < local.len() + 1 + domain.len() {
            return Err(AddressFault::TooLong);
        }
        Ok(Self(format!("{local}@{domain}")))
    }

    /// The address as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before `@`.
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// The domain in lower-case ASCII form.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The form by which two spellings of one mailbox are told to be the same: all lower case.
    pub fn normalized(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = AddressFault;

    fn try_from(text: String) -> Result<Self, AddressFault> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the address is empty",
            Self::NoAt => "the address needs exactly one @",
            Self::Local => "the part before @ is not valid",
            Self::Domain => "the domain is not valid",
            Self::TooLong => "the address is longer than 254 bytes",
            Self::Space => "the address contains a space or an invisible character",
        })
    }
}

impl std::error::Error for AddressFault {}

/// One piece of a field with several addresses: its text as typed, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAddress {
    /// The text as typed, trimmed.
    pub text: String,
    /// The address, or why it is none.
    pub address: Result<EmailAddress, AddressFault>,
}

impl ListedAddress {
    /// The name before the address, without its quotes; empty when there is none, or when it looks like an address itself and could
    /// pass for another sender.
    pub fn name(&self) -> String {
        match (&self.address, parted(&self.text)) {
            (Ok(_), Some((name, _))) => Some(unquoted(name)).filter(|it| !it.contains('@')).unwrap_or_default(),
            _ => String::new(),
        }
    }
}

/// Splits a field at commas, semicolons and line breaks and parses each piece; empty pieces are skipped.
///
/// A piece `Name <address>` is read as its address; a second `<` makes it faulty. What stands between double quotes parts nothing, so
/// `"Firma, a.s." <info@firma.sk>` is one piece (RFC 5322 §3.2.4); a quote that is not closed in its line is only a sign. One bad
/// piece never hides the good ones.
pub fn parse_list(text: &str) -> Vec<ListedAddress> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for end in separators(text) {
        pieces.push(&text[begin..end]);
        // All separators are one byte long.
        begin = end + 1;
    }
    pieces.push(text.get(begin..).unwrap_or_default());
    pieces
        .into_iter()
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .map(|piece| ListedAddress { text: piece.to_owned(), address: EmailAddress::parse(without_name(piece)) })
        .collect()
}

/// Where the separators stand that part a list, as byte offsets; those between quotes part nothing.
pub fn separators(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut quoted_until = 0;
    let mut before = ' ';
    for (at, it) in text.char_indices() {
        if at < quoted_until {
            continue;
        }
        match it {
            // Only a quote at the beginning of a word opens; one inside a word is a sign of it.
            '"' if before.is_whitespace() || SEPARATORS.contains(&before) => {
                quoted_until = closing_quote(text, at + 1).map_or(0, |it| it + 1);
            }
            it if SEPARATORS.contains(&it) => found.push(at),
            _ => {}
        }
        before = it;
    }
    found
}

/// An address with its name as a list takes it: the name in quotes when a sign in it would part or mislead the reader of the list.
pub fn written(name: &str, address: &EmailAddress) -> String {
    let name: String = name.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let name = name.trim();
    if name.is_empty() {
        address.to_string()
    } else if name.contains(['"', '\\', ',', ';', '<', '>', '@']) {
        format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        format!("{name} <{address}>")
    }
}

const SEPARATORS: [char; 4] = [',', ';', '\n', '\r'];

/// Where the quote is closed in the same line; a quote behind a backslash closes nothing.
fn closing_quote(text: &str, begin: usize) -> Option<usize> {
    let mut escaped = false;
    for (at, it) in text[begin..].char_indices() {
        match it {
            '\n' | '\r' => return None,
            '"' if !escaped => return Some(begin + at),
            _ => escaped = it == '\\' && !escaped,
        }
    }
    None
}

/// The address inside `Name <address>`, or the text itself.
fn without_name(text: &str) -> &str {
    parted(text).map_or(text, |(_, address)| address)
}

/// `Name <address>` in its two parts. Outside of quotes the name has no `@` and no bracket.
fn parted(text: &str) -> Option<(&str, &str)> {
    let (name, address) = text.strip_suffix('>')?.rsplit_once('<')?;
    let name = name.trim();
    let bare = match name.strip_prefix('"') {
        Some(_) => name.get(closing_quote(name, 1)? + 1..)?,
        None => name,
    };
    (!bare.contains(['@', '<', '>'])).then_some((name, address))
}

/// A name without the quotes around it and the backslashes in it.
fn unquoted(name: &str) -> String {
    let Some(inside) = name.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else { return name.to_owned() };
    let mut plain = String::with_capacity(inside.len());
    let mut escaped = false;
    for it in inside.chars() {
        if it == '\\' && !escaped {
            escaped = true;
        } else {
            plain.push(it);
            escaped = false;
        }
    }
    plain.trim().to_owned()
}

/// One phone number in the form of ITU-T E.164: `+`, country code, number, 8 to 15 digits in all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Why a text is not a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PhoneFault {
    /// Nothing was typed.
    Empty,
    /// A letter or another sign stands among the digits.
    Sign,
    /// Fewer than 8 or more than 15 digits.
    Length,
}

/// The country whose numbers may be typed without a country code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HomeCountry {
    /// Slovakia, +421.
    #[default]
    Slovakia,
    /// Czechia, +420.
    Czechia,
}

impl HomeCountry {
    /// The country code without `+`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Slovakia => "421",
            Self::Czechia => "420",
        }
    }
}

impl PhoneNumber {
    /// Parses `+421 903 622 237`, `00421903622237`, `0903 622 237` (Slovak trunk zero) or `603 123 456` (Czech, nine digits).
    ///
    /// # Errors
    /// Says by [`PhoneFault`] what is wrong.
    pub fn parse(text: &str, home: HomeCountry) -> Result<Self, PhoneFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PhoneFault::Empty);
        }
        let (international, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut digits = String::new();
        for it in rest.chars() {
            match it {
                '0'..='9' => digits.push(it),
                ' ' | '\u{a0}' | '-' | '/' | '(' | ')' | '.' => {}
                _ => return Err(PhoneFault::Sign),
            }
        }
        let digits = if international {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else {
            format!("{}{}", home.code(), digits.strip_prefix('0').unwrap_or(&digits))
        };
        if (8..=15).contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(PhoneFault::Length)
        }
    }

    /// The number with its leading `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneFault;

    fn try_from(text: String) -> Result<Self, PhoneFault> {
        Self::parse(&text, HomeCountry::default())
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

impl fmt::Display for PhoneFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the number is empty",
            Self::Sign => "the number contains a letter or a sign",
            Self::Length => "the number needs 8 to 15 digits",
        })
    }
}

impl std::error::Error for PhoneFault {}

/// White space, control characters and the characters nobody sees (zero width, direction marks).
fn is_blank(it: char) -> bool {
    it.is_whitespace()
        || it.is_control()
        || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// A dot-atom of RFC 5322 §3.2.3, not beginning with `-` (which programs could take for an option).
fn is_dot_atom(text: &str) -> bool {
    !text.starts_with('-')
        && text.split('.').all(|atom| {
            !atom.is_empty() && atom.chars().all(|it| it.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(it))
        })
}

/// The domain in lower-case ASCII, if it is a name of at least two labels whose last is not a number.
fn ascii_domain(domain: &str) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_addresses_are_kept() {
        for (text, kept) in [
            ("eva@example.sk", "eva@example.sk"),
            ("  Eva.Nova+x@Example.SK ", "Eva.Nova+x@example.sk"),
            ("info@kôň.sk", "info@xn--k-xga4h.sk"),
            ("o'neil@firma.co.uk", "o'neil@firma.co.uk"),
        ] {
            let address = EmailAddress::parse(text).map(String::from);
            assert_eq!(address.as_deref().map(|it| it.split('@').next()), Ok(kept.split('@').next()), "{text}");
            assert!(address.is_ok_and(|it| it.is_ascii()));
        }
    }

    #[test]
    fn tricks_are_refused() {
        for (text, fault) in [
            ("", AddressFault::Empty),
            ("eva", AddressFault::NoAt),
            ("a@b@c.sk", AddressFault::NoAt),
            ("\"a@evil.com x\"@firma.sk", AddressFault::Space),
            ("\"a\"@firma.sk", AddressFault::Local),
            ("user@firma.sk(x)evil.com", AddressFault::Domain),
            ("a@x\r\nRCPT TO:<b@y.sk>", AddressFault::Space),
            ("a@[127.0.0.1]", AddressFault::Domain),
            ("a@127.0.0.1", AddressFault::Domain),
            ("a@localhost", AddressFault::Domain),
            ("a@firma.sk.", AddressFault::Domain),
            ("-oQ/tmp@firma.sk", AddressFault::Local),
            ("a..b@firma.sk", AddressFault::Local),
            ("a@fi\u{200b}rma.sk", AddressFault::Space),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(fault), "{text:?}");
        }
        assert_eq!(EmailAddress::parse(&format!("{}@firma.sk", "a".repeat(65))), Err(AddressFault::Local));
        assert!(EmailAddress::parse(&format!("a@{}.sk", "b.".repeat(130))).is_err());
    }

    #[test]
    fn a_list_names_the_bad_piece_and_keeps_the_rest() {
        let list = parse_list("a@x.sk; Eva Nová <b@y.sk>,zle,, \n c@z.sk;<a@x.sk><b@y.sk>");
        let good: Vec<_> = list.iter().filter_map(|it| it.address.as_ref().ok()).map(EmailAddress::as_str).collect();
        assert_eq!(good, ["a@x.sk", "b@y.sk", "c@z.sk"]);
        let bad: Vec<_> = list.iter().filter(|it| it.address.is_err()).map(|it| it.text.as_str()).collect();
        assert_eq!(bad, ["zle", "<a@x.sk><b@y.sk>"]);
    }

    #[test]
    fn a_name_in_quotes_keeps_its_separators() {
        let list = parse_list("\"Autoservis Praděd, a.s.\" <info@praded.cz>; \"Nová; \\\"Eva\\\"\" <eva@x.sk>,jan@x.sk");
        let read: Vec<_> = list.iter().map(|it| (it.name(), it.address.clone().unwrap().to_string())).collect();
        let expected = [("Autoservis Praděd, a.s.", "info@praded.cz"), ("Nová; \"Eva\"", "eva@x.sk"), ("", "jan@x.sk")];
        assert_eq!(read, expected.map(|(name, address)| (name.to_owned(), address.to_owned())));
    }

    #[test]
    fn a_quote_that_is_not_closed_swallows_nothing() {
        let list = parse_list("a@x.sk, \"b@x.sk, c@x.sk\nd@x.sk; e\"f@x.sk, g\"@x.sk");
        let good: Vec<_> = list.iter().filter_map(|it| it.address.as_ref().ok()).map(EmailAddress::as_str).collect();
        assert_eq!((list.len(), good), (6, vec!["a@x.sk", "c@x.sk", "d@x.sk"]));
    }

    #[test]
    fn a_name_that_looks_like_an_address_is_dropped() {
        let list = parse_list("\"ceo@bank.sk\" <x@evil.sk>, ceo@bank.sk <x@evil.sk>");
        assert_eq!((list[0].name().as_str(), list[0].address.is_ok()), ("", true));
        assert!(list[1].address.is_err());
    }

    #[test]
    fn phones_become_e164() {
        for (text, home, kept) in [
            ("0903 622 237", HomeCountry::Slovakia, "+421903622237"),
            ("603 123 456", HomeCountry::Czechia, "+420603123456"),
            ("00421 903 622 237", HomeCountry::Czechia, "+421903622237"),
            ("+43 1/234-5678", HomeCountry::Slovakia, "+4312345678"),
        ] {
            assert_eq!(PhoneNumber::parse(text, home).map(String::from), Ok(kept.to_owned()));
        }
        assert_eq!(PhoneNumber::parse("0903x", HomeCountry::Slovakia), Err(PhoneFault::Sign));
        assert_eq!(PhoneNumber::parse(&"1".repeat(30), HomeCountry::Slovakia), Err(PhoneFault::Length));
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again_unchanged(text in "[a-zA-Z0-9.+_-]{1,20}@[a-zA-Z0-9áčž-]{1,12}\\.[a-z]{2,5}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
            }
        }

        #[test]
        fn a_list_that_was_written_is_read_back(names in proptest::collection::vec("[a-zč ,;<>\"\\\\.]{0,12}", 1..5)) {
            let address = EmailAddress::parse("eva@x.sk").unwrap();
            let list = names.iter().map(|it| written(it, &address)).collect::<Vec<_>>().join(", ");
            let read: Vec<_> = parse_list(&list).iter().map(|it| (it.name(), it.address.clone())).collect();
            let expected: Vec<_> = names.iter().map(|it| (it.trim().to_owned(), Ok(address.clone()))).collect();
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn no_text_puts_a_control_character_or_bracket_into_an_address(text in "\\PC*|[\\x00-\\x7f]{0,40}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert!(address.as_str().bytes().all(|it| 0x20 < it && it < 0x7f && it != b'<' && it != b'>'));
            }
        }
    }
}
