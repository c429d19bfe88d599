//! Senders: the addresses that messages may leave under, their domains, and the keys that sign.

mod addresses;
mod ask;
mod domains;
mod key;
mod keys;
mod record;
mod vouch;

pub use addresses::SenderAddresses;
pub use ask::AskSender;
pub(crate) use ask::question;
pub use domains::SenderDomains;
pub use keys::DomainKeys;
pub use record::RecordLines;
pub use vouch::DomainVouch;
