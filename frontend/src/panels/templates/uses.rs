//! What uses a template.

use leptos::prelude::*;
use model::{Template, TemplateUse};

use crate::i18n::messages::small;
use crate::i18n::{t_string, use_i18n};
use crate::panels::campaigns::CampaignBadge;
use crate::parts::{EmptyState, Glyph, Icon, MessageBadge};

/// The messages being written with it, and how many were made from it.
#[component]
pub(super) fn TemplateUses(
    /// The template.
    template: Signal<Template>,
) -> impl IntoView {
    let i18n = use_i18n();
    let made = move || {
        let n = template.with(|it| it.messages);
        t_string!(i18n, templates.messages_made, count = small(n), n = n)
    };
    let uses = Memo::new(move |_| template.with(|it| it.uses.clone()));
    view! {
        <p class="meta">{made}</p>
        <Show
            when=move || uses.with(|it| !it.is_empty())
            fallback=move || view! {
                <EmptyState
                    glyph=Glyph::FILE_TEXT
                    title=move || t_string!(i18n, templates.no_uses_title)
                    text=move || t_string!(i18n, templates.no_uses_text)
                />
            }
        >
            <p>{move || t_string!(i18n, templates.uses_lead)}</p>
            <ul class="template-uses">
                <For each=move || uses.get() key=key let:it>
                    <Use it=it />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Use(it: TemplateUse) -> impl IntoView {
    let i18n = use_i18n();
    match it {
        TemplateUse::Message { id, state, author } => view! {
            <li>
                <a href=format!("/messages/{id}") class="link-line">
                    <Icon glyph=Glyph::MAIL />
                    <span>{move || t_string!(i18n, messages.link_message, id = id.0)}</span>
                </a>
                <MessageBadge state=Signal::stored(state) />
                <span class="meta">{author}</span>
            </li>
        }
        .into_any(),
        TemplateUse::Campaign { id, name, state, author } => view! {
            <li>
                <a href=format!("/campaigns/{id}") class="link-line">
                    <Icon glyph=Glyph::SEND />
                    <span>{name}</span>
                </a>
                <CampaignBadge state=Signal::stored(state) />
                <span class="meta">{author}</span>
            </li>
        }
        .into_any(),
    }
}

/// Tells uses apart.
fn key(it: &TemplateUse) -> (bool, i64) {
    match it {
        TemplateUse::Message { id, .. } => (false, id.0),
        TemplateUse::Campaign { id, .. } => (true, id.0),
    }
}
