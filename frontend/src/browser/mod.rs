//! The browser: the only room that touches it. Everything else asks here.

pub mod assets;
pub mod calendar;
pub mod clipboard;
pub mod dialog;
pub mod document;
pub mod download;
pub mod failure;
pub mod files;
pub mod focus;
pub mod frame;
pub mod intl;
pub mod keyboard;
pub mod live;
pub mod location;
pub mod observe;
pub mod overlay;
pub mod paste;
pub mod pointer;
pub mod popover;
pub mod sight;
pub mod storage;
pub mod tab_storage;
pub mod timer;
pub mod upload;
