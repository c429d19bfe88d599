//! The bar below the list: acts over the chosen contacts, and the act that is on its way.

use leptos::prelude::*;

use super::{ACTS, Bulk, BulkAct, Press, Shelf};
use crate::format;
use crate::i18n::messages::small;
use crate::i18n::{language, refusals, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Glyph, IconButton, Menu, MenuItem, Progress, TickedBar};
use crate::session::Session;
use crate::state::bulk_run::{BulkRun, Standing};

/// Appears while contacts are chosen or an act is on its way.
#[component]
pub fn BulkBar(
    /// What is chosen.
    bulk: Bulk,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| bulk.count());
    let words = move || {
        let n = format::number(language(i18n.get_locale()), count.get());
        t_string!(i18n, bulk.chosen, count = small(count.get()), n = n)
    };
    let runs = Memo::new(move |_| bulk.run.with(Option::is_some));
    view! {
        <Show when=move || runs.get()>
            <RunBar bulk=bulk />
        </Show>
        <TickedBar selection=bulk.selection words=words label=move || t_string!(i18n, bulk.acts) hidden=runs>
            <Acts bulk=bulk />
        </TickedBar>
    }
}

#[component]
fn Acts(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let allowed = |shelf: Shelf| ACTS.iter().filter(move |it| it.shelf == shelf && untrack(|| session.can(it.right)));
    let asked: Vec<(&BulkAct, RwSignal<bool>)> = ACTS.iter().map(|it| (it, RwSignal::new(false))).collect();
    let press = |act: &'static BulkAct| {
        let open = asked.iter().find(|it| it.0.name == act.name).map(|it| it.1);
        move || match act.press {
            Press::Do(act) => act(bulk),
            Press::Ask(_) => open.iter().for_each(|it| it.set(true)),
        }
    };
    let buttons = allowed(Shelf::Bar)
        .enumerate()
        .map(|(place, act)| {
            let kind = if place == 0 { ButtonKind::Primary } else { ButtonKind::Plain };
            view! { <Button label=move || (act.label)(i18n) icon=act.glyph kind=kind on_press=press(act) /> }
        })
        .collect_view();
    let lines: Vec<_> = allowed(Shelf::Menu)
        .map(|act| {
            let danger = act.name == "delete";
            view! { <MenuItem label=move || (act.label)(i18n) glyph=act.glyph danger=danger on_press=press(act) /> }
        })
        .collect();
    let dialogs = asked
        .iter()
        .filter_map(|(act, open)| match act.press {
            Press::Ask(draw) => Some(draw(bulk, *open)),
            Press::Do(_) => None,
        })
        .collect_view();
    view! {
        {buttons}
        {(!lines.is_empty())
            .then(|| {
                view! {
                    <Menu label=move || t_string!(i18n, bulk.more) glyph=Glyph::CHEVRON_DOWN>
                        {lines}
                    </Menu>
                }
            })}
        {dialogs}
    }
}

/// How far the act is, and how it ended.
#[component]
fn RunBar(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let run = Memo::new(move |_| bulk.run.get());
    let read = move |read: fn(&BulkRun) -> bool| Memo::new(move |_| run.with(|it| it.as_ref().is_some_and(read)));
    let is_running = read(BulkRun::is_running);
    let stopping = read(|it| it.standing == Standing::Stopping);
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let title = move || run.with(|it| it.as_ref().map(|it| it.title.clone()).unwrap_or_default());
    let so_far = move || {
        let (taken, total) = run.with(|it| it.as_ref().map_or((0, 0), |it| (it.taken(), it.total)));
        t_string!(i18n, bulk.so_far, n = number(taken), of = number(total.max(taken)))
    };
    let left = move || match run.with(|it| it.as_ref().map_or(0, |it| it.sum.left)) {
        0 => String::new(),
        n => t_string!(i18n, bulk.left, count = n, n = number(u64::from(n))),
    };
    let end = move || {
        let Some(run) = run.get() else { return String::new() };
        let done = run.sum.done;
        match run.standing {
            Standing::Running | Standing::Stopping => String::new(),
            Standing::Done => t_string!(i18n, bulk.done, count = done, n = number(u64::from(done))),
            Standing::Stopped => {
                t_string!(i18n, bulk.stopped, count = done, n = number(u64::from(done)), of = number(run.total))
            }
            Standing::Broken(problem) => {
                let why = refusals::problem(i18n.get_locale(), &problem);
                let so_far = t_string!(i18n, bulk.broken, count = done, n = number(u64::from(done)), of = number(run.total));
                format!("{so_far} {why}")
            }
        }
    };
    let is_bad = read(|it| matches!(it.standing, Standing::Broken(_)));
    view! {
        <div class="ticked-bar run-bar" class:bad=move || is_bad.get()>
            <div class="run-words" role="status">
                <strong>{title}</strong>
                <Show when=move || is_running.get() fallback=move || view! { <span>{end} " " {left}</span> }>
                    <span class="meta">{so_far}</span>
                </Show>
            </div>
            <Show
                when=move || is_running.get()
                fallback=move || {
                    view! {
                        <IconButton
                            label=move || t_string!(i18n, common.close)
                            icon=Glyph::X
                            on_press=move || bulk.run.set(None)
                        />
                    }
                }
            >
                <Progress
                    label=move || title()
                    share=Signal::derive(move || run.with(|it| it.as_ref().map_or(0.0, BulkRun::share)))
                />
                <Button
                    label=move || t_string!(i18n, bulk.stop)
                    busy=stopping
                    on_press=move || bulk.run.update(|it| it.iter_mut().for_each(BulkRun::stop))
                />
            </Show>
        </div>
    }
}
