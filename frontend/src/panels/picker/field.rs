//! The field itself: chips, and the text that becomes the next one.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Audience, EmailAddress, KnownAddress, Purpose, SetOffer};

use super::chip::{ChipAct, RecipientChip};
use super::known::{Known, in_sight, look_up};
use super::line::Picked;
use super::offers::{OfferList, Offers, people};
use super::sets::{SetChip, SetTrouble};
use crate::browser::{focus, paste, timer};
use crate::format;
use crate::i18n::{I18n, language, messages as words, t_string, tu_string, use_i18n};
use crate::parts::{Field, FormState};
use crate::state::recipients::{RecipientField, SHOWN};
use crate::toast::Toasts;

const WORDS: &str = ".recipient-words";

/// Recipients of one role: contacts, lists, segments and typed addresses.
#[component]
pub fn PickerField(
    /// The role, in words.
    #[prop(into)]
    label: TextProp,
    /// The field's name, by which faults find it.
    name: &'static str,
    /// The chips and what is typed.
    field: RwSignal<RecipientField>,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<TextProp>,
) -> impl IntoView {
    let i18n = use_i18n();
    let edit = Edit::new(field, name);
    let folded = RwSignal::new(true);
    let chips = move || {
        let shown = if folded.get() { SHOWN } else { usize::MAX };
        field.with(|it| it.chips().iter().take(shown).cloned().collect::<Vec<_>>())
    };
    let sets = Memo::new(move |_| field.with(|it| it.sets().to_vec()));
    let chips_name = {
        let label = label.clone();
        move || t_string!(i18n, messages.chips, field = label.get().to_string())
    };
    let list_id = format!("offers-{name}");
    let active = {
        let list_id = list_id.clone();
        move || edit.offers.place().filter(|_| edit.offers.is_open()).map(|place| format!("{list_id}-{place}"))
    };
    let found = move || {
        let n = edit.offers.len();
        (0 < n).then(|| t_string!(i18n, messages.offers_found, count = n, n = n))
    };
    view! {
        <Field label=label name=name.to_owned() hint=hint let:ids let:faulty>
            <div class="recipients" on:mousedown=move |event| edit.press(&event)>
                <div class="input recipients-box" class:faulty=faulty>
                    <ul class="recipients-chips" node_ref=edit.list aria-label=chips_name>
                        <For each=chips key=|it| it.text.clone() let:chip>
                            {
                                let text = chip.text.clone();
                                let act = Callback::new(move |(act,)| edit.act(&text, act));
                                view! { <RecipientChip chip=chip known=edit.known on_act=act /> }
                            }
                        </For>
                        <For each=move || sets.get() key=|it| (it.offer.audience, it.standing) let:set>
                            {
                                let audience = set.offer.audience;
                                view! { <SetChip set=set on_remove=Callback::new(move |()| edit.drop_set(audience)) /> }
                            }
                        </For>
                    </ul>
                    <Fold field=field folded=folded />
                    <input
                        type="text"
                        inputmode="email"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        role="combobox"
                        id=ids.field
                        node_ref=edit.input
                        aria-expanded=move || edit.offers.is_open().to_string()
                        aria-controls=list_id.clone()
                        aria-autocomplete="list"
                        aria-activedescendant=active
                        aria-invalid=move || faulty.get().then_some("true")
                        aria-describedby=ids.notes
                        prop:value=move || field.with(|it| it.typed().to_owned())
                        on:input=move |event| edit.type_in(&event_target_value(&event))
                        on:keydown=move |event| edit.press_key(&event)
                        on:paste=move |event| edit.paste(&event)
                        on:blur=move |_| edit.commit()
                    />
                </div>
                <OfferList offers=edit.offers id=list_id.clone() on_pick=Callback::new(move |(picked,)| edit.pick(picked)) />
                <p class="visually-hidden" role="status">{found}</p>
                <SetTrouble sets=sets.into() />
            </div>
        </Field>
    }
}

/// So many chips more than are in sight, to be unfolded and folded again.
#[component]
fn Fold(field: RwSignal<RecipientField>, folded: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let more = Memo::new(move |_| field.with(|it| it.chips().len().saturating_sub(SHOWN)) as u64);
    let label = move || {
        let n = more.get();
        match folded.get() {
            true => t_string!(i18n, picker.unfold, count = words::small(n), n = format::number(language(i18n.get_locale()), n)),
            false => t_string!(i18n, picker.fold).to_owned(),
        }
    };
    view! {
        <Show when=move || 0 < more.get()>
            <button
                type="button"
                class="button recipients-fold"
                data-kind="quiet"
                aria-expanded=move || (!folded.get()).to_string()
                on:click=move |_| folded.update(|it| *it = !*it)
            >
                {label}
            </button>
        </Show>
    }
}

/// What keys and clicks do to the field.
#[derive(Clone, Copy)]
struct Edit {
    field: RwSignal<RecipientField>,
    known: Known<KnownAddress>,
    i18n: I18n,
    toasts: Toasts,
    name: &'static str,
    form: Option<FormState>,
    offers: Offers,
    input: NodeRef<html::Input>,
    list: NodeRef<html::Ul>,
}

impl Edit {
    fn new(field: RwSignal<RecipientField>, name: &'static str) -> Self {
        Self {
            field,
            known: Known::follow(move || in_sight(field), look_up),
            i18n: use_i18n(),
            toasts: Toasts::find(),
            name,
            form: FormState::find(),
            offers: Offers::new(),
            input: NodeRef::new(),
            list: NodeRef::new(),
        }
    }

    fn change(self, change: impl FnOnce(&mut RecipientField)) {
        if let Some(form) = self.form {
            form.clear(self.name);
        }
        self.field.update(change);
    }

    fn type_in(self, text: &str) {
        self.change(|it| it.type_in(text));
        let field = self.field;
        field.with_untracked(|it| self.offers.ask(it.typed(), move |words| people(words, field)));
    }

    fn pick(self, picked: Picked) {
        self.offers.close();
        match picked {
            Picked::Address(name, email) => self.change(|it| it.pick(&name, &email)),
            // Numbers are offered in the field of text messages alone.
            Picked::Number(..) => {}
            Picked::Set(offer) => self.pick_set(offer),
        }
    }

    /// Puts the set into the field and asks for its members.
    fn pick_set(self, offer: SetOffer) {
        let (audience, name) = (offer.audience, offer.name.clone());
        self.change(|it| it.pick_set(offer));
        let i18n = self.i18n;
        spawn_local(async move {
            let came = app::picker::expand_set(audience, Purpose::General).await.ok();
            let without = self.field.try_update(|it| it.expand(audience, came)).flatten().unwrap_or(0);
            if 0 < without {
                let n = format::number(language(i18n.get_locale_untracked()), u64::from(without));
                self.toasts.done(tu_string!(i18n, picker.without, name = name, count = without, n = n));
            }
        });
    }

    fn drop_set(self, audience: Audience) {
        self.change(|it| it.drop_set(audience));
        self.focus_input();
    }

    fn commit(self) {
        self.offers.close();
        if self.field.with_untracked(|it| !it.typed().is_empty()) {
            self.change(|it| {
                it.commit();
            });
        }
    }

    fn paste(self, event: &ev::ClipboardEvent) {
        let text = paste::text(event);
        if self.field.try_update(|it| it.paste(&text)) == Some(true) {
            event.prevent_default();
            self.offers.close();
            if let Some(form) = self.form {
                form.clear(self.name);
            }
        }
    }

    /// A click beside the chips puts the keyboard into the field.
    fn press(self, event: &ev::MouseEvent) {
        if crate::browser::pointer::is_on_control(event) {
            return;
        }
        event.prevent_default();
        self.focus_input();
    }

    fn press_key(self, event: &ev::KeyboardEvent) {
        let is_empty = self.field.with_untracked(|it| it.typed().is_empty());
        match event.key().as_str() {
            "ArrowDown" if untrack(|| self.offers.is_open()) => self.offers.step(1),
            "ArrowUp" if untrack(|| self.offers.is_open()) => self.offers.step(-1),
            "Escape" if untrack(|| self.offers.is_open()) => self.offers.close(),
            "Enter" if event.ctrl_key() || event.meta_key() => return,
            "Enter" | "Tab" if !event.shift_key() => match self.offers.chosen() {
                Some(picked) => self.pick(picked),
                None if event.key() == "Tab" => return,
                None => self.commit(),
            },
            "Backspace" if is_empty => self.reopen_last(),
            "ArrowLeft" if is_empty => self.focus_chip(self.chips().saturating_sub(1)),
            _ => return,
        }
        event.prevent_default();
        if event.key() == "Escape" {
            event.stop_propagation();
        }
    }

    fn act(self, text: &str, act: ChipAct) {
        let Some(place) = self.field.with_untracked(|it| it.chips().iter().position(|it| it.text == text)) else { return };
        match act {
            ChipAct::Left => self.focus_chip(place.saturating_sub(1)),
            ChipAct::Right => self.focus_chip(place + 1),
            ChipAct::Remove => {
                self.change(|it| it.remove(place));
                self.focus_chip(place);
            }
            ChipAct::Reopen => {
                self.change(|it| it.reopen(place));
                self.focus_input();
            }
            ChipAct::Replace(name, email) => self.replace(place, &name, &email),
        }
    }

    fn replace(self, place: usize, name: &str, email: &EmailAddress) {
        self.change(|it| it.replace(place, name, email));
        self.focus_chip(place);
    }

    fn reopen_last(self) {
        let n = self.chips();
        if let Some(audience) = self.field.with_untracked(|it| it.sets().last().map(|it| it.offer.audience)) {
            self.change(|it| it.drop_set(audience));
        } else if 0 < n {
            self.change(|it| it.reopen(n - 1));
        }
    }

    fn chips(self) -> usize {
        self.field.with_untracked(|it| it.chips().len())
    }

    /// Puts the keyboard on a chip, or into the field when there is none at that place.
    fn focus_chip(self, place: usize) {
        if self.chips() <= place {
            return self.focus_input();
        }
        timer::after(0, move || {
            if let Some(list) = self.list.try_get_untracked().flatten() {
                focus::set_within(&list, &format!("li:nth-child({}) {WORDS}", place + 1));
            }
        });
    }

    fn focus_input(self) {
        timer::after(0, move || {
            if let Some(input) = self.input.try_get_untracked().flatten() {
                focus::set(&input);
            }
        });
    }
}
