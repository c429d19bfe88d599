//! Addresses of links and pictures: which schemes are allowed, and what a value may do in them (RFC 3986).

use super::fault::Refused;
use super::place::Writing;

/// The schemes of whole addresses that come from a value.
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "cid"];

/// The longest scheme that is looked at.
const MAX_SCHEME: usize = 16;

/// How far the text of an address has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Url {
    /// Nothing was written yet.
    #[default]
    Start,
    /// What may become a scheme: its letters and their number.
    Scheme([u8; MAX_SCHEME], usize),
    /// Behind the scheme of a web address, or in an address without scheme.
    Web,
    /// Behind `mailto:`.
    Mail,
    /// Behind `tel:`.
    Phone,
    /// Behind a scheme that no value may follow, such as `javascript:`.
    Unsafe,
}

impl Url {
    /// Goes over one byte of literal text.
    pub(super) fn pass(&mut self, byte: u8) {
        *self = match (*self, byte) {
            (Self::Start, _) if byte.is_ascii_whitespace() => Self::Start,
            (Self::Start | Self::Scheme(..), b'/' | b'?' | b'#' | b'\\') => Self::Web,
            (Self::Scheme(letters, n), b':') => behind(&letters[..n]),
            (Self::Start, _) if is_scheme_byte(byte) => {
                let mut letters = [0; MAX_SCHEME];
                letters[0] = byte.to_ascii_lowercase();
                Self::Scheme(letters, 1)
            }
            (Self::Scheme(mut letters, n), _) if is_scheme_byte(byte) && n < MAX_SCHEME => {
                letters[n] = byte.to_ascii_lowercase();
                Self::Scheme(letters, n + 1)
            }
            // A reference such as `&#115;` or a tab may hide a scheme.
            (Self::Start | Self::Scheme(..), _) => Self::Unsafe,
            (settled, _) => settled,
        };
    }

    /// How a value is written here; goes over it.
    pub(super) fn value(&mut self, is_html: bool) -> Result<Writing, Refused> {
        match *self {
            Self::Start => {
                *self = Self::Web;
                Ok(Writing::Address { is_html })
            }
            Self::Web | Self::Mail | Self::Phone => Ok(Writing::Part { url: *self, is_html }),
            Self::Scheme(..) | Self::Unsafe => Err(Refused::Scheme),
        }
    }
}

fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')
}

fn behind(scheme: &[u8]) -> Url {
    match scheme {
        b"http" | b"https" | b"cid" => Url::Web,
        b"mailto" => Url::Mail,
        b"tel" | b"sms" => Url::Phone,
        _ => Url::Unsafe,
    }
}

/// A whole address from a value: its scheme must be allowed; `www.firma.sk` and `eva@firma.sk` get theirs. Signs that would end
/// or change an address are encoded. None when it is no safe address.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return None;
    }
    let scheme = match text.find([':', '/', '?', '#', '\\', '@']) {
        Some(end) if text.as_bytes()[end] == b':' => Some(text[..end].to_ascii_lowercase()),
        _ => None,
    };
    let whole = match scheme {
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => text.to_owned(),
        // `firma.sk:8080/x` is a host with a port, `javascript:1` is not.
        Some(scheme) if scheme.contains('.') && has_port(&text[scheme.len() + 1..]) => format!("https://{text}"),
        Some(_) => return None,
        None if is_mail(text) => format!("mailto:{text}"),
        None if is_host(text) => format!("https://{text}"),
        None => return None,
    };
    let mut safe = String::with_capacity(whole.len());
    for it in whole.chars() {
        match it {
            ' ' | '"' | '\'' | '<' | '>' | '`' | '\\' | '^' | '{' | '}' | '|' => push_encoded(&mut safe, it),
            _ if it.is_whitespace() => push_encoded(&mut safe, it),
            _ => safe.push(it),
        }
    }
    Some(safe)
}

fn has_port(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..6).contains(&digits) && matches!(text.as_bytes().get(digits), None | Some(b'/' | b'?' | b'#'))
}

fn is_mail(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    !local.is_empty() && is_host(host) && !text.contains(['/', '?', '&', '#', ' ', ':', '%']) && !host.contains('@')
}

/// Whether a text begins with the name of a host that has a dot: `firma.sk/produkty`.
fn is_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_label = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '-');
    host.contains('.') && host.split('.').all(is_label)
}

/// A value inside an address: everything but letters, digits and `-._~` is encoded; a mail address keeps `@`, a phone number `+`.
pub(super) fn part(text: &str, url: Url) -> String {
    let mut safe = String::with_capacity(text.len());
    for it in text.trim().chars() {
        let stays = match it {
            '-' | '.' | '_' | '~' => true,
            '@' => url == Url::Mail,
            '+' => url == Url::Phone,
            _ => it.is_ascii_alphanumeric(),
        };
        // Spaces part the groups of a phone number only for the eye.
        if url == Url::Phone && it.is_whitespace() {
            continue;
        }
        if stays { safe.push(it) } else { push_encoded(&mut safe, it) }
    }
    safe
}

fn push_encoded(text: &mut String, it: char) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut bytes = [0; 4];
    for byte in it.encode_utf8(&mut bytes).bytes() {
        text.push('%');
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}
