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
