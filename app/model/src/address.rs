//! Addresses: parsed once at the edge, then passed on as types.

mod any;
mod phones;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use any::{Address, NoAddress};
pub use phones::{ListedPhone, parse_phones};

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
    /// The part before `@` has letters outside of ASCII, which need SMTPUTF8 (RFC 6531) on the whole way to the mailbox.
    Letters,
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
        if !local.is_ascii() {
            return Err(AddressFault::Letters);
        }
        if !is_dot_atom(local) || 64 < local.len() {
            return Err(AddressFault::Local);
        }
        let domain = crate::domain::ascii(domain).ok_or(AddressFault::Domain)?;
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

    /// The address as people read it: an international domain in its own letters, unless they could pass for others.
    pub fn shown(&self) -> String {
        format!("{}@{}", self.local(), crate::domain::shown(self.domain()))
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
            Self::Letters => "the part before @ has letters outside of ASCII",
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
    let piece = |it: &str| ListedAddress { text: it.to_owned(), address: EmailAddress::parse(without_name(it)) };
    pieces(text).into_iter().map(piece).collect()
}

/// The pieces of a list, trimmed; empty ones are left out.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for end in separators(text) {
        pieces.push(&text[begin..end]);
        // All separators are one byte long.
        begin = end + 1;
    }
    pieces.push(text.get(begin..).unwrap_or_default());
    pieces.into_iter().map(str::trim).filter(|it| !it.is_empty()).collect()
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
pub fn written(name: &str, address: impl fmt::Display) -> String {
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

/// White space, control characters and the characters nobody sees (zero width, direction marks).
pub(crate) fn is_blank(it: char) -> bool {
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

#[cfg(test)]
mod tests;
