//! Recipient lists: all of them, one with its members, and what fills them.

mod detail;
mod find;
mod form;
mod members;
mod memberships;
mod run;
mod table;
mod takeover;

pub use self::detail::ListPanel;
pub use self::find::{ListField, find_sets, finding, set_of, sets_finding};
pub use self::form::ListDialog;
pub use self::memberships::Memberships;
pub use self::table::ListTable;
