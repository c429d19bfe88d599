//! What the action log notes about campaigns.

use serde::{Deserialize, Serialize};

use super::Measure;
use crate::{MessageId, Moment};

/// What was done to a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CampaignDeed {
    /// It was made.
    Created,
    /// What is typed into it was changed.
    Changed,
    /// It was deleted before anything was sent.
    Deleted,
    /// So many messages were made.
    Prepared(u32),
    /// Making messages was stopped.
    PreparationStopped,
    /// So many prepared messages were thrown away.
    Discarded(u32),
    /// So many unsent messages were made anew and became others.
    Regenerated(u32),
    /// The files of so many unsent messages were replaced by those of the campaign.
    FilesUpdated(u32),
    /// A missing or doubtful value was filled in for so many messages.
    Filled(u32),
    /// A prepared message was edited by hand.
    MessageEdited(MessageId),
    /// So many messages were taken out by hand (`true`) or put back.
    Excluded(bool, u32),
    /// An important notice goes also to those who want no bulk messages.
    NoBulkOverridden,
    /// What of the reactions is measured was changed.
    Measured(Measure),
    /// Approval was asked for.
    ApprovalRequested,
    /// It was approved.
    Approved,
    /// It was given back to the author.
    Returned,
    /// It was released for a later moment, with so many messages.
    Scheduled(Moment, u32),
    /// The release for a later moment was taken back.
    Unscheduled,
    /// It was released, with so many messages.
    Released(u32),
    /// Its moment came.
    Begun,
    /// What had not left is held.
    Paused,
    /// It goes on.
    Resumed,
    /// Its pace was changed.
    Paced,
    /// The rest was stopped: so many messages.
    Cancelled(u32),
    /// Every message has ended.
    Finished,
    /// So many failed messages are sent again.
    Retried(u32),
    /// Its result was taken out as a file, with so many recipients.
    Exported(u32),
    /// It came in from a file, as a draft.
    Imported,
    /// It was taken out as a file that another installation takes in.
    TakenOut,
}
