//! A small HTTP/1.1 client over tokio and rustls for gateways: one request on one connection.
//!
//! Nothing is followed, kept or guessed: no redirects, no proxy, no cookies, no compression, no reuse. A connection that is kept open
//! would make unknown what was never sent whenever the peer had closed it meanwhile; a fresh one is worth the handshake. Whether the
//! address may be reached is not asked here: only administrators set the addresses of gateways.

mod exchange;
mod request;

use std::time::Duration;

#[cfg(feature = "smpp")]
pub(crate) use exchange::Duplex;
pub(crate) use exchange::{open, ready};
pub(crate) use request::{HttpAnswer, Request};

use crate::smtp::{Route, Trust};

/// How gateways are reached over HTTP.
#[derive(Clone, Debug, Default)]
pub struct HttpWay {
    /// Which address to connect to.
    pub route: Route,
    /// Which certificates are believed.
    pub trust: Trust,
    /// How long each phase may take and how much may come.
    pub limits: HttpLimits,
}

/// What a gateway may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpLimits {
    /// The look-up of the host name.
    pub resolve: Duration,
    /// One TCP connection.
    pub connect: Duration,
    /// The TLS handshake.
    pub handshake: Duration,
    /// From the first byte of the request to the last line of the answer's head.
    pub head: Duration,
    /// The rest of the answer, whatever crumbs come meanwhile.
    pub body: Duration,
    /// How many bytes the body of an answer may have.
    pub body_bytes: usize,
}

impl Default for HttpLimits {
    /// Patient enough for a gateway that takes a thousand messages in one request.
    fn default() -> Self {
        Self {
            resolve: Duration::from_secs(30),
            connect: Duration::from_secs(30),
            handshake: Duration::from_secs(60),
            head: Duration::from_secs(120),
            body: Duration::from_secs(60),
            body_bytes: 4 << 20,
        }
    }
}

impl HttpLimits {
    /// The same limits, no time longer than `most`.
    pub fn at_most(self, most: Duration) -> Self {
        Self {
            resolve: self.resolve.min(most),
            connect: self.connect.min(most),
            handshake: self.handshake.min(most),
            head: self.head.min(most),
            body: self.body.min(most),
            body_bytes: self.body_bytes,
        }
    }
}
