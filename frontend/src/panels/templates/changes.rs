//! What differs between a version and the one before it.

use leptos::prelude::*;
use model::{TemplateDraft, TemplateId};

use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{t_string, templates as words, use_i18n, words as names};
use crate::panels::loaded::Loaded;
use crate::state::template_changes::{Changed, Line, changes};

/// The differences, place by place.
#[component]
pub(super) fn Changes(
    /// The template.
    template: TemplateId,
    /// The later version.
    version: u32,
) -> impl IntoView {
    let answer = calls::ask(
        move || version,
        move |version| async move {
            let earlier = app::templates::open_template_version(template, version - 1).await?;
            Ok((earlier, app::templates::open_template_version(template, version).await?))
        },
    );
    view! {
        <Loaded answer=answer lines=3 let:both>
            <Differences both=both />
        </Loaded>
    }
}

#[component]
fn Differences(both: Signal<(TemplateDraft, TemplateDraft)>) -> impl IntoView {
    let i18n = use_i18n();
    let told = Memo::new(move |_| both.with(|(earlier, later)| changes(earlier, later)));
    view! {
        <Show
            when=move || told.with(|it| !it.is_empty())
            fallback=move || view! { <p class="faint">{move || t_string!(i18n, templates.same_texts)}</p> }
        >
            {move || told.get().into_iter().map(|it| view! { <Difference changed=it /> }).collect_view()}
        </Show>
    }
}

#[component]
fn Difference(changed: Changed) -> impl IntoView {
    let i18n = use_i18n();
    let Changed { language, place, lines } = changed;
    view! {
        <section class="difference">
            <h3>{names::language(language)}" · "{move || words::place(i18n.get_locale(), place)}</h3>
            <div class="difference-lines">{lines.into_iter().map(|it| view! { <LineOf line=it /> }).collect_view()}</div>
        </section>
    }
}

#[component]
fn LineOf(line: Line) -> impl IntoView {
    let i18n = use_i18n();
    match line {
        Line::Same(text) => view! { <p>{text}</p> }.into_any(),
        Line::Gone(text) => {
            view! { <p><del><span class="visually-hidden">{move || t_string!(i18n, templates.line_gone)}</span>{text}</del></p> }
                .into_any()
        }
        Line::New(text) => {
            view! { <p><ins><span class="visually-hidden">{move || t_string!(i18n, templates.line_new)}</span>{text}</ins></p> }
                .into_any()
        }
        Line::Skipped(n) => {
            let words = move || t_string!(i18n, templates.lines_skipped, count = small(n as u64), n = n);
            view! { <p class="faint">{words}</p> }.into_any()
        }
    }
}
