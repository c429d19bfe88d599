//! Rendering from outside: golden files and a hostile corpus.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what the helpers cannot do fails the test")]

mod emails;
mod hostile;
mod payments;
mod screens;
mod tree;
