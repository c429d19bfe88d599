//! What is offered while one types a recipient: contacts, lists and segments.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{ContactOffer, EmailAddress, Permission, PickOffers, Purpose, SetOffer};

use super::line::{Line, LineWords, Picked};
use crate::browser::focus;
use crate::browser::timer::{self, Pause};
use crate::i18n::{t_string, use_i18n};
use crate::session::Session;
use crate::state::recipients::{PickedSet, RecipientField};

/// How long typing must rest before it is asked, in milliseconds.
const REST_MS: u32 = 150;

/// What is offered for one field, and which of it the keyboard is on.
#[derive(Clone, Copy)]
pub(in crate::panels) struct Offers {
    list: RwSignal<Vec<Line>>,
    /// None while what is typed stands for itself.
    place: RwSignal<Option<usize>>,
    turn: StoredValue<u32>,
    pause: StoredValue<Pause>,
    session: Session,
}

impl Offers {
    /// Nothing offered yet.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            place: RwSignal::new(None),
            turn: StoredValue::new(0),
            pause: StoredValue::new(Pause::new(REST_MS)),
            session: Session::find(),
        }
    }

    /// Asks what to offer for words. `load` fetches the lines and says whether the keyboard goes to the first of them.
    pub fn ask<F>(self, words: &str, load: impl Fn(String) -> F + 'static)
    where
        F: Future<Output = Option<(Vec<Line>, bool)>> + 'static,
    {
        let words = words.trim().to_owned();
        let own = self.turn.get_value() + 1;
        self.turn.set_value(own);
        if words.chars().count() < 2 || !untrack(|| self.session.can(Permission::ContactsView)) {
            return self.close();
        }
        self.pause.with_value(|it| {
            it.then(move || {
                let coming = load(words);
                spawn_local(async move {
                    let Some((lines, leads)) = coming.await else { return };
                    if self.turn.try_get_value() == Some(own) {
                        self.place.set(leads.then_some(0));
                        self.list.set(lines);
                    }
                });
            });
        });
    }

    /// Takes the offers away, also those that are still to come.
    pub fn close(self) {
        self.turn.update_value(|it| *it += 1);
        self.pause.with_value(Pause::forget);
        if self.list.with_untracked(|it| !it.is_empty()) {
            self.list.set(Vec::new());
        }
    }

    /// Whether anything is offered, subscribing to changes.
    pub fn is_open(self) -> bool {
        self.list.with(|it| !it.is_empty())
    }

    /// How many are offered, subscribing to changes.
    pub fn len(self) -> u32 {
        self.list.with(Vec::len) as u32
    }

    /// The place of the keyboard, subscribing to changes.
    pub fn place(self) -> Option<usize> {
        self.place.get()
    }

    /// Moves the keyboard by so many places; the ends are joined.
    pub fn step(self, by: i32) {
        let n = self.list.with_untracked(Vec::len) as i32;
        if 0 < n {
            self.place.update(|it| {
                let next = match *it {
                    Some(place) => (place as i32 + by).rem_euclid(n),
                    None if by < 0 => n - 1,
                    None => 0,
                };
                *it = Some(next as usize);
            });
        }
    }

    /// The offer that the keyboard is on.
    pub fn chosen(self) -> Option<Picked> {
        let place = self.place.get_untracked()?;
        self.list.with_untracked(|it| it.get(place).and_then(Line::picked))
    }
}

/// Fetches what to offer for words in a field of addresses: contacts first, then sets; what the field has already is left out.
pub(super) async fn people(words: String, field: RwSignal<RecipientField>) -> Option<(Vec<Line>, bool)> {
    let offers: PickOffers = app::picker::offer_picks(words, Purpose::General).await.ok()?;
    field.try_with_untracked(|field| {
        let is_new = |it: &ContactOffer| it.email.as_ref().is_none_or(|email| !field.has(email));
        let contacts = offers.contacts.into_iter().filter(is_new).map(Line::Contact);
        let lines = contacts.chain(sets(offers.sets, field.sets())).collect();
        // An address typed to its end is meant as it stands.
        (lines, EmailAddress::parse(field.typed()).is_err())
    })
}

/// Lines of the sets that are not picked already.
pub(in crate::panels) fn sets(offered: Vec<SetOffer>, picked: &[PickedSet]) -> impl Iterator<Item = Line> {
    let is_new = |it: &SetOffer| picked.iter().all(|set| set.offer.audience != it.audience);
    offered.into_iter().filter(is_new).map(Line::Set)
}

/// The list under the field.
#[component]
pub(in crate::panels) fn OfferList(
    /// What is offered.
    offers: Offers,
    /// The id of the list; its items add their place.
    id: String,
    /// Called with the offer that is taken.
    on_pick: Callback<(Picked,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Ul>::new();
    let id = StoredValue::new(id);
    Effect::new(move |_| {
        offers.place();
        timer::after(0, move || {
            if let Some(list) = node.try_get_untracked().flatten() {
                focus::reveal_within(&list, "[aria-selected=true]");
            }
        });
    });
    let rows = move || offers.list.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <Show when=move || offers.is_open()>
            <ul
                class="offers"
                role="listbox"
                id=id.get_value()
                node_ref=node
                aria-label=move || t_string!(i18n, picker.offers)
                // A click must not take the keyboard out of the field.
                on:mousedown=|event| event.prevent_default()
            >
                {move || {
                    rows()
                        .into_iter()
                        .map(|(place, line)| {
                            let item_id = id.with_value(|it| format!("{it}-{place}"));
                            view! { <Offer id=item_id line=line here=Signal::derive(move || offers.place() == Some(place)) on_pick=on_pick /> }
                        })
                        .collect_view()
                }}
            </ul>
        </Show>
    }
}

#[component]
fn Offer(id: String, line: Line, here: Signal<bool>, on_pick: Callback<(Picked,)>) -> impl IntoView {
    let picked = line.picked();
    let disabled = picked.is_none();
    let pick = move |_| {
        if let Some(picked) = picked.clone() {
            on_pick.run((picked,));
        }
    };
    view! {
        <li
            role="option"
            id=id
            aria-selected=move || here.get().to_string()
            aria-disabled=disabled.then_some("true")
            on:click=pick
        >
            <LineWords line=line />
        </li>
    }
}
