//! The views of a captured mail that people read: HTML, text, headers, files.

use leptos::prelude::*;
use model::{CapturedId, CapturedMail, CapturedPart};

use super::mail::subject_of;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::panels::messages::attachments::glyph_of;
use crate::parts::{Glyph, Icon, Switch};

/// As the recipient would see it, in a frame that runs nothing; pictures of other machines only when they are wanted.
#[component]
pub(super) fn Html(mail: Signal<CapturedMail>) -> impl IntoView {
    let i18n = use_i18n();
    let pictures = RwSignal::new(false);
    let has_html = Memo::new(move |_| mail.with(|it| it.has_html));
    let id = Memo::new(move |_| mail.with(|it| it.row.id));
    let address = move || {
        let query = if pictures.get() { "?pictures=show" } else { "" };
        format!("/captured/{}/html{query}", id.get())
    };
    let nothing = move || view! { <p class="captured-nothing">{move || t_string!(i18n, capture.no_html)}</p> };
    view! {
        <Show when=move || has_html.get() fallback=nothing>
            <div class="captured-bar">
                <Switch
                    label=move || t_string!(i18n, capture.pictures)
                    checked=pictures
                    hint=move || t_string!(i18n, capture.pictures_hint)
                />
            </div>
            <iframe
                class="mail-frame"
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                referrerpolicy="no-referrer"
                title=move || t_string!(i18n, capture.html_frame, subject = mail.with(|it| subject_of(i18n, it)))
                src=address
            ></iframe>
        </Show>
    }
}

/// Its plain text.
#[component]
pub(super) fn Text(mail: Signal<CapturedMail>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || mail.with(|it| it.text.clone());
    let nothing = move || view! { <p class="captured-nothing">{move || t_string!(i18n, capture.no_text)}</p> };
    view! {
        <Show when=move || mail.with(|it| !it.text.trim().is_empty()) fallback=nothing>
            <pre class="message-text">{text}</pre>
        </Show>
    }
}

/// All headers in their order.
#[component]
pub(super) fn Headers(mail: Signal<CapturedMail>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        let headers = mail.with(|it| it.headers.clone());
        headers.into_iter().map(|(name, value)| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> }).collect_view()
    };
    view! {
        <table class="captured-headers">
            <thead class="visually-hidden">
                <tr>
                    <th scope="col">{move || t_string!(i18n, capture.header_name)}</th>
                    <th scope="col">{move || t_string!(i18n, capture.header_value)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The files in it, each to be downloaded.
#[component]
pub(super) fn Files(mail: Signal<CapturedMail>) -> impl IntoView {
    let i18n = use_i18n();
    let id = move || mail.with_untracked(|it| it.row.id);
    let nothing = move || view! { <p class="captured-nothing">{move || t_string!(i18n, capture.no_files)}</p> };
    view! {
        <Show when=move || mail.with(|it| !it.parts.is_empty()) fallback=nothing>
            <ul class="file-list">
                <For each=move || mail.with(|it| it.parts.clone()) key=|it| it.index let:part>
                    <File mail=id() part=part />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn File(mail: CapturedId, part: CapturedPart) -> impl IntoView {
    let i18n = use_i18n();
    let CapturedPart { index, name, media_type, size } = part;
    let glyph = glyph_of(&media_type);
    let shown = Memo::new(move |_| match name.as_str() {
        "" => t_string!(i18n, capture.file_unnamed).to_owned(),
        name => name.to_owned(),
    });
    view! {
        <li>
            <a
                class="file"
                href=format!("/captured/{mail}/parts/{index}")
                download=move || shown.get()
                aria-label=move || t_string!(i18n, capture.download_of, name = shown.get())
            >
                <Icon glyph=glyph />
                <span class="file-name clip">{shown}</span>
                <span class="meta">{move || format!("{media_type} · {}", format::size(i18n.get_locale(), size))}</span>
                <Icon glyph=Glyph::DOWNLOAD />
            </a>
        </li>
    }
}
