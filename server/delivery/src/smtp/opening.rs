//! From nothing to a connection that may carry messages; each step is noted for *Test connection*.

use super::{Capabilities, Connection, Relay, Security, handshake, login, reach, stream::Stream, wire::Wire};
use crate::{Phase, ProbeHint, ProbeStage, ProbeStep, Reply, ReplyClass, Trouble, TroubleKind};

/// Opens a connection: resolve, connect, greeting, EHLO, TLS, login.
pub(super) async fn establish(relay: &Relay, steps: &mut Vec<ProbeStep>) -> Result<Connection, Trouble> {
    check_name(&relay.helo_name)?;
    let addresses = reach::addresses(&relay.host, relay.port, &relay.route, relay.limits.resolve).await?;
    let listed: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    note(steps, ProbeStage::Resolve, listed.join(", "));
    let tcp = reach::connect(&addresses, relay.limits.connect).await?;
    let mut wire = Wire::new(Stream::Plain(tcp));
    let peer = wire.stream().peer().map_or_else(String::new, |it| it.to_string());
    note(steps, ProbeStage::Connect, peer.clone());
    let mut security = None;
    if relay.security == Security::Tls {
        let (secured, agreed) = handshake::secure(wire, relay).await?;
        note(steps, ProbeStage::Certificate, agreed.to_string());
        (wire, security) = (secured, Some(agreed));
    }
    note(steps, ProbeStage::Greeting, greeting(&mut wire, relay).await?.to_string());
    let (mut capabilities, reply) = hello(&mut wire, relay).await?;
    note(steps, ProbeStage::Hello, reply.to_string());
    if relay.security == Security::StartTls {
        note(steps, ProbeStage::StartTls, starttls(&mut wire, relay, &capabilities).await?.to_string());
        let (secured, agreed) = handshake::secure(wire, relay).await?;
        note(steps, ProbeStage::Certificate, agreed.to_string());
        (wire, security) = (secured, Some(agreed));
        // What was said in plain text is forgotten (RFC 3207 §4.2).
        capabilities = hello(&mut wire, relay).await?.0;
    }
    if let Some(credentials) = &relay.credentials {
        let reply = login::login(&mut wire, relay, &capabilities, credentials).await?;
        note(steps, ProbeStage::Login, reply.to_string());
        warn_of_clear_password(&wire, steps);
    }
    Ok(Connection::new(wire, relay, capabilities, security, peer))
}

fn note(steps: &mut Vec<ProbeStep>, stage: ProbeStage, answer: String) {
    steps.push(ProbeStep { stage, passed: true, hint: None, answer });
}

fn warn_of_clear_password(wire: &Wire, steps: &mut [ProbeStep]) {
    let here = wire.stream().peer().is_some_and(|it| it.ip().is_loopback());
    if !wire.stream().is_secure()
        && !here
        && let Some(step) = steps.last_mut()
    {
        step.hint = Some(ProbeHint::PasswordInClear);
    }
}

/// The name must be a domain or an address literal: anything else could carry a second command.
fn check_name(name: &str) -> Result<(), Trouble> {
    let fine = |it: u8| it.is_ascii_alphanumeric() || b".-_:[]".contains(&it);
    if (1..=255).contains(&name.len()) && name.bytes().all(fine) {
        Ok(())
    } else {
        Err(Trouble::new(Phase::Hello, TroubleKind::UnsafeSetting, "the HELO name is not a domain name"))
    }
}

async fn greeting(wire: &mut Wire, relay: &Relay) -> Result<Reply, Trouble> {
    let reply = wire.read(Phase::Greeting, relay.limits.greeting).await?.reply();
    accepted(Phase::Greeting, reply)
}

/// EHLO, and HELO where a relay does not know it (RFC 5321 §3.2).
async fn hello(wire: &mut Wire, relay: &Relay) -> Result<(Capabilities, Reply), Trouble> {
    let (name, limit) = (&relay.helo_name, relay.limits.command);
    let answer = wire.ask(format!("EHLO {name}\r\n").as_bytes(), Phase::Hello, limit).await?;
    if matches!(answer.code, 500 | 502) {
        let reply = wire.ask(format!("HELO {name}\r\n").as_bytes(), Phase::Hello, limit).await?.reply();
        return Ok((Capabilities::default(), accepted(Phase::Hello, reply)?));
    }
    let reply = accepted(Phase::Hello, answer.reply())?;
    let lines = answer.lines.iter().map(|line| String::from_utf8_lossy(line));
    Ok((Capabilities::read(lines), reply))
}

async fn starttls(wire: &mut Wire, relay: &Relay, capabilities: &Capabilities) -> Result<Reply, Trouble> {
    if !capabilities.starttls {
        return Err(Trouble::new(Phase::StartTls, TroubleKind::TlsNotOffered, ""));
    }
    let reply = wire.ask(b"STARTTLS\r\n", Phase::StartTls, relay.limits.command).await?.reply();
    accepted(Phase::StartTls, reply)
}

/// Lets a 2xx pass; every other answer is trouble.
pub(super) fn accepted(phase: Phase, reply: Reply) -> Result<Reply, Trouble> {
    match reply.class() {
        ReplyClass::Accepted => Ok(reply),
        ReplyClass::Later | ReplyClass::Never => Err(Trouble::answered(phase, reply)),
        ReplyClass::GoOn => Err(Trouble { reply: Some(reply), ..Trouble::new(phase, TroubleKind::Desync, "") }),
    }
}
