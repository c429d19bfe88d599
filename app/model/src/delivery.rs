//! Deliveries: carrying a message to one address, try by try.

use serde::{Deserialize, Serialize};

use crate::{Address, DeliveryId, Moment, Noun, Refusal, SmsPart, SuppressedBy};

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeliveryState {
    /// Waits for its time, its turn or its next try.
    Waiting,
    /// A worker holds it; nothing has left.
    Leased,
    /// The worker committed that the last byte may leave now.
    Handed,
    /// The relay took it over.
    Accepted,
    /// A receipt says that it arrived.
    Delivered,
    /// It came back after the relay had taken it.
    Returned,
    /// The relay refused it for good.
    Rejected,
    /// It was handed over and no answer came: nobody knows. Never sent again by itself.
    Unknown,
    /// The address must not be written to.
    Suppressed,
    /// A person stopped it.
    Cancelled,
    /// It waited longer than it was worth.
    Expired,
}

/// What can happen to a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeliveryStep {
    /// A worker takes it.
    Lease,
    /// The worker gives it back, or is gone; nothing left.
    GiveBack,
    /// The last byte may leave now.
    Hand,
    /// The relay says 250.
    Accept,
    /// The relay says 4xx, before or after the hand-over.
    Defer,
    /// The relay says 5xx.
    Reject,
    /// The answer never came.
    Lose,
    /// The database is a copy that was put back: it may have left since the copy was made.
    Doubt,
    /// The address turns out to be forbidden.
    Suppress,
    /// A person stops it.
    Cancel,
    /// Its time is over.
    Expire,
    /// A receipt came.
    Deliver,
    /// A bounce came.
    Return,
    /// A person decides to send the unknown one again.
    SendAgain,
    /// A person or a receipt says that the unknown one arrived.
    TakeAsAccepted,
}

impl DeliveryState {
    /// All states.
    pub const ALL: [Self; 11] = [
        Self::Waiting,
        Self::Leased,
        Self::Handed,
        Self::Accepted,
        Self::Delivered,
        Self::Returned,
        Self::Rejected,
        Self::Unknown,
        Self::Suppressed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The state after a step.
    ///
    /// # Errors
    /// Refuses a step that this state does not allow.
    pub fn step(self, step: DeliveryStep) -> Result<Self, Refusal> {
        use DeliveryStep as Step;
        match (self, step) {
            (Self::Waiting, Step::Lease) => Ok(Self::Leased),
            (Self::Waiting | Self::Leased, Step::Suppress) => Ok(Self::Suppressed),
            (Self::Waiting | Self::Leased, Step::Cancel) => Ok(Self::Cancelled),
            (Self::Waiting, Step::Expire) => Ok(Self::Expired),
            (Self::Leased, Step::GiveBack | Step::Defer) | (Self::Handed, Step::Defer) | (Self::Unknown, Step::SendAgain) => {
                Ok(Self::Waiting)
            }
            (Self::Leased, Step::Hand) => Ok(Self::Handed),
            (Self::Leased | Self::Handed, Step::Reject) => Ok(Self::Rejected),
            (Self::Handed, Step::Accept) | (Self::Unknown, Step::TakeAsAccepted) => Ok(Self::Accepted),
            (Self::Handed, Step::Lose) | (Self::Waiting, Step::Doubt) => Ok(Self::Unknown),
            (Self::Accepted | Self::Unknown, Step::Deliver) => Ok(Self::Delivered),
            (Self::Accepted | Self::Unknown, Step::Return) => Ok(Self::Returned),
            (_, _) => Err(Refusal::IllegalStep(Noun::Delivery)),
        }
    }

    /// Whether it neither moves by itself any more nor waits for a decision.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Waiting | Self::Leased | Self::Handed | Self::Unknown)
    }

    /// Whether the relay took it over and it has not come back.
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::Delivered)
    }
}

/// Which deliveries go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lane {
    /// Tests and single messages.
    Single,
    /// Automatic notifications.
    Notification,
    /// Campaigns.
    Campaign,
}

/// A delivery with its tries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveryDetail {
    /// Which delivery.
    pub id: DeliveryId,
    /// Where to.
    pub address: Address,
    /// How far it has come.
    pub state: DeliveryState,
    /// Not before then it is tried, while it waits.
    pub due_at: Option<Moment>,
    /// Its tries, oldest first.
    pub attempts: Vec<Attempt>,
    /// Why its address must not be written to, when that stopped it.
    pub suppressed: Option<SuppressedBy>,
    /// What the gateway told about each part of a text message.
    pub parts: Vec<SmsPart>,
}

/// One try with its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Counts from 1.
    pub number: u32,
    /// When it began.
    pub at: Moment,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// Host and port of the relay; empty for Capture.
    pub relay: String,
    /// The relay's literal answer, or what the machine said; text only.
    pub reply: String,
    /// How the connection was protected, such as `TLS 1.3`; empty when it was not.
    pub tls: String,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AttemptOutcome {
    /// The relay took the message over.
    Accepted,
    /// It is tried again later.
    Deferred,
    /// The relay refused it for good.
    Rejected,
    /// The connection ended after the hand-over and before the answer.
    Unknown,
}

/// What a person decides about an unknown delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Decision {
    /// Sends it again with the same Message-ID; the recipient may get it twice.
    SendAgain,
    /// Takes it as accepted.
    TakeAsAccepted,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_moves_only_along_its_way() {
        use DeliveryState as S;
        use DeliveryStep as T;
        let allowed = [
            (S::Waiting, T::Lease, S::Leased),
            (S::Waiting, T::Suppress, S::Suppressed),
            (S::Waiting, T::Cancel, S::Cancelled),
            (S::Waiting, T::Expire, S::Expired),
            (S::Waiting, T::Doubt, S::Unknown),
            (S::Leased, T::Cancel, S::Cancelled),
            (S::Leased, T::GiveBack, S::Waiting),
            (S::Leased, T::Suppress, S::Suppressed),
            (S::Leased, T::Defer, S::Waiting),
            (S::Leased, T::Hand, S::Handed),
            (S::Leased, T::Reject, S::Rejected),
            (S::Handed, T::Accept, S::Accepted),
            (S::Handed, T::Defer, S::Waiting),
            (S::Handed, T::Reject, S::Rejected),
            (S::Handed, T::Lose, S::Unknown),
            (S::Unknown, T::SendAgain, S::Waiting),
            (S::Unknown, T::TakeAsAccepted, S::Accepted),
            (S::Unknown, T::Deliver, S::Delivered),
            (S::Unknown, T::Return, S::Returned),
            (S::Accepted, T::Deliver, S::Delivered),
            (S::Accepted, T::Return, S::Returned),
        ];
        let steps = [
            T::Lease,
            T::GiveBack,
            T::Hand,
            T::Accept,
            T::Defer,
            T::Reject,
            T::Lose,
            T::Doubt,
            T::Suppress,
            T::Cancel,
            T::Expire,
            T::Deliver,
            T::Return,
            T::SendAgain,
            T::TakeAsAccepted,
        ];
        for state in S::ALL {
            for step in steps {
                let expected = allowed.iter().find(|it| it.0 == state && it.1 == step).map(|it| it.2);
                assert_eq!(state.step(step).ok(), expected, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn nothing_leaves_the_unknown_by_itself() {
        for step in [DeliveryStep::Lease, DeliveryStep::GiveBack, DeliveryStep::Defer, DeliveryStep::Hand] {
            assert!(DeliveryState::Unknown.step(step).is_err());
        }
    }
}
