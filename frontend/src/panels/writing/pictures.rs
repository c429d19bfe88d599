//! Pictures inside a text: files of whoever writes it, named `cid:…` in it, shown from our own machine.

use leptos::prelude::*;
use model::Attachment;
use model::message::content_id;

use crate::browser::editor::PictureAnswer;
use crate::browser::files::PickedFile;
use crate::editor::PictureDesk;
use crate::i18n::{refusals, tu_string, use_i18n};
use crate::panels::compose::Uploads;
use crate::panels::library::{LibraryPicker, Wanted};
use crate::state::files::{FileStage, Files};
use crate::toast::Toasts;

/// The picture of the library that somebody waits for.
#[derive(Clone, Copy)]
pub struct Asked {
    open: RwSignal<bool>,
    answer: StoredValue<Option<PictureAnswer>>,
}

/// The desk of the pictures of one text, and the choice that `LibraryPictures` shows.
pub fn picture_desk(files: RwSignal<Files>, uploads: Uploads) -> (PictureDesk, Asked) {
    let i18n = use_i18n();
    let asked = Asked { open: RwSignal::new(false), answer: StoredValue::new(None) };
    let desk = PictureDesk {
        put_up: Callback::new(move |(file, answer): (PickedFile, PictureAnswer)| {
            uploads.add_picture(&file, move |came| match came {
                Ok(stored) => answer.done(&called(&stored.name), None),
                Err(problem) => answer.fail(&refusals::problem(i18n.get_locale_untracked(), &problem)),
            });
        }),
        choose: Callback::new(move |(answer,): (PictureAnswer,)| {
            asked.answer.set_value(Some(answer));
            asked.open.set(true);
        }),
        resolve: Callback::new(move |(src,): (String,)| files.try_with_untracked(|it| address(it, &src)).flatten()),
    };
    (desk, asked)
}

/// Keeps the files in step with the text: which of them stand in it follows from what it calls.
pub fn stand_in(files: RwSignal<Files>, text: impl Fn() -> String + 'static) {
    Effect::new(move |_| {
        let text = text();
        // What has come up since is called already.
        if files.with(|it| it.clone().stand_in(&text)) {
            files.update(|it| {
                it.stand_in(&text);
            });
        }
    });
}

/// Lets a picture of the library be chosen; it becomes a file of the text.
#[component]
pub fn LibraryPictures(
    /// Who waits for it.
    asked: Asked,
    /// The files of the text.
    files: RwSignal<Files>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let take = move |file: Attachment, width: Option<u32>| {
        let Some(answer) = asked.answer.try_update_value(Option::take).flatten() else { return };
        // A text calls its pictures by their names.
        match files.with_untracked(|it| it.lines().iter().find(|it| it.name == file.name).map(|it| it.size == file.size)) {
            Some(false) => {
                return toasts.warn(tu_string!(i18n, writing.name_taken, name = file.name.clone()));
            }
            Some(true) => {}
            None => files.update(|it| it.put(&file)),
        }
        answer.done(&called(&file.name), width);
    };
    view! { <LibraryPicker open=asked.open wanted=Wanted::Picture on_pick=take /> }
}

/// How a file of that name is called in the text.
fn called(name: &str) -> String {
    format!("cid:{}", content_id(name))
}

/// The address under which a picture of the text may be shown: `cid:` names a stored file by its name.
fn address(files: &Files, src: &str) -> Option<String> {
    let wanted = src.strip_prefix("cid:")?;
    let line = files.lines().iter().find(|it| content_id(&it.name) == wanted)?;
    match line.stage {
        FileStage::Stored(id) => Some(format!("/pictures/{id}")),
        FileStage::Rising(_) | FileStage::Refused(_) | FileStage::Empty => None,
    }
}
