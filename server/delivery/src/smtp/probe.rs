//! *Test connection*: opens a connection as sending would, offers the sender, and says what to do about what failed.

use std::time::Duration;

use model::EmailAddress;

use super::{Connection, Credentials, Relay, Security, handshake, opening, reach, stream::Stream, wire::Wire};
use crate::{Phase, ProbeHint, ProbeStage, ProbeStep, Reply, ReplyClass, Trouble, TroubleKind};

/// A person waits for the result, so no step takes longer.
const LIMIT: Duration = Duration::from_secs(15);
/// How long a second look may take, after the first was waited for in vain.
const SECOND_LOOK: Duration = Duration::from_secs(5);

/// Tries a relay's settings without sending a message; the last step is the first that failed, or the sender.
pub async fn probe(relay: &Relay, sender: &EmailAddress) -> Vec<ProbeStep> {
    let relay = Relay { limits: relay.limits.at_most(LIMIT), ..relay.clone() };
    let mut steps = Vec::new();
    match opening::establish(&relay, &mut steps).await {
        Ok(connection) => steps.push(offer_sender(connection, &relay, sender).await),
        Err(trouble) => {
            let hint = match hint(&trouble, &relay) {
                Some(ProbeHint::TimedOut | ProbeHint::Closed | ProbeHint::NotSmtp)
                    if trouble.phase == Phase::Greeting && speaks_tls(&relay).await =>
                {
                    Some(ProbeHint::TlsExpected)
                }
                hint => hint,
            };
            steps.push(failed(&trouble, hint));
        }
    }
    steps
}

async fn offer_sender(mut connection: Connection, relay: &Relay, sender: &EmailAddress) -> ProbeStep {
    match connection.offer_sender(sender).await {
        Ok(reply) => {
            connection.quit().await;
            ProbeStep { stage: ProbeStage::Sender, passed: true, hint: None, answer: reply.to_string() }
        }
        Err(trouble) => failed(&trouble, hint(&trouble, relay)),
    }
}

impl Connection {
    /// Says MAIL FROM and takes it back.
    async fn offer_sender(&mut self, sender: &EmailAddress) -> Result<Reply, Trouble> {
        let Some(mut wire) = self.wire.take() else {
            return Err(Trouble::new(Phase::Sender, TroubleKind::Stale, ""));
        };
        let command = format!("MAIL FROM:<{sender}>\r\n");
        let reply = wire.ask(command.as_bytes(), Phase::Sender, self.limits.sender).await?.reply();
        let reply = opening::accepted(Phase::Sender, reply)?;
        self.wire = Some(wire);
        self.reset().await?;
        Ok(reply)
    }
}

fn failed(trouble: &Trouble, hint: Option<ProbeHint>) -> ProbeStep {
    let answer = trouble.reply.as_ref().map_or_else(|| trouble.detail.clone(), ToString::to_string);
    ProbeStep { stage: stage(trouble), passed: false, hint, answer }
}

fn stage(trouble: &Trouble) -> ProbeStage {
    match trouble.phase {
        Phase::Resolve => ProbeStage::Resolve,
        Phase::Connect => ProbeStage::Connect,
        Phase::Greeting => ProbeStage::Greeting,
        Phase::Hello => ProbeStage::Hello,
        Phase::StartTls => ProbeStage::StartTls,
        Phase::Handshake => ProbeStage::Certificate,
        Phase::Login => ProbeStage::Login,
        _ => ProbeStage::Sender,
    }
}

fn hint(trouble: &Trouble, relay: &Relay) -> Option<ProbeHint> {
    Some(match trouble.kind {
        TroubleKind::HostNotFound => ProbeHint::HostNotFound,
        TroubleKind::Refused => ProbeHint::Refused,
        TroubleKind::Unreachable => ProbeHint::Unreachable,
        TroubleKind::TimedOut => ProbeHint::TimedOut,
        TroubleKind::Closed | TroubleKind::Stale => ProbeHint::Closed,
        TroubleKind::NotTls => ProbeHint::PlainExpected,
        TroubleKind::TlsFailed => ProbeHint::TlsFailed,
        TroubleKind::CertificateUntrusted => ProbeHint::CertificateUntrusted,
        TroubleKind::CertificateWrongName => ProbeHint::CertificateWrongName,
        TroubleKind::CertificateExpired => ProbeHint::CertificateExpired,
        TroubleKind::CertificateNotYetValid => ProbeHint::CertificateNotYetValid,
        TroubleKind::CertificateInvalid => ProbeHint::CertificateInvalid,
        TroubleKind::NoTrustedRoots => ProbeHint::NoTrustedRoots,
        TroubleKind::TlsNotOffered => ProbeHint::TlsNotOffered,
        TroubleKind::InjectedText => ProbeHint::InjectedText,
        TroubleKind::LoginNotOffered => ProbeHint::LoginNotOffered,
        TroubleKind::LoginMethodMissing => ProbeHint::LoginMethodMissing,
        TroubleKind::ReplyMalformed | TroubleKind::ReplyTooLong => ProbeHint::NotSmtp,
        TroubleKind::UnsafeSetting if trouble.phase == Phase::Hello => ProbeHint::HelloRefused,
        TroubleKind::ConsentEnded => ProbeHint::TokenRefused,
        TroubleKind::TokenNotNow => ProbeHint::LoginNotNow,
        TroubleKind::Answered | TroubleKind::TokenRefused => {
            return trouble.reply.as_ref().and_then(|reply| hint_of_answer(trouble.phase, reply, relay));
        }
        TroubleKind::UnsafeSetting
        | TroubleKind::Desync
        | TroubleKind::PipeliningBroken
        | TroubleKind::TooBig
        | TroubleKind::EightBitNotOffered => return None,
    })
}

fn hint_of_answer(phase: Phase, reply: &Reply, relay: &Relay) -> Option<ProbeHint> {
    let later = reply.class() == ReplyClass::Later;
    match phase {
        Phase::Login => Some(hint_of_login(reply, relay)),
        Phase::StartTls => Some(if later { ProbeHint::RelayBusy } else { ProbeHint::TlsNotOffered }),
        _ if reply.code == 530 => Some(ProbeHint::LoginNeeded),
        _ if later => Some(ProbeHint::RelayBusy),
        Phase::Greeting => Some(ProbeHint::RelayRefuses),
        Phase::Hello => Some(ProbeHint::HelloRefused),
        Phase::Sender => Some(ProbeHint::SenderRefused),
        _ => None,
    }
}

/// Gmail says 534 5.7.9, Microsoft 365 535 5.7.139 or 550 5.7.30, others only say it in words.
fn hint_of_login(reply: &Reply, relay: &Relay) -> ProbeHint {
    if reply.says("smtpclientauthentication") {
        ProbeHint::SubmissionDisabled
    } else if reply.has(&[(5, 7, 139), (5, 7, 30)]) || reply.says("basic authentication is") {
        ProbeHint::PasswordsNotAccepted
    } else if reply.has(&[(5, 7, 9)]) || ["application-specific", "app-specific", "app password"].iter().any(|it| reply.says(it))
    {
        ProbeHint::AppPasswordNeeded
    } else if reply.class() == ReplyClass::Later {
        ProbeHint::LoginNotNow
    } else if matches!(relay.credentials, Some(Credentials::Token { .. })) {
        ProbeHint::TokenRefused
    } else {
        ProbeHint::WrongPassword
    }
}

/// Whether the port that does not greet speaks TLS from the first byte; the certificate does not matter here.
async fn speaks_tls(relay: &Relay) -> bool {
    let Ok(addresses) = reach::addresses(&relay.host, relay.port, &relay.route, relay.limits.resolve).await else { return false };
    let Ok(tcp) = reach::connect(&addresses, relay.limits.connect).await else { return false };
    let relay = Relay { security: Security::Tls, limits: relay.limits.at_most(SECOND_LOOK), ..relay.clone() };
    match handshake::secure(Wire::new(Stream::Plain(tcp)), &relay).await {
        Ok(_) => true,
        Err(trouble) => matches!(
            trouble.kind,
            TroubleKind::CertificateUntrusted
                | TroubleKind::CertificateWrongName
                | TroubleKind::CertificateExpired
                | TroubleKind::CertificateNotYetValid
                | TroubleKind::CertificateInvalid
                | TroubleKind::TlsFailed
        ),
    }
}
