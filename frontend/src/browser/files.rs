//! Files that a person picks or drops.

use leptos::ev;
use leptos::prelude::event_target;
use send_wrapper::SendWrapper;
use web_sys::{File, FileList, HtmlInputElement};

/// A file of the person's machine, not yet put up.
#[derive(Clone)]
pub struct PickedFile(pub(super) SendWrapper<File>);

impl PickedFile {
    /// A file that another part of the page was given.
    pub(super) fn of(file: File) -> Self {
        Self(SendWrapper::new(file))
    }

    /// Its name with ending.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// Its media type, as the machine guesses it; general when it does not.
    pub fn media_type(&self) -> String {
        match self.0.type_() {
            it if it.is_empty() => "application/octet-stream".to_owned(),
            it => it,
        }
    }
}

/// The files chosen in an `<input type=file>`; the input forgets them, so that the same file can be chosen again.
pub fn chosen(event: &ev::Event) -> Vec<PickedFile> {
    let input: HtmlInputElement = event_target(event);
    let files = input.files().map(|it| listed(&it)).unwrap_or_default();
    input.set_value("");
    files
}

/// The files dropped by a drag from the desktop.
pub fn dropped(event: &ev::DragEvent) -> Vec<PickedFile> {
    event.data_transfer().and_then(|it| it.files()).map(|it| listed(&it)).unwrap_or_default()
}

/// The files in what is pasted, such as a picture from the clipboard.
pub fn pasted(event: &ev::ClipboardEvent) -> Vec<PickedFile> {
    event.clipboard_data().and_then(|it| it.files()).map(|it| listed(&it)).unwrap_or_default()
}

/// Whether all of them are pictures that mails show.
pub fn are_pictures(picked: &[PickedFile]) -> bool {
    picked.iter().all(|it| matches!(it.media_type().as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp"))
}

/// Whether a drag carries files.
pub fn carries_files(event: &ev::DragEvent) -> bool {
    event.data_transfer().is_some_and(|it| it.types().iter().any(|kind| kind == "Files"))
}

fn listed(files: &FileList) -> Vec<PickedFile> {
    (0..files.length()).filter_map(|n| files.get(n)).map(|it| PickedFile(SendWrapper::new(it))).collect()
}
