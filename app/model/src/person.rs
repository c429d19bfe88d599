//! Everything that is known about one person, for handing it out and for erasing it.

use serde::{Deserialize, Serialize};

/// The address that stands in the history in place of one that was erased (RFC 2606 §2: nothing is ever delivered there).
pub const ERASED_ADDRESS: &str = "erased@posel.invalid";

/// What there is about a contact besides its own fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonHoldings {
    /// Messages to nobody else; erasing makes them unreadable.
    pub messages: u64,
    /// Messages that others got as well; erasing takes the person off them, the text stays.
    pub shared: u64,
    /// Drafts written from the contact; erasing deletes them.
    pub drafts: u64,
    /// Branches and contact persons; erasing lets them belong to nobody.
    pub kin: u64,
}
