//! Below a delivery: what was reported about it.

use leptos::prelude::*;
use model::{BounceKind, BounceNote, Change, DeliveryId, MessageId};

use crate::calls::{self, Answer};
use crate::i18n::{returns as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Mark, MarkBadge, When};

/// What was reported about the deliveries of a message.
pub fn notes_of(id: Signal<MessageId>) -> Answer<Vec<BounceNote>> {
    let live = Live::find();
    calls::ask(move || (id.get(), live.version(Change::Messages)), |(id, _)| app::bounces::list_message_bounces(id))
}

/// The reports about one delivery; nothing when there are none.
#[component]
pub fn BounceNotes(
    /// What is known about the message.
    notes: Answer<Vec<BounceNote>>,
    /// The delivery.
    delivery: DeliveryId,
) -> impl IntoView {
    let i18n = use_i18n();
    let own = Memo::new(move |_| {
        let of = |it: &Vec<BounceNote>| it.iter().filter(|it| it.delivery == delivery).cloned().collect::<Vec<_>>();
        notes.with(|it| it.map(of)).unwrap_or_default()
    });
    view! {
        <Show when=move || own.with(|it| !it.is_empty())>
            <section class="bounce-notes">
                <h4>{move || t_string!(i18n, returns.notes)}</h4>
                <ol class="attempts">
                    {move || own.get().into_iter().map(|it| view! { <Note note=it /> }).collect_view()}
                </ol>
            </section>
        </Show>
    }
}

#[component]
fn Note(note: BounceNote) -> impl IntoView {
    let i18n = use_i18n();
    let BounceNote { kind, at, code, words: said, matched_by, .. } = note;
    view! {
        <li class="attempt">
            <p class="attempt-line">
                <MarkBadge mark=Signal::stored(mark(kind)) word=move || words::kind(i18n.get_locale(), kind) />
                <When at=Signal::stored(at) />
                {(!code.is_empty()).then(|| view! { <span class="meta">{code}</span> })}
                <span class="meta">{move || words::matched_by(i18n.get_locale(), matched_by)}</span>
            </p>
            {(!said.is_empty())
                .then(|| view! {
                    <pre class="literal" tabindex="0" aria-label=move || t_string!(i18n, returns.column_words)>{said}</pre>
                })}
        </li>
    }
}

/// The look of what a report says.
pub(super) fn mark(kind: BounceKind) -> Mark {
    match kind {
        BounceKind::Hard | BounceKind::Complaint => Mark::Failed,
        BounceKind::Soft => Mark::Partly,
        BounceKind::Delayed => Mark::Deferred,
    }
}
