//! Writing an e-mail: who gets it, what it says, what it carries; kept while one types.

mod attachments;
mod bar;
mod desk;
mod ends;
mod fields;
mod keeper;
mod preview;
mod sender;
mod signature;
mod stale;
mod start;
mod uploads;
mod workspace;

pub use self::attachments::AttachmentsField;
pub use self::start::Start;
pub use self::uploads::Uploads;
pub use self::workspace::{ComposePanel, Left};
