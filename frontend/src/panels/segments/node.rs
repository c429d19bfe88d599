//! Groups and conditions on the screen.

use leptos::ev;
use leptos::prelude::*;
use model::Condition;

use super::ask::{ASKS, Ask};
use super::builder::Builder;
use super::values::Values;
use crate::i18n::{refusals, t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Glyph, Icon, IconButton};
use crate::state::segment_tree::{NodeId, NodeKind};

/// A group with what is inside it.
#[component]
pub(super) fn GroupView(
    /// The tree.
    builder: Builder,
    /// The group.
    id: NodeId,
) -> AnyView {
    let i18n = use_i18n();
    let any = Memo::new(move |_| builder.node(id).is_some_and(|it| matches!(it.kind, NodeKind::Group { any: true, .. })));
    let is_root = id == builder.root();
    view! {
        <fieldset class="rule-group" id=format!("rule-{id}") data-any=move || any.get().to_string()>
            <legend class="visually-hidden">{move || t_string!(i18n, segments.rule)}</legend>
            <div class="rule-head">
                <Not builder=builder id=id hidden=is_root />
                <span class="select">
                    <select
                        class="input"
                        aria-label=move || t_string!(i18n, segments.group_how)
                        on:change=move |event| builder.change(|it| it.set_any(id, event_target_value(&event) == "any"))
                    >
                        <option value="all" prop:selected=move || !any.get()>{move || t_string!(i18n, segments.all_of)}</option>
                        <option value="any" prop:selected=move || any.get()>{move || t_string!(i18n, segments.any_of)}</option>
                    </select>
                    <Icon glyph=Glyph::CHEVRONS_UP_DOWN />
                </span>
                <Holds builder=builder id=id />
                {(!is_root).then(|| view! { <Acts builder=builder id=id /> })}
            </div>
            <ol class="rule-inside">
                <For each=move || builder.inside(id) key=|it| *it let:inner>
                    <li><NodeView builder=builder id=inner /></li>
                </For>
            </ol>
            <Fault builder=builder id=id />
            <div class="rule-add">
                <Button
                    label=move || t_string!(i18n, segments.add_condition)
                    kind=ButtonKind::Quiet
                    icon=Glyph::PLUS
                    on_press=move || builder.add_condition(id)
                />
                <Button
                    label=move || t_string!(i18n, segments.add_group)
                    kind=ButtonKind::Quiet
                    icon=Glyph::PLUS
                    on_press=move || builder.add_group(id)
                />
            </div>
        </fieldset>
    }
    .into_any()
}

/// Whatever stands at a place.
#[component]
fn NodeView(builder: Builder, id: NodeId) -> AnyView {
    let is_group = builder.node(id).is_some_and(|it| matches!(it.kind, NodeKind::Group { .. }));
    if is_group {
        view! { <GroupView builder=builder id=id /> }.into_any()
    } else {
        view! { <ConditionView builder=builder id=id /> }.into_any()
    }
}

/// A condition: what is asked, how, and the values.
#[component]
fn ConditionView(builder: Builder, id: NodeId) -> AnyView {
    let i18n = use_i18n();
    let condition = Memo::new(move |_| match builder.node(id)?.kind {
        NodeKind::Condition(condition) => Some(condition),
        NodeKind::Group { .. } => None,
    });
    let ask = Memo::new(move |_| condition.with(|it| it.as_ref().map(Ask::of)));
    let choose = move |code: String| {
        if let Some(next) = Ask::from_code(&code) {
            builder.set(id, builder.names.with_untracked(|it| next.begin(&it.fields)));
        }
    };
    let options = move || {
        builder.names.with(|names| {
            let own = names.fields.iter().map(|it| Ask::Own(it.id));
            let all = ASKS.into_iter().chain(own);
            all.map(|it| (it, it.words(i18n.get_locale(), &names.fields))).collect::<Vec<_>>()
        })
    };
    // The fields of a question are drawn anew when another one is asked, not while its values change.
    let values = move || {
        ask.get().map(|_| {
            let condition = Signal::derive(move || condition.get().unwrap_or(Condition::NoBulk));
            view! { <Values builder=builder condition=condition on_change=move |next| builder.set(id, next) /> }
        })
    };
    let faulty = move || builder.fault(id).is_some();
    view! {
        <div
            class="rule-condition"
            class:faulty=faulty
            id=format!("rule-{id}")
            on:keydown=move |event| press_key(builder, id, &event)
        >
            <Not builder=builder id=id hidden=false />
            <span class="select">
                <select
                    class="input"
                    aria-label=move || t_string!(i18n, segments.what)
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {move || {
                        options()
                            .into_iter()
                            .map(|(it, words)| {
                                view! {
                                    <option value=it.code() prop:selected=move || ask.get() == Some(it)>{words}</option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
                <Icon glyph=Glyph::CHEVRONS_UP_DOWN />
            </span>
            <div class="rule-values">{values}</div>
            <Holds builder=builder id=id />
            <Acts builder=builder id=id />
            <Fault builder=builder id=id />
        </div>
    }
    .into_any()
}

/// Alt and the arrows move a place, Alt D copies it, Alt Delete takes it away.
fn press_key(builder: Builder, id: NodeId, event: &ev::KeyboardEvent) {
    if !event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    match event.key().as_str() {
        "ArrowUp" => builder.change(|it| it.shift(id, false)),
        "ArrowDown" => builder.change(|it| it.shift(id, true)),
        "d" | "D" => builder.duplicate(id),
        "Delete" | "Backspace" => builder.change(|it| it.remove(id)),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Turns a place around.
#[component]
fn Not(builder: Builder, id: NodeId, hidden: bool) -> impl IntoView {
    let i18n = use_i18n();
    let not = move || builder.node(id).is_some_and(|it| it.not);
    (!hidden).then(|| {
        view! {
            <button
                type="button"
                class="button rule-not"
                data-kind="quiet"
                data-not=move || not().to_string()
                title=move || t_string!(i18n, segments.not_hint)
                on:click=move |_| builder.change(|it| it.toggle_not(id))
            >
                {move || if not() { t_string!(i18n, segments.not) } else { t_string!(i18n, segments.holds) }}
            </button>
        }
    })
}

#[component]
fn Acts(builder: Builder, id: NodeId) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="rule-acts">
            <IconButton
                label=move || t_string!(i18n, segments.duplicate)
                icon=Glyph::COPY
                on_press=move || builder.duplicate(id)
            />
            <IconButton
                label=move || t_string!(i18n, segments.remove)
                icon=Glyph::X
                on_press=move || builder.change(|it| it.remove(id))
            />
        </span>
    }
}

/// Whether the place holds of the contact that is explained.
#[component]
fn Holds(builder: Builder, id: NodeId) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        builder.holds(id).map(|holds| {
            let glyph = if holds { Glyph::CIRCLE_CHECK } else { Glyph::CIRCLE_X };
            let words = move || if holds { t_string!(i18n, segments.holds) } else { t_string!(i18n, segments.holds_not) };
            view! { <span class="rule-holds" data-holds=holds.to_string()><Icon glyph=glyph />{words}</span> }
        })
    }
}

#[component]
fn Fault(builder: Builder, id: NodeId) -> impl IntoView {
    let i18n = use_i18n();
    move || builder.fault(id).map(|it| view! { <p class="fault">{move || refusals::fault(i18n.get_locale(), &it.fault)}</p> })
}
