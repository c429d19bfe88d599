//! No text puts anything onto the wire that is not meant, and what was written is what is read.

use delivery::{
    Content, capture,
    mime::{self, Field, FileContent, Mail, MailFile, Mailbox, Place, Reason},
};
use proptest::prelude::*;

use crate::support::address;

/// A plain mail to build on.
pub fn mail() -> Mail {
    Mail {
        from: Mailbox { name: Some("Firma, s.r.o.".to_owned()), address: address("info@firma.sk") },
        reply_to: Vec::new(),
        to: vec![Mailbox { name: Some("Eva Nováková".to_owned()), address: address("eva@example.sk") }],
        cc: Vec::new(),
        subject: "Faktúra č. 12".to_owned(),
        date_ms: 1_700_000_000_000,
        message_id: "abc-1@firma.sk".to_owned(),
        text: "Dobrý deň,\nposielame faktúru.\n".to_owned(),
        html: None,
        files: Vec::new(),
        headers: Vec::new(),
    }
}

fn file(name: &str, media_type: &str, bytes: &[u8]) -> MailFile {
    MailFile {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        content: FileContent::new(bytes),
        place: Place::Attached,
    }
}

fn built(mail: &Mail) -> Vec<u8> {
    mime::build(mail).unwrap().bytes
}

/// What every message on the wire must be.
fn assert_clean(bytes: &[u8]) {
    let content = Content::new(bytes).unwrap();
    assert!(bytes.is_ascii());
    let mut lines = content.wire().split(|&it| it == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    assert!(lines.all(|line| line.len() <= 998 && line != b"."));
}

/// Line ends as they are read back, without those at the end.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim_end_matches('\n').to_owned()
}

#[test]
fn a_mail_taken_apart_at_its_files_is_the_same_mail() {
    let long: Vec<u8> = (0..=255).cycle().take(3_000).collect();
    let logo = MailFile { place: Place::Inline { content_id: "logo".to_owned() }, ..file("logo.png", "image/png", b"\x89PNG") };
    for files in [Vec::new(), vec![file("a.bin", "x/y", &long), logo, file("b.bin", "x/y", b""), file("c.bin", "x/y", &long)]] {
        let contents = [long.clone(), b"\x89PNG".to_vec(), Vec::new(), long.clone()];
        let mail = Mail { html: Some("<p><img src=\"cid:logo\">Dobrý deň</p>".to_owned()), files, ..mail() };
        let mut whole = Vec::new();
        for part in mime::parts(&mail).unwrap() {
            match part {
                mime::Part::Bytes(bytes) => whole.extend(bytes),
                mime::Part::File(i) => whole.extend(mime::encoded_lines(&contents[i])),
            }
        }
        assert!(whole == built(&mail));
    }
}

#[test]
fn a_mail_with_everything_is_read_back() {
    let picture =
        MailFile { place: Place::Inline { content_id: "logo@firma".to_owned() }, ..file("logo.png", "image/png", b"\x89PNG") };
    let invoice = file("Faktúra č. 12 – žluťoučký kůň.pdf", "application/pdf", b"%PDF-1.7\n.\r\n");
    let mail = Mail {
        html: Some("<p>Dobrý deň <img src=\"cid:logo@firma\"></p>".to_owned()),
        cc: vec![Mailbox { name: None, address: address("jan@example.cz") }],
        reply_to: vec![Mailbox { name: None, address: address("odpoved@firma.sk") }],
        files: vec![picture, invoice.clone()],
        headers: vec![("Auto-Submitted".to_owned(), "auto-generated".to_owned())],
        ..mail()
    };
    let bytes = built(&mail);
    assert_clean(&bytes);
    let read = capture::read(&bytes);
    assert_eq!(read.from, "Firma, s.r.o. <info@firma.sk>");
    assert_eq!(read.to, ["Eva Nováková <eva@example.sk>", "jan@example.cz"]);
    assert_eq!(read.subject, mail.subject);
    assert_eq!(read.date_ms, Some(mail.date_ms));
    assert_eq!(lines(&read.text.unwrap()), lines(&mail.text));
    assert_eq!(read.html, mail.html);
    let header = |name: &str| read.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
    assert_eq!(header("Auto-Submitted"), Some("auto-generated"));
    assert_eq!(header("Message-ID"), Some("<abc-1@firma.sk>"));
    assert_eq!(header("Reply-To"), Some("odpoved@firma.sk"));
    assert_eq!(header("MIME-Version"), Some("1.0"));
    let names: Vec<_> = read.attachments.iter().map(|it| it.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["logo.png", &invoice.name]);
    assert_eq!(read.attachments[0].content_id.as_deref(), Some("logo@firma"));
    assert_eq!(read.attachments[1].media_type, "application/pdf");
    assert_eq!(capture::part(&bytes, 1).as_deref(), Some(&b"%PDF-1.7\n.\r\n"[..]));
}

#[test]
fn the_same_mail_gives_the_same_bytes_and_another_id_other_boundaries() {
    let mail = Mail { html: Some("<p>a</p>".to_owned()), ..mail() };
    assert_eq!(built(&mail), built(&mail));
    let other = Mail { message_id: "abc-2@firma.sk".to_owned(), ..mail.clone() };
    assert_ne!(built(&mail), built(&other));
}

#[test]
fn sizes_are_those_before_encoding_and_of_the_whole() {
    let mail = Mail { files: vec![file("a.bin", "application/octet-stream", &[0; 3000])], ..mail() };
    let built = mime::build(&mail).unwrap();
    assert_eq!((built.sizes.text, built.sizes.html, built.sizes.files), (mail.text.len(), 0, 3000));
    assert_eq!(built.sizes.total, built.bytes.len());
}

#[test]
fn a_mail_to_hidden_recipients_names_none() {
    let bytes = built(&Mail { to: Vec::new(), ..mail() });
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\r\nTo: undisclosed-recipients:;\r\n") && !text.contains("Bcc"), "{text}");
}

#[test]
fn a_picture_without_html_is_an_attachment() {
    let picture = MailFile { place: Place::Inline { content_id: "x".to_owned() }, ..file("x.png", "image/png", b"x") };
    let text = String::from_utf8(built(&Mail { files: vec![picture], ..mail() })).unwrap();
    assert!(text.contains("Content-Disposition: attachment") && !text.contains("Content-ID"), "{text}");
}

#[test]
fn the_name_of_the_sender_cannot_pose_as_an_address() {
    let from = Mailbox { name: Some("ceo@bank.sk".to_owned()), address: address("x@evil.sk") };
    assert_eq!(capture::read(&built(&Mail { from, ..mail() })).from, "x@evil.sk");
}

#[test]
fn a_field_with_a_line_break_is_refused_by_its_name() {
    let evil = "a\r\nBcc: b@c.sk".to_owned();
    let named = || Mailbox { name: Some(evil.clone()), address: address("eva@example.sk") };
    let with_file = |it: MailFile| Mail { files: vec![file("ok.txt", "text/plain", b""), it], ..mail() };
    let pictures = MailFile { place: Place::Inline { content_id: evil.clone() }, ..file("a", "image/png", b"") };
    let cases = [
        (Mail { subject: evil.clone(), ..mail() }, Field::Subject, Reason::ControlCharacter),
        (Mail { from: named(), ..mail() }, Field::From, Reason::ControlCharacter),
        (Mail { to: vec![mail().to[0].clone(), named()], ..mail() }, Field::To(1), Reason::ControlCharacter),
        (Mail { cc: vec![named()], ..mail() }, Field::Cc(0), Reason::ControlCharacter),
        (Mail { reply_to: vec![named()], ..mail() }, Field::ReplyTo(0), Reason::ControlCharacter),
        (Mail { message_id: evil.clone(), ..mail() }, Field::MessageId, Reason::Malformed),
        (with_file(file(&evil, "text/plain", b"")), Field::FileName(1), Reason::ControlCharacter),
        (with_file(file("a", &evil, b"")), Field::FileType(1), Reason::Malformed),
        (Mail { html: Some(String::new()), ..with_file(pictures) }, Field::FileContentId(1), Reason::Malformed),
        (
            Mail { headers: vec![("X-A".to_owned(), evil.clone())], ..mail() },
            Field::Header("X-A".to_owned()),
            Reason::ControlCharacter,
        ),
        (Mail { headers: vec![(evil.clone(), "a".to_owned())], ..mail() }, Field::Header(evil.clone()), Reason::Malformed),
        (Mail { date_ms: i64::MIN, ..mail() }, Field::Date, Reason::Malformed),
    ];
    for (mail, field, reason) in cases {
        let fault = mime::build(&mail).unwrap_err();
        assert_eq!((fault.field, fault.reason), (field, reason));
    }
}

#[test]
fn a_text_that_imitates_the_boundary_splits_nothing() {
    let bytes = built(&Mail { html: Some("<p>a</p>".to_owned()), ..mail() });
    let text = String::from_utf8(bytes).unwrap();
    let boundary = text.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let evil = format!("--{boundary}\r\nContent-Type: text/html\r\n\r\n<script>\r\n--{boundary}--\r\n");
    let read = capture::read(&built(&Mail { html: Some("<p>a</p>".to_owned()), text: evil.clone(), ..mail() }));
    assert_eq!(lines(&read.text.unwrap()), lines(&evil));
    assert_eq!(read.html.as_deref(), Some("<p>a</p>"));
}

#[test]
fn smuggled_ends_of_message_stay_text() {
    for evil in ["a\r\n.\r\nb", "a\n.\nb", "a\r.\rb", "a\n.\r\nb", "a\r\n.\nb", ".", "..\n.", "\u{2028}.\u{85}.", "a\0b"] {
        let mail = Mail { text: evil.to_owned(), html: Some(evil.to_owned()), ..mail() };
        let bytes = built(&mail);
        assert_clean(&bytes);
        let read = capture::read(&bytes);
        assert_eq!(lines(&read.text.unwrap()), lines(evil), "{evil:?}");
        assert_eq!(lines(&read.html.unwrap()), lines(evil), "{evil:?}");
    }
}

#[test]
fn endless_lines_are_broken_on_the_way_only() {
    let long = "Žlutý kůň. ".repeat(10_000);
    let mail = Mail { text: long.clone(), ..mail() };
    let bytes = built(&mail);
    assert_clean(&bytes);
    assert_eq!(capture::read(&bytes).text.unwrap().trim_end(), long.trim_end());
}

/// Text of every kind: letters, tricks, controls, emoji.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,30}",
        "[ -~]{0,80}",
        "[áčďéíľňóôŕšťúýžřěů ]{0,30}",
        Just("\r\n.\r\n".to_owned()),
        Just("\n.\n".to_owned()),
        Just("\r.\r".to_owned()),
        Just("\r\n".to_owned()),
        Just(" =?utf-8?Q?x?= ".to_owned()),
        Just("=".to_owned()),
        Just(" \t \n".to_owned()),
        Just("--=_a\n".to_owned()),
        Just("From \n".to_owned()),
        Just("\u{202e}👩‍👩‍👧\u{2028}".to_owned()),
        Just("\0\u{85}".to_owned()),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_input_breaks_the_wire_and_all_is_read_back(
        text in any_text(),
        html in prop::option::of(any_text()),
        subject in any_text(),
        name in any_text(),
        file_name in any_text(),
        value in any_text(),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let mail = Mail {
            subject: subject.clone(),
            text: text.clone(),
            html: html.clone(),
            to: vec![Mailbox { name: Some(name), address: address("eva@example.sk") }],
            files: vec![file(&file_name, "application/pdf", &bytes)],
            headers: vec![("X-Note".to_owned(), value)],
            ..mail()
        };
        // What cannot stand in a header is refused by its field; leave the field out and the rest must pass.
        let mut mail = mail;
        let built = loop {
            match mime::build(&mail) {
                Ok(built) => break built,
                Err(fault) => match fault.field {
                    Field::Subject => mail.subject = String::new(),
                    Field::To(_) => mail.to[0].name = None,
                    Field::FileName(_) => mail.files.clear(),
                    Field::Header(_) => mail.headers.clear(),
                    other => prop_assert!(false, "{:?}", other),
                },
            }
        };
        assert_clean(&built.bytes);
        let read = capture::read(&built.bytes);
        prop_assert_eq!(&read.subject, &mail.subject);
        prop_assert_eq!(lines(&read.text.unwrap_or_default()), lines(&text));
        prop_assert_eq!(read.html.as_deref().map(lines), html.as_deref().map(lines));
        prop_assert_eq!(read.to.len(), 1);
        prop_assert!(read.to[0].contains("eva@example.sk"));
        prop_assert_eq!(read.attachments.len(), mail.files.len());
        if !mail.files.is_empty() {
            prop_assert_eq!(capture::part(&built.bytes, 0), Some(bytes));
        }
    }

    #[test]
    fn names_of_files_are_read_back(name in "[a-zA-Z0-9áčďéíľňóôŕšťúýžřěů _()'%&;=.,–👍-]{1,60}") {
        let mail = Mail { files: vec![file(&name, "application/pdf", b"x")], ..mail() };
        if let Ok(built) = mime::build(&mail) {
            assert_clean(&built.bytes);
            let read = capture::read(&built.bytes);
            prop_assert_eq!(read.attachments[0].name.as_deref(), Some(name.trim()));
        }
    }

    #[test]
    fn names_of_people_are_read_back(name in "[a-zA-ZáčďéíľňóôŕšťúýžřěůÁČĎ.,'\"\\\\()<>;:-]{1,20}( [a-zA-Záčďéíľňó,]{1,20}){0,6}") {
        let to = vec![Mailbox { name: Some(name.clone()), address: address("eva@example.sk") }];
        let read = capture::read(&built(&Mail { to, ..mail() }));
        prop_assert_eq!(&read.to[0], &format!("{name} <eva@example.sk>"));
    }
}

#[test]
fn a_shared_file_lasts_as_long_as_somebody_has_it() {
    let content = FileContent::new(b"Cennik");
    let shared = content.share();
    let again = shared.get().unwrap();
    assert_eq!(again, content);
    drop(content);
    assert!(shared.get().is_some());
    drop(again);
    assert!(shared.get().is_none());
}
