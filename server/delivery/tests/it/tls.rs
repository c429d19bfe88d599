//! Cases 15–20: TLS is required, checked and cannot be talked away.

use delivery::{
    Connection, Outcome, Phase, Relay, Security, TroubleKind, Verdict,
    smtp::Trust,
    testing::{CertificateKind, Moment, Options, Rule, ScriptedServer, authority},
};

use crate::support::{impatient, send, trouble_of_opening};

async fn server(security: Security) -> ScriptedServer {
    ScriptedServer::start_with(Options { security, ..Options::default() }).await
}

#[tokio::test]
async fn messages_travel_over_starttls_and_over_tls() {
    for security in [Security::StartTls, Security::Tls] {
        let server = server(security).await;
        let mut connection = Connection::open(&server.relay()).await.unwrap();
        assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
        assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
        assert!(server.mails().iter().all(|mail| mail.secure));
        assert_eq!(connection.security_note().unwrap().version, "TLS 1.3");
    }
}

#[tokio::test]
async fn a_relay_that_does_not_offer_starttls_gets_nothing() {
    let server = ScriptedServer::start().await;
    let trouble = trouble_of_opening(&Relay { security: Security::StartTls, ..server.relay() }).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::StartTls, TroubleKind::TlsNotOffered));
    assert!(server.commands().iter().all(|(_, line)| line.starts_with("EHLO")));
}

#[tokio::test]
async fn tls_that_is_not_available_now_is_waited_for() {
    let server = server(Security::StartTls).await;
    server.rule(Rule::at(Moment::StartTls).answer("454 4.7.0 TLS not available"));
    let trouble = trouble_of_opening(&server.relay()).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::StartTls, TroubleKind::Answered));
    assert_eq!(trouble.verdict(), Verdict::AccountUnreachable);
}

#[tokio::test]
async fn each_fault_of_a_certificate_has_its_name() {
    for (certificate, kind) in [
        (CertificateKind::SelfSigned, TroubleKind::CertificateUntrusted),
        (CertificateKind::WrongName, TroubleKind::CertificateWrongName),
        (CertificateKind::Expired, TroubleKind::CertificateExpired),
        (CertificateKind::NotYetValid, TroubleKind::CertificateNotYetValid),
    ] {
        for security in [Security::StartTls, Security::Tls] {
            let server = ScriptedServer::start_with(Options { security, certificate, ..Options::default() }).await;
            let trouble = trouble_of_opening(&server.relay()).await;
            assert_eq!((trouble.phase, trouble.kind), (Phase::Handshake, kind));
        }
    }
}

#[tokio::test]
async fn the_operating_system_does_not_know_the_authority_of_the_tests() {
    let server = server(Security::Tls).await;
    let trouble = trouble_of_opening(&Relay { trust: Trust::system(), ..server.relay() }).await;
    // A machine without any list of authorities trusts nobody either.
    assert!(matches!(trouble.kind, TroubleKind::CertificateUntrusted | TroubleKind::NoTrustedRoots), "{trouble}");
}

#[tokio::test]
async fn an_authority_of_the_company_can_be_added() {
    let server = server(Security::Tls).await;
    let trust = Trust::system_and(authority()).unwrap();
    assert!(Connection::open(&Relay { trust, ..server.relay() }).await.is_ok());
}

#[tokio::test]
async fn a_handshake_that_breaks_off_is_a_closed_connection() {
    for security in [Security::StartTls, Security::Tls] {
        let server = server(security).await;
        server.rule(Rule::at(Moment::Handshake).close());
        let trouble = trouble_of_opening(&server.relay()).await;
        assert_eq!((trouble.phase, trouble.kind), (Phase::Handshake, TroubleKind::Closed));
    }
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_given_up() {
    let server = server(Security::Tls).await;
    server.rule(Rule::at(Moment::Handshake).hang());
    let trouble = trouble_of_opening(&impatient(&server, |it| &mut it.handshake)).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Handshake, TroubleKind::TimedOut));
}

#[tokio::test]
async fn text_slipped_in_before_the_handshake_ends_the_connection() {
    let with_answer = Rule::at(Moment::StartTls).bytes(b"220 go ahead\r\n250 injected\r\n");
    let after_answer = Rule::at(Moment::Handshake).bytes(b"250 injected\r\n250 and more of it\r\n");
    for rule in [with_answer, after_answer] {
        let server = server(Security::StartTls).await;
        server.rule(rule);
        let trouble = trouble_of_opening(&server.relay()).await;
        assert_eq!(trouble.kind, TroubleKind::InjectedText, "{trouble}");
        assert!(server.mails().is_empty());
    }
}

#[tokio::test]
async fn what_was_offered_in_plain_text_is_forgotten_after_the_handshake() {
    let server = server(Security::StartTls).await;
    let before = Rule::at(Moment::Ehlo).answer("250-relay.test\r\n250-SIZE 1\r\n250-AUTH PLAIN\r\n250 STARTTLS").once();
    server.rule(before);
    let connection = Connection::open(&server.relay()).await.unwrap();
    assert_eq!(connection.capabilities().largest(), Some(26_214_400));
    assert!(connection.capabilities().auth.is_empty());
}

#[tokio::test]
async fn versions_below_tls_1_2_are_refused() {
    let server = server(Security::Tls).await;
    // What a server that only knows TLS 1.1 says: a record with the fatal alert protocol_version (RFC 4346 §7.2).
    server.rule(Rule::at(Moment::Handshake).bytes(&[0x15, 0x03, 0x02, 0x00, 0x02, 0x02, 0x46]).hang());
    let trouble = trouble_of_opening(&server.relay()).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Handshake, TroubleKind::TlsFailed));
}

#[tokio::test]
async fn tls_to_a_port_that_speaks_plain_text_is_told_so() {
    let server = ScriptedServer::start().await;
    let trouble = trouble_of_opening(&Relay { security: Security::Tls, ..server.relay() }).await;
    assert_eq!((trouble.phase, trouble.kind), (Phase::Handshake, TroubleKind::NotTls));
}
