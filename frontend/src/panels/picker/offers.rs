//! What is offered while one types a recipient: contacts, lists and segments.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{ContactOffer, EmailAddress, Permission, PickOffers, Purpose, SetOffer};

use super::sets::glyph;
use crate::browser::focus;
use crate::browser::timer::{self, Pause};
use crate::format;
use crate::i18n::{language, messages as words, suppressions, t_string, use_i18n};
use crate::parts::{Avatar, Glyph, Icon};
use crate::session::Session;
use crate::state::recipients::RecipientField;

/// How long typing must rest before it is asked, in milliseconds.
const REST_MS: u32 = 150;

/// What was taken of the offers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Picked {
    /// The name and the address of a contact.
    Address(String, EmailAddress),
    /// A set.
    Set(SetOffer),
}

/// One line of the offers.
#[derive(Clone, Debug, PartialEq)]
enum Line {
    Contact(ContactOffer),
    Set(SetOffer),
}

impl Line {
    fn picked(&self) -> Option<Picked> {
        match self {
            Self::Contact(it) => it.email.clone().map(|email| Picked::Address(it.name.clone(), email)),
            Self::Set(it) => Some(Picked::Set(it.clone())),
        }
    }
}

/// What is offered for one field, and which of it the keyboard is on.
#[derive(Clone, Copy)]
pub(super) struct Offers {
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
                    let Ok(offers) = app::picker::offer_picks(words, Purpose::General).await else { return };
                    if self.turn.try_get_value() == Some(own) {
                        let lines = field.with_untracked(|field| lines(offers, field));
                        // An address typed to its end is meant as it stands.
                        let is_address = field.with_untracked(|it| EmailAddress::parse(it.typed()).is_ok());
                        self.place.set((!is_address).then_some(0));
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

/// Contacts first, then sets; what the field has already is left out.
fn lines(offers: PickOffers, field: &RecipientField) -> Vec<Line> {
    let is_new = |it: &ContactOffer| it.email.as_ref().is_none_or(|email| !field.has(email));
    let contacts = offers.contacts.into_iter().filter(is_new).map(Line::Contact);
    let has_set = |it: &SetOffer| field.sets().iter().any(|set| set.offer.audience == it.audience);
    contacts.chain(offers.sets.into_iter().filter(|it| !has_set(it)).map(Line::Set)).collect()
}

/// The list under the field.
#[component]
pub(super) fn OfferList(
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
    let inside = match line {
        Line::Contact(offer) => view! { <ContactLine offer=offer /> }.into_any(),
        Line::Set(offer) => view! { <SetLine offer=offer /> }.into_any(),
    };
    view! {
        <li
            role="option"
            id=id
            aria-selected=move || here.get().to_string()
            aria-disabled=disabled.then_some("true")
            on:click=pick
        >
            {inside}
        </li>
    }
}

#[component]
fn ContactLine(offer: ContactOffer) -> impl IntoView {
    let i18n = use_i18n();
    let ContactOffer { name, company_name, email, addresses, suppressed, .. } = offer;
    let address = move || match &email {
        Some(email) => email.shown(),
        None => t_string!(i18n, picker.no_address).to_owned(),
    };
    let several = move || (1 < addresses).then(|| t_string!(i18n, picker.addresses, count = addresses, n = addresses));
    view! {
        <Avatar name=Signal::stored(name.clone()) />
        <span class="offer-words">
            <span class="clip">
                <strong>{name}</strong>
                {(!company_name.is_empty()).then(|| view! { <span class="meta">{company_name}</span> })}
            </span>
            <span class="meta clip">{address}{move || several().map(|it| view! { <span class="offer-more">{it}</span> })}</span>
        </span>
        {suppressed
            .map(|cause| {
                let why = move || suppressions::why(i18n.get_locale(), &cause);
                view! { <span class="offer-suppressed"><Icon glyph=Glyph::BAN /><span class="clip">{why}</span></span> }
            })}
    }
}

#[component]
fn SetLine(offer: SetOffer) -> impl IntoView {
    let i18n = use_i18n();
    let SetOffer { audience, name, members } = offer;
    let kind = move || match audience {
        model::Audience::List(_) => t_string!(i18n, picker.list),
        model::Audience::Segment(_) => t_string!(i18n, picker.segment),
    };
    let count = move || {
        members.map(|n| {
            let shown = format::number(language(i18n.get_locale()), n);
            t_string!(i18n, picker.members, count = words::small(n), n = shown)
        })
    };
    view! {
        <span class="offer-set"><Icon glyph=glyph(audience) /></span>
        <span class="offer-words">
            <span class="clip"><strong>{name}</strong></span>
            <span class="meta clip">{kind}{move || count().map(|it| view! { <span class="offer-more">{it}</span> })}</span>
        </span>
    }
}
