//! Communication: the history of messages, one message, writing one.

mod bin;
mod detail;
mod list;
mod write;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::MessageId;

pub use self::bin::BinPage;
pub use self::detail::MessageDetailPage;
pub use self::list::MessagesPage;
pub use self::write::WritePage;
use crate::state::message_place::MessagePlace;
use crate::state::place;

/// What the list shows, as the address says it.
fn place_in_address() -> Memo<MessagePlace> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|it| MessagePlace::read(|name| it.get(name))))
}

/// The address of the list, or of a message beside it.
fn address(place: &MessagePlace, open: Option<MessageId>, tab: Option<&str>) -> String {
    let path = open.map_or_else(|| "/messages".to_owned(), |id| format!("/messages/{id}"));
    let mut pairs = place.pairs();
    pairs.extend(tab.map(|it| ("tab", it.to_owned())));
    place::address(&path, &pairs)
}
