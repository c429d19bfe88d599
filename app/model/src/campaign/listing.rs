//! Campaigns in their list: rows, filters, order.

use serde::{Deserialize, Serialize};

use super::{ApprovalState, CampaignKind, CampaignState, CampaignWork};
use crate::{CampaignId, Channel, Cursor, Direction, Moment, UserId};

/// A campaign in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignRow {
    /// Which campaign.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// What it travels by.
    pub channel: Channel,
    /// Whether it advertises.
    pub kind: CampaignKind,
    /// Word to group campaigns by; may be empty.
    pub classification: String,
    /// How far it has come.
    pub state: CampaignState,
    /// What the background does for it, while it does.
    pub work: Option<CampaignWork>,
    /// How far its approval is.
    pub approval: ApprovalState,
    /// How many messages were made and are or were to be sent.
    pub messages: u64,
    /// How many of them have ended, whatever their end; as counted last.
    pub ended: u64,
    /// Whether its messages measure reactions.
    pub is_measured: bool,
    /// Who made it.
    pub author: String,
    /// When it begins, once it is scheduled.
    pub starts_at: Option<Moment>,
    /// When it was last changed or moved on.
    pub updated_at: Moment,
}

/// Which campaigns a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignFilter {
    /// What words of name, classification and note begin with; case and diacritics do not matter.
    pub words: String,
    /// Only in these states; none means all.
    pub states: Vec<CampaignState>,
    /// Only of this channel.
    pub channel: Option<Channel>,
    /// Only of this kind.
    pub kind: Option<CampaignKind>,
    /// Only by this user.
    pub author: Option<UserId>,
    /// Only those that wait for an approval which who asks may give.
    pub to_approve: bool,
}

/// What campaigns are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CampaignSort {
    /// By time of the last change.
    #[default]
    Updated,
    /// By name in the order of the Czech and Slovak alphabet.
    Name,
}

/// A question for one page of campaigns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignQuery {
    /// Which ones.
    pub filter: CampaignFilter,
    /// By what.
    pub sort: CampaignSort,
    /// Which way.
    pub direction: Direction,
    /// Behind which row.
    pub after: Option<Cursor>,
}

impl Default for CampaignQuery {
    /// The newest change first.
    fn default() -> Self {
        let (filter, sort) = (CampaignFilter::default(), CampaignSort::default());
        Self { filter, sort, direction: Direction::Down, after: None }
    }
}
