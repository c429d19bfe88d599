//! The text languages: templates with fields, plain text that becomes HTML, SMS alphabets and parts, signatures.
//!
//! Pure functions over texts, compiled for the machine and for wasm: no I/O, no clock, no framework.

pub mod blocks;
pub mod differences;
pub mod html;
pub mod letter;
pub mod links;
pub mod lint;
pub mod mail;
pub mod merge;
pub mod mjml;
pub mod payment;
pub mod plain;
pub mod quality;
pub mod signature;
pub mod sms;
pub mod vocative;
