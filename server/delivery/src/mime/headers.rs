//! The header section of a mail.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{Date, Header, HeaderName, HeaderValue};

use super::{
    Mail,
    fault::{Field, MimeFault, Reason, is_control},
    names, words,
};

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 1000;
/// The first millisecond of the year 10000, after which dates have no four digits.
const TOO_LATE: i64 = 253_402_300_800_000;

/// Headers that come from other fields, from the body or from those who carry the message.
const RESERVED: [&str; 12] =
    ["from", "sender", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "return-path", "received"];

/// All headers but those of the body.
pub(super) fn all(mail: &Mail) -> Result<Vec<HeaderValue>, MimeFault> {
    let mut list = vec![
        date(mail.date_ms)?,
        // The raw value is what lettre checks; the written one carries the name.
        ready("From", mail.from.address.as_str(), names::one(&mail.from, 6, || Field::From)?),
    ];
    if !mail.reply_to.is_empty() {
        list.push(ready("Reply-To", "", names::list(&mail.reply_to, 10, Field::ReplyTo)?));
    }
    if !mail.to.is_empty() {
        list.push(ready("To", "", names::list(&mail.to, 4, Field::To)?));
    } else if mail.cc.is_empty() {
        // All recipients are hidden; a message without any recipient header looks like spam.
        list.push(ready("To", "", "undisclosed-recipients:;".to_owned()));
    }
    if !mail.cc.is_empty() {
        list.push(ready("Cc", "", names::list(&mail.cc, 4, Field::Cc)?));
    }
    list.push(ready("Subject", "", subject(&mail.subject)?));
    list.push(ready("Message-ID", "", message_id(&mail.message_id)?));
    for (name, value) in &mail.headers {
        list.push(further(name, value)?);
    }
    Ok(list)
}

fn ready(name: &'static str, raw: &str, written: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), raw.to_owned(), written)
}

fn date(ms: i64) -> Result<HeaderValue, MimeFault> {
    let after = u64::try_from(ms).ok().filter(|_| ms < TOO_LATE).ok_or_else(|| Field::Date.because(Reason::Malformed))?;
    Ok(Date::new(UNIX_EPOCH + Duration::from_millis(after)).display())
}

fn subject(text: &str) -> Result<String, MimeFault> {
    if text.chars().any(is_control) {
        return Err(Field::Subject.because(Reason::ControlCharacter));
    }
    if LONGEST_SUBJECT < text.chars().count() {
        return Err(Field::Subject.because(Reason::TooLong));
    }
    Ok(words::unstructured(text, 9))
}

/// Two dot-atoms around one `@`, in brackets.
fn message_id(id: &str) -> Result<String, MimeFault> {
    let fine = |part: &str| {
        !part.is_empty()
            && part.split('.').all(|atom| {
                !atom.is_empty() && atom.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&it))
            })
    };
    match id.split_once('@') {
        Some((left, right)) if id.len() <= 250 && fine(left) && fine(right) => Ok(format!("<{id}>")),
        _ => Err(Field::MessageId.because(Reason::Malformed)),
    }
}

/// A header given by name. ASCII stays literal, because encoded words must not stand in structured headers such as addresses and URLs.
fn further(name: &str, value: &str) -> Result<HeaderValue, MimeFault> {
    let fault = |reason| Err(Field::Header(name.to_owned()).because(reason));
    let lower = name.to_ascii_lowercase();
    if !(1..=60).contains(&name.len()) || !name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-') {
        return fault(Reason::Malformed);
    }
    if RESERVED.contains(&lower.as_str()) || ["content-", "resent-", "dkim-", "arc-"].iter().any(|it| lower.starts_with(it)) {
        return fault(Reason::Reserved);
    }
    if value.chars().any(is_control) {
        return fault(Reason::ControlCharacter);
    }
    let value = value.trim();
    if value.is_empty() {
        return fault(Reason::Empty);
    }
    if 4000 < value.len() || value.split(' ').any(|word| 900 < word.len()) {
        return fault(Reason::TooLong);
    }
    let column = name.len() + 2;
    let written = if value.is_ascii() { words::folded(value, column) } else { words::encoded(value, column) };
    match HeaderName::new_from_ascii(name.to_owned()) {
        Ok(name) => Ok(HeaderValue::dangerous_new_pre_encoded(name, String::new(), written)),
        Err(_) => fault(Reason::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(name: &str, value: &str) -> Option<Reason> {
        further(name, value).err().map(|it| it.reason)
    }

    #[test]
    fn further_headers_are_checked() {
        assert_eq!(reason("Auto-Submitted", "auto-generated"), None);
        assert_eq!(reason("List-Unsubscribe", "<https://posel.example/u/abc>, <mailto:u@posel.example>"), None);
        assert_eq!(reason("X-A", "a\r\nBcc: b@c.sk"), Some(Reason::ControlCharacter));
        assert_eq!(reason("Bcc", "b@c.sk"), Some(Reason::Reserved));
        assert_eq!(reason("content-type", "text/html"), Some(Reason::Reserved));
        assert_eq!(reason("DKIM-Signature", "v=1"), Some(Reason::Reserved));
        assert_eq!(reason("X A", "a"), Some(Reason::Malformed));
        assert_eq!(reason("X:A", "a"), Some(Reason::Malformed));
        assert_eq!(reason("", "a"), Some(Reason::Malformed));
        assert_eq!(reason("X-A", " "), Some(Reason::Empty));
        assert_eq!(reason("X-A", &"a".repeat(901)), Some(Reason::TooLong));
    }

    #[test]
    fn a_message_id_is_two_dot_atoms() {
        assert_eq!(message_id("a.b-1@posel.example").unwrap(), "<a.b-1@posel.example>");
        for id in ["", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a@b\r\nX: y", "a..b@c", "á@b"] {
            assert!(message_id(id).is_err(), "{id:?}");
        }
    }

    #[test]
    fn dates_have_four_digits_of_year() {
        assert!(date(0).is_ok() && date(TOO_LATE - 1).is_ok());
        assert!(date(-1).is_err() && date(TOO_LATE).is_err() && date(i64::MAX).is_err());
    }

    #[test]
    fn subjects_are_one_line_of_at_most_a_thousand_characters() {
        assert!(subject(&"č".repeat(1000)).is_ok());
        assert_eq!(subject(&"č".repeat(1001)).err(), Some(Field::Subject.because(Reason::TooLong)));
        assert_eq!(subject("a\u{85}b").err(), Some(Field::Subject.because(Reason::ControlCharacter)));
    }
}
