//! The index against a real folder.

#![allow(clippy::unwrap_used, reason = "what the bed cannot do fails the test")]

mod bed;
mod damage;
mod finding;
mod keeping;
mod things;
mod words;
