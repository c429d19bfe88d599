//! What was done to one thing, newest first.

use leptos::prelude::*;
use model::{AuditEntry, AuditId, UserId};

use crate::i18n::{deeds, t_string, use_i18n};
use crate::parts::When;

/// Entries of the action log about one thing: what, who, when.
#[component]
pub fn Timeline(
    /// The entries, newest first.
    #[prop(into)]
    entries: Signal<Vec<AuditEntry>>,
    /// What stands there when there are none.
    #[prop(into)]
    empty: TextProp,
    /// What else is known about entries, in lines below them.
    #[prop(into, optional)]
    more: Signal<Vec<(AuditId, Vec<String>)>>,
) -> impl IntoView {
    let empty = StoredValue::new(empty);
    view! {
        <Show
            when=move || entries.with(|it| !it.is_empty())
            fallback=move || view! { <p class="faint">{move || empty.with_value(TextProp::get)}</p> }
        >
            <ol class="timeline">
                <For each=move || entries.get() key=|it| it.id let:entry>
                    <Entry entry=entry more=more />
                </For>
            </ol>
        </Show>
    }
}

#[component]
fn Entry(entry: AuditEntry, more: Signal<Vec<(AuditId, Vec<String>)>>) -> impl IntoView {
    let i18n = use_i18n();
    let entry_id = entry.id;
    let lines = move || {
        let lines = more.with(|it| it.iter().find(|it| it.0 == entry_id).map(|it| it.1.clone()));
        lines.map(|it| {
            view! { <ul class="timeline-more">{it.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul> }
        })
    };
    let AuditEntry { at, actor: (id, name), deed, .. } = entry;
    let actor = move || if id == UserId::SYSTEM { t_string!(i18n, common.system).to_owned() } else { name.clone() };
    view! {
        <li>
            <span class="timeline-deed">{move || deeds::deed(i18n.get_locale(), &deed)}</span>
            <span class="timeline-who">{actor}</span>
            <When at=Signal::stored(at) />
            {lines}
        </li>
    }
}
