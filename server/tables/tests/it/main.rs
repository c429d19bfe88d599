//! Tables are written and read as other programs expect them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;
mod reading;
mod support;
mod workbooks;
mod writing;
