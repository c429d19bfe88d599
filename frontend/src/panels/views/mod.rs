//! How lists look: their columns and saved views, the same for every list that has them.

pub mod chooser;
pub mod heads;
pub mod look;
pub mod menu;
