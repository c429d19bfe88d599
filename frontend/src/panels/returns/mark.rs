//! At an address of a contact: how often mails to it came back.

use leptos::prelude::*;
use model::{BouncedAddress, BouncedState, Change, ContactId};

use crate::calls::{self, Answer};
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Mark, MarkBadge};

/// The addresses of a contact that mails came back from.
pub fn bounces_of(id: Signal<ContactId>) -> Answer<Vec<BouncedAddress>> {
    let live = Live::find();
    calls::ask(
        move || (id.get(), live.version(Change::Suppressions), live.version(Change::Contacts)),
        |(id, ..)| app::bounces::list_contact_bounces(id),
    )
}

/// How often mails to the address came back, with the way to the last one; nothing when none did.
#[component]
pub fn BounceMark(
    /// What is known about the contact.
    bounces: Answer<Vec<BouncedAddress>>,
    /// The address.
    #[prop(into)]
    address: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let own = Memo::new(move |_| {
        let address = address.get().to_lowercase();
        bounces.with(|it| it.and_then(|it| it.iter().find(|it| it.address == address).cloned()))
    });
    let proposed = move || own.with(|it| it.as_ref().is_some_and(|it| it.state == BouncedState::Proposed));
    let word = move || match proposed() {
        true => t_string!(i18n, returns.contact_proposed),
        false => t_string!(i18n, returns.contact_mark),
    };
    let counts = move |it: &BouncedAddress| t_string!(i18n, returns.contact_bounces, hard = it.hard, soft = it.soft);
    move || {
        own.get().map(|it| {
            let words = counts(&it);
            let code = it.last_code.clone();
            view! {
                <span class="address-state">
                    <MarkBadge mark=Signal::stored(Mark::Failed) word=word />
                    <span class="meta">{words} {(!code.is_empty()).then(|| format!(" · {code}"))}</span>
                    {it.message.map(|id| view! {
                        <a class="meta" href=format!("/messages/{id}?tab=deliveries")>
                            {move || t_string!(i18n, returns.last_message)}
                        </a>
                    })}
                </span>
            }
        })
    }
}
