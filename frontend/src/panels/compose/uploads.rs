//! Files on their way up.

use std::collections::HashMap;

use app::Problem;
use leptos::prelude::*;
use model::{Attachment, Fault, Refusal};

use crate::browser::files::PickedFile;
use crate::browser::upload::{self, Upload};
use crate::session::Session;
use crate::state::files::Files;

/// Puts files up and keeps the field of files in step.
#[derive(Clone, Copy)]
pub struct Uploads {
    files: RwSignal<Files>,
    /// The greatest size of one message's files in bytes.
    max: Signal<u64>,
    running: StoredValue<HashMap<u32, Upload>>,
    session: Session,
}

impl Uploads {
    /// Uploads into this field; what still rises when the page is left is stopped.
    pub fn new(files: RwSignal<Files>, max: Signal<u64>) -> Self {
        let running = StoredValue::new(HashMap::<u32, Upload>::new());
        on_cleanup(move || {
            running.try_with_value(|it| it.values().for_each(Upload::stop));
        });
        Self { files, max, running, session: Session::find() }
    }

    /// The greatest size of one message's files in bytes, subscribing to changes.
    pub fn max(self) -> u64 {
        self.max.get()
    }

    /// Puts files up, each with its progress.
    pub fn add(self, picked: Vec<PickedFile>) {
        picked.iter().for_each(|it| self.add_one(it));
    }

    /// Takes a file out of the field; one that rises is stopped.
    pub fn remove(self, number: u32) {
        if let Some(upload) = self.running.try_update_value(|it| it.remove(&number)).flatten() {
            upload.stop();
        }
        self.files.update(|it| it.remove(number));
    }

    /// Puts up a picture that stands inside the text, under a name that no other file has, and tells how it ended.
    pub fn add_picture(self, file: &PickedFile, on_end: impl FnOnce(Result<Attachment, Problem>) + 'static) {
        let name = self.files.with_untracked(|it| it.free_name(&file.name()));
        self.put(file, name, on_end);
    }

    fn add_one(self, file: &PickedFile) {
        self.put(file, file.name(), |_| ());
    }

    fn put(self, file: &PickedFile, name: String, on_end: impl FnOnce(Result<Attachment, Problem>) + 'static) {
        let (files, running, session) = (self.files, self.running, self.session);
        let (size, max) = (file.size(), self.max.get_untracked());
        let Some(number) = files.try_update(|it| it.add(name.clone(), file.media_type(), size)) else { return };
        if size == 0 {
            files.update(|it| it.empty(number));
            return on_end(Err(Refusal::field("content", Fault::Missing).into()));
        }
        if max < size {
            let problem = Problem::from(Refusal::FileTooLarge { max });
            files.update(|it| it.end(number, Err(problem.clone())));
            return on_end(Err(problem));
        }
        let started = upload::start(
            file,
            &name,
            move |share| {
                files.try_update(|it| it.rise(number, share));
            },
            move |came| {
                running.try_update_value(|it| it.remove(&number));
                if matches!(came, Err(Problem::Refused(Refusal::SignedOut))) {
                    session.end();
                }
                files.try_update(|it| it.end(number, came.clone()));
                on_end(came);
            },
        );
        match started {
            Some(upload) => running.update_value(|it| {
                it.insert(number, upload);
            }),
            None => files.update(|it| it.end(number, Err(Problem::Unreachable))),
        }
    }
}
