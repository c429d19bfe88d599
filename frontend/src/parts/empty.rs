//! What stands where nothing is, and where something went wrong.

use app::Problem;
use leptos::prelude::*;

use super::button::Button;
use super::copy::CopyButton;
use super::icon::{Glyph, Icon};
use crate::i18n::{refusals, t_string, use_i18n};

/// Teaches with one sentence and, in `children`, one button.
#[component]
pub fn EmptyState(
    /// Its picture.
    glyph: Glyph,
    /// What is not there.
    #[prop(into)]
    title: TextProp,
    /// What to do about it.
    #[prop(into, optional)]
    text: Option<TextProp>,
    /// The button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-picture"><Icon glyph=glyph large=true /></span>
            <h2>{move || title.get()}</h2>
            {text.map(|it| view! { <p>{move || it.get()}</p> })}
            {children.map(|it| view! { <div class="empty-actions">{it()}</div> })}
        </div>
    }
}

/// What stands where a list has no rows: how to begin or, where filters and words leave nothing, a button that clears them.
#[component]
pub fn EmptyList(
    /// Whether the list shows everything there is.
    #[prop(into)]
    is_everything: Signal<bool>,
    /// The picture of what is listed.
    glyph: Glyph,
    /// What there is none of.
    #[prop(into)]
    title: TextProp,
    /// What to do about it.
    #[prop(into)]
    text: TextProp,
    /// The button that begins.
    #[prop(optional_no_strip)]
    begin: Option<ViewFn>,
    /// That nothing was found.
    #[prop(into)]
    nothing_title: TextProp,
    /// What to do then.
    #[prop(into)]
    nothing_text: TextProp,
    /// The button that clears filters and words.
    #[prop(into)]
    clear: TextProp,
    /// Called to clear them.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let is_everything = Memo::new(move |_| is_everything.get());
    let (begin, clear) = (StoredValue::new(begin), StoredValue::new(clear));
    move || match is_everything.get() {
        true => view! {
            <EmptyState glyph=glyph title=title.clone() text=text.clone()>
                {begin.with_value(|it| it.as_ref().map(ViewFn::run))}
            </EmptyState>
        },
        false => view! {
            <EmptyState glyph=Glyph::SEARCH title=nothing_title.clone() text=nothing_text.clone()>
                <Button label=clear.get_value() on_press=on_clear />
            </EmptyState>
        },
    }
}

/// Says what happened, what to do and, after a failure, the number to tell the administrator.
#[component]
pub fn ErrorState(
    /// What came back.
    #[prop(into)]
    problem: Signal<Problem>,
    /// Called to try again; without it there is no button.
    #[prop(into, optional)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let incident = Memo::new(move |_| match problem.get() {
        Problem::Failed { incident } => incident,
        _ => String::new(),
    });
    let refused = move || problem.with(|it| matches!(it, Problem::Refused(_)));
    view! {
        <div class="empty error" role="alert">
            <span class="empty-picture"><Icon glyph=Glyph::CIRCLE_ALERT large=true /></span>
            <h2>{move || problem.with(|it| refusals::title(i18n.get_locale(), it))}</h2>
            <p>{move || problem.with(|it| refusals::problem(i18n.get_locale(), it))}</p>
            <Show when=move || incident.with(|it| !it.is_empty())>
                <p class="incident">
                    <code>{move || t_string!(i18n, refusals.incident, incident = incident.get())}</code>
                    <CopyButton text=incident label=move || t_string!(i18n, parts.error_copy) />
                </p>
            </Show>
            {on_retry
                .map(|retry| {
                    view! {
                        <Show when=move || !refused()>
                            <div class="empty-actions">
                                <Button label=move || t_string!(i18n, common.retry) icon=Glyph::ROTATE_CW on_press=retry />
                            </div>
                        </Show>
                    }
                })}
        </div>
    }
}
