//! The company that a contact belongs to: found by typing, taken by Enter or a click.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{ContactFilter, ContactId, ContactQuery, ContactRow, Nature, ParentLink, Relation};

use super::super::fields::ContactFields;
use crate::browser::timer::Pause;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Field, FormState, Glyph, IconButton};

/// How long typing must rest before it is asked, in milliseconds.
const REST_MS: u32 = 150;
/// How many companies are offered.
const OFFERED: usize = 8;

/// The field: what is chosen, or where to type.
#[component]
pub(super) fn ParentField(
    /// What is typed.
    fields: ContactFields,
    /// Name of the company at the beginning.
    name_at_first: String,
    /// The contact itself.
    own_id: Option<ContactId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = RwSignal::new(name_at_first);
    let form = FormState::find();
    let relation = Signal::derive(move || Relation::of(fields.nature()));
    // The relation follows from what the contact is.
    Effect::new(move |_| {
        let relation = relation.get();
        fields.parent.maybe_update(|it| match it {
            Some(link) if link.relation != relation => {
                link.relation = relation;
                true
            }
            _ => false,
        });
    });
    let label = move || match relation.get() {
        Relation::Branch => t_string!(i18n, persons.branch_of),
        Relation::ContactPerson => t_string!(i18n, persons.contact_person_of),
    };
    let forget_fault = move || {
        if let Some(form) = form {
            form.clear("parent");
        }
    };
    let take = Callback::new(move |(row,): (ContactRow,)| {
        forget_fault();
        name.set(row.name);
        fields.parent.set(Some(ParentLink { contact: row.id, relation: relation.get_untracked() }));
    });
    let clear = move || {
        forget_fault();
        fields.parent.set(None);
    };
    view! {
        <Field label=label name="parent" hint=None optional=true let:ids let:faulty>
            {move || match fields.parent.get() {
                Some(_) => view! {
                    <span class="chosen-parent" aria-invalid=move || faulty.get().then_some("true")>
                        <span class="clip">{move || name.get()}</span>
                        <IconButton label=move || t_string!(i18n, persons.parent_clear) icon=Glyph::X on_press=clear />
                    </span>
                }
                .into_any(),
                None => view! { <Finder id=ids.field.clone() notes=ids.notes.clone() own_id=own_id on_take=take /> }.into_any(),
            }}
        </Field>
    }
}

#[component]
fn Finder(id: String, notes: String, own_id: Option<ContactId>, on_take: Callback<(ContactRow,)>) -> impl IntoView {
    let i18n = use_i18n();
    let offers = RwSignal::new(Vec::<ContactRow>::new());
    let place = RwSignal::new(0_usize);
    let typed = RwSignal::new(String::new());
    let pause = StoredValue::new(Pause::new(REST_MS));
    let ask = move |words: String| {
        typed.set(words.clone());
        if words.trim().chars().count() < 2 {
            return offers.set(Vec::new());
        }
        pause.with_value(|it| it.then(move || look(words.clone(), typed, offers, place, own_id)));
    };
    let take = move |n: usize| {
        if let Some(row) = offers.with_untracked(|it| it.get(n).cloned()) {
            on_take.run((row,));
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let n = offers.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if 0 < n => place.update(|it| *it = (*it + 1) % n),
            "ArrowUp" if 0 < n => place.update(|it| *it = (*it + n - 1) % n),
            "Enter" if 0 < n => take(place.get_untracked()),
            "Escape" if 0 < n => offers.set(Vec::new()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let list_id = StoredValue::new(format!("{id}-offers"));
    let option_id = move |n: usize| list_id.with_value(|it| format!("{it}-{n}"));
    let here = move || offers.with(|it| (!it.is_empty()).then(|| option_id(place.get())));
    let is_open = move || offers.with(|it| !it.is_empty());
    view! {
        <div class="finder">
            <input
                class="input"
                id=id
                role="combobox"
                autocomplete="off"
                aria-expanded=move || is_open().to_string()
                aria-controls=list_id.get_value()
                aria-activedescendant=here
                aria-describedby=notes
                placeholder=move || t_string!(i18n, persons.parent_hint)
                prop:value=move || typed.get()
                on:input=move |event| ask(event_target_value(&event))
                on:keydown=on_key
                on:blur=move |_| offers.set(Vec::new())
            />
            <ul
                class="offers"
                class:closed=move || !is_open()
                role="listbox"
                id=list_id.get_value()
                aria-label=move || t_string!(i18n, persons.parent_offers)
                on:mousedown=|event| event.prevent_default()
            >
                {move || {
                    let row = move |(n, row): (usize, ContactRow)| {
                        view! {
                            <li
                                role="option"
                                id=option_id(n)
                                aria-selected=move || (place.get() == n).to_string()
                                on:click=move |_| take(n)
                            >
                                <span class="offer-words">
                                    <strong>{row.name}</strong>
                                    <span class="meta">{row.city}</span>
                                </span>
                            </li>
                        }
                    };
                    offers.get().into_iter().enumerate().map(row).collect_view()
                }}
            </ul>
        </div>
    }
}

fn look(
    words: String,
    typed: RwSignal<String>,
    offers: RwSignal<Vec<ContactRow>>,
    place: RwSignal<usize>,
    own_id: Option<ContactId>,
) {
    spawn_local(async move {
        let filter = ContactFilter { words: words.clone(), nature: Some(Nature::Company), ..ContactFilter::default() };
        let query = ContactQuery { filter, ..ContactQuery::default() };
        let Ok(page) = app::contacts::list_contacts(query).await else { return };
        // What came late belongs to words that are not there any more.
        if typed.try_get_untracked().is_some_and(|it| it == words) {
            place.set(0);
            offers.set(page.rows.into_iter().map(|it| it.row).filter(|it| Some(it.id) != own_id).take(OFFERED).collect());
        }
    });
}
