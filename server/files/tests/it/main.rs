//! Files from outside: real ones and hostile ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what the helpers cannot do fails the test")]

mod documents;
mod hostile;
mod make;
mod pictures;
