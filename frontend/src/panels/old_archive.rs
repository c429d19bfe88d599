//! Taking old archives in: the file, what is in it, and what came of it.

use leptos::prelude::*;
use model::{Archive, ArchiveCounts, ArchiveId, ArchiveState, Change, Moment};

use crate::browser::upload;
use crate::calls;
use crate::format;
use crate::i18n::{language, messages::small, old_archive as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::one_file::OneFile;
use crate::parts::{Button, ButtonKind, EmptyState, Glyph, Mark, MarkBadge, Progress, When};

/// The place where a file is dropped, and the archives so far.
#[component]
pub fn OldArchivePanel() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let archives = calls::ask(move || live.version(Change::Imports), |_| app::archives::list_archives());
    let ready = Callback::new(move |(_,): (ArchiveId,)| live.note(Change::Imports));
    let nothing = move || {
        view! {
            <EmptyState
                glyph=Glyph::ARCHIVE
                title=move || t_string!(i18n, old_archive.empty_title)
                text=move || t_string!(i18n, old_archive.empty_text)
            />
        }
    };
    view! {
        <OneFile
            label=move || t_string!(i18n, old_archive.pick)
            hint=move || t_string!(i18n, old_archive.pick_hint)
            accept=".mbox,.mbx,.eml,.zip,.xml"
            start=|file, progress, end| upload::start_archive(file, progress, end)
            on_ready=ready
        />
        <Loaded answer=archives let:archives>
            <Show when=move || archives.with(|it| !it.is_empty()) fallback=nothing>
                <ul class="old-archives">
                    <For each=move || archives.get() key=|it| it.id let:archive>
                        <OneArchive id=archive.id archives=archives />
                    </For>
                </ul>
            </Show>
        </Loaded>
    }
}

#[component]
fn OneArchive(id: ArchiveId, archives: Signal<Vec<Archive>>) -> impl IntoView {
    let i18n = use_i18n();
    let archive = Memo::new(move |_| archives.with(|all| all.iter().find(|it| it.id == id).cloned()));
    let state = Memo::new(move |_| archive.with(|it| it.as_ref().map_or(ArchiveState::Ended, |it| it.state)));
    let counts = Memo::new(move |_| archive.with(|it| it.as_ref().map(|it| it.counts).unwrap_or_default()));
    let at = Signal::derive(move || archive.with(|it| it.as_ref().map_or(Moment(0), |it| it.created_at)));
    let share = Signal::derive(move || archive.with(|it| it.as_ref().map_or(1.0, |it| f64::from(it.progress) / 1_000.0)));
    let mark = Signal::derive(move || match state.get() {
        ArchiveState::Arriving | ArchiveState::Looking => Mark::Waiting,
        ArchiveState::Looked => Mark::Draft,
        ArchiveState::Running => Mark::Sending,
        ArchiveState::Stopped => Mark::Paused,
        ArchiveState::Ended => Mark::Delivered,
        ArchiveState::Failed => Mark::Failed,
    });
    view! {
        <li>
            <header>
                <strong class="clip">{move || archive.with(|it| it.as_ref().map(|it| it.file.clone()))}</strong>
                <MarkBadge mark=mark word=move || words::state(i18n.get_locale(), state.get()) />
                <span class="meta"><When at=at /></span>
            </header>
            <Show when=move || state.get().is_open()>
                <Progress label=move || t_string!(i18n, old_archive.progress) share=share />
            </Show>
            <Counts counts=counts state=state />
            <Acts id=id state=state counts=counts />
            <Show when=move || 0 < counts.with(|it| it.bad)>
                <Notes id=id />
            </Show>
        </li>
    }
}

/// What became of the messages, in words.
#[component]
fn Counts(counts: Memo<ArchiveCounts>, state: Memo<ArchiveState>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let added = move || {
        let n = counts.with(|it| it.added);
        match state.get() {
            ArchiveState::Arriving | ArchiveState::Looking | ArchiveState::Looked => {
                t_string!(i18n, old_archive.would_add, count = small(n), n = number(n))
            }
            _ => t_string!(i18n, old_archive.added, count = small(n), n = number(n)),
        }
    };
    let known = move |n: u64| t_string!(i18n, old_archive.known, count = small(n), n = number(n));
    let bad = move |n: u64| t_string!(i18n, old_archive.bad, count = small(n), n = number(n));
    let undated = move |n: u64| t_string!(i18n, old_archive.undated, count = small(n), n = number(n));
    let lines = move || {
        let it = counts.get();
        let some = |n: u64, words: &dyn Fn(u64) -> String| (0 < n).then(|| words(n));
        [Some(added()), some(it.known, &known), some(it.bad, &bad), some(it.undated, &undated)].into_iter().flatten()
    };
    view! { <ul class="old-archive-counts" role="status">{move || lines().map(|it| view! { <li>{it}</li> }).collect_view()}</ul> }
}

/// What can be done with an archive in its state.
#[component]
fn Acts(id: ArchiveId, state: Memo<ArchiveState>, counts: Memo<ArchiveCounts>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let busy = RwSignal::new(false);
    let changed = move |()| live.note(Change::Imports);
    let start = move || calls::act(busy, app::archives::start_archive(id), changed);
    let stop = move || calls::act(busy, app::archives::stop_archive(id), changed);
    let forget = move || calls::act(busy, app::archives::forget_archive(id), changed);
    let n = move || counts.with(|it| it.added);
    let label =
        move || t_string!(i18n, old_archive.start, count = small(n()), n = format::number(language(i18n.get_locale()), n()));
    view! {
        <p class="form-end">
            <Show when=move || state.get() == ArchiveState::Looked && 0 < n()>
                <Button label=label kind=ButtonKind::Primary busy=busy on_press=start />
            </Show>
            <Show
                when=move || state.get().is_open()
                fallback=move || {
                    view! {
                        <Button
                            label=move || t_string!(i18n, old_archive.forget)
                            kind=ButtonKind::Quiet
                            busy=busy
                            on_press=forget
                        />
                    }
                }
            >
                <Button label=move || t_string!(i18n, old_archive.stop) busy=busy on_press=stop />
            </Show>
        </p>
    }
}

/// Where something could not be taken in, and why.
#[component]
fn Notes(id: ArchiveId) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let notes = calls::ask(move || live.version(Change::Imports), move |_| app::archives::list_archive_notes(id));
    view! {
        <details>
            <summary>{move || t_string!(i18n, old_archive.notes)}</summary>
            <ul>
                {move || {
                    let locale = i18n.get_locale();
                    let line = |it| view! { <li>{words::note(locale, &it)}</li> };
                    notes.get().map(|all| all.into_iter().map(line).collect_view())
                }}
            </ul>
        </details>
    }
}
