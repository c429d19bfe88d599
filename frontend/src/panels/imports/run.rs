//! One import: the steps before it, its run, what came of it, and the way back.

use leptos::prelude::*;
use model::{Change, Import, ImportId, ImportState, ImportUndone};

use super::figures::Figures;
use super::list::StateBadge;
use super::report::Report;
use super::wizard::Wizard;
use crate::calls;
use crate::format;
use crate::i18n::{imports as words, language, t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Banner, Button, ButtonKind, Confirm, Glyph, Icon, Progress, Tone};

/// What is shown of an import.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Deciding,
    Running,
    Over,
}

/// An import, wherever it stands.
#[component]
pub fn ImportPanel(
    /// Which import.
    id: ImportId,
    /// Called when its file was discarded.
    #[prop(into)]
    on_forgotten: Callback<()>,
) -> impl IntoView {
    let live = Live::find();
    let import = calls::ask(move || live.version(Change::Imports), move |_| app::imports::open_import(id));
    let undone = RwSignal::new(None::<ImportUndone>);
    view! {
        <Loaded answer=import let:import>
            <Inside import=import undone=undone on_forgotten=on_forgotten />
        </Loaded>
    }
}

#[component]
fn Inside(import: Signal<Import>, undone: RwSignal<Option<ImportUndone>>, on_forgotten: Callback<()>) -> impl IntoView {
    let id = import.with_untracked(|it| it.row.id);
    let stage = Memo::new(move |_| match import.with(|it| it.row.state) {
        ImportState::Uploaded => Stage::Deciding,
        ImportState::Queued | ImportState::Running => Stage::Running,
        ImportState::Stopped | ImportState::Finished | ImportState::Failed | ImportState::Undone => Stage::Over,
    });
    let state = Signal::derive(move || import.with(|it| it.row.state));
    view! {
        <header class="import-head">
            <strong class="clip">{move || import.with(|it| it.row.file.clone())}</strong>
            <StateBadge state=state />
        </header>
        {move || match stage.get() {
            Stage::Deciding => view! { <Wizard id=id on_forgotten=on_forgotten /> }.into_any(),
            Stage::Running => view! { <Running import=import /> }.into_any(),
            Stage::Over => view! { <Over import=import undone=undone /> }.into_any(),
        }}
    }
}

#[component]
fn Running(import: Signal<Import>) -> impl IntoView {
    let i18n = use_i18n();
    let id = import.with_untracked(|it| it.row.id);
    let live = Live::find();
    let stopping = RwSignal::new(false);
    let stop = move || calls::act(stopping, app::imports::stop_import(id), move |()| live.note(Change::Imports));
    view! {
        <section class="import-run">
            <p>{move || t_string!(i18n, imports.running)}</p>
            <Progress
                label=move || t_string!(i18n, imports.progress)
                share=Signal::derive(move || import.with(|it| f64::from(it.row.progress) / 1_000.0))
            />
            <Figures counts=Signal::derive(move || import.with(|it| it.row.counts)) />
            <Button label=move || t_string!(i18n, imports.stop) busy=stopping on_press=stop />
        </section>
    }
}

#[component]
fn Over(import: Signal<Import>, undone: RwSignal<Option<ImportUndone>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = import.with_untracked(|it| it.row.id);
    let has_bad = Memo::new(move |_| import.with(|it| 0 < it.row.counts.bad));
    let can_undo = Memo::new(move |_| import.with(|it| it.row.state != ImportState::Undone));
    let lists = move || import.with(|it| (!it.lists.is_empty()).then(|| it.lists.join(", ")));
    let fault = move || {
        let (line, fault) = import.with(|it| it.fault.clone())?;
        let locale = i18n.get_locale();
        let n = format::number(language(locale), line);
        Some(t_string!(i18n, imports.failed, n = n, fault = words::table_fault(locale, &fault)))
    };
    view! {
        <section class="import-run">
            <Undone undone=undone />
            {move || fault().map(|it| view! { <Banner tone=Tone::Bad text=it /> })}
            <Figures counts=Signal::derive(move || import.with(|it| it.row.counts)) />
            {move || lists().map(|names| view! { <p class="meta">{t_string!(i18n, imports.into_lists, names = names)}</p> })}
            <div class="form-end">
                <Show when=move || has_bad.get()>
                    <a
                        class="button"
                        href=format!("/imports/{id}/bad-rows.csv")
                        rel="external"
                        download=""
                        title=move || t_string!(i18n, imports.bad_rows_hint)
                    >
                        <Icon glyph=Glyph::DOWNLOAD />
                        <span class="label">{move || t_string!(i18n, imports.bad_rows)}</span>
                    </a>
                </Show>
                <a class="button" href=format!("/imports/{id}/report.csv") rel="external" download="">
                    <Icon glyph=Glyph::DOWNLOAD />
                    <span class="label">{move || t_string!(i18n, imports.report_file)}</span>
                </a>
                <Show when=move || can_undo.get()>
                    <Undo import=import undone=undone />
                </Show>
            </div>
        </section>
        <Report id=id />
    }
}

#[component]
fn Undo(import: Signal<Import>, undone: RwSignal<Option<ImportUndone>>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let id = import.with_untracked(|it| it.row.id);
    let undo = move || {
        calls::act(busy, app::imports::undo_import(id), move |came| {
            open.set(false);
            undone.set(Some(came));
            live.note(Change::Imports);
        });
    };
    view! {
        <Button label=move || t_string!(i18n, imports.undo) kind=ButtonKind::Quiet on_press=move || open.set(true) />
        <Confirm
            open=open
            question=move || t_string!(i18n, imports.undo_question, name = import.with(|it| it.row.file.clone()))
            text=move || t_string!(i18n, imports.undo_text)
            act=move || t_string!(i18n, imports.undo)
            busy=busy
            on_confirm=undo
        />
    }
}

/// What undoing did, and who stays.
#[component]
fn Undone(undone: RwSignal<Option<ImportUndone>>) -> impl IntoView {
    let i18n = use_i18n();
    let n = move |n: u64| format::number(language(i18n.get_locale()), n);
    let shown = move |it: ImportUndone| {
        let says = t_string!(i18n, imports.undone, removed = n(it.removed), restored = n(it.restored));
        let kept = (0 < it.kept_in_all).then(|| {
            let names = it.kept.into_iter().map(|(id, name)| view! { <li><a href=format!("/contacts/{id}")>{name}</a></li> });
            view! {
                <p>{t_string!(i18n, imports.kept, n = n(it.kept_in_all))}</p>
                <ul class="import-kept">{names.collect_view()}</ul>
            }
        });
        view! { <Banner tone=Tone::Good text=says>{kept}</Banner> }
    };
    view! { <div role="status">{move || undone.get().map(shown)}</div> }
}
