//! What narrows the list of contacts, as chips.

use leptos::prelude::*;
use model::{ContactKind, Nature};

use crate::i18n::{contacts as words, t_string, use_i18n};
use crate::parts::FilterMenu;
use crate::state::contact_place::{ContactPlace, kind_code, nature_code};

const NATURES: [Nature; 2] = [Nature::Person, Nature::Company];

/// The chips of all filters.
#[component]
pub fn ContactFilters(
    /// What the list shows now.
    #[prop(into)]
    place: Signal<ContactPlace>,
    /// Called with what it should show.
    #[prop(into)]
    on_change: Callback<(ContactPlace,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        ContactKind::ALL.map(|it| (kind_code(it).to_owned(), words::kind(locale, it).to_owned())).to_vec()
    });
    let natures = Signal::derive(move || {
        let locale = i18n.get_locale();
        NATURES.map(|it| (nature_code(it).to_owned(), words::natures(locale, it).to_owned())).to_vec()
    });
    let kind = move || place.with(|it| it.kind.map(|it| kind_code(it).to_owned()).into_iter().collect::<Vec<_>>());
    let nature = move || place.with(|it| it.nature.map(|it| nature_code(it).to_owned()).into_iter().collect::<Vec<_>>());
    let choose_kind = move |codes: Vec<String>| {
        let kind = ContactKind::ALL.into_iter().find(|it| codes.iter().any(|code| code == kind_code(*it)));
        on_change.run((ContactPlace { kind, ..place.get_untracked() },));
    };
    let choose_nature = move |codes: Vec<String>| {
        let nature = NATURES.into_iter().find(|it| codes.iter().any(|code| code == nature_code(*it)));
        on_change.run((ContactPlace { nature, ..place.get_untracked() },));
    };
    view! {
        <div class="filters" role="group" aria-label=move || t_string!(i18n, contacts.filters)>
            <FilterMenu
                label=move || t_string!(i18n, contacts.filter_kind)
                options=kinds
                chosen=Signal::derive(kind)
                on_choose=choose_kind
                single=true
            />
            <FilterMenu
                label=move || t_string!(i18n, contacts.filter_nature)
                options=natures
                chosen=Signal::derive(nature)
                on_choose=choose_nature
                single=true
            />
        </div>
    }
}
