//! What the list of messages shows of each, and what a saved view of it keeps.

use serde::{Deserialize, Serialize};

use crate::view::{Columns, ListColumn, ListSettings, ListView, ListViewDraft, Viewed, ViewedList};
use crate::{Faults, Required};

/// Longest address of a view.
const ADDRESS_MAX: u32 = 2_000;

/// A column of the list behind the recipient, who always stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MessageColumn {
    /// Subject, or how a text message begins.
    Subject,
    /// How far it has come.
    State,
    /// Who wrote it.
    Author,
    /// When it left, or was created.
    When,
    /// E-mail or text message.
    Channel,
    /// Why it exists.
    Origin,
    /// By which account it leaves.
    Account,
    /// The campaign it belongs to.
    Campaign,
    /// The template it was made from.
    Template,
    /// How many files it carries.
    Files,
    /// How many recipients it has.
    Recipients,
    /// When it was created.
    Created,
}

impl MessageColumn {
    /// All columns, as the chooser offers them.
    pub const ALL: [Self; 12] = [
        Self::Subject,
        Self::State,
        Self::Author,
        Self::When,
        Self::Channel,
        Self::Origin,
        Self::Account,
        Self::Campaign,
        Self::Template,
        Self::Files,
        Self::Recipients,
        Self::Created,
    ];
}

impl ListColumn for MessageColumn {
    const LIST: ViewedList = ViewedList::Messages;

    fn usual() -> Columns<Self> {
        Columns::of(160, &[(Self::Subject, 352), (Self::State, 144), (Self::Author, 128), (Self::When, 112)])
    }
}

/// Which messages a view shows: what stands in the address of the list, so that *today* stays today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageChoice {
    /// The pairs behind the `?`; what is not understood there is left out.
    pub address: String,
}

impl Viewed for MessageChoice {
    type Column = MessageColumn;

    fn check(&self, faults: &mut Faults) {
        faults.line("address", &self.address, Required::No, ADDRESS_MAX);
    }
}

/// The columns of the list of messages.
pub type MessageColumns = Columns<MessageColumn>;
/// What a view of the list of messages keeps.
pub type MessageViewDraft = ListViewDraft<MessageChoice, MessageColumn>;
/// A view of the list of messages.
pub type MessageView = ListView<MessageChoice, MessageColumn>;
/// How the list of messages looks for one user.
pub type MessageListSettings = ListSettings<MessageChoice, MessageColumn>;
