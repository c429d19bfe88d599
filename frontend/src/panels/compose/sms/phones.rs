//! The field of numbers: chips, and the text that becomes the next one, with contacts offered while one types.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{ListedPhone, Permission, PhoneOffer};

use crate::browser::timer::Pause;
use crate::i18n::{refusals, suppressions, t_string, use_i18n};
use crate::parts::{Avatar, Field, FormState, Glyph, Icon};
use crate::session::Session;
use crate::state::phones::{PhoneField, fault, label};

/// How long typing must rest before it is asked, in milliseconds.
const REST_MS: u32 = 150;

/// What is offered, and which of it the keyboard is on.
#[derive(Clone, Copy)]
struct Offers {
    list: RwSignal<Vec<PhoneOffer>>,
    place: RwSignal<usize>,
    turn: StoredValue<u32>,
    pause: StoredValue<Pause>,
    session: Session,
}

impl Offers {
    fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            place: RwSignal::new(0),
            turn: StoredValue::new(0),
            pause: StoredValue::new(Pause::new(REST_MS)),
            session: Session::find(),
        }
    }

    /// Asks what to offer for words; a number that is typed needs no contact.
    fn ask(self, phones: RwSignal<PhoneField>) {
        let words = phones.with_untracked(|it| it.typed().trim().to_owned());
        let own = self.turn.get_value() + 1;
        self.turn.set_value(own);
        let has_letters = words.chars().any(char::is_alphabetic);
        if words.chars().count() < 2 || !has_letters || !untrack(|| self.session.can(Permission::ContactsView)) {
            return self.close();
        }
        self.pause.with_value(|it| {
            it.then(move || {
                spawn_local(async move {
                    let Ok(offers) = app::sms::offer_phones(words).await else { return };
                    if self.turn.try_get_value() == Some(own) {
                        let is_new = |it: &PhoneOffer| {
                            it.number.as_ref().is_none_or(|number| !phones.with_untracked(|field| field.has(number)))
                        };
                        self.place.set(0);
                        self.list.set(offers.into_iter().filter(is_new).collect());
                    }
                });
            });
        });
    }

    fn close(self) {
        self.turn.update_value(|it| *it += 1);
        self.pause.with_value(Pause::forget);
        if self.list.with_untracked(|it| !it.is_empty()) {
            self.list.set(Vec::new());
        }
    }

    fn step(self, by: isize) {
        let n = self.list.with_untracked(Vec::len) as isize;
        if 0 < n {
            self.place.update(|it| *it = (*it as isize + by).rem_euclid(n) as usize);
        }
    }

    fn chosen(self) -> Option<PhoneOffer> {
        self.list.with_untracked(|it| it.get(self.place.get_untracked()).cloned())
    }
}

/// The numbers that a text message goes to.
#[component]
pub(super) fn PhonesField(
    /// The chips and what is typed.
    phones: RwSignal<PhoneField>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::find();
    let offers = Offers::new();
    let change = move |change: &dyn Fn(&mut PhoneField)| {
        if let Some(form) = form {
            form.clear("to");
        }
        phones.update(|it| change(it));
    };
    let pick = move |offer: &PhoneOffer| {
        if let Some(number) = &offer.number {
            offers.close();
            change(&|it| it.pick(&offer.name, number));
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        let is_open = offers.list.with_untracked(|it| !it.is_empty());
        match event.key().as_str() {
            "ArrowDown" if is_open => offers.step(1),
            "ArrowUp" if is_open => offers.step(-1),
            "Escape" if is_open => offers.close(),
            "Enter" | "Tab" if is_open && !event.ctrl_key() && !event.meta_key() => match offers.chosen() {
                Some(offer) => pick(&offer),
                None => return,
            },
            "Enter" if !event.ctrl_key() && !event.meta_key() => change(&|it| {
                it.commit();
            }),
            "Backspace" if phones.with_untracked(|it| it.typed().is_empty() && !it.chips().is_empty()) => {
                change(&|it| it.reopen(it.chips().len() - 1));
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let leave = move |_| {
        offers.close();
        phones.update(|it| {
            it.commit();
        });
    };
    let chips = move || phones.with(|it| it.chips().iter().cloned().enumerate().collect::<Vec<_>>());
    let is_open = move || offers.list.with(|it| !it.is_empty());
    view! {
        <Field
            label=move || t_string!(i18n, sms_write.to)
            name="to".to_owned()
            hint=TextProp::from(move || t_string!(i18n, sms_write.to_hint)).into()
            let:ids
            let:faulty
        >
            <div class="recipients">
                <div class="input recipients-box" class:faulty=faulty>
                    <ul class="recipients-chips" aria-label=move || t_string!(i18n, sms_write.chips)>
                        <For each=chips key=|it| (it.0, it.1.text.clone(), it.1.number.is_ok()) let:chip>
                            <PhoneChip
                                piece=chip.1
                                on_edit=move || change(&|it| it.reopen(chip.0))
                                on_remove=move || change(&|it| it.remove(chip.0))
                            />
                        </For>
                    </ul>
                    <input
                        type="text"
                        inputmode="text"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        role="combobox"
                        id=ids.field
                        aria-expanded=move || is_open().to_string()
                        aria-controls="offers-phones"
                        aria-autocomplete="list"
                        aria-activedescendant=move || is_open().then(|| format!("offers-phones-{}", offers.place.get()))
                        aria-invalid=move || faulty.get().then_some("true")
                        aria-describedby=ids.notes
                        prop:value=move || phones.with(|it| it.typed().to_owned())
                        on:input=move |event| {
                            let text = event_target_value(&event);
                            change(&|it| it.type_in(&text));
                            offers.ask(phones);
                        }
                        on:keydown=press
                        on:blur=leave
                    />
                </div>
                <Show when=is_open>
                    <ul
                        class="offers"
                        role="listbox"
                        id="offers-phones"
                        aria-label=move || t_string!(i18n, sms_write.offers)
                        // A click must not take the keyboard out of the field.
                        on:mousedown=|event| event.prevent_default()
                    >
                        {move || {
                            offers
                                .list
                                .get()
                                .into_iter()
                                .enumerate()
                                .map(|(place, offer)| {
                                    let own = offer.clone();
                                    let is_off = offer.number.is_none();
                                    view! {
                                        <li
                                            role="option"
                                            id=format!("offers-phones-{place}")
                                            aria-selected=move || (offers.place.get() == place).to_string()
                                            aria-disabled=is_off.then_some("true")
                                            on:click=move |_| pick(&own)
                                        >
                                            <OfferLine offer=offer />
                                        </li>
                                    }
                                })
                                .collect_view()
                        }}
                    </ul>
                </Show>
            </div>
        </Field>
    }
}

#[component]
fn PhoneChip(piece: ListedPhone, #[prop(into)] on_edit: Callback<()>, #[prop(into)] on_remove: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let fault = fault(&piece);
    let shown = label(&piece);
    let (name, text) = (shown.clone(), piece.text.clone());
    let why = move || fault.map(|it| refusals::phone_fault(i18n.get_locale(), it));
    let words = move || match why() {
        Some(why) => t_string!(i18n, sms_write.faulty, text = text.clone(), why = why).to_string(),
        None => t_string!(i18n, sms_write.edit, text = text.clone()).to_string(),
    };
    let tip = piece.text.clone();
    view! {
        <li class="recipient" class:faulty=fault.is_some()>
            <button
                type="button"
                class="recipient-words"
                title=move || why().map_or_else(|| tip.clone(), str::to_owned)
                aria-label=words
                on:click=move |_| on_edit.run(())
            >
                {fault.is_some().then(|| view! { <Icon glyph=Glyph::CIRCLE_ALERT /> })}
                <span class="clip">{shown}</span>
            </button>
            <button
                type="button"
                class="recipient-remove"
                aria-label=move || t_string!(i18n, sms_write.remove, name = name.clone()).to_string()
                on:click=move |_| on_remove.run(())
            >
                <Icon glyph=Glyph::X />
            </button>
        </li>
    }
}

#[component]
fn OfferLine(offer: PhoneOffer) -> impl IntoView {
    let i18n = use_i18n();
    let PhoneOffer { name, company_name, number, suppressed, .. } = offer;
    let shown = move || match &number {
        Some(number) => number.shown(),
        None => t_string!(i18n, sms_write.no_number).to_owned(),
    };
    view! {
        <Avatar name=Signal::stored(name.clone()) />
        <span class="offer-words">
            <span class="clip">
                <strong>{name}</strong>
                {(!company_name.is_empty()).then(|| view! { <span class="meta">{company_name}</span> })}
            </span>
            <span class="meta clip">{shown}</span>
        </span>
        {suppressed
            .map(|cause| {
                let why = move || suppressions::why(i18n.get_locale(), &cause);
                view! { <span class="offer-suppressed"><Icon glyph=Glyph::BAN /><span class="clip">{why}</span></span> }
            })}
    }
}
