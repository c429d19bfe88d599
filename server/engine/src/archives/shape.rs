//! What is kept of an old message, from a mail or from XML.

use std::collections::HashMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use delivery::archive::{OldFile, OldMail, OldRole};
use model::message::{Role, content_id};
use model::time::{days, seconds};
use model::{Address, Channel, Day, Moment, Recipient};
use store::archives::OldMessage;
use tables::read::Element;

/// Where new names would make the HTML larger than this (bytes), the rest keeps the old ones.
const HTML_MAX: usize = 8 << 20;

/// What is kept of a mail. Pictures in the HTML are called by the names of their files, as everywhere.
pub(super) fn of_mail(mail: OldMail) -> OldMessage {
    let recipients = mail.to.into_iter().filter_map(|(role, it)| {
        let role = match role {
            OldRole::To => Role::To,
            OldRole::Cc => Role::Cc,
            OldRole::Bcc => Role::Bcc,
        };
        Some(Recipient { role, name: it.name, address: Address::parse(&it.address).ok()?, contact: None })
    });
    let recipients = recipients.collect();
    let html = renamed(mail.html, &mail.files);
    OldMessage {
        channel: Channel::Email,
        header_id: mail.header_id,
        sender_name: mail.from.name,
        sender_address: mail.from.address,
        reply_to: mail.reply_to,
        subject: mail.subject,
        html: if html.is_empty() { plain(&mail.text) } else { html },
        text: mail.text,
        recipients,
        contact: None,
        // Nobody wrote mails before 1970, and what says so would stand behind everything for ever.
        written_at: mail.date_ms.filter(|it| 0 <= *it).map(Moment),
        files: mail.files.into_iter().map(|it| (it.name, it.media_type, it.content)).collect(),
    }
}

/// Calls pictures by the names of their files.
fn renamed(html: String, files: &[OldFile]) -> String {
    const CALL: &str = "cid:";
    // Of two files with one id the first is meant.
    let names: HashMap<&str, &str> =
        files.iter().rev().filter_map(|it| Some((it.content_id.as_deref()?, it.name.as_str()))).collect();
    let (mut anew, mut rest) = (String::new(), html.as_str());
    while let Some(at) = rest.find(CALL).filter(|_| !names.is_empty() && anew.len() < HTML_MAX) {
        let (before, call) = rest.split_at(at + CALL.len());
        let end = call.find(|it: char| it.is_whitespace() || "\"'<>&)".contains(it)).unwrap_or(call.len());
        anew.push_str(before);
        match names.get(&call[..end]) {
            Some(name) => anew.push_str(&content_id(name)),
            None => anew.push_str(&call[..end]),
        }
        rest = &call[end..];
    }
    anew.push_str(rest);
    anew
}

/// What is kept of a `message` element; nothing when something that must be there is not.
pub(super) fn of_element(element: &Element) -> Option<OldMessage> {
    let channel = match element.attribute("channel")? {
        "email" => Channel::Email,
        "sms" => Channel::Sms,
        _ => return None,
    };
    let child = |name: &str| element.children.iter().find(|it| it.name == name);
    let text = |name: &str| child(name).map(|it| it.text.clone()).unwrap_or_default();
    let of_role = |name: &str, role: Role| {
        let list = element.children.iter().filter(move |it| it.name == name).map(move |it| {
            let address = Address::parse(&it.text).ok()?;
            Some(Recipient { role, name: it.attribute("name").unwrap_or_default().to_owned(), address, contact: None })
        });
        list.collect::<Option<Vec<_>>>()
    };
    let mut recipients = of_role("to", Role::To)?;
    recipients.extend(of_role("cc", Role::Cc)?);
    recipients.extend(of_role("bcc", Role::Bcc)?);
    let files = element.children.iter().filter(|it| it.name == "file").map(|it| {
        let content = BASE64_STANDARD.decode(it.text.trim()).ok()?;
        Some((it.attribute("name")?.to_owned(), it.attribute("type").unwrap_or("application/octet-stream").to_owned(), content))
    });
    let files = files.collect::<Option<Vec<_>>>()?;
    let (body, html) = (text("text"), text("html"));
    Some(OldMessage {
        channel,
        header_id: element.attribute("message-id").unwrap_or_default().to_owned(),
        sender_name: child("from").and_then(|it| it.attribute("name")).unwrap_or_default().to_owned(),
        sender_address: text("from"),
        reply_to: text("reply-to"),
        subject: text("subject"),
        html: if html.is_empty() && channel == Channel::Email { plain(&body) } else { html },
        text: body,
        recipients,
        contact: None,
        written_at: element.attribute("created").and_then(moment),
        files,
    })
}

/// Reads a moment as it is written (RFC 3339, UTC).
fn moment(text: &str) -> Option<Moment> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let day: Day = day.parse().ok()?;
    let pieces: Vec<i64> = time.split(':').map(|it| it.parse().ok()).collect::<Option<_>>()?;
    match pieces.as_slice() {
        [hour @ 0..24, minute @ 0..60, second @ 0..61] => {
            Some(Moment(days(day.0) + seconds(hour * 3_600 + minute * 60 + second))).filter(|it| 0 <= it.0)
        }
        _ => None,
    }
}

/// A plain text as HTML, line by line.
fn plain(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<div style=\"white-space: pre-wrap\">{escaped}</div>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(id: &str, name: &str) -> OldFile {
        OldFile { name: name.into(), media_type: "image/png".into(), content: Vec::new(), content_id: Some(id.into()) }
    }

    #[test]
    fn pictures_are_called_by_the_names_of_their_files_and_one_id_is_no_part_of_another() {
        let files = [picture("img1", "a.png"), picture("img10", "b.png"), picture("img1", "c.png")];
        let html = "<img src=\"cid:img1\"><img src='cid:img10'><p style=\"background:url(cid:img1)\">cid:img2 cid:";
        assert_eq!(
            renamed(html.into(), &files),
            "<img src=\"cid:a.png@posel\"><img src='cid:b.png@posel'><p style=\"background:url(cid:a.png@posel)\">cid:img2 cid:"
        );
        assert_eq!(renamed(html.into(), &[]), html);
    }

    #[test]
    fn a_mail_that_calls_one_picture_a_million_times_does_not_grow_without_end() {
        let html = "cid:a ".repeat(800_000);
        let anew = renamed(html.clone(), &[picture("a", &"ž".repeat(200))]);
        assert!(anew.len() < HTML_MAX + html.len(), "{}", anew.len());
        let joined = "cid:".repeat(1_000_000);
        assert_eq!(renamed(joined.clone(), &[picture("a", "b")]), joined);
    }

    #[test]
    fn a_moment_is_read_as_it_was_written() {
        for at in [Moment(1_780_000_000_000), Moment(0)] {
            assert_eq!(moment(&at.rfc3339()), Some(at));
        }
        for wrong in ["", "2026-05-28", "2026-05-28T25:00:00Z", "2026-02-30T00:00:00Z", "2026-05-28T20:26:40+02:00"] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }
}
