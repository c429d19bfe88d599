//! The mail as a sheet beside its text, and what is missing in it.

use leptos::html;
use leptos::prelude::*;
use model::{MergeField, UnresolvedField};

use crate::browser::frame;
use crate::i18n::messages::small;
use crate::i18n::{merge, t_string, use_i18n};

/// The fields without a value for the person who is shown.
#[component]
pub fn Missing(
    /// The fields, each once.
    #[prop(into)]
    unresolved: Signal<Vec<UnresolvedField>>,
    /// What may be named.
    fields: Signal<Vec<MergeField>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let unresolved = Memo::new(move |_| unresolved.get());
    let title = move || {
        let n = small(unresolved.with(Vec::len) as u64);
        t_string!(i18n, template_edit.unresolved, count = n, n = n)
    };
    let rows = move || {
        let fields = fields.get();
        let words = |it: UnresolvedField| {
            let label = fields.iter().find(|known| known.path == it.path).map_or(&it.path, |known| &known.label);
            merge::unresolved(i18n.get_locale(), label, it.row, it.reason)
        };
        unresolved.get().into_iter().map(|it| view! { <li>{words(it)}</li> }).collect_view()
    };
    view! {
        <Show when=move || unresolved.with(|it| !it.is_empty())>
            <div class="preview-unresolved" role="status">
                <strong>{title}</strong>
                <ul>{rows}</ul>
            </div>
        </Show>
    }
}

/// The mail in a frame that runs nothing; it is written from outside, so that it keeps its scroll place.
#[component]
pub fn MailFrame(
    /// What it shows, for those who do not see it.
    #[prop(into, optional)]
    title: Option<TextProp>,
    /// The document; nothing while there is none.
    #[prop(into)]
    page: Signal<Option<String>>,
    /// Whether it is shown as programs do that darken mails.
    #[prop(into, optional)]
    dark: Signal<bool>,
    /// Whether pictures on other machines may be fetched.
    #[prop(into, optional)]
    remote: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Iframe>::new();
    let page = Memo::new(move |_| page.get());
    // Until then the frame holds an empty page under our own policy, which lets no style of a mail through.
    let is_loaded = StoredValue::new(false);
    let write = move || {
        if let Some(frame) = node.try_get_untracked().flatten().filter(|_| is_loaded.get_value()) {
            page.with_untracked(|it| frame::write_document(&frame, it.as_deref().unwrap_or_default(), dark.get_untracked()));
        }
    };
    Effect::new(move |_| {
        page.track();
        dark.track();
        write();
    });
    let address = move || if remote.get() { "/preview?pictures=show" } else { "/preview" };
    view! {
        <iframe
            class="mail-frame"
            class:dark=dark
            sandbox="allow-same-origin"
            referrerpolicy="no-referrer"
            title=move || title.as_ref().map_or_else(|| t_string!(i18n, template_edit.preview_frame).into(), TextProp::get)
            src=address
            node_ref=node
            on:load=move |_| {
                is_loaded.set_value(true);
                write();
            }
        ></iframe>
    }
}
