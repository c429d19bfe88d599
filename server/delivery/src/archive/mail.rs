//! One old mail as it is kept: who, when, what, and its files.

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::visible::is_invisible;

/// The longest subject, name or address that is kept, in characters.
const LINE_MAX: usize = 1_000;
/// The longest name of a file that is kept, in characters.
const NAME_MAX: usize = 200;
/// The longest text that is kept, in bytes; what is longer is cut.
const TEXT_MAX: usize = 4 << 20;
/// How many people and how many files are kept at most.
const MANY: usize = 500;

/// A mail of an old archive. All of it is text that anybody could have written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OldMail {
    /// Message-ID without brackets; may be empty.
    pub header_id: String,
    /// When it was written, Unix milliseconds; when it came, if it does not say.
    pub date_ms: Option<i64>,
    /// Who wrote it.
    pub from: OldPerson,
    /// Where answers go; may be empty.
    pub reply_to: String,
    /// Whom it went to.
    pub to: Vec<(OldRole, OldPerson)>,
    /// Subject.
    pub subject: String,
    /// Plain text; made of the HTML when there is only that.
    pub text: String,
    /// HTML, unfiltered; empty when there is none.
    pub html: String,
    /// Files and pictures.
    pub files: Vec<OldFile>,
}

/// Somebody in a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OldPerson {
    /// Name; may be empty.
    pub name: String,
    /// Address as it stands there.
    pub address: String,
}

/// In which header somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldRole {
    /// To.
    To,
    /// Cc.
    Cc,
    /// Bcc.
    Bcc,
}

/// A file of an old mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldFile {
    /// Name with ending, told apart from the others.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Content.
    pub content: Vec<u8>,
    /// How the HTML calls it, without brackets.
    pub content_id: Option<String>,
}

/// Reads a mail; nothing when it has no header that a mail has.
pub fn read(raw: &[u8]) -> Option<OldMail> {
    let message = MessageParser::default().parse(raw)?;
    let from = people(message.from().or(message.sender())).into_iter().next().unwrap_or_default();
    let roles = [(OldRole::To, message.to()), (OldRole::Cc, message.cc()), (OldRole::Bcc, message.bcc())];
    let to: Vec<_> =
        roles.into_iter().flat_map(|(role, list)| people(list).into_iter().map(move |it| (role, it))).take(MANY).collect();
    let date = message.date().or_else(|| message.received()?.date.as_ref());
    if from.address.is_empty() && to.is_empty() && date.is_none() && message.subject().is_none() {
        return None;
    }
    Some(OldMail {
        header_id: line(message.message_id().unwrap_or_default()),
        date_ms: date.filter(|it| it.is_valid()).map(|it| it.to_timestamp().saturating_mul(1_000)),
        from,
        reply_to: people(message.reply_to()).into_iter().next().unwrap_or_default().address,
        to,
        subject: line(message.subject().unwrap_or_default()),
        text: text(&message.body_text(0).unwrap_or_default()),
        html: message.html_bodies().find_map(html).unwrap_or_default(),
        files: files(&message),
    })
}

/// The HTML of a part, not what the parser would make of plain text.
fn html(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Html(it) => Some(text(it)),
        _ => None,
    }
}

fn people(list: Option<&Address<'_>>) -> Vec<OldPerson> {
    let Some(list) = list else { return Vec::new() };
    let person =
        |it: &mail_parser::Addr<'_>| Some(OldPerson { name: line(it.name().unwrap_or_default()), address: line(it.address()?) });
    list.iter().filter_map(person).take(MANY).collect()
}

fn files(message: &Message<'_>) -> Vec<OldFile> {
    let mut files: Vec<OldFile> = Vec::new();
    for (n, part) in message.attachments().take(MANY).enumerate() {
        let media_type = part.content_type().map_or_else(
            || "application/octet-stream".to_owned(),
            |it| line(&format!("{}/{}", it.ctype(), it.subtype().unwrap_or("octet-stream"))).to_ascii_lowercase(),
        );
        let ending = match media_type.as_str() {
            "message/rfc822" => "eml",
            "text/plain" => "txt",
            "text/html" => "html",
            _ => "bin",
        };
        let said = short(&line(part.attachment_name().unwrap_or_default()).replace(['/', '\\'], "_"));
        let name = if said.trim().is_empty() { format!("{}.{ending}", n + 1) } else { said };
        let name = if files.iter().any(|it| it.name == name) { format!("{}-{name}", n + 1) } else { name };
        files.push(OldFile {
            name,
            media_type,
            content: part.contents().to_vec(),
            content_id: part.content_id().map(|it| line(it.trim_matches(['<', '>']))).filter(|it| !it.is_empty()),
        });
    }
    files
}

/// A name of a file that is not too long, with its ending.
fn short(name: &str) -> String {
    let length = name.chars().count();
    if length <= NAME_MAX {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |at| &name[at..]);
    let ending = if NAME_MAX / 10 < ending.chars().count() { "" } else { ending };
    name.chars().take(NAME_MAX - ending.chars().count()).chain(ending.chars()).collect()
}

/// One line without control characters and such that nobody sees.
fn line(text: &str) -> String {
    let seen = text.chars().map(|it| if it.is_whitespace() { ' ' } else { it });
    seen.filter(|it| !it.is_control() && !is_invisible(*it)).take(LINE_MAX).collect::<String>().trim().to_owned()
}

/// Several lines without other control characters.
fn text(text: &str) -> String {
    let kept = &text[..text.floor_char_boundary(TEXT_MAX)];
    kept.chars().filter(|it| !it.is_control() || matches!(it, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mail_is_read_with_its_people_texts_and_files() {
        let raw = b"From: =?utf-8?Q?J=C3=A1n?= <jan@x.sk>\r\nTo: Eva <eva@x.sk>, ema@x.sk\r\nCc: ivo@x.sk\r\nBcc: tajny@x.sk\r\n\
            Subject: =?iso-8859-2?Q?=BElt=FD_k=F2=F2?=\r\nDate: Thu, 28 May 2026 20:26:40 +0000\r\nMessage-ID: <a.1@x.sk>\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
            <p>Dobr\xc3\xbd <img src=\"cid:logo@x\"></p>\r\n--b\r\nContent-Type: image/png; name=\"../a.png\"\r\nContent-ID: <logo@x>\r\n\
            Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--b--\r\n";
        let mail = read(raw).unwrap();
        assert_eq!((mail.header_id.as_str(), mail.date_ms), ("a.1@x.sk", Some(1_780_000_000_000)));
        assert_eq!((mail.from.name.as_str(), mail.from.address.as_str()), ("Ján", "jan@x.sk"));
        let to: Vec<_> = mail.to.iter().map(|(role, it)| (*role, it.address.as_str())).collect();
        assert_eq!(
            to,
            [(OldRole::To, "eva@x.sk"), (OldRole::To, "ema@x.sk"), (OldRole::Cc, "ivo@x.sk"), (OldRole::Bcc, "tajny@x.sk")]
        );
        assert_eq!(mail.subject, "žltý kňň");
        assert!(mail.html.contains("cid:logo@x") && mail.text.contains("Dobrý"));
        let file = &mail.files[0];
        assert_eq!(
            (file.name.as_str(), file.content.as_slice(), file.content_id.as_deref()),
            (".._a.png", &[0, 1, 2][..], Some("logo@x"))
        );
    }

    #[test]
    fn lies_about_letters_broken_words_and_nul_end_as_text() {
        let raw = b"From: x@y.sk\nSubject: =?utf-8?B?!!!?= a\0b\xe2\x80\xaec\nContent-Type: text/plain; charset=utf-8\n\nk\xf4\xf2\0\x1b[2J";
        let mail = read(raw).unwrap();
        assert!(mail.subject.ends_with("abc"), "{}", mail.subject);
        assert!(mail.text.starts_with('k') && !mail.text.contains(['\0', '\u{1b}']), "{:?}", mail.text);
    }

    #[test]
    fn a_name_of_a_file_that_is_too_long_is_cut_and_keeps_its_ending() {
        let named = |name: &str| {
            let raw =
                format!("From: x@y.sk\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"{name}\"\n\nx");
            read(raw.as_bytes()).unwrap().files.remove(0).name
        };
        assert_eq!(named("zmluva.pdf"), "zmluva.pdf");
        assert_eq!(named(&format!("{}.pdf", "a".repeat(900))), format!("{}.pdf", "a".repeat(196)));
        assert_eq!(named(&format!("a.{}", "b".repeat(900))), format!("a.{}", "b".repeat(198)));
    }

    #[test]
    fn mails_within_mails_without_end_are_read_to_an_end() {
        let mut raw = b"From: x@y.sk\r\n".to_vec();
        for n in 0..5_000 {
            raw.extend(format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n").bytes());
        }
        assert_eq!(read(&raw).unwrap().from.address, "x@y.sk");
        let raw = [b"From: x@y.sk\r\n".to_vec(), b"Content-Type: message/rfc822\r\n\r\n".repeat(5_000)].concat();
        assert_eq!(read(&raw).unwrap().from.address, "x@y.sk");
    }

    #[test]
    fn what_is_no_mail_is_none() {
        for raw in [&b""[..], b"\0\0\0", b"PK\x03\x04", b"hello\nworld\n"] {
            assert_eq!(read(raw), None, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_bytes_are_they_are_read_without_a_fall(tail in proptest::collection::vec(any::<u8>(), 0..600)) {
            let head = b"From: a@b.sk\nContent-Type: multipart/mixed; boundary=x\n\n--x\n";
            let _ = read(&[&head[..], &tail].concat());
            let _ = read(&tail);
        }
    }
}
