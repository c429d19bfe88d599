//! The text of a message as it left, in a frame that runs nothing.

use leptos::prelude::*;
use model::{Channel, MessageDetail, MessageId, MessageSource, MessageState};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::panels::loaded::Loaded;
use crate::panels::sms_text::TextLeaves;
use crate::parts::{Banner, RadioGroup, Tone};
use crate::state::message_outcome::has_left;

const SOURCE: &str = "source";
const HEADERS: &str = "headers";

/// As it left, its plain text, its source or its header fields.
#[component]
pub fn MessageBody(
    /// The message.
    message: Signal<MessageDetail>,
) -> impl IntoView {
    let i18n = use_i18n();
    let view = RwSignal::new("html".to_owned());
    // A draft has no final form yet; only its text can be shown.
    let has_html = Memo::new(move |_| message.with(|it| it.state != MessageState::Draft && it.channel == Channel::Email));
    let id = Memo::new(move |_| message.with(|it| it.id));
    let title = move || {
        if message.with(has_left) { t_string!(i18n, messages.frame_title) } else { t_string!(i18n, messages.frame_title_before) }
    };
    let shows_source = Memo::new(move |_| has_html.get() && view.with(|it| it == SOURCE || it == HEADERS));
    let shows_html = move || has_html.get() && view.with(|it| it == "html");
    let text = move || message.with(|it| it.text.clone());
    let erased_at = message.with_untracked(|it| it.erased_at);
    if erased_at.is_some() {
        return view! {
            <Banner tone=Tone::Warning text=move || t_string!(i18n, persons.erased_message_text) />
        }
        .into_any();
    }
    if message.with_untracked(|it| it.channel == Channel::Sms) {
        return view! { <TextBody message=message /> }.into_any();
    }
    view! {
        <div class="message-body">
            <Show when=move || has_html.get()>
                <RadioGroup
                    label=move || t_string!(i18n, messages.view)
                    options=vec![
                        ("html", (move || t_string!(i18n, messages.view_html)).into()),
                        ("text", (move || t_string!(i18n, messages.view_text)).into()),
                        (SOURCE, (move || t_string!(i18n, query.view_source)).into()),
                        (HEADERS, (move || t_string!(i18n, query.view_headers)).into()),
                    ]
                    value=view
                    segmented=true
                />
            </Show>
            <Show when=move || shows_source.get()>
                <Source id=id view=view />
            </Show>
            <Show when=move || !has_html.get() || view.with(|it| it == "text")>
                <pre class="message-text">{text}</pre>
            </Show>
            <Show when=shows_html>
                <iframe
                    class="mail-frame"
                    sandbox="allow-popups allow-popups-to-escape-sandbox"
                    referrerpolicy="no-referrer"
                    title=title
                    src=move || format!("/messages/{}/html", id.get())
                ></iframe>
            </Show>
        </div>
    }
    .into_any()
}

/// The mail as it is before it is signed, or its header fields alone.
#[component]
fn Source(id: Memo<MessageId>, view: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let answer = calls::ask(move || id.get(), app::history::open_message_source);
    view! {
        <Loaded answer=answer let:source>
            {move || {
                let MessageSource { headers, body, is_cut } = source.get();
                if view.with(|it| it == HEADERS) {
                    return view! { <pre class="message-source">{headers}</pre> }.into_any();
                }
                view! {
                    <pre class="message-source">{format!("{headers}\n\n{body}")}</pre>
                    {is_cut.then(|| view! { <p class="hint">{move || t_string!(i18n, query.source_cut)}</p> })}
                }
                .into_any()
            }}
        </Loaded>
        <p class="hint">{move || t_string!(i18n, query.source_note)}</p>
    }
}

/// A text message as it left, part by part.
#[component]
fn TextBody(message: Signal<MessageDetail>) -> impl IntoView {
    let text = Signal::derive(move || message.with(|it| it.text.clone()));
    view! {
        <div class="message-body">
            <TextLeaves text=text />
        </div>
    }
}
