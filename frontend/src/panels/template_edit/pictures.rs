//! Pictures inside the text: put up as files of the template, named `cid:…` in it, shown from our own machine.

use model::message::content_id;

use crate::browser::editor::PictureAnswer;
use crate::browser::files::PickedFile;
use crate::i18n::{I18n, refusals};
use crate::panels::compose::Uploads;
use crate::state::files::{FileStage, Files};

/// Puts up a picture that was pasted, dropped or chosen, and tells the editor how it is called in the text.
pub fn put_up(uploads: Uploads, i18n: I18n, file: &PickedFile, answer: PictureAnswer) {
    uploads.add_picture(file, move |came| match came {
        Ok(stored) => answer.done(&format!("cid:{}", content_id(&stored.name))),
        Err(problem) => answer.fail(&refusals::problem(i18n.get_locale_untracked(), &problem)),
    });
}

/// The address under which a picture of the text may be shown: `cid:` names a stored file by its name.
pub fn address(files: &Files, src: &str) -> Option<String> {
    let wanted = src.strip_prefix("cid:")?;
    let line = files.lines().iter().find(|it| content_id(&it.name) == wanted)?;
    match line.stage {
        FileStage::Stored(id) => Some(format!("/pictures/{id}")),
        FileStage::Rising(_) | FileStage::Refused(_) | FileStage::Empty => None,
    }
}
