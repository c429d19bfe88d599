//! Writing an e-mail: who gets it, what it says, what it carries; kept while one types.

mod attachments;
mod bar;
mod chip;
mod desk;
mod ends;
mod fields;
mod keeper;
mod offers;
mod preview;
mod recipients;
mod sender;
mod signature;
mod stale;
mod start;
mod uploads;
mod workspace;

pub use self::start::Start;
pub use self::workspace::{ComposePanel, Left};
