//! Writing an e-mail: who gets it, what it says, what it carries; kept while one types.

mod attachments;
mod bar;
mod body;
mod desk;
mod ends;
mod fields;
mod keeper;
mod preview;
mod sender;
mod signature;
mod sms;
mod stale;
mod start;
mod template_sender;
mod uploads;
mod workspace;
mod writing;

pub use self::attachments::AttachmentsField;
pub use self::sender::SenderField;
pub use self::start::Start;
pub use self::uploads::Uploads;
pub use self::workspace::{ComposePanel, Left};
