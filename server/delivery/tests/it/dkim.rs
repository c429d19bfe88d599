//! Signatures checked by a verifier that nobody here wrote: dkimpy.

use std::process::Command;

use delivery::dkim::{NewKey, Signer, generate, record, sign};
use delivery::mime::{self, FileContent, MailFile, Place};
use model::{DkimAlgorithm, DomainName};

use crate::mime::mail;

/// A key of each kind with its selector. Making RSA keys is slow, so all tests share them.
struct Keys(Vec<(&'static str, DkimAlgorithm, NewKey)>);

fn keys() -> &'static Keys {
    static KEYS: std::sync::OnceLock<Keys> = std::sync::OnceLock::new();
    KEYS.get_or_init(|| {
        let made = [("p1", DkimAlgorithm::Rsa), ("p2", DkimAlgorithm::Ed25519)];
        Keys(made.into_iter().map(|(selector, it)| (selector, it, generate(it).unwrap())).collect())
    })
}

fn signers() -> Vec<Signer> {
    let made = keys().0.iter().map(|(selector, it, key)| Signer::new("firma.sk", selector, *it, &key.private));
    made.collect::<Result<_, _>>().unwrap()
}

/// What dkimpy says about each signature.
fn verified(message: &[u8]) -> Vec<String> {
    let python = std::env::var("POSEL_TEST_AIOSMTPD").expect(
        "POSEL_TEST_AIOSMTPD does not name a Python with dkimpy: run `cargo xtask test`, which installs it and sets the variable",
    );
    let domain = DomainName::parse("firma.sk").unwrap();
    let records: serde_json::Map<String, serde_json::Value> = keys()
        .0
        .iter()
        .map(|(selector, it, key)| record(&domain, selector, *it, &key.public))
        .map(|it| (format!("{}.", it.name), it.value.into()))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let (mail, zone) = (folder.path().join("mail.eml"), folder.path().join("zone.json"));
    std::fs::write(&mail, message).unwrap();
    std::fs::write(&zone, serde_json::to_vec(&records).unwrap()).unwrap();
    let program = include_str!("dkim.py");
    let output = Command::new(python).args(["-c", program]).args([&mail, &zone]).arg("2").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// A mail with all that canonical forms stumble over.
fn rich() -> mime::Mail {
    let long = "Veľmi dlhý riadok bez konca, ktorý sa musí zalomiť. ".repeat(60);
    mime::Mail {
        subject: format!("Faktúra č. 12 – žluťoučký kůň {}", "úpěl ďábelské ódy ".repeat(12)),
        text: format!("Dobrý deň,\n\n  odsadené   medzery \t a tabulátor\n{long}\n.\nFrom here\n\n\n\n"),
        html: Some(format!("<p>Dobrý deň</p>\r\n<p>{long}</p>\n\n")),
        files: vec![MailFile {
            name: "Faktúra – žluťoučký kůň.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            content: FileContent::new(&(0..=255).cycle().take(100_000).collect::<Vec<u8>>()),
            place: Place::Attached,
        }],
        headers: vec![
            ("List-Unsubscribe".to_owned(), format!("<https://posel.firma.sk/u/{}>", "a".repeat(90))),
            ("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()),
            ("Feedback-ID".to_owned(), "12:campaign:firma:posel".to_owned()),
        ],
        ..mail()
    }
}

#[test]
fn both_signatures_of_a_rich_mail_are_verified_by_another_program() {
    let built = mime::build(&rich()).unwrap();
    let signed = sign(&signers(), &built.bytes).unwrap();
    assert!(signed.ends_with(&built.bytes));
    assert_eq!(verified(&signed), ["good", "good"]);
}

#[test]
fn a_plain_mail_without_line_end_is_verified_too() {
    let message = b"From: a@firma.sk\r\nSubject:   x  \r\n y\r\n\r\nAhoj  \r\n\r\nkoniec";
    assert_eq!(verified(&sign(&signers(), message).unwrap()), ["good", "good"]);
}

#[test]
fn what_was_changed_or_added_on_the_way_is_noticed() {
    let built = mime::build(&rich()).unwrap();
    let signed = String::from_utf8(sign(&signers(), &built.bytes).unwrap()).unwrap();
    for (whole, part) in [
        ("Subject: ", "Subject: Re: "),
        ("From: ", "From: ceo@banka.sk\r\nFrom: "),
        ("MIME-Version: ", "Reply-To: x@zle.sk\r\nMIME-Version: "),
        ("List-Unsubscribe-Post: ", "List-Unsubscribe-Post: x"),
    ] {
        let changed = signed.replacen(&format!("\r\n{whole}"), &format!("\r\n{part}"), 1);
        assert_ne!(changed, signed, "{whole}");
        let said = verified(changed.as_bytes());
        assert!(said.iter().all(|it| it != "good"), "{part}: {said:?}");
    }
}

#[test]
fn blanks_that_relays_add_do_not_break_a_signature() {
    let built = mime::build(&rich()).unwrap();
    let signed = String::from_utf8(sign(&signers(), &built.bytes).unwrap()).unwrap();
    let refolded =
        format!("Received: by relay.test;\r\n\tnow\r\n{}\r\n\r\n", signed.replacen("Subject: ", "Subject:\r\n \t ", 1));
    assert_eq!(verified(refolded.as_bytes()), ["good", "good"]);
}

#[test]
fn the_signature_stays_in_short_lines_and_the_same_mail_keeps_its_bytes() {
    let built = mime::build(&rich()).unwrap();
    let signed = sign(&signers(), &built.bytes).unwrap();
    assert_eq!(sign(&signers(), &built.bytes).unwrap(), signed);
    let added = &signed[..signed.len() - built.bytes.len()];
    assert!(added.split(|it| *it == b'\n').all(|line| line.len() <= 100 && line.is_ascii()));
}

#[test]
fn a_key_of_the_other_kind_is_refused() {
    let ed = &keys().0[1].2;
    assert!(Signer::new("firma.sk", "p1", DkimAlgorithm::Rsa, &ed.private).is_err());
    assert!(sign(&signers(), b"no message").is_err());
}
