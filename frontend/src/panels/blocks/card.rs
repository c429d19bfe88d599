//! One block: what it is and says, what can be done with it, and its fields when it is open.

use content::blocks::Kind;
use leptos::ev;
use leptos::prelude::*;
use model::TemplateFault;

use super::bench::{Bench, Load, head_id};
use super::canvas::Stack;
use super::fill::Fill;
use super::palette::glyph;
use crate::browser::pointer;
use crate::i18n::{blocks, merge, t_string, use_i18n};
use crate::parts::{Glyph, Icon, Menu, MenuItem};
use crate::state::blocks::{Sort, Step, summary};

/// A block with its head, its faults and its fields.
#[component]
pub(super) fn Card(
    /// The blocks.
    bench: Bench,
    /// Which one.
    id: u32,
) -> AnyView {
    let i18n = use_i18n();
    let sort = Memo::new(move |_| bench.block(id).map_or(Sort::Text, |it| Sort::of(&it.is)));
    let says = Memo::new(move |_| bench.block(id).map(|it| summary(&it.is)).unwrap_or_default());
    let columns = Memo::new(move |_| bench.block(id).map_or(0, |it| it.columns().len()));
    let is_open = Memo::new(move |_| bench.open.get() == Some(id));
    let faults = Memo::new(move |_| {
        let own = |it: &&TemplateFault| bench.edit.with(|edit| edit.at(&it.block) == Some(id));
        bench.tools.faults.with(|it| it.iter().filter(own).cloned().collect::<Vec<_>>())
    });
    let is_dragged = move || bench.drag.with(|it| it.is_some_and(|it| it.is_on && it.load == Load::Block(id))).then_some("true");
    view! {
        <article
            class="block-card"
            class:faulty=move || faults.with(|it| !it.is_empty())
            data-block=id
            data-sort=move || sort.get().key()
            data-open=move || is_open.get().to_string()
            data-dragged=is_dragged
        >
            <div class="block-head">
                <span
                    class="block-grip"
                    title=move || t_string!(i18n, blocks.drag)
                    on:pointerdown=move |event| bench.press(Load::Block(id), &event)
                    on:pointermove=move |event| bench.pull(&event)
                    on:pointerup=move |_| {
                        bench.drop_load();
                    }
                    on:pointercancel=move |_| bench.leave_load()
                >
                    <Icon glyph=Glyph::GRIP_VERTICAL />
                </span>
                <button
                    type="button"
                    class="block-open"
                    id=head_id(id)
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| bench.toggle(id)
                    on:keydown=move |event| press_key(bench, id, &event)
                >
                    {move || view! { <Icon glyph=glyph(sort.get()) /> }}
                    <span class="block-sort">{move || blocks::sort(i18n.get_locale(), sort.get())}</span>
                    <span class="block-says">{move || says.get()}</span>
                </button>
                <Acts bench=bench id=id />
            </div>
            <For each=move || faults.get() key=|it| format!("{it:?}") let:fault>
                <p class="fault">
                    {move || merge::fault_with_suggestion(i18n.get_locale(), &fault.fault, fault.suggestion.as_deref())}
                </p>
            </For>
            {move || {
                let laid = bench.laid.get();
                is_open.get().then(|| view! { <div class="block-fields" data-laid=laid><Fill bench=bench id=id /></div> })
            }}
            <Show when=move || 0 < columns.get()>
                <div class="block-columns">
                    <For each=move || 0..columns.get() key=|it| *it let:column>
                        <div class="block-column" data-column=format!("{id}.{column}")>
                            <Stack bench=bench inside=Some((id, column)) />
                        </div>
                    </For>
                </div>
            </Show>
        </article>
    }
    .into_any()
}

/// Everything that can be done with a block without a mouse.
#[component]
fn Acts(bench: Bench, id: u32) -> impl IntoView {
    let i18n = use_i18n();
    let cannot = move |step: Step| {
        Signal::derive(move || bench.tools.readonly.get() || !bench.edit.with(|it| it.steps(id).contains(&step)))
    };
    let is_inside = move || bench.edit.with(|it| it.standing(id).is_some_and(|it| it.place.inside.is_some()));
    let is_columns = move || bench.block(id).is_some_and(|it| matches!(it.is, Kind::Columns(_)));
    let steps = move || {
        let sideways: &[(Step, Glyph)] = match (is_inside(), is_columns()) {
            (true, _) => {
                &[(Step::Left, Glyph::ARROW_LEFT), (Step::Right, Glyph::ARROW_RIGHT), (Step::Out, Glyph::CORNER_UP_LEFT)]
            }
            (false, false) => &[(Step::In, Glyph::COLUMNS_3)],
            (false, true) => &[],
        };
        [(Step::Up, Glyph::ARROW_UP), (Step::Down, Glyph::ARROW_DOWN)].iter().chain(sideways).copied().collect::<Vec<_>>()
    };
    let rests = Signal::derive(move || bench.tools.readonly.get());
    view! {
        <Menu label=move || t_string!(i18n, blocks.acts) glyph=Glyph::ELLIPSIS icon_only=true>
            <For each=steps key=|(step, _)| *step let((step, glyph))>
                <MenuItem
                    label=move || blocks::step(i18n.get_locale(), step)
                    glyph=glyph
                    disabled=cannot(step)
                    on_press=move || bench.step(id, step)
                />
            </For>
            <MenuItem label=move || t_string!(i18n, blocks.duplicate) glyph=Glyph::COPY disabled=rests on_press=move || bench.duplicate(id) />
            <MenuItem label=move || t_string!(i18n, blocks.remove) glyph=Glyph::TRASH_2 danger=true disabled=rests on_press=move || bench.remove(id) />
        </Menu>
    }
}

/// Alt and the arrows move a block, Alt D copies it, Alt Delete takes it away; Ctrl Z and Ctrl Y go through what was done.
fn press_key(bench: Bench, id: u32, event: &ev::KeyboardEvent) {
    if !pointer::is_on_itself(event) {
        return;
    }
    let key = event.key();
    let is_control = event.ctrl_key() || event.meta_key();
    let steps = bench.edit.with_untracked(|it| it.steps(id));
    let either = |one: Step, other: Step| if steps.contains(&one) { one } else { other };
    match (event.alt_key(), is_control, key.to_lowercase().as_str()) {
        (true, false, "arrowup") => bench.step(id, Step::Up),
        (true, false, "arrowdown") => bench.step(id, Step::Down),
        (true, false, "arrowleft") => bench.step(id, either(Step::Left, Step::Out)),
        (true, false, "arrowright") => bench.step(id, either(Step::Right, Step::In)),
        (true, false, "d") => bench.duplicate(id),
        (true, false, "delete" | "backspace") => bench.remove(id),
        (false, true, "z") if event.shift_key() => bench.redo(),
        (false, true, "z") => bench.undo(),
        (false, true, "y") => bench.redo(),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}
