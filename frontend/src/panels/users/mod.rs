//! Users: who may sign in.

mod acts;
mod form;
mod link;
mod role_choice;
mod table;

pub use acts::UserActs;
pub use form::{InviteForm, UserForm};
pub use link::LinkSheet;
pub use table::{UserTable, name_of};
