//! What people change about themselves.

mod appearance;
mod password_change;
mod profile_form;
mod sender;
mod session_list;

pub use appearance::Appearance;
pub use password_change::PasswordChange;
pub use profile_form::ProfileForm;
pub use sender::OwnSenderForm;
pub use session_list::SessionList;
