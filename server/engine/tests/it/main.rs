//! Scenarios: the use cases on a scratch engine whose clock is moved by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod identity;
