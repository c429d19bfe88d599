//! The editor of mails as a part of the page: `<mail-editor>` fetched, put up, kept in step with signals, and lines that know merge code.

mod hand;
mod line;
mod standing;

pub use hand::{FieldUse, Hand};
pub use line::MergeLine;
pub use standing::MailEditor;

use serde::Serialize;

/// A field that may be put into a text, as the editor lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditorField {
    /// How it is called in the text.
    pub path: String,
    /// How people call it.
    pub label: String,
    /// The heading it stands under.
    pub group: String,
    /// What may come in its place.
    pub sample: String,
}
