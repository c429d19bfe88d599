//! How the list of messages looks.

use app::Problem;
use model::{MessageChoice, MessageColumns, MessageListSettings, MessageViewDraft, ViewId};

use crate::panels::views::look::{ListLook, Looked};
use crate::state::message_place::MessagePlace;
use crate::state::place;

/// The look of a list of messages.
pub type MessageLook = ListLook<MessageChoice>;

impl Looked for MessageChoice {
    type Place = MessagePlace;

    async fn ask() -> Result<MessageListSettings, Problem> {
        app::views::open_message_list_settings().await
    }

    async fn keep_columns(columns: MessageColumns) -> Result<(), Problem> {
        app::views::save_message_columns(columns).await
    }

    async fn keep_view(id: Option<ViewId>, draft: MessageViewDraft) -> Result<ViewId, Problem> {
        app::views::save_message_view(id, draft).await
    }

    fn of_place(place: &MessagePlace) -> Self {
        let pairs = MessagePlace { view: None, ..place.clone() }.pairs();
        Self { address: place::address("", &pairs).trim_start_matches('?').to_owned() }
    }

    fn view_of(place: &MessagePlace) -> Option<ViewId> {
        place.view
    }

    fn place_of(&self, id: ViewId) -> MessagePlace {
        let pairs = place::pairs(&self.address);
        let place = MessagePlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()));
        MessagePlace { view: Some(id), ..place }
    }
}
