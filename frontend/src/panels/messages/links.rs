//! What a message is linked to: its contact, its campaign, what it repeats, what repeats it.

use leptos::prelude::*;
use model::{MessageDetail, MessageId};

use crate::i18n::{t_string, use_i18n};
use crate::parts::{Glyph, Icon};

/// The links of a message.
#[component]
pub fn MessageLinks(
    /// The message.
    message: Signal<MessageDetail>,
) -> impl IntoView {
    let i18n = use_i18n();
    let contact = Memo::new(move |_| message.with(|it| it.contact.clone()));
    let earlier = Memo::new(move |_| message.with(|it| it.resend_of));
    let later = Memo::new(move |_| message.with(|it| it.resent_as.clone()));
    let template = Memo::new(move |_| message.with(|it| it.template.clone()));
    let campaign = Memo::new(move |_| message.with(|it| it.campaign.clone()));
    let nothing = move || {
        contact.with(Option::is_none)
            && campaign.with(Option::is_none)
            && earlier.get().is_none()
            && later.with(Vec::is_empty)
            && template.with(Option::is_none)
    };
    view! {
        <dl class="links">
            {move || {
                contact
                    .get()
                    .map(|(id, name)| {
                        view! {
                            <dt>{t_string!(i18n, messages.link_contact)}</dt>
                            <dd>
                                <a href=format!("/contacts/{id}") class="link-line">
                                    <Icon glyph=Glyph::USER />
                                    <span>{name}</span>
                                </a>
                            </dd>
                        }
                    })
            }}
            {move || {
                campaign
                    .get()
                    .map(|(id, name)| {
                        view! {
                            <dt>{t_string!(i18n, messages.link_campaign)}</dt>
                            <dd>
                                <a href=format!("/campaigns/{id}") class="link-line">
                                    <Icon glyph=Glyph::SEND />
                                    <span>{name}</span>
                                </a>
                            </dd>
                        }
                    })
            }}
            {move || {
                earlier
                    .get()
                    .map(|id| {
                        view! {
                            <dt>{t_string!(i18n, messages.link_resend_of)}</dt>
                            <dd><MessageLink id=id /></dd>
                        }
                    })
            }}
            {move || {
                template
                    .get()
                    .map(|(made, name)| {
                        view! {
                            <dt>{t_string!(i18n, messages.link_template)}</dt>
                            <dd>
                                <a href=format!("/templates/{}", made.id) class="link-line">
                                    <Icon glyph=Glyph::FILE_TEXT />
                                    <span>{name}</span>
                                </a>
                            </dd>
                        }
                    })
            }}
            <Show when=move || later.with(|it| !it.is_empty())>
                <dt>{move || t_string!(i18n, messages.link_resent_as)}</dt>
                <For each=move || later.get() key=|it| *it let:id>
                    <dd><MessageLink id=id /></dd>
                </For>
            </Show>
        </dl>
        <Show when=nothing>
            <p class="faint">{move || t_string!(i18n, messages.no_links)}</p>
        </Show>
    }
}

#[component]
fn MessageLink(id: MessageId) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a href=format!("/messages/{id}") class="link-line">
            <Icon glyph=Glyph::MAIL />
            <span>{move || t_string!(i18n, messages.link_message, id = id.0)}</span>
        </a>
    }
}
