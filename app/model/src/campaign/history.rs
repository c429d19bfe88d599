//! The history of a campaign: what was done to it, with the messages that were made or left meanwhile.

use serde::{Deserialize, Serialize};

use super::CampaignDeed;
use crate::{AuditEntry, AuditId, CampaignId, Cursor, Moment};

/// What was done to a campaign, with its messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignEntry {
    /// What was done.
    pub entry: AuditEntry,
    /// The messages that it opens to; one without any is left out.
    pub runs: Vec<CampaignRun>,
}

/// Messages of a campaign that were made in one go, or left one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignRun {
    /// When these messages were made, or when they left.
    pub span: RunSpan,
    /// How many there are, those in the bin among them.
    pub messages: u64,
}

/// By what messages belong to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RunSpan {
    /// What happened to them then.
    pub kind: RunKind,
    /// At or after.
    pub since: Moment,
    /// Before; nothing when it goes on.
    pub until: Option<Moment>,
}

/// What happens to messages in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RunKind {
    /// They are made.
    Made,
    /// They leave.
    Sent,
}

/// A question for one page of the messages of a run, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunQuery {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Which of its messages.
    pub span: RunSpan,
    /// Behind which message.
    pub after: Option<Cursor>,
}

impl CampaignDeed {
    /// Whether messages were made up to then.
    fn ends_making(self) -> bool {
        matches!(self, Self::Prepared(_) | Self::PreparationStopped | Self::Retried(_))
    }

    /// Whether messages leave from then on.
    fn begins_sending(self) -> bool {
        matches!(self, Self::Released(_) | Self::Begun | Self::Resumed | Self::Retried(_))
    }
}

impl RunSpan {
    /// The runs that the deeds of a campaign tell, oldest first. What was made is told by the entry that ends it, what leaves by the one
    /// that begins it: a message leaves after its campaign was held or has finished, too, when it was on its way.
    pub fn all(deeds: &[(AuditId, Moment, CampaignDeed)]) -> Vec<(AuditId, Self)> {
        let mut runs: Vec<(AuditId, Self)> = Vec::new();
        let mut made_until = Moment(0);
        for (id, at, deed) in deeds {
            if deed.ends_making() {
                let until = at.plus(1);
                runs.push((*id, Self { kind: RunKind::Made, since: made_until, until: Some(until) }));
                made_until = until;
            }
            if deed.begins_sending() {
                if let Some((_, before)) = runs.iter_mut().rev().find(|it| it.1.kind == RunKind::Sent) {
                    before.until = Some(*at);
                }
                runs.push((*id, Self { kind: RunKind::Sent, since: *at, until: None }));
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_ends_with_its_entry_and_what_leaves_begins_with_it() {
        use CampaignDeed as D;
        use RunKind::{Made, Sent};
        let deeds = [
            D::Created,
            D::PreparationStopped,
            D::Prepared(3),
            D::Released(3),
            D::Paused,
            D::Resumed,
            D::Finished,
            D::Retried(1),
        ];
        let deeds: Vec<_> = (1..).zip(deeds).map(|(n, deed)| (AuditId(n), Moment(n * 10), deed)).collect();
        let told: Vec<_> =
            RunSpan::all(&deeds).into_iter().map(|(id, it)| (id.0, it.kind, it.since.0, it.until.map(|it| it.0))).collect();
        let expected = [
            (2, Made, 0, Some(21)),
            (3, Made, 21, Some(31)),
            (4, Sent, 40, Some(60)),
            (6, Sent, 60, Some(80)),
            (8, Made, 31, Some(81)),
            (8, Sent, 80, None),
        ];
        assert_eq!(told, expected);
    }
}
