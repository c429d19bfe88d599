//! Panels: one question or one act each. They ask the server and never navigate.

pub mod account_menu;
pub mod accounts;
pub mod allowed;
pub mod banners;
pub mod captured;
pub mod company;
pub mod compose;
pub mod contacts;
pub mod fetched;
pub mod loaded;
pub mod log;
pub mod messages;
pub mod own;
pub mod palette;
pub mod password;
pub mod period;
pub mod roles;
pub mod shortcuts;
pub mod suppressions;
pub mod timeline;
pub mod toasts;
pub mod undo;
pub mod users;
