//! Files on their way up into the library.

use std::collections::HashMap;

use app::Problem;
use leptos::html;
use leptos::prelude::*;
use model::library::SIZE_MAX;
use model::{Change, LibraryId, LibraryItem, Refusal};

use crate::browser::files::{self, PickedFile};
use crate::browser::upload::{self, Upload};
use crate::i18n::{I18n, refusals, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Glyph, IconButton, Progress};
use crate::session::Session;
use crate::toast::Toasts;

/// Files that go up, with what became of those that were refused.
#[derive(Clone, Copy)]
pub struct Rising {
    lines: RwSignal<Vec<Line>>,
    running: StoredValue<HashMap<u32, Upload>>,
    next: StoredValue<u32>,
    session: Session,
    live: Live,
    toasts: Toasts,
    i18n: I18n,
}

/// One file on its way, or refused.
#[derive(Clone, PartialEq)]
struct Line {
    number: u32,
    name: String,
    share: f64,
    problem: Option<Problem>,
}

impl Rising {
    /// Nothing goes up yet; what still rises when the page is left is stopped.
    pub fn new() -> Self {
        let running = StoredValue::new(HashMap::<u32, Upload>::new());
        on_cleanup(move || {
            running.try_with_value(|it| it.values().for_each(Upload::stop));
        });
        Self {
            lines: RwSignal::new(Vec::new()),
            running,
            next: StoredValue::new(0),
            session: Session::find(),
            live: Live::find(),
            toasts: Toasts::find(),
            i18n: use_i18n(),
        }
    }

    /// Puts files into a folder of the library.
    pub fn add(self, picked: Vec<PickedFile>, folder: &str) {
        for file in picked {
            let number = self.begin(&file);
            if self.is_small_enough(number, &file) {
                let (live, toasts, i18n) = (self.live, self.toasts, self.i18n);
                let end = self.end_of(number, move |item: LibraryItem| {
                    live.note(Change::Library);
                    toasts.done(tu_string!(i18n, library.added, name = item.name));
                });
                self.keep(number, upload::start_library(&file, folder, self.progress_of(number), end));
            }
        }
    }

    /// Puts another content of a file up.
    pub fn replace(self, file: &PickedFile, id: LibraryId, revision: i64, done: impl FnOnce(LibraryItem) + 'static) {
        let number = self.begin(file);
        if self.is_small_enough(number, file) {
            let end = self.end_of(number, done);
            self.keep(number, upload::start_replacing(file, id, revision, self.progress_of(number), end));
        }
    }

    fn begin(self, file: &PickedFile) -> u32 {
        let number = self.next.try_update_value(|it| {
            *it += 1;
            *it
        });
        let number = number.unwrap_or_default();
        self.lines.update(|it| it.push(Line { number, name: file.name(), share: 0.0, problem: None }));
        number
    }

    fn is_small_enough(self, number: u32, file: &PickedFile) -> bool {
        let fits = file.size() <= SIZE_MAX;
        if !fits {
            self.refuse(number, Refusal::FileTooLarge { max: SIZE_MAX }.into());
        }
        fits
    }

    fn progress_of(self, number: u32) -> impl Fn(f64) + 'static {
        let lines = self.lines;
        move |share| {
            lines.try_update(|it| it.iter_mut().filter(|it| it.number == number).for_each(|it| it.share = share));
        }
    }

    fn end_of(
        self,
        number: u32,
        done: impl FnOnce(LibraryItem) + 'static,
    ) -> impl FnOnce(Result<LibraryItem, Problem>) + 'static {
        let session = self.session;
        move |came| {
            self.running.try_update_value(|it| it.remove(&number));
            match came {
                Ok(item) => {
                    self.lines.try_update(|it| it.retain(|it| it.number != number));
                    done(item);
                }
                Err(Problem::Refused(Refusal::SignedOut)) => session.end(),
                Err(problem) => self.refuse(number, problem),
            }
        }
    }

    fn keep(self, number: u32, upload: Option<Upload>) {
        match upload {
            Some(upload) => self.running.update_value(|it| {
                it.insert(number, upload);
            }),
            None => self.refuse(number, Problem::Unreachable),
        }
    }

    fn refuse(self, number: u32, problem: Problem) {
        self.lines.try_update(|it| {
            it.iter_mut().filter(|it| it.number == number).for_each(|it| it.problem = Some(problem.clone()));
        });
    }

    /// Stops a file, or takes a refused one out of the list.
    fn remove(self, number: u32) {
        if let Some(upload) = self.running.try_update_value(|it| it.remove(&number)).flatten() {
            upload.stop();
        }
        self.lines.update(|it| it.retain(|it| it.number != number));
    }
}

/// The files on their way, each with its progress and a way to stop it.
#[component]
pub(super) fn RisingList(rising: Rising) -> impl IntoView {
    let numbers = move || rising.lines.with(|it| it.iter().map(|it| it.number).collect::<Vec<_>>());
    view! {
        <ul class="library-rising file-list" aria-live="polite">
            <For each=numbers key=|it| *it let:number><RisingLine rising=rising number=number /></For>
        </ul>
    }
}

#[component]
fn RisingLine(rising: Rising, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    let line = Memo::new(move |_| rising.lines.with(|it| it.iter().find(|it| it.number == number).cloned()));
    let name = move || line.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let problem = move || line.with(|it| it.as_ref().and_then(|it| it.problem.clone()));
    let act = move || {
        if problem().is_some() {
            t_string!(i18n, library.dismiss, name = name())
        } else {
            t_string!(i18n, library.stop, name = name())
        }
    };
    let share = Signal::derive(move || line.with(|it| it.as_ref().map_or(1.0, |it| it.share)));
    view! {
        <li class="file" class:faulty=move || problem().is_some()>
            <span class="file-name clip">{name}</span>
            <IconButton label=act icon=Glyph::X on_press=move || rising.remove(number) />
            <Show when=move || problem().is_none()>
                <Progress label=move || t_string!(i18n, library.rising, name = name()) share=share />
            </Show>
            {move || problem().map(|it| view! { <p class="fault">{refusals::problem(i18n.get_locale(), &it)}</p> })}
        </li>
    }
}

/// The button by which files are chosen.
#[component]
pub fn AddButton(
    /// What goes up.
    rising: Rising,
    /// The folder they go into.
    folder: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    let choose = move || {
        if let Some(input) = node.get_untracked() {
            input.click();
        }
    };
    view! {
        <Button label=move || t_string!(i18n, library.add) kind=ButtonKind::Primary icon=Glyph::PLUS on_press=choose />
        <input
            type="file"
            multiple
            hidden
            tabindex="-1"
            node_ref=node
            aria-label=move || t_string!(i18n, library.add)
            on:change=move |event| rising.add(files::chosen(&event), &folder.get_untracked())
        />
    }
}
