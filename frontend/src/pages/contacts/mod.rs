//! Contacts: the list, one contact, making and changing one.

mod detail;
mod duplicates;
mod edit;
mod list;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::ContactId;

pub use self::detail::ContactDetailPage;
pub use self::duplicates::DuplicatesPage;
pub use self::edit::{ContactEditPage, ContactNewPage};
pub use self::list::ContactsPage;
use crate::state::contact_place::ContactPlace;
use crate::state::place;

/// What the list shows, as the address says it.
fn place_in_address() -> Memo<ContactPlace> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|it| ContactPlace::read(|name| it.get(name))))
}

/// The address of the list, or of a contact beside it.
fn address(place: &ContactPlace, open: Option<ContactId>, tab: Option<&str>) -> String {
    let path = open.map_or_else(|| "/contacts".to_owned(), |id| format!("/contacts/{id}"));
    let mut pairs = place.pairs();
    pairs.extend(tab.map(|it| ("tab", it.to_owned())));
    place::address(&path, &pairs)
}
