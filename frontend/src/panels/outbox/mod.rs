//! The outbox: what waits, where and why, and what can be done about it.

mod accounts;
mod list;
mod pause;

pub use accounts::OutboxAccounts;
pub use list::{OutboxList, listing};
pub use pause::PauseAll;
