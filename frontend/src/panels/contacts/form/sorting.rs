//! How the contact is found again among others.

use leptos::prelude::*;
use model::UserId;

use super::super::fields::ContactFields;
use super::own::OwnField;
use super::tags::TagField;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Part, Select};

/// Tags, who looks after it, and own fields.
#[component]
pub(super) fn Sorting(
    /// What is typed.
    fields: ContactFields,
    /// Who can look after it.
    owners: Vec<(UserId, String)>,
    /// Tags there are.
    tags: Vec<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, persons.owner_none).to_owned())];
        options.extend(owners.iter().map(|(id, name)| (id.to_string(), name.clone())));
        options
    });
    let own = fields.own.definitions.get_value();
    view! {
        <Part title=move || t_string!(i18n, persons.section_sorting)>
            <TagField chosen=fields.tags known=tags />
            <Select label=move || t_string!(i18n, persons.owner) options=options value=fields.owner name="owner" />
            {own
                .into_iter()
                .map(|definition| {
                    let text = fields.own.text(definition.id);
                    view! { <OwnField definition=definition text=text /> }
                })
                .collect_view()}
        </Part>
    }
}
