//! Messages: the list with its filters and acts, and everything about one message.

pub mod acts;
pub mod attachments;
pub mod body;
pub mod deliveries;
pub mod detail;
pub mod filters;
pub mod head;
pub mod links;
pub mod list;
mod parts;
mod row;
pub mod state;
pub mod ticked;
pub mod trouble;
