//! What the tests share.

use std::{convert::Infallible, time::Duration};

use delivery::{Connection, Content, Envelope, Outcome, Relay, Trouble, TroubleKind, smtp::TimeLimits, testing::ScriptedServer};
use model::EmailAddress;

/// A small message.
pub const MESSAGE: &[u8] = b"From: a@posel.example\r\nSubject: x\r\n\r\nHello\r\n";

/// An address that is known to be one.
pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// An envelope to `recipient`.
pub fn envelope(recipient: &str) -> Envelope {
    Envelope { sender: Some(address("a@posel.example")), recipient: address(recipient), id: Some("d-1".to_owned()) }
}

/// One of the limits.
pub type Limit = fn(&mut TimeLimits) -> &mut Duration;

/// A relay with one short limit, for a server that will not answer there.
pub fn impatient(server: &ScriptedServer, limit: Limit) -> Relay {
    let mut relay = server.relay();
    *limit(&mut relay.limits) = Duration::from_millis(100);
    relay
}

/// Sends the small message to `eva@example.sk`.
pub async fn send(connection: &mut Connection) -> Outcome {
    send_to(connection, "eva@example.sk").await
}

/// Sends the small message.
pub async fn send_to(connection: &mut Connection, recipient: &str) -> Outcome {
    send_bytes(connection, recipient, MESSAGE).await
}

/// Sends a message.
pub async fn send_bytes(connection: &mut Connection, recipient: &str, message: &[u8]) -> Outcome {
    let content = Content::new(message).unwrap();
    let sent: Result<Outcome, Infallible> =
        connection.transmit(&envelope(recipient), &content, || std::future::ready(Ok(()))).await;
    sent.unwrap()
}

/// The trouble of opening a connection that must not open.
pub async fn trouble_of_opening(relay: &Relay) -> Trouble {
    match Connection::open(relay).await {
        Ok(_) => panic!("the connection opened"),
        Err(trouble) => trouble,
    }
}

/// What kept a message from being sent.
pub fn not_sent(outcome: &Outcome) -> TroubleKind {
    match outcome {
        Outcome::NotSent { trouble } => trouble.kind,
        other => panic!("expected a message that was not sent, got {other:?}"),
    }
}
