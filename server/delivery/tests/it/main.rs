//! The client against servers that behave and servers that do not, over real sockets.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test stops where its ground is missing")]

mod answers;
mod bounces;
mod capture;
mod connecting;
mod data;
mod dkim;
mod dns;
mod dovecot;
mod faults;
mod foreign;
mod interop;
mod login;
mod mime;
mod oauth;
mod pipelining;
mod probing;
mod session;
mod sms_description;
mod sms_eurosms;
mod sms_faults;
mod sms_gosms;
mod sms_places;
mod sms_receipts;
mod sms_smpp;
mod sms_smsbrana;
mod sms_support;
mod sms_web;
mod support;
mod tls;
