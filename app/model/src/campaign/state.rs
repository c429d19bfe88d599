//! The states a campaign moves through, and what stands in its way.

use serde::{Deserialize, Serialize};

use crate::{Moment, Noun, Refusal};

/// How far a campaign has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CampaignState {
    /// Is being written; nothing is prepared.
    #[default]
    Draft,
    /// Its messages are being made in the background.
    Preparing,
    /// Its messages are made and wait for review and release.
    Prepared,
    /// Is released for a later moment.
    Scheduled,
    /// Its messages leave.
    Running,
    /// A person holds what has not left.
    Paused,
    /// Every message has ended.
    Finished,
    /// A person stopped the rest.
    Cancelled,
}

/// What can be done to a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CampaignStep {
    /// Changes what is typed.
    Edit,
    /// Makes the messages, or adds those of new recipients.
    Prepare,
    /// All messages are made, or a person stopped making more.
    Settle,
    /// The same for one that is held: it stays held.
    Hold,
    /// Throws the prepared messages away.
    Discard,
    /// Releases it for a later moment.
    Schedule,
    /// Takes the release for a later moment back.
    Unschedule,
    /// Lets the messages go.
    Release,
    /// Holds what has not left.
    Pause,
    /// Lets it go again.
    Resume,
    /// Stops the rest for good.
    Cancel,
    /// Every message has ended.
    Finish,
    /// Sends again what failed.
    Retry,
}

impl CampaignState {
    /// All states, in the order the filters offer them.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Preparing,
        Self::Prepared,
        Self::Scheduled,
        Self::Running,
        Self::Paused,
        Self::Finished,
        Self::Cancelled,
    ];

    /// The state after a step.
    ///
    /// # Errors
    /// Refuses a step that this state does not allow.
    pub fn step(self, step: CampaignStep) -> Result<Self, Refusal> {
        use CampaignStep as Step;
        match (self, step) {
            (Self::Draft | Self::Prepared | Self::Paused, Step::Edit) => Ok(self),
            (Self::Draft | Self::Prepared | Self::Paused, Step::Prepare) => Ok(Self::Preparing),
            (Self::Preparing, Step::Settle) | (Self::Scheduled, Step::Unschedule) => Ok(Self::Prepared),
            (Self::Prepared, Step::Discard) => Ok(Self::Draft),
            (Self::Prepared, Step::Schedule) => Ok(Self::Scheduled),
            (Self::Prepared | Self::Scheduled, Step::Release) | (Self::Paused, Step::Resume) | (Self::Finished, Step::Retry) => {
                Ok(Self::Running)
            }
            (Self::Running, Step::Pause) | (Self::Preparing, Step::Hold) => Ok(Self::Paused),
            (Self::Prepared | Self::Scheduled | Self::Running | Self::Paused, Step::Cancel) => Ok(Self::Cancelled),
            (Self::Running, Step::Finish) => Ok(Self::Finished),
            (
                Self::Draft
                | Self::Preparing
                | Self::Prepared
                | Self::Scheduled
                | Self::Running
                | Self::Paused
                | Self::Finished
                | Self::Cancelled,
                Step::Edit
                | Step::Prepare
                | Step::Settle
                | Step::Hold
                | Step::Discard
                | Step::Schedule
                | Step::Unschedule
                | Step::Release
                | Step::Pause
                | Step::Resume
                | Step::Cancel
                | Step::Finish
                | Step::Retry,
            ) => Err(Refusal::IllegalStep(Noun::Campaign)),
        }
    }

    /// Whether what is prepared and has not left may be mended: edited, taken out, made anew, approved.
    pub fn is_mendable(self) -> bool {
        matches!(self, Self::Prepared | Self::Paused)
    }

    /// Whether a step is allowed, for buttons.
    pub fn allows(self, step: CampaignStep) -> bool {
        self.step(step).is_ok()
    }

    /// Whether anything of it may have left.
    pub fn has_begun(self) -> bool {
        matches!(self, Self::Running | Self::Paused | Self::Finished | Self::Cancelled)
    }
}

/// When somebody else than the author must approve what is prepared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ApprovalRule {
    /// Never, unless the author asks for it.
    #[default]
    Never,
    /// For more than so many recipients.
    Above(u32),
    /// Always.
    Always,
}

impl ApprovalRule {
    /// Whether a campaign of so many messages needs approval.
    pub fn asks(self, messages: u64) -> bool {
        match self {
            Self::Never => false,
            Self::Above(n) => u64::from(n) < messages,
            Self::Always => true,
        }
    }
}

/// How far the approval of what is prepared has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ApprovalState {
    /// Nobody was asked.
    #[default]
    Open,
    /// Somebody was asked and has not answered.
    Requested,
    /// It was approved, and nothing has changed since.
    Approved,
    /// It was approved, and something has changed since: the approval does not count.
    Broken,
    /// It was given back to the author with a comment.
    Returned,
}

/// The approval of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Whether release needs it.
    pub is_needed: bool,
    /// How far it is.
    pub state: ApprovalState,
    /// Who asked for it; empty while nobody did.
    pub requested_by: String,
    /// When.
    pub requested_at: Option<Moment>,
    /// Who approved or returned it; empty while nobody did.
    pub decided_by: String,
    /// When.
    pub decided_at: Option<Moment>,
    /// What was said last; may be empty.
    pub comment: String,
    /// Whether who asks now may approve: has the right and is neither author nor who asked.
    pub is_mine_to_give: bool,
}

/// What stands in the way of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hindrance {
    /// There is no message to send.
    NothingPrepared,
    /// So many recipients were gathered and have no message yet, because preparing was stopped.
    Unprepared(u64),
    /// So many messages wait for values: they must be filled, or excluded.
    SetApart(u64),
    /// Nobody has approved it yet.
    NotApproved,
    /// It was changed after it had been approved.
    ApprovalBroken,
    /// The account it was prepared for is gone; regenerating takes the campaign's account of now.
    AccountGone,
    /// The moment it should begin at lies in the past.
    StartPassed,
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [CampaignStep; 13] = [
        CampaignStep::Edit,
        CampaignStep::Prepare,
        CampaignStep::Settle,
        CampaignStep::Hold,
        CampaignStep::Discard,
        CampaignStep::Schedule,
        CampaignStep::Unschedule,
        CampaignStep::Release,
        CampaignStep::Pause,
        CampaignStep::Resume,
        CampaignStep::Cancel,
        CampaignStep::Finish,
        CampaignStep::Retry,
    ];

    #[test]
    fn each_state_allows_exactly_its_steps() {
        use CampaignState as State;
        use CampaignStep as Step;
        let allowed: [(State, &[(Step, State)]); 8] = [
            (State::Draft, &[(Step::Edit, State::Draft), (Step::Prepare, State::Preparing)]),
            (State::Preparing, &[(Step::Settle, State::Prepared), (Step::Hold, State::Paused)]),
            (
                State::Prepared,
                &[
                    (Step::Edit, State::Prepared),
                    (Step::Prepare, State::Preparing),
                    (Step::Discard, State::Draft),
                    (Step::Schedule, State::Scheduled),
                    (Step::Release, State::Running),
                    (Step::Cancel, State::Cancelled),
                ],
            ),
            (
                State::Scheduled,
                &[(Step::Unschedule, State::Prepared), (Step::Release, State::Running), (Step::Cancel, State::Cancelled)],
            ),
            (State::Running, &[(Step::Pause, State::Paused), (Step::Cancel, State::Cancelled), (Step::Finish, State::Finished)]),
            (
                State::Paused,
                &[
                    (Step::Edit, State::Paused),
                    (Step::Prepare, State::Preparing),
                    (Step::Resume, State::Running),
                    (Step::Cancel, State::Cancelled),
                ],
            ),
            (State::Finished, &[(Step::Retry, State::Running)]),
            (State::Cancelled, &[]),
        ];
        for (state, steps) in allowed {
            for step in STEPS {
                let next = steps.iter().find(|it| it.0 == step).map(|it| it.1);
                assert_eq!(state.step(step).ok(), next, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn approval_is_asked_for_above_the_number() {
        assert!(!ApprovalRule::Never.asks(1_000_000));
        assert!(!ApprovalRule::Above(100).asks(100));
        assert!(ApprovalRule::Above(100).asks(101));
        assert!(ApprovalRule::Always.asks(1));
    }
}
