//! The figures of a campaign while it runs and after.

use serde::{Deserialize, Serialize};

use super::{Reactions, RecipientGroup};
use crate::{CampaignId, Cursor, DeliveryState, MessageId, Moment};

/// The figures of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCounts {
    /// How many there are in each group of the audience, in the order of [`RecipientGroup::ALL`].
    pub audience: [u64; 6],
    /// Gathered and not made yet.
    pub gathered: u64,
    /// Made and not let go yet.
    pub prepared: u64,
    /// Let go, and waiting for their turn.
    pub waiting: u64,
    /// On their way at this moment.
    pub sending: u64,
    /// Taken over by the relay, and not come back.
    pub sent: u64,
    /// Of those that wait: put off by the relay and tried again.
    pub deferred: u64,
    /// Refused, expired or come back.
    pub failed: u64,
    /// Not sent because the address must not be written to since it was prepared.
    pub suppressed: u64,
    /// Handed over without an answer.
    pub unknown: u64,
    /// Stopped by a person.
    pub cancelled: u64,
}

impl CampaignCounts {
    /// How many recipients get or got a message, or wait for values.
    pub fn recipients(&self) -> u64 {
        self.of(RecipientGroup::Getting) + self.of(RecipientGroup::SetApart)
    }

    /// How many there are in a group of the audience.
    pub fn of(&self, group: RecipientGroup) -> u64 {
        RecipientGroup::ALL.iter().zip(self.audience).find(|it| *it.0 == group).map_or(0, |it| it.1)
    }

    /// How many have ended, whatever their end.
    pub fn ended(&self) -> u64 {
        self.sent + self.failed + self.suppressed + self.cancelled
    }
}

/// What cancelling the rest did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignCancelled {
    /// So many were gone already.
    pub gone: u64,
    /// So many were stopped.
    pub stopped: u64,
    /// So many were on their way at that moment, or nobody knows whether they are gone.
    pub in_flight: u64,
}

/// How many messages left over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignFlow {
    /// Width of a point in milliseconds.
    pub step_ms: i64,
    /// The points, the earliest first; points at which nothing left are left out.
    pub points: Vec<FlowPoint>,
}

/// How many messages left within one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowPoint {
    /// When the step began.
    pub at: Moment,
    /// How many.
    pub sent: u32,
}

/// Why messages did not arrive, in kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FailureKind {
    /// The relay refused them.
    Rejected,
    /// They came back.
    Returned,
    /// They waited longer than they were worth.
    Expired,
    /// Their addresses must not be written to since they were prepared.
    Suppressed,
    /// Nobody knows.
    Unknown,
    /// A person stopped them.
    Cancelled,
}

/// Messages that did not arrive for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureReason {
    /// Of which kind.
    pub kind: FailureKind,
    /// The relay's answer without what differs from address to address; untrusted text, may be empty.
    pub words: String,
    /// How many.
    pub count: u64,
    /// One of them.
    pub example: MessageId,
}

/// What became of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CampaignReport {
    /// The figures.
    pub counts: CampaignCounts,
    /// Receipts that messages arrived.
    pub delivered: u64,
    /// Messages that came back.
    pub bounced: u64,
    /// Recipients who unsubscribed since the campaign began.
    pub unsubscribed: u64,
    /// Recipients who complained since then.
    pub complained: u64,
    /// Why messages did not arrive, the most frequent first; at most a hundred reasons.
    pub reasons: Vec<FailureReason>,
    /// When it began and ended.
    pub started_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// How many messages left over the whole time.
    pub flow: CampaignFlow,
    /// Which versions of the content were sent, the first one first.
    pub versions: Vec<SentVersion>,
    /// How people reacted; nothing where it was not measured.
    pub reactions: Option<Reactions>,
}

/// A version of a campaign's content that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentVersion {
    /// Counts from 1.
    pub version: u32,
    /// When it was frozen.
    pub at: Moment,
    /// How many messages of it were handed over.
    pub sent: u64,
}

/// A question for one page of the messages that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureQuery {
    /// Whose.
    pub campaign: CampaignId,
    /// Only of this kind.
    pub kind: Option<FailureKind>,
    /// Behind which row.
    pub after: Option<Cursor>,
}

/// A message that did not arrive, or not yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureRow {
    /// Which message.
    pub message: MessageId,
    /// Name of the recipient; may be empty.
    pub name: String,
    /// Address or number.
    pub address: String,
    /// How its delivery ended.
    pub state: DeliveryState,
    /// The relay's last answer; untrusted text, may be empty.
    pub reply: String,
    /// How many tries there were.
    pub tries: u32,
    /// When it ended, or is tried again.
    pub at: Moment,
}

/// A share in tenths of a percent; nothing of nothing.
pub fn tenths(n: u64, of: u64) -> Option<u64> {
    (0 < of).then(|| ((u128::from(n) * 1_000 + u128::from(of) / 2) / u128::from(of)) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_by_their_place() {
        let counts = CampaignCounts { audience: [5, 4, 3, 2, 1, 6], ..CampaignCounts::default() };
        assert_eq!(counts.of(RecipientGroup::Getting), 5);
        assert_eq!(counts.of(RecipientGroup::Duplicate), 1);
        assert_eq!(counts.recipients(), 9);
    }

    #[test]
    fn a_share_is_rounded_to_tenths_and_nothing_has_none() {
        assert_eq!(
            [tenths(1, 3), tenths(2, 3), tenths(5, 5), tenths(0, 9), tenths(0, 0)],
            [Some(333), Some(667), Some(1_000), Some(0), None]
        );
    }
}
