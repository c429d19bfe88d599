//! The field that recipients are picked in: contacts, lists, segments, typed addresses; each a chip that says how it stands.

mod chip;
mod field;
mod known;
mod make;
mod offers;
mod sets;

pub use self::field::PickerField;
