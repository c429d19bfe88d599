//! The browser's program: pages, panels and parts over the calls of `app`.
//!
//! Parts get props and call back, panels hold one question or act, pages lay out and own the URL. Only `browser` touches the
//! browser, only `i18n` words anything.

pub mod browser;
pub mod calls;
pub mod editor;
pub mod format;
pub mod frame;
pub mod i18n;
pub mod live;
pub mod pages;
pub mod panels;
pub mod parts;
pub mod root;
pub mod routes;
pub mod screens;
pub mod session;
pub mod state;
pub mod toast;
