//! Reports as servers write them, and mails that are meant to do harm.

use delivery::bounce::{Report, Returned, read, return_path};
use model::{BounceKind, DeliveryId, EmailAddress};
use proptest::prelude::*;

use crate::support::address;

const TAG: [u8; 10] = *b"0123456789";

/// A mail of the corpus, sent to a return path of delivery 77.
fn mail(text: &str) -> Vec<u8> {
    let token = return_path(&address("vratene@firma.sk"), DeliveryId(77), TAG).unwrap();
    text.replace("TOKEN", token.as_str()).into_bytes()
}

fn report(text: &str) -> Report {
    match read(&mail(text)) {
        Returned::Report(report) => report,
        other => panic!("expected a report, got {other:?}"),
    }
}

/// Address, kind and code of each finding.
fn findings(report: &Report) -> Vec<(&str, BounceKind, String)> {
    let code = |it: &delivery::bounce::Finding| it.code.map(|it| it.to_string()).unwrap_or_default();
    report.findings.iter().map(|it| (it.address.as_ref().map_or("", EmailAddress::as_str), it.kind, code(it))).collect()
}

fn one(kind: BounceKind, code: &str) -> Vec<(&'static str, BounceKind, String)> {
    vec![("eva@example.sk", kind, code.to_owned())]
}

#[test]
fn a_report_of_postfix_names_address_reason_and_all_marks() {
    let report = report(include_str!("bounces/postfix.eml"));
    assert_eq!(findings(&report), one(BounceKind::Hard, "5.1.1"));
    assert_eq!(report.findings[0].words, "550 5.1.1 <eva@example.sk>: Recipient address rejected: User unknown");
    assert_eq!(report.return_paths, [(DeliveryId(77), TAG)]);
    assert_eq!(report.envelope_ids, ["posel-77"]);
    assert_eq!(report.message_ids, ["m77.abc@firma.sk"]);
}

#[test]
fn a_warning_that_it_is_still_tried_is_no_failure() {
    let report = report(include_str!("bounces/postfix_delayed.eml"));
    assert_eq!(findings(&report), [("jan@example.cz", BounceKind::Delayed, "4.4.1".to_owned())]);
}

#[test]
fn a_text_of_exim_is_read_address_by_address() {
    let report = report(include_str!("bounces/exim.eml"));
    let expected =
        [("eva@example.sk", BounceKind::Hard, "5.0.0".to_owned()), ("jan@example.cz", BounceKind::Soft, "5.2.2".to_owned())];
    assert_eq!(findings(&report), expected);
    assert_eq!(report.return_paths, [(DeliveryId(77), TAG)]);
    assert_eq!(report.message_ids, ["m77.abc@firma.sk"]);
}

#[test]
fn a_text_of_qmail_is_read() {
    let report = report(include_str!("bounces/qmail.eml"));
    assert_eq!(findings(&report), one(BounceKind::Hard, "5.1.1"));
    assert_eq!(report.message_ids, ["m77.abc@firma.sk"]);
}

#[test]
fn a_report_of_exchange_is_read() {
    let report = report(include_str!("bounces/exchange.eml"));
    assert_eq!(findings(&report), one(BounceKind::Hard, "5.1.10"));
    assert_eq!(report.message_ids, ["m77.abc@firma.sk"]);
}

#[test]
fn portals_that_write_czech_and_slovak_are_understood() {
    let unknown = report(include_str!("bounces/portal_sk.eml"));
    assert_eq!(findings(&unknown), one(BounceKind::Hard, ""));
    assert_eq!(unknown.message_ids, ["m77.abc@firma.sk"]);
    assert_eq!(findings(&report(include_str!("bounces/portal_full.eml"))), one(BounceKind::Soft, ""));
}

#[test]
fn a_complaint_is_told_from_a_failure() {
    let report = report(include_str!("bounces/complaint.eml"));
    assert_eq!(findings(&report), one(BounceKind::Complaint, ""));
    assert_eq!(report.return_paths, [(DeliveryId(77), TAG)]);
}

#[test]
fn programs_that_say_nothing_about_a_delivery_are_passed_over() {
    for text in [
        include_str!("bounces/out_of_office.eml"),
        include_str!("bounces/read_receipt.eml"),
        include_str!("bounces/delivered.eml"),
        &include_str!("bounces/complaint.eml").replace("Feedback-Type: abuse", "Feedback-Type: not-spam"),
    ] {
        assert_eq!(read(&mail(text)), Returned::Automatic, "{text}");
    }
}

#[test]
fn what_a_person_writes_is_no_report_whatever_it_says() {
    assert_eq!(read(&mail(include_str!("bounces/person.eml"))), Returned::Other);
    for text in ["", "\r\n", "no header", "\u{0}", ":", "From: a\r\n"] {
        assert_eq!(read(text.as_bytes()), Returned::Other, "{text:?}");
    }
}

#[test]
fn the_words_of_a_server_are_shown_and_never_obeyed() {
    let text = include_str!("bounces/postfix.eml").replace(
        "User unknown\r\n\r\n--4C1.1780000030/relay.example\r\nContent-Description: Undel",
        "\u{1b}[2J\u{202e}<script>\r\n\r\n--4C1.1780000030/relay.example\r\nContent-Description: Undel",
    );
    let words = &report(&text).findings[0].words;
    assert!(words.ends_with("rejected: ␛[2J\\u{202e}<script>"), "{words}");
}

#[test]
fn mails_that_nest_without_end_are_read_to_a_depth_and_left() {
    let mut deep = String::from("From: a@b.sk\r\n");
    for n in 0..20_000 {
        deep += &format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    }
    assert_eq!(read(deep.as_bytes()), Returned::Other);
    let letters = format!("From: a@b.sk\r\n{}", "Content-Type: message/rfc822\r\n\r\n".repeat(20_000));
    assert_eq!(read(letters.as_bytes()), Returned::Other);
}

#[test]
fn a_mail_of_fifty_megabytes_costs_no_more_than_its_beginning() {
    let mut huge = mail(include_str!("bounces/postfix.eml"));
    huge.resize(50 * 1024 * 1024, b'a');
    assert!(matches!(read(&huge), Returned::Report(_)));
    let lines = format!("Content-Type: multipart/report; boundary=b\r\n\r\n{}", "--b\r\nX: y\r\n\r\n".repeat(40_000));
    assert_eq!(read(lines.as_bytes()), Returned::Other);
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_fall(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), at in 0_usize..2_000, which in 0_usize..4) {
        let corpus = [
            include_str!("bounces/postfix.eml"),
            include_str!("bounces/exim.eml"),
            include_str!("bounces/exchange.eml"),
            include_str!("bounces/complaint.eml"),
        ];
        let mut mail = mail(corpus[which]);
        let at = at.min(mail.len());
        mail.splice(at..at, bytes.drain(..));
        if let Returned::Report(report) = read(&mail) {
            prop_assert!(report.findings.iter().all(|it| it.words.len() <= 2048));
        }
    }
}
