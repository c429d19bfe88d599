//! Campaigns: one content for an audience.
//!
//! A campaign is edited as a whole ([`CampaignDraft`]) over a revision. *Check* resolves its audience and says who would be left out and why;
//! *Prepare* freezes content and audience and stores one message for each recipient, in the background; again, it adds only who is new.
//! Editing the campaign afterwards changes no prepared message until somebody regenerates those that have not been sent. What is prepared
//! is reviewed, approved (over a hash of all of it) and released; see [`CampaignState`].

mod audience;
mod cost;
mod deed;
mod draft;
mod exchange;
pub mod export;
mod history;
mod listing;
pub mod reaction;
mod report;
mod review;
mod state;

use serde::{Deserialize, Serialize};

pub use audience::{
    AudiencePart, AudienceQuery, AudienceRow, CONTACTS_MAX, CampaignAudience, ConsentRule, FieldDoubt, Got, LeftOut,
    MissingField, PARTS_MAX, RecipientFate, RecipientGroup, TYPED_MAX, doubt,
};
pub use cost::{CampaignCost, CreditVerdict};
pub use deed::CampaignDeed;
pub use draft::{
    CLASSIFICATION_MAX, CampaignContent, CampaignDraft, CampaignKind, CampaignPace, CampaignStart, NAME_MAX, NOTE_MAX,
};
pub use exchange::{CampaignImported, ChosenCampaigns, EXCHANGE_MAX, EXCHANGED_MAX, Unmatched, UnmatchedKind};
pub use export::{CampaignExportOrder, CampaignFormat, RecipientResult};
pub use history::{CampaignEntry, CampaignRun, RunKind, RunQuery, RunSpan};
pub use listing::{CampaignFilter, CampaignQuery, CampaignRow, CampaignSort};
pub use reaction::{LinkReactions, Measure, Measured, Reaction, ReactionPoint, ReactionQuery, ReactionRow, Reactions};
pub use report::{
    CampaignCancelled, CampaignCounts, CampaignFlow, CampaignReport, FailureKind, FailureQuery, FailureReason, FailureRow,
    FlowPoint, SentVersion, tenths,
};
pub use review::{
    Fill, FillScope, PREPARED_BODY_MAX, PreparedDraft, PreparedMessage, Regeneration, ReviewGroup, ReviewGroupKind, ReviewPage,
    ReviewPlace, ReviewQuery, ReviewSort, ReviewText, ReviewedMessage,
};
pub use state::{Approval, ApprovalRule, ApprovalState, CampaignState, CampaignStep, Hindrance};

use crate::{Attachment, CampaignId, Moment, TemplateRef, UserId};

/// A campaign as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Campaign {
    /// Which campaign.
    pub id: CampaignId,
    /// What is typed.
    pub draft: CampaignDraft,
    /// Counts every change of what is typed; a save over an older revision is refused as stale.
    pub revision: i64,
    /// The files among the attachments, with names and sizes.
    pub files: Vec<Attachment>,
    /// How far it has come.
    pub state: CampaignState,
    /// What the background does for it, while it does.
    pub work: Option<CampaignWork>,
    /// Whether somebody else's approval is needed, and how far it is.
    pub approval: Approval,
    /// What stands in the way of its release now; nothing when it can be released.
    pub hindrances: Vec<Hindrance>,
    /// The figures.
    pub counts: CampaignCounts,
    /// When the audience was last resolved, with what happened to it since.
    pub checked: Option<CampaignCheck>,
    /// What the prepared messages were made from; nothing before the first preparation.
    pub prepared: Option<PreparedFrom>,
    /// When it begins, once it is scheduled.
    pub starts_at: Option<Moment>,
    /// When the first message was let go.
    pub started_at: Option<Moment>,
    /// When the last message was handed over.
    pub last_sent_at: Option<Moment>,
    /// When all that waits will have left, as far as can be told.
    pub done_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// The campaign it was copied from.
    pub copy_of: Option<(CampaignId, String)>,
    /// Who made it.
    pub author: (UserId, String),
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// What the background does for a campaign, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignWork {
    /// What.
    pub kind: WorkKind,
    /// How many of how many recipients are done; the second is zero while they are still being gathered.
    pub done: u64,
    /// How many there are.
    pub of: u64,
}

/// A kind of background work for a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WorkKind {
    /// Resolves the audience and looks for missing values; stores no message.
    Check,
    /// Stores the messages.
    Prepare,
    /// Makes the messages that have not been sent anew.
    Regenerate,
    /// Makes those anew that waited for values which were filled in now.
    Fill,
}

/// When the audience was last resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCheck {
    /// When.
    pub at: Moment,
    /// How many contacts of the audience were changed since, so that their check does not count any more.
    pub changed: u64,
    /// Whether what is typed into the campaign was changed since.
    pub is_edited: bool,
}

/// What the prepared messages were made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedFrom {
    /// Counts the frozen contents of this campaign, from 1.
    pub version: u32,
    /// When it was frozen.
    pub at: Moment,
    /// The template, if it was one, and the name it had.
    pub template: Option<(TemplateRef, String)>,
    /// Whether content, sender or account of the campaign or its template differ from that now, so that regenerating would change something.
    pub is_edited: bool,
    /// Whether the campaign's attachments differ from those of the messages that have not been sent.
    pub attachments_edited: bool,
}
