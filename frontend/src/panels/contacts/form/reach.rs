//! How the contact is reached.

use leptos::prelude::*;
use model::ContactId;

use super::super::addresses::{AddressKind, AddressLines};
use super::super::fields::ContactFields;
use crate::i18n::{t_string, use_i18n};
use crate::panels::contacts::duplicates::Holders;
use crate::parts::Part;
use crate::state::contact_form::Lines;

/// Addresses and numbers with their purposes.
#[component]
pub(super) fn Reach(
    /// What is typed.
    fields: ContactFields,
    /// The contact that is being changed.
    own_id: Option<ContactId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let typed = |lines: RwSignal<Lines>| {
        Signal::derive(move || lines.with(|it| it.typed().into_iter().map(|it| it.text).collect::<Vec<_>>()))
    };
    view! {
        <Part title=move || t_string!(i18n, contacts.section_reach)>
            <AddressLines kind=AddressKind::Email lines=fields.emails />
            <AddressLines kind=AddressKind::Phone lines=fields.phones />
            <Holders emails=typed(fields.emails) phones=typed(fields.phones) besides=own_id />
            <p class="meta">{move || t_string!(i18n, persons.purpose_hint)}</p>
        </Part>
    }
}
