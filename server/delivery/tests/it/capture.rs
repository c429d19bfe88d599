//! What the mailbox page shows of messages that others made.

use delivery::capture::{self, CapturedMail};

#[test]
fn a_foreign_message_is_read() {
    let raw = b"From: =?iso-8859-1?Q?J=F3b?= <a@x.sk>\r\nTo: b@y.sk,\r\n  Eva <c@z.sk>\r\nSubject: one\r\n two\r\n\
        X-Evil: \x1b[2J\r\nContent-Type: text/html\r\n\r\n<b>hi</b>\r\n";
    let read = capture::read(raw);
    assert_eq!(read.from, "Jób <a@x.sk>");
    assert_eq!(read.to, ["b@y.sk", "Eva <c@z.sk>"]);
    assert_eq!(read.subject, "one two");
    assert_eq!((read.text.as_deref(), read.html.as_deref().map(str::trim)), (None, Some("<b>hi</b>")));
    assert!(read.headers.contains(&("From".to_owned(), "Jób <a@x.sk>".to_owned())), "{read:?}");
    assert!(read.headers.contains(&("To".to_owned(), "b@y.sk, Eva <c@z.sk>".to_owned())), "{read:?}");
    assert!(read.headers.contains(&("Subject".to_owned(), "one two".to_owned())));
    assert!(read.headers.contains(&("X-Evil".to_owned(), "␛[2J".to_owned())));
}

#[test]
fn the_place_of_a_file_in_the_source_is_told() {
    let raw = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n\
        --b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        aGVsbG8=\r\n--b--\r\n";
    let read = capture::read(raw);
    let file = &read.attachments[0];
    assert_eq!((file.name.as_deref(), file.media_type.as_str(), file.size), (Some("a.png"), "image/png", 5));
    assert_eq!(raw[file.range.clone()].trim_ascii(), b"aGVsbG8=");
    assert_eq!(capture::part(raw, 0).as_deref(), Some(&b"hello"[..]));
    assert_eq!(capture::part(raw, 1), None);
}

#[test]
fn nothing_is_an_empty_mail() {
    assert_eq!(capture::read(b""), CapturedMail::default());
    assert_eq!(capture::part(b"", 0), None);
}
