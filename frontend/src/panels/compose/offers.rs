//! Addresses offered while one types a recipient.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{EmailAddress, Permission, RecipientOffer};

use crate::browser::focus;
use crate::browser::timer::{self, Pause};
use crate::i18n::{t_string, use_i18n};
use crate::parts::Avatar;
use crate::session::Session;
use crate::state::recipients::RecipientField;

/// How long typing must rest before it is asked, in milliseconds.
const REST_MS: u32 = 150;

/// What is offered for one field, and which of it the keyboard is on.
#[derive(Clone, Copy)]
pub(super) struct Offers {
    list: RwSignal<Vec<RecipientOffer>>,
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

    /// Asks what to offer for what is typed; addresses that the field has already are left out.
    pub fn ask(self, field: RwSignal<RecipientField>) {
        let words = field.with_untracked(|it| it.typed().trim().to_owned());
        let own = self.turn.get_value() + 1;
        self.turn.set_value(own);
        if words.chars().count() < 2 || !untrack(|| self.session.can(Permission::ContactsView)) {
            return self.close();
        }
        self.pause.with_value(|it| {
            it.then(move || {
                spawn_local(async move {
                    let Ok(mut offers) = app::contacts::offer_recipients(words).await else { return };
                    if self.turn.try_get_value() == Some(own) {
                        offers.retain(|it| field.with_untracked(|field| !field.has(&it.email)));
                        // An address typed to its end is meant as it stands.
                        let is_address = field.with_untracked(|it| EmailAddress::parse(it.typed()).is_ok());
                        self.place.set((!is_address).then_some(0));
                        self.list.set(offers);
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
    pub fn chosen(self) -> Option<RecipientOffer> {
        let place = self.place.get_untracked()?;
        self.list.with_untracked(|it| it.get(place).cloned())
    }
}

/// The list under the field.
#[component]
pub(super) fn OfferList(
    /// What is offered.
    offers: Offers,
    /// The id of the list; its items add their place.
    id: String,
    /// Called with the offer that is taken.
    on_pick: Callback<(RecipientOffer,)>,
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
                aria-label=move || t_string!(i18n, messages.offers)
                // A click must not take the keyboard out of the field.
                on:mousedown=|event| event.prevent_default()
            >
                {move || {
                    rows()
                        .into_iter()
                        .map(|(place, offer)| {
                            let item_id = id.with_value(|it| format!("{it}-{place}"));
                            view! { <Offer id=item_id offer=offer here=Signal::derive(move || offers.place() == Some(place)) on_pick=on_pick /> }
                        })
                        .collect_view()
                }}
            </ul>
        </Show>
    }
}

#[component]
fn Offer(id: String, offer: RecipientOffer, here: Signal<bool>, on_pick: Callback<(RecipientOffer,)>) -> impl IntoView {
    let shown = offer.clone();
    let company = shown.company_name;
    view! {
        <li
            role="option"
            id=id
            aria-selected=move || here.get().to_string()
            on:click=move |_| on_pick.run((offer.clone(),))
        >
            <Avatar name=Signal::stored(shown.name.clone()) />
            <span class="offer-words">
                <span class="clip">
                    <strong>{shown.name}</strong>
                    {(!company.is_empty()).then(|| view! { <span class="meta">{company}</span> })}
                </span>
                <span class="meta clip">{shown.email.to_string()}</span>
            </span>
        </li>
    }
}
