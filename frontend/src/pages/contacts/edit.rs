//! Making and changing a contact.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::ContactId;

use super::{address, place_in_address};
use crate::i18n::{t_string, use_i18n};
use crate::pages::not_found::NotFoundPage;
use crate::panels::contacts::form::{ContactEditPanel, ContactNewPanel};
use crate::parts::Page;
use crate::routes::id_param;

/// Makes a contact.
#[component]
pub fn ContactNewPage() -> impl IntoView {
    let i18n = use_i18n();
    let go = opening();
    let (parent, is_branch) = use_query_map().with_untracked(|it| {
        (it.get("parent").and_then(|it| it.parse::<ContactId>().ok()), it.get("as").as_deref() == Some("branch"))
    });
    view! {
        <Page title=move || t_string!(i18n, contacts.new_title)>
            <ContactNewPanel parent=parent is_branch=is_branch on_saved=move |id| go.run((Some(id),)) on_cancel=move || go.run((None,)) />
        </Page>
    }
}

/// Changes a contact.
#[component]
pub fn ContactEditPage() -> impl IntoView {
    let i18n = use_i18n();
    let id = id_param::<ContactId>();
    let go = opening();
    move || match id.get() {
        Some(id) => view! {
            <Page title=move || t_string!(i18n, contacts.edit_title)>
                <ContactEditPanel id=id on_saved=move |id| go.run((Some(id),)) on_cancel=move || go.run((Some(id),)) />
            </Page>
        }
        .into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// Goes to a contact, or back to the list.
fn opening() -> Callback<(Option<ContactId>,)> {
    let place = place_in_address();
    let navigate = use_navigate();
    Callback::new(move |(id,): (Option<ContactId>,)| {
        navigate(&address(&place.get_untracked(), id, None), NavigateOptions::default());
    })
}
