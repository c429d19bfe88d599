//! What screens know, as plain values with rules and tests; signals hold them, this room does not know signals.

pub mod accounts;
pub mod bars;
pub mod captured;
pub mod commands;
pub mod company_form;
pub mod contact_form;
pub mod contact_place;
pub mod device;
pub mod files;
pub mod kept_copy;
pub mod log_place;
pub mod message_acts;
pub mod message_place;
pub mod needs;
pub mod next;
pub mod place;
pub mod probe;
pub mod providers;
pub mod recipients;
pub mod roles;
pub mod rows;
pub mod saving;
pub mod selection;
pub mod shortcut;
pub mod undo;
pub mod users;
