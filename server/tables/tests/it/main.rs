//! Tables are written and read as other programs expect them.

mod writing;
