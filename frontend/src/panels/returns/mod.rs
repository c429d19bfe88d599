//! What comes back: the mailboxes it is read from, reports that belong to nothing, and addresses that bounce.

mod fields;
mod form;
mod mailbox;
mod mark;
mod notes;
mod proposals;
mod remove;
mod strays;
mod table;
mod test;

pub use mailbox::MailboxPanel;
pub use mark::{BounceMark, bounces_of};
pub use notes::{BounceNotes, notes_of};
pub use proposals::ProposalList;
pub use strays::StrayList;
pub use table::MailboxTable;
