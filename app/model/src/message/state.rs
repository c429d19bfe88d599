//! The states a message moves through.

use serde::{Deserialize, Serialize};

use crate::{DeliveryState, Noun, Refusal};

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageState {
    /// Is being written.
    Draft,
    /// Is complete and waits for release.
    Prepared,
    /// Leaves now or when it is due; also while the end of a delivery is unknown.
    Queued,
    /// Every delivery was accepted.
    Sent,
    /// Some deliveries were accepted, others not.
    PartlySent,
    /// No delivery was accepted.
    Failed,
    /// A person stopped it before anything left.
    Cancelled,
}

/// What can be done to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageStep {
    /// Completes it and lets it wait.
    Prepare,
    /// Opens a prepared one for writing again.
    Reopen,
    /// Lets it go.
    Release,
    /// Takes it back within the time for undo.
    Undo,
    /// Stops what still waits.
    Cancel,
    /// Settles it by the ends of its deliveries; again when one of them has come back.
    Settle(MessageEnd),
}

/// How the deliveries of a message ended together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageEnd {
    /// All accepted.
    All,
    /// Some accepted.
    Some,
    /// None accepted.
    None,
    /// None accepted because all were stopped.
    Stopped,
}

impl MessageState {
    /// All states, in the order the filters offer them.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Prepared, Self::Queued, Self::Sent, Self::PartlySent, Self::Failed, Self::Cancelled];

    /// The state after a step.
    ///
    /// # Errors
    /// Refuses a step that this state does not allow.
    pub fn step(self, step: MessageStep) -> Result<Self, Refusal> {
        use MessageStep as Step;
        match (self, step) {
            (Self::Draft, Step::Prepare) => Ok(Self::Prepared),
            (Self::Prepared, Step::Reopen) | (Self::Queued, Step::Undo) => Ok(Self::Draft),
            (Self::Prepared, Step::Release) => Ok(Self::Queued),
            (Self::Prepared, Step::Cancel) => Ok(Self::Cancelled),
            (Self::Queued, Step::Cancel) => Ok(Self::Queued),
            (Self::Queued | Self::Sent | Self::PartlySent | Self::Failed, Step::Settle(end)) => Ok(match end {
                MessageEnd::All => Self::Sent,
                MessageEnd::Some => Self::PartlySent,
                MessageEnd::None => Self::Failed,
                MessageEnd::Stopped => Self::Cancelled,
            }),
            (
                Self::Draft | Self::Prepared | Self::Queued | Self::Sent | Self::PartlySent | Self::Failed | Self::Cancelled,
                Step::Prepare | Step::Reopen | Step::Release | Step::Undo | Step::Cancel | Step::Settle(_),
            ) => Err(Refusal::IllegalStep(Noun::Message)),
        }
    }

    /// Whether anything of it may have left, so that it can only be repeated, never changed.
    pub fn is_history(self) -> bool {
        matches!(self, Self::Sent | Self::PartlySent | Self::Failed | Self::Cancelled)
    }
}

impl MessageEnd {
    /// How these deliveries ended together, or nothing while one still moves or is unknown.
    pub fn of(states: &[DeliveryState]) -> Option<Self> {
        if states.iter().any(|it| !it.is_settled()) {
            return None;
        }
        let accepted = states.iter().filter(|it| it.is_accepted()).count();
        let stopped = states.iter().filter(|it| **it == DeliveryState::Cancelled).count();
        Some(match accepted {
            0 if 0 < stopped && stopped == states.len() => Self::Stopped,
            0 => Self::None,
            n if n == states.len() => Self::All,
            _ => Self::Some,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_moves_only_along_its_way() {
        use MessageState as S;
        use MessageStep as T;
        let allowed = [
            (S::Draft, T::Prepare, S::Prepared),
            (S::Prepared, T::Reopen, S::Draft),
            (S::Prepared, T::Release, S::Queued),
            (S::Prepared, T::Cancel, S::Cancelled),
            (S::Queued, T::Undo, S::Draft),
            (S::Queued, T::Cancel, S::Queued),
            (S::Queued, T::Settle(MessageEnd::All), S::Sent),
            (S::Queued, T::Settle(MessageEnd::Some), S::PartlySent),
            (S::Queued, T::Settle(MessageEnd::None), S::Failed),
            (S::Queued, T::Settle(MessageEnd::Stopped), S::Cancelled),
            (S::Sent, T::Settle(MessageEnd::All), S::Sent),
            (S::PartlySent, T::Settle(MessageEnd::All), S::Sent),
            (S::Failed, T::Settle(MessageEnd::All), S::Sent),
            (S::Sent, T::Settle(MessageEnd::None), S::Failed),
        ];
        let steps = [T::Prepare, T::Reopen, T::Release, T::Undo, T::Cancel, T::Settle(MessageEnd::All)];
        for state in S::ALL {
            for step in steps {
                let expected = allowed.iter().find(|it| it.0 == state && it.1 == step).map(|it| it.2);
                assert_eq!(state.step(step).ok(), expected, "{state:?} {step:?}");
            }
        }
        for (from, step, to) in allowed {
            assert_eq!(from.step(step), Ok(to));
        }
    }

    #[test]
    fn the_end_of_a_message_follows_from_its_deliveries() {
        use DeliveryState as D;
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Waiting]), None);
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Unknown]), None);
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Delivered]), Some(MessageEnd::All));
        assert_eq!(MessageEnd::of(&[D::Accepted, D::Rejected]), Some(MessageEnd::Some));
        assert_eq!(MessageEnd::of(&[D::Suppressed, D::Rejected]), Some(MessageEnd::None));
        assert_eq!(MessageEnd::of(&[D::Cancelled, D::Cancelled]), Some(MessageEnd::Stopped));
    }
}
