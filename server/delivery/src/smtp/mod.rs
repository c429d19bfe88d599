//! SMTP submission (RFC 5321, RFC 6409) over tokio and rustls: one connection, one message and one recipient at a time.

mod capabilities;
mod commands;
mod connection;
mod content;
pub(crate) mod handshake;
mod login;
mod opening;
mod probe;
pub(crate) mod reach;
mod relay;
pub(crate) mod stream;
mod transmit;
mod trust;
mod wire;

pub use capabilities::Capabilities;
pub use connection::Connection;
pub use content::{Content, ContentFault};
pub use handshake::SecurityNote;
pub use probe::probe;
pub use relay::{Credentials, Pipelining, Relay, Route, Security, TimeLimits};
pub use trust::{Trust, TrustFault};
