//! Messages: the list with its filters and acts, and everything about one message.

pub mod acts;
mod as_template;
pub mod attachments;
pub mod body;
pub mod communication;
pub mod deliveries;
pub mod detail;
pub mod filters;
pub mod found;
pub mod head;
pub mod keeping;
pub mod links;
pub mod list;
pub mod look;
mod more;
mod parts;
pub mod query_help;
mod resend;
mod row;
pub mod state;
pub mod ticked;
pub mod trouble;
mod waits;
