//! The keys of a domain, and making new ones.

use leptos::prelude::*;
use model::{Change, DkimAlgorithm, DkimKey, DomainName};

use super::key::Key;
use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Act, Button, EmptyState, Glyph};
use crate::toast::Toasts;

/// All keys of the domain, the newest first, and below them what makes another.
#[component]
pub fn DomainKeys(
    /// Whose keys.
    domain: DomainName,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let asked = domain.clone();
    let keys = calls::ask(
        move || live.version(Change::Accounts),
        move |_| {
            let domain = asked.clone();
            app::dkim::list_dkim_keys(domain)
        },
    );
    view! {
        <section class="sheet-part">
            <header>
                <h2>{move || t_string!(i18n, senders.keys)}</h2>
                <p class="hint">{move || t_string!(i18n, senders.keys_hint)}</p>
            </header>
            <Loaded answer=keys let:keys>
                <KeyList keys=keys />
            </Loaded>
        </section>
        <section class="acts">
            <Make domain=domain.clone() algorithm=DkimAlgorithm::Rsa />
            <Make domain=domain algorithm=DkimAlgorithm::Ed25519 />
        </section>
    }
}

#[component]
fn KeyList(keys: Signal<Vec<DkimKey>>) -> impl IntoView {
    let i18n = use_i18n();
    let ids = move || keys.with(|it| it.iter().map(|it| it.id).collect::<Vec<_>>());
    view! {
        <Show
            when=move || keys.with(|it| !it.is_empty())
            fallback=move || view! {
                <EmptyState
                    glyph=Glyph::KEY_ROUND
                    title=move || t_string!(i18n, senders.keys_empty_title)
                    text=move || t_string!(i18n, senders.keys_empty_text)
                />
            }
        >
            <ul class="keys">
                <For each=ids key=|it| *it let:id>
                    {
                        let key = Memo::new(move |before: Option<&Option<DkimKey>>| {
                            keys.with(|it| it.iter().find(|it| it.id == id).cloned()).or_else(|| before.cloned().flatten())
                        });
                        view! { <Key key=key /> }
                    }
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Make(domain: DomainName, algorithm: DkimAlgorithm) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let text = move || match algorithm {
        DkimAlgorithm::Rsa => t_string!(i18n, senders.make_rsa_text),
        DkimAlgorithm::Ed25519 => t_string!(i18n, senders.make_ed25519_text),
    };
    let label = move || match algorithm {
        _ if busy.get() => t_string!(i18n, senders.making),
        DkimAlgorithm::Rsa => t_string!(i18n, senders.make_rsa),
        DkimAlgorithm::Ed25519 => t_string!(i18n, senders.make_ed25519),
    };
    let make = move || {
        calls::act(busy, app::dkim::make_dkim_key(domain.clone(), algorithm), move |key| {
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, senders.made, selector = key.selector));
        });
    };
    view! {
        <Act text=text>
            <Button label=label icon=Glyph::KEY_ROUND busy=busy on_press=make />
        </Act>
    }
}
