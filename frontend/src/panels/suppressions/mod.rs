//! Those whom nobody may write to: the list, adding, lifting, and how a contact stands.

mod add;
mod add_file;
mod filters;
mod lift;
mod list;
mod reason;
mod standing;
mod suppress;

pub use add::AddSuppressions;
pub use filters::SuppressionFilters;
pub use list::{SuppressionCount, SuppressionList, listing};
pub use standing::{AddressState, ContactClosed, DomainCheckButton, standing_of};
pub use suppress::SuppressContact;
pub(crate) use suppress::SuppressForm;
