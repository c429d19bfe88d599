//! Tables are written and read as other programs expect them.

mod hostile;
mod reading;
mod support;
mod writing;
