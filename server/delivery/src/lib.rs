//! Carrying messages out of the house: MIME, SMTP submission, and reading back what *Capture* kept.
//!
//! This room knows bytes, sockets and the words of relays. It never knows the database, the queue, what a campaign is or which
//! text a person reads: it answers with values ([`Outcome`], [`Trouble`], [`Verdict`], [`ProbeStep`]) and the caller decides.
//! No clock stands behind a decision here; only limits on how long a peer may take.

pub mod archive;
pub mod bounce;
pub mod capture;
pub mod dkim;
pub mod dns;
mod envelope;
mod http;
pub mod mailbox;
pub mod mime;
pub mod oauth;
mod reply;
mod sasl;
pub mod sms;
pub mod smtp;
#[cfg(feature = "testing")]
pub mod testing;
mod trouble;
mod verdict;
mod visible;

pub use envelope::Envelope;
pub use http::{HttpLimits, HttpWay};
pub use model::{ProbeHint, ProbeStage, ProbeStep};
pub use reply::{EnhancedCode, Reply, ReplyClass};
pub use smtp::{Connection, Content, Credentials, Relay, Security};
pub use trouble::{Evidence, Outcome, Phase, Trouble, TroubleKind};
pub use verdict::Verdict;
