//! The client against a server that nobody here wrote: aiosmtpd with STARTTLS and AUTH.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use delivery::{
    Connection, Content, Credentials, Outcome, ProbeHint, Relay, Security, Verdict, capture, mime,
    smtp::{Pipelining, Route, TimeLimits, Trust, probe},
    testing::{HOST, identity},
};
use secrecy::SecretString;

use crate::{
    mime::mail,
    support::{address, envelope},
};

const PROGRAM: &str = include_str!("foreign.py");

struct Foreign {
    child: Child,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl Drop for Foreign {
    fn drop(&mut self) {
        // The server may have ended already; either way nothing of it is left.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// Starts aiosmtpd; it prints its port first and each message that it took afterwards.
fn start() -> Foreign {
    let python = std::env::var("POSEL_TEST_AIOSMTPD").expect(
        "POSEL_TEST_AIOSMTPD does not name a Python with aiosmtpd: run `cargo xtask test`, which installs it and sets the variable",
    );
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = identity();
    std::fs::write(folder.path().join("certificate.pem"), certificate).unwrap();
    std::fs::write(folder.path().join("key.pem"), key).unwrap();
    let mut child = Command::new(python)
        .args(["-c", PROGRAM])
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the Python named by POSEL_TEST_AIOSMTPD starts");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let port: u16 = line.trim().parse().expect("aiosmtpd starts and tells its port");
    Foreign { child, address: SocketAddr::from(([127, 0, 0, 1], port)), folder }
}

fn relay(foreign: &Foreign, password: &str) -> Relay {
    Relay {
        host: HOST.to_owned(),
        port: foreign.address.port(),
        route: Route::Fixed(vec![foreign.address]),
        security: Security::StartTls,
        trust: Trust::only(delivery::testing::authority()).unwrap(),
        credentials: Some(Credentials::Password { user: "posel".to_owned(), password: SecretString::from(password) }),
        helo_name: "client.test".to_owned(),
        limits: TimeLimits::default(),
        pipelining: Pipelining::when_offered(),
    }
}

/// One mail with everything that may go wrong on the way.
pub(crate) fn rich() -> mime::Mail {
    let invoice = mime::MailFile {
        name: "Faktúra – žluťoučký kůň.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        content: mime::FileContent::new(&(0..=255).cycle().take(200_000).collect::<Vec<u8>>()),
        place: mime::Place::Attached,
    };
    mime::Mail {
        text: ".\r\n..\r\n.hidden\r\nFrom here\r\nDobrý deň\r\n.".to_owned(),
        html: Some("<p>Dobrý deň</p>\n.\n".to_owned()),
        files: vec![invoice],
        ..mail()
    }
}

#[tokio::test]
async fn a_foreign_server_takes_mail_over_starttls_and_login_byte_for_byte() {
    let foreign = start();
    let mut connection = Connection::open(&relay(&foreign, "heslo č. 1")).await.unwrap();
    assert!(connection.security_note().is_some());
    let built = mime::build(&rich()).unwrap();
    let content = Content::new(&built.bytes).unwrap();
    for n in 0..3 {
        let sent = connection.transmit(&envelope("eva@example.sk"), &content, || async { Ok::<(), ()>(()) }).await;
        let Ok(Outcome::Accepted { reply }) = sent else { panic!("{sent:?}") };
        assert_eq!(reply.to_string(), "250 2.0.0 a@posel.example -> eva@example.sk");
        let taken = std::fs::read(foreign.folder.path().join(format!("{n}.eml"))).unwrap();
        assert!(taken == built.bytes);
    }
    assert_eq!(capture::read(&built.bytes).attachments[0].size, 200_000);
    connection.quit().await;
}

#[tokio::test]
async fn a_foreign_server_refuses_one_recipient_and_takes_the_next() {
    let foreign = start();
    let mut connection = Connection::open(&relay(&foreign, "heslo č. 1")).await.unwrap();
    let built = mime::build(&rich()).unwrap();
    let content = Content::new(&built.bytes).unwrap();
    let mut verdicts = Vec::new();
    for recipient in ["nobody@example.sk", "eva@example.sk"] {
        let sent = connection.transmit(&envelope(recipient), &content, || async { Ok::<(), ()>(()) }).await;
        verdicts.push(sent.unwrap().verdict());
    }
    assert_eq!(verdicts, [Verdict::AddressBad, Verdict::Accepted]);
}

#[tokio::test]
async fn a_foreign_server_refuses_a_wrong_password() {
    let foreign = start();
    let relay = relay(&foreign, "wrong");
    let Err(trouble) = Connection::open(&relay).await else { panic!("signed in with a wrong password") };
    assert_eq!(trouble.verdict(), Verdict::AccountStopped);
    let steps = probe(&relay, &address("a@posel.example")).await;
    assert_eq!(steps.last().unwrap().hint, Some(ProbeHint::WrongPassword));
}
