//! Panels: one question or one act each. They ask the server and never navigate.

pub mod account_menu;
pub mod allowed;
pub mod banners;
pub mod loaded;
pub mod palette;
pub mod password;
pub mod shortcuts;
pub mod toasts;
pub mod undo;
