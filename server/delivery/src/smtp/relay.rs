//! A relay as the account describes it: where it is, how it is reached, how long it may take.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use secrecy::SecretString;

use super::Trust;

/// Everything needed to open connections to one relay.
#[derive(Clone, Debug)]
pub struct Relay {
    /// The host name, which the certificate must bear.
    pub host: String,
    /// The port; 587 with STARTTLS and 465 with TLS are usual.
    pub port: u16,
    /// Which address to connect to.
    pub route: Route,
    /// How the connection is secured.
    pub security: Security,
    /// Which certificates are believed.
    pub trust: Trust,
    /// How to sign in, if at all.
    pub credentials: Option<Credentials>,
    /// The name by which we greet: a domain name, or an address literal in brackets.
    pub helo_name: String,
    /// How long each phase may take.
    pub limits: TimeLimits,
    /// Whether several commands may go out before the first answer (RFC 2920).
    pub pipelining: Pipelining,
}

/// Which address a connection is made to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The addresses that the host name has now.
    #[default]
    Lookup,
    /// These addresses, in this order; the host name is only checked in the certificate.
    Fixed(Vec<SocketAddr>),
}

/// How a connection is secured.
pub use model::Security;

/// How to sign in.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// User and password, by AUTH PLAIN or LOGIN.
    Password {
        /// The user name.
        user: String,
        /// The password.
        password: SecretString,
    },
    /// An OAuth access token, by AUTH XOAUTH2.
    Token {
        /// The user name.
        user: String,
        /// The access token.
        token: SecretString,
    },
}

/// How long a peer may take for a whole answer, whatever crumbs it sends meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// The look-up of the host name.
    pub resolve: Duration,
    /// One TCP connection.
    pub connect: Duration,
    /// The greeting.
    pub greeting: Duration,
    /// EHLO, STARTTLS, each step of AUTH, RSET.
    pub command: Duration,
    /// The TLS handshake.
    pub handshake: Duration,
    /// MAIL FROM.
    pub sender: Duration,
    /// RCPT TO.
    pub recipient: Duration,
    /// DATA until 354.
    pub data: Duration,
    /// One block of the message.
    pub block: Duration,
    /// The answer to the final dot.
    pub final_dot: Duration,
    /// The answer to QUIT.
    pub quit: Duration,
}

/// Whether commands are sent in groups. Clones share what was learned about the relay.
#[derive(Clone, Debug)]
pub struct Pipelining(Arc<AtomicU8>);

const WHEN_OFFERED: u8 = 0;
const PROVEN: u8 = 1;
const NEVER: u8 = 2;

impl Default for TimeLimits {
    /// The limits of RFC 5321 §4.5.3.2; those it does not name are ours.
    fn default() -> Self {
        let minutes = |n: u64| Duration::from_secs(60 * n);
        Self {
            resolve: Duration::from_secs(30),
            connect: Duration::from_secs(30),
            greeting: minutes(5),
            command: minutes(5),
            handshake: minutes(1),
            sender: minutes(5),
            recipient: minutes(5),
            data: minutes(2),
            block: minutes(3),
            final_dot: minutes(10),
            quit: Duration::from_secs(5),
        }
    }
}

impl TimeLimits {
    /// The same limits, none longer than `most`.
    pub fn at_most(self, most: Duration) -> Self {
        Self {
            resolve: self.resolve.min(most),
            connect: self.connect.min(most),
            greeting: self.greeting.min(most),
            command: self.command.min(most),
            handshake: self.handshake.min(most),
            sender: self.sender.min(most),
            recipient: self.recipient.min(most),
            data: self.data.min(most),
            block: self.block.min(most),
            final_dot: self.final_dot.min(most),
            quit: self.quit.min(most),
        }
    }
}

impl Default for Pipelining {
    fn default() -> Self {
        Self::when_offered()
    }
}

impl Pipelining {
    /// Groups commands when the relay offers PIPELINING, until it turns out that it cannot.
    pub fn when_offered() -> Self {
        Self(Arc::new(AtomicU8::new(WHEN_OFFERED)))
    }

    /// Waits for each answer.
    pub fn never() -> Self {
        Self(Arc::new(AtomicU8::new(NEVER)))
    }

    /// Whether groups may be used.
    pub fn is_allowed(&self) -> bool {
        self.0.load(Ordering::Relaxed) != NEVER
    }

    /// Remembers that the relay answered a group rightly, so that a later failure has another cause.
    pub(crate) fn prove(&self) {
        self.0.store(PROVEN, Ordering::Relaxed);
    }

    /// Gives groups up, unless they are known to work; says whether it did.
    pub(crate) fn give_up(&self) -> bool {
        self.0.compare_exchange(WHEN_OFFERED, NEVER, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_the_standard() {
        let minutes = |n: u64| Duration::from_secs(60 * n);
        let it = TimeLimits::default();
        assert_eq!([it.greeting, it.sender, it.recipient], [minutes(5); 3]);
        assert_eq!([it.data, it.block, it.final_dot], [minutes(2), minutes(3), minutes(10)]);
        assert_eq!(it.at_most(minutes(1)).final_dot, minutes(1));
    }

    #[test]
    fn groups_are_given_up_only_before_they_were_seen_to_work() {
        let fresh = Pipelining::when_offered();
        assert!(fresh.give_up() && !fresh.clone().is_allowed() && !fresh.give_up());
        let proven = Pipelining::when_offered();
        proven.prove();
        assert!(!proven.give_up() && proven.is_allowed());
        assert!(!Pipelining::never().is_allowed());
    }
}
