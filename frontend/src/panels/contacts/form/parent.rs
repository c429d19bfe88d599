//! The company that a contact belongs to: found by typing, taken by Enter or a click.

use leptos::prelude::*;
use model::{ContactFilter, ContactId, ContactLine, ContactQuery, Nature, ParentLink, Relation};

use super::super::fields::ContactFields;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{FindField, Finding, FormState, Found};

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
    let take = move |found: Option<Found>| {
        forget_fault();
        let link = found.and_then(|it| {
            let contact = ContactId(it.code.parse().ok()?);
            name.set(it.name);
            Some(ParentLink { contact, relation: relation.get_untracked() })
        });
        fields.parent.set(link);
    };
    view! {
        <FindField
            label=label
            name="parent"
            hint=move || t_string!(i18n, persons.parent_hint)
            offers=move || t_string!(i18n, persons.parent_offers)
            clear=move || t_string!(i18n, persons.parent_clear)
            optional=true
            taken=Signal::derive(move || fields.parent.get().map(|_| name.get()))
            finding=companies(own_id)
            least=2
            on_take=take
        />
    }
}

/// Companies whose words begin so, without the contact itself.
fn companies(own_id: Option<ContactId>) -> Finding {
    Finding::new(move |words| async move {
        let filter = ContactFilter { words, nature: Some(Nature::Company), ..ContactFilter::default() };
        let query = ContactQuery { filter, ..ContactQuery::default() };
        let rows = app::contacts::list_contacts(query).await.map(|it| it.rows).unwrap_or_default();
        let found = |it: ContactLine| Found { code: it.row.id.to_string(), name: it.row.name, note: it.row.city };
        rows.into_iter().filter(|it| Some(it.row.id) != own_id).take(OFFERED).map(found).collect()
    })
}
