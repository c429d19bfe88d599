//! The field of numbers: chips, lists and segments, and the text that becomes the next one, with contacts offered while one types.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{ListedPhone, PhoneOffer, SetOffer, SuppressedBy};

use crate::format;
use crate::i18n::{I18n, language, refusals, suppressions, t_string, tu_string, use_i18n};
use crate::panels::picker::{Known, Line, OfferList, Offers, Picked, SetChip, SetTrouble, set_lines};
use crate::parts::{Field, FormState, Glyph, Icon};
use crate::state::phones::{PhoneField, fault, label};
use crate::state::recipients::SHOWN;
use crate::toast::Toasts;

/// The numbers that a text message goes to.
#[component]
pub(super) fn PhonesField(
    /// The chips and what is typed.
    phones: RwSignal<PhoneField>,
) -> impl IntoView {
    let i18n = use_i18n();
    let edit = Edit::new(phones);
    let offers = edit.offers;
    let chips = move || phones.with(|it| it.chips().iter().cloned().enumerate().collect::<Vec<_>>());
    let sets = Memo::new(move |_| phones.with(|it| it.sets().to_vec()));
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
                                closed=edit.closed
                                on_edit=move || edit.change(|it| it.reopen(chip.0))
                                on_remove=move || edit.change(|it| it.remove(chip.0))
                            />
                        </For>
                        <For each=move || sets.get() key=|it| (it.offer.audience, it.standing) let:set>
                            {
                                let audience = set.offer.audience;
                                let remove = Callback::new(move |()| edit.change(|it| it.drop_set(audience)));
                                view! { <SetChip set=set on_remove=remove /> }
                            }
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
                        aria-expanded=move || offers.is_open().to_string()
                        aria-controls="offers-phones"
                        aria-autocomplete="list"
                        aria-activedescendant=move || {
                            offers.place().filter(|_| offers.is_open()).map(|place| format!("offers-phones-{place}"))
                        }
                        aria-invalid=move || faulty.get().then_some("true")
                        aria-describedby=ids.notes
                        prop:value=move || phones.with(|it| it.typed().to_owned())
                        on:input=move |event| edit.type_in(&event_target_value(&event))
                        on:keydown=move |event| edit.press_key(&event)
                        on:blur=move |_| edit.leave()
                    />
                </div>
                <OfferList offers=offers id="offers-phones".to_owned() on_pick=Callback::new(move |(picked,)| edit.pick(picked)) />
                <SetTrouble sets=sets.into() />
            </div>
        </Field>
    }
}

/// What keys and clicks do to the field.
#[derive(Clone, Copy)]
struct Edit {
    phones: RwSignal<PhoneField>,
    offers: Offers,
    /// Why numbers in sight must not be written to.
    closed: Known<Option<SuppressedBy>>,
    form: Option<FormState>,
    i18n: I18n,
    toasts: Toasts,
}

impl Edit {
    fn new(phones: RwSignal<PhoneField>) -> Self {
        let in_sight = move || {
            phones.with(|it| {
                let shown = it.chips().iter().take(SHOWN).filter_map(|it| it.number.as_ref().ok());
                shown.map(|it| (it.as_str().to_owned(), it.as_str().to_owned())).collect()
            })
        };
        Self {
            phones,
            offers: Offers::new(),
            closed: Known::follow(in_sight, look_up),
            form: FormState::find(),
            i18n: use_i18n(),
            toasts: Toasts::find(),
        }
    }

    fn change(self, change: impl FnOnce(&mut PhoneField)) {
        if let Some(form) = self.form {
            form.clear("to");
        }
        self.phones.update(change);
    }

    fn type_in(self, text: &str) {
        self.change(|it| it.type_in(text));
        let phones = self.phones;
        let words = phones.with_untracked(|it| it.typed().to_owned());
        // A number that is typed needs no contact.
        match words.chars().any(char::is_alphabetic) {
            true => self.offers.ask(&words, move |words| people(words, phones)),
            false => self.offers.close(),
        }
    }

    fn pick(self, picked: Picked) {
        self.offers.close();
        match picked {
            Picked::Number(name, number) => self.change(|it| it.pick(&name, &number)),
            Picked::Set(offer) => self.pick_set(offer),
            // Addresses are offered in the fields of mails alone.
            Picked::Address(..) => {}
        }
    }

    /// Puts the set into the field and asks for its members.
    fn pick_set(self, offer: SetOffer) {
        let (audience, name) = (offer.audience, offer.name.clone());
        self.change(|it| it.pick_set(offer));
        spawn_local(async move {
            let came = app::sms::expand_phones(audience).await.ok();
            let without = self.phones.try_update(|it| it.expand(audience, came)).flatten().unwrap_or(0);
            if 0 < without {
                let n = format::number(language(self.i18n.get_locale_untracked()), u64::from(without));
                self.toasts.done(tu_string!(self.i18n, sms_write.without, name = name, count = without, n = n));
            }
        });
    }

    fn leave(self) {
        self.offers.close();
        self.phones.update(|it| {
            it.commit();
        });
    }

    fn press_key(self, event: &ev::KeyboardEvent) {
        let is_open = untrack(|| self.offers.is_open());
        let is_empty = self.phones.with_untracked(|it| it.typed().is_empty());
        match event.key().as_str() {
            "ArrowDown" if is_open => self.offers.step(1),
            "ArrowUp" if is_open => self.offers.step(-1),
            "Escape" if is_open => self.offers.close(),
            "Enter" if event.ctrl_key() || event.meta_key() => return,
            "Enter" | "Tab" if !event.shift_key() => match self.offers.chosen() {
                Some(picked) => self.pick(picked),
                None if event.key() == "Tab" => return,
                None => self.change(|it| {
                    it.commit();
                }),
            },
            "Backspace" if is_empty => self.reopen_last(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn reopen_last(self) {
        let last = self.phones.with_untracked(|it| it.sets().last().map(|it| it.offer.audience));
        self.change(|it| match last {
            Some(audience) => it.drop_set(audience),
            None => it.reopen(it.chips().len().saturating_sub(1)),
        });
    }
}

/// Fetches what to offer for words: contacts first, then sets; what the field has already is left out.
async fn people(words: String, phones: RwSignal<PhoneField>) -> Option<(Vec<Line>, bool)> {
    let offers = app::sms::offer_phones(words).await.ok()?;
    phones.try_with_untracked(|field| {
        let is_new = |it: &PhoneOffer| it.number.as_ref().is_none_or(|number| !field.has(number));
        let contacts = offers.contacts.into_iter().filter(is_new).map(Line::Phone);
        (contacts.chain(set_lines(offers.sets, field.sets())).collect(), true)
    })
}

/// Asks which of the numbers must not be written to.
async fn look_up(numbers: Vec<String>) -> Option<Vec<Option<SuppressedBy>>> {
    let mut closed = vec![None; numbers.len()];
    for (place, cause) in app::suppressions::check_suppressed(numbers).await.ok()? {
        if let Some(closed) = closed.get_mut(place as usize) {
            *closed = Some(cause);
        }
    }
    Some(closed)
}

/// A number that is done; one that is none, or must not be written to, says why.
#[component]
fn PhoneChip(
    piece: ListedPhone,
    closed: Known<Option<SuppressedBy>>,
    #[prop(into)] on_edit: Callback<()>,
    #[prop(into)] on_remove: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let fault = fault(&piece);
    let shown = label(&piece);
    let (name, text) = (shown.clone(), piece.text.clone());
    let tip = piece.text.clone();
    let cause = Memo::new(move |_| piece.number.as_ref().ok().and_then(|it| closed.of(it.as_str())).flatten());
    let is_closed = move || cause.with(Option::is_some);
    let why = move || match fault {
        Some(fault) => Some(refusals::phone_fault(i18n.get_locale(), fault).to_owned()),
        None => cause.with(|it| it.as_ref().map(|it| suppressions::why(i18n.get_locale(), it))),
    };
    let words = move || match why() {
        Some(why) if fault.is_some() => t_string!(i18n, sms_write.faulty, text = text.clone(), why = why).to_string(),
        Some(why) => t_string!(i18n, sms_write.suppressed, text = text.clone(), why = why).to_string(),
        None => t_string!(i18n, sms_write.edit, text = text.clone()).to_string(),
    };
    view! {
        <li class="recipient" class:faulty=fault.is_some() class:suppressed=is_closed>
            <button
                type="button"
                class="recipient-words"
                title=move || why().unwrap_or_else(|| tip.clone())
                aria-label=words
                on:click=move |_| on_edit.run(())
            >
                {fault.is_some().then(|| view! { <Icon glyph=Glyph::CIRCLE_ALERT /> })}
                <Show when=is_closed>
                    <Icon glyph=Glyph::BAN />
                </Show>
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
