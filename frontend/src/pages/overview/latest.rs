//! The newest messages.

use leptos::prelude::*;
use model::{MessageRow, MessageState, Overview};

use crate::i18n::{t_string, use_i18n};
use crate::panels::messages::state::ShownBadge;
use crate::parts::{ButtonKind, ButtonLink, EmptyState, Glyph, When};
use crate::state::message_acts::shown;

/// A short list, or a word about the first message.
#[component]
pub(super) fn Latest(overview: Signal<Overview>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = Memo::new(move |_| overview.with(|it| it.latest.clone()));
    view! {
        <section class="card latest">
            <header>
                <h2>{move || t_string!(i18n, overview.latest)}</h2>
                <a href="/messages" class="more">{move || t_string!(i18n, overview.all_messages)}</a>
            </header>
            <Show
                when=move || rows.with(|it| !it.is_empty())
                fallback=move || view! {
                    <EmptyState
                        glyph=Glyph::SEND
                        title=move || t_string!(i18n, overview.empty_title)
                        text=move || t_string!(i18n, overview.empty_text)
                    >
                        <ButtonLink
                            label=move || t_string!(i18n, frame.write)
                            href="/write".to_owned()
                            kind=ButtonKind::Primary
                            icon=Glyph::PENCIL
                        />
                    </EmptyState>
                }
            >
                <ul>{move || rows.get().into_iter().map(|it| view! { <Line row=it /> }).collect_view()}</ul>
            </Show>
        </section>
    }
}

#[component]
fn Line(row: MessageRow) -> impl IntoView {
    let i18n = use_i18n();
    let shown = shown(&row);
    let MessageRow { subject, recipient, state, .. } = row;
    let at = row.sent_at.unwrap_or(row.created_at);
    // Drafts are written on, everything else is looked at.
    let href = match state {
        MessageState::Draft => format!("/write?draft={}", row.id),
        _ => format!("/messages/{}", row.id),
    };
    let or = |text: &str, other: &'static str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    view! {
        <li>
            <a href=href>
                <span class="to">{move || or(&recipient, t_string!(i18n, overview.no_recipient))}</span>
                <span class="subject">{move || or(&subject, t_string!(i18n, overview.no_subject))}</span>
                <ShownBadge shown=Signal::stored(shown) />
                <When at=at />
            </a>
        </li>
    }
}
