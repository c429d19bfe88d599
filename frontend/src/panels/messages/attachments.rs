//! The files that a message carries.

use leptos::prelude::*;
use model::{Attachment, MessageDetail};

use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Glyph, Icon};

/// The files, each to be downloaded.
#[component]
pub fn AttachmentList(
    /// The message.
    message: Signal<MessageDetail>,
) -> impl IntoView {
    let i18n = use_i18n();
    let files = Memo::new(move |_| message.with(|it| it.attachments.clone()));
    let id = Memo::new(move |_| message.with(|it| it.id));
    let total = move || format::size(i18n.get_locale(), files.with(|it| it.iter().map(|it| it.size).sum()));
    view! {
        <Show
            when=move || files.with(|it| !it.is_empty())
            fallback=move || view! { <p class="faint">{move || t_string!(i18n, messages.no_attachments)}</p> }
        >
            <ul class="file-list">
                <For each=move || files.get() key=|it| it.id let:file>
                    <File address=format!("/messages/{}/attachments/{}", id.get_untracked(), file.id) file=file />
                </For>
            </ul>
            <p class="meta">{move || t_string!(i18n, messages.total, size = total())}</p>
        </Show>
    }
}

#[component]
fn File(file: Attachment, address: String) -> impl IntoView {
    let i18n = use_i18n();
    let Attachment { name, media_type, size, .. } = file;
    let own = name.clone();
    view! {
        <li>
            <a
                class="file"
                href=address
                download=name.clone()
                title=move || t_string!(i18n, messages.download, name = own.clone())
            >
                <Icon glyph=glyph_of(&media_type) />
                <span class="file-name clip">{name.clone()}</span>
                <span class="meta">{move || format::size(i18n.get_locale(), size)}</span>
                <Icon glyph=Glyph::DOWNLOAD />
            </a>
        </li>
    }
}

/// The picture of a kind of file.
pub fn glyph_of(media_type: &str) -> Glyph {
    if media_type.starts_with("image/") {
        Glyph::IMAGE
    } else if media_type.starts_with("text/") || media_type == "application/pdf" {
        Glyph::FILE_TEXT
    } else {
        Glyph::FILE
    }
}
