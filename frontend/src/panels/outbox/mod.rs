//! The outbox: what waits, where and why, and what can be done about it.

mod accounts;
mod acts;
mod evidence;
mod filters;
mod list;
mod pause;
mod put_back;

pub use accounts::OutboxAccounts;
pub use filters::OutboxFilters;
pub use list::{OutboxList, listing};
pub use pause::PauseAll;
pub use put_back::PutBackNote;
