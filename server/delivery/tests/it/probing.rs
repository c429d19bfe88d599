//! *Test connection*: every step is told, and what failed has a hint.

use std::time::Duration;

use delivery::{
    Credentials, ProbeHint, ProbeStage, ProbeStep, Relay, Security,
    smtp::{Route, probe},
    testing::{CertificateKind, Moment, Options, Rule, ScriptedServer},
};
use secrecy::SecretString;

use crate::support::{address, impatient};

async fn tried(relay: &Relay) -> Vec<ProbeStep> {
    probe(relay, &address("info@firma.sk")).await
}

/// The last step: its stage and hint; it must have failed.
async fn fault(relay: &Relay) -> (ProbeStage, Option<ProbeHint>) {
    let steps = tried(relay).await;
    let last = steps.last().unwrap();
    assert!(!last.passed && steps[..steps.len() - 1].iter().all(|it| it.passed), "{steps:?}");
    (last.stage, last.hint)
}

fn login() -> Option<(String, String)> {
    Some(("info@firma.sk".to_owned(), "heslo".to_owned()))
}

#[tokio::test]
async fn a_good_account_passes_every_step_and_sends_nothing() {
    let options = Options { security: Security::StartTls, login: login(), ..Options::default() };
    let server = ScriptedServer::start_with(options).await;
    let steps = tried(&server.relay()).await;
    let stages: Vec<ProbeStage> = steps.iter().map(|it| it.stage).collect();
    use ProbeStage::*;
    assert_eq!(stages, [Resolve, Connect, Greeting, Hello, StartTls, Certificate, Login, Sender]);
    assert!(steps.iter().all(|it| it.passed && it.hint.is_none()), "{steps:?}");
    assert!(steps[3].answer.contains("250-PIPELINING"), "{}", steps[3].answer);
    assert_eq!(steps[7].answer, "250 2.1.0 sender ok");
    assert!(server.mails().is_empty());
    let said: Vec<String> = server.commands().into_iter().map(|(_, line)| line).collect();
    assert_eq!(said[said.len() - 3..], ["MAIL FROM:<info@firma.sk>", "RSET", "QUIT"]);
}

#[tokio::test]
async fn what_cannot_be_reached_is_told() {
    let server = ScriptedServer::start().await;
    let relay = Relay { host: "relay.invalid".to_owned(), route: Route::Lookup, ..server.relay() };
    assert_eq!(fault(&relay).await, (ProbeStage::Resolve, Some(ProbeHint::HostNotFound)));
    let relay = server.relay();
    drop(server);
    let dead = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let relay = Relay { route: Route::Fixed(vec![dead]), ..relay };
    assert_eq!(fault(&relay).await, (ProbeStage::Connect, Some(ProbeHint::Refused)));
}

#[tokio::test]
async fn a_port_of_the_wrong_kind_is_told() {
    let plain = ScriptedServer::start().await;
    let relay = Relay { security: Security::Tls, ..plain.relay() };
    assert_eq!(fault(&relay).await, (ProbeStage::Certificate, Some(ProbeHint::PlainExpected)));
    let secure = ScriptedServer::start_with(Options { security: Security::Tls, ..Options::default() }).await;
    for security in [Security::None, Security::StartTls] {
        let relay = Relay { security, ..impatient(&secure, |it| &mut it.greeting) };
        assert_eq!(fault(&relay).await, (ProbeStage::Greeting, Some(ProbeHint::TlsExpected)));
    }
    let silent = ScriptedServer::start().await;
    silent.rule(Rule::at(Moment::Greeting).hang());
    let relay = impatient(&silent, |it| &mut it.greeting);
    let relay = Relay { limits: relay.limits.at_most(Duration::from_millis(300)), ..relay };
    assert_eq!(fault(&relay).await, (ProbeStage::Greeting, Some(ProbeHint::TimedOut)));
}

#[tokio::test]
async fn tls_and_its_certificate_are_told() {
    let plain = ScriptedServer::start().await;
    let relay = Relay { security: Security::StartTls, ..plain.relay() };
    assert_eq!(fault(&relay).await, (ProbeStage::StartTls, Some(ProbeHint::TlsNotOffered)));
    for (certificate, hint) in [
        (CertificateKind::SelfSigned, ProbeHint::CertificateUntrusted),
        (CertificateKind::WrongName, ProbeHint::CertificateWrongName),
        (CertificateKind::Expired, ProbeHint::CertificateExpired),
        (CertificateKind::NotYetValid, ProbeHint::CertificateNotYetValid),
    ] {
        let server = ScriptedServer::start_with(Options { security: Security::Tls, certificate, ..Options::default() }).await;
        assert_eq!(fault(&server.relay()).await, (ProbeStage::Certificate, Some(hint)));
    }
}

#[tokio::test]
async fn each_refused_login_has_its_advice() {
    for (answer, hint) in [
        ("535 5.7.8 Username and Password not accepted", ProbeHint::WrongPassword),
        ("534 5.7.9 Application-specific password required", ProbeHint::AppPasswordNeeded),
        ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled", ProbeHint::PasswordsNotAccepted),
        ("550 5.7.30 Basic authentication is not supported for Client Submission", ProbeHint::PasswordsNotAccepted),
        ("535 5.7.139 SmtpClientAuthentication is disabled for the Tenant", ProbeHint::SubmissionDisabled),
        ("454 4.7.0 Temporary authentication failure", ProbeHint::LoginNotNow),
    ] {
        let server = ScriptedServer::start_with(Options { login: login(), ..Options::default() }).await;
        server.rule(Rule::at(Moment::Auth).answer(answer));
        let steps = tried(&server.relay()).await;
        let last = steps.last().unwrap();
        assert_eq!((last.stage, last.hint, last.answer.as_str()), (ProbeStage::Login, Some(hint), answer));
    }
}

#[tokio::test]
async fn a_refused_token_asks_for_a_new_sign_in() {
    let server = ScriptedServer::start_with(Options { login: login(), ..Options::default() }).await;
    let credentials = Some(Credentials::Token { user: "info@firma.sk".to_owned(), token: SecretString::from("old") });
    assert_eq!(fault(&Relay { credentials, ..server.relay() }).await, (ProbeStage::Login, Some(ProbeHint::TokenRefused)));
}

#[tokio::test]
async fn a_login_that_is_missing_or_not_possible_is_told() {
    let server = ScriptedServer::start_with(Options { login: login(), ..Options::default() }).await;
    let relay = Relay { credentials: None, ..server.relay() };
    assert_eq!(fault(&relay).await, (ProbeStage::Sender, Some(ProbeHint::LoginNeeded)));
    let open = ScriptedServer::start().await;
    let credentials = Some(Credentials::Password { user: "a".to_owned(), password: SecretString::from("b") });
    let relay = Relay { credentials, ..open.relay() };
    assert_eq!(fault(&relay).await, (ProbeStage::Login, Some(ProbeHint::LoginNotOffered)));
}

#[tokio::test]
async fn what_the_relay_says_no_to_is_told() {
    for (moment, answer, stage, hint) in [
        (Moment::Greeting, "554 no", ProbeStage::Greeting, ProbeHint::RelayRefuses),
        (Moment::Greeting, "421 busy", ProbeStage::Greeting, ProbeHint::RelayBusy),
        (Moment::Greeting, "SSH-2.0", ProbeStage::Greeting, ProbeHint::NotSmtp),
        (Moment::Ehlo, "550 who are you", ProbeStage::Hello, ProbeHint::HelloRefused),
        (Moment::Mail, "553 5.7.1 not yours", ProbeStage::Sender, ProbeHint::SenderRefused),
    ] {
        let server = ScriptedServer::start().await;
        server.rule(Rule::at(moment).answer(answer));
        assert_eq!(fault(&server.relay()).await, (stage, Some(hint)), "{answer}");
    }
}
