//! The field that recipients are picked in: contacts, lists, segments, typed addresses; each a chip that says how it stands.

mod chip;
mod field;
mod known;
mod line;
mod make;
mod offers;
mod sets;

pub use self::field::PickerField;
pub(super) use self::known::Known;
pub(super) use self::line::{Line, Picked};
pub(super) use self::offers::{OfferList, Offers, sets as set_lines};
pub(super) use self::sets::{SetChip, SetTrouble};
