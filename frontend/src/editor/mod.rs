//! The editor of mails as a part of the page: `<mail-editor>` fetched, put up, kept in step with signals, and lines that know merge code.

mod hand;
mod line;
mod offer;
mod standing;

pub use hand::{FieldUse, Hand};
pub use line::MergeLine;
pub use standing::MailEditor;

use leptos::prelude::Callback;
use serde::Serialize;

use crate::browser::editor::PictureAnswer;
use crate::browser::files::PickedFile;

/// How pictures come into a text and are shown in it.
#[derive(Clone, Copy)]
pub struct PictureDesk {
    /// Puts up one that was pasted, dropped or chosen.
    pub put_up: Callback<(PickedFile, PictureAnswer)>,
    /// Lets one of the library be chosen.
    pub choose: Callback<(PictureAnswer,)>,
    /// The address under which a picture of the mail, such as `cid:…`, may be shown.
    pub resolve: Callback<(String,), Option<String>>,
}

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
