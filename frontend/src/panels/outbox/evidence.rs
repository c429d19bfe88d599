//! What is known about one delivery: when it was tried, by which relay, under which protection, with which literal answer.

use leptos::prelude::*;
use model::{DeliveryId, OutboxEvidence};

use crate::calls;
use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::panels::loaded::Loaded;
use crate::panels::messages::deliveries::Try;
use crate::parts::Dialog;

/// The evidence in a dialog, so that the list stays where it is.
#[component]
pub fn EvidenceDialog(
    /// Of which delivery.
    what: RwSignal<Option<DeliveryId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    // Each follows the other, and says only what is new: else they would answer one another for ever.
    Effect::new(move |_| {
        let is_asked = what.with(Option::is_some);
        if open.get_untracked() != is_asked {
            open.set(is_asked);
        }
    });
    Effect::new(move |_| {
        if !open.get() && what.with_untracked(Option::is_some) {
            what.set(None);
        }
    });
    view! {
        <Dialog title=move || t_string!(i18n, outbox.evidence) open=open wide=true>
            {move || what.get().map(|id| view! { <Evidence id=id /> })}
        </Dialog>
    }
}

#[component]
fn Evidence(id: DeliveryId) -> impl IntoView {
    let answer = calls::ask(move || id, app::outbox::open_delivery);
    view! {
        <Loaded answer=answer let:evidence>
            <Tries evidence=evidence />
        </Loaded>
    }
}

#[component]
fn Tries(evidence: Signal<OutboxEvidence>) -> impl IntoView {
    let i18n = use_i18n();
    let address = move || evidence.with(|it| t_string!(i18n, outbox.evidence_of, address = it.address.shown()));
    let handed = move || {
        let at = evidence.with(|it| it.handed_at)?;
        Some(t_string!(i18n, outbox.evidence_handed, when = format::exact(i18n.get_locale(), at)))
    };
    view! {
        <p>{address} " " {handed}</p>
        <ol class="attempts">
            <For each=move || evidence.with(|it| it.attempts.clone()) key=|it| it.number let:attempt>
                <Try attempt=attempt />
            </For>
        </ol>
    }
}
