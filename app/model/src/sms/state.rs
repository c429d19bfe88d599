//! What receipts say about a segment and a message, and how it moves: only forward, whatever comes twice or in the wrong order.

use serde::{Deserialize, Serialize};

use crate::{DeliveryState, DeliveryStep};

/// How far a segment has come since the gateway took it. The order of the variants is the order of their weight.
///
/// A phone that confirmed outweighs a network that had given up, because only the phone can know that it has the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SmsState {
    /// The gateway has it.
    Taken,
    /// The network carries it.
    EnRoute,
    /// It was deleted before it was delivered.
    Deleted,
    /// The network refused it.
    Refused,
    /// Its time ran out before the phone could be reached.
    Expired,
    /// It cannot be delivered.
    Undeliverable,
    /// The phone has it.
    Delivered,
    /// The person has opened it; only messengers tell.
    Seen,
}

/// What a state means for the person who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SmsProgress {
    /// More is to come.
    UnderWay,
    /// It did not arrive.
    Failed,
    /// It arrived.
    Arrived,
}

impl SmsState {
    /// All states, from the lightest to the heaviest.
    pub const ALL: [Self; 8] = [
        Self::Taken,
        Self::EnRoute,
        Self::Deleted,
        Self::Refused,
        Self::Expired,
        Self::Undeliverable,
        Self::Delivered,
        Self::Seen,
    ];

    /// The state after a receipt. Total, and free of order and repetition: the heavier of the two.
    #[must_use]
    pub fn step(self, receipt: Self) -> Self {
        self.max(receipt)
    }

    /// What it means.
    pub fn progress(self) -> SmsProgress {
        match self {
            Self::Taken | Self::EnRoute => SmsProgress::UnderWay,
            Self::Deleted | Self::Refused | Self::Expired | Self::Undeliverable => SmsProgress::Failed,
            Self::Delivered | Self::Seen => SmsProgress::Arrived,
        }
    }

    /// Whether no further receipt is to be expected.
    pub fn is_final(self) -> bool {
        self.progress() != SmsProgress::UnderWay
    }

    /// The state of a whole message of these segments: failed as soon as one of them has, else as far as the last of them.
    /// Of no segments nothing is known but that the gateway has the message.
    pub fn of_message(segments: impl IntoIterator<Item = Self>) -> Self {
        let segments: Vec<Self> = segments.into_iter().collect();
        let failed = segments.iter().copied().filter(|it| it.progress() == SmsProgress::Failed).max();
        failed.or_else(|| segments.into_iter().min()).unwrap_or(Self::Taken)
    }

    /// What a receipt in this state does to a delivery, if anything.
    ///
    /// A delivery that is handed over and not answered yet waits for its answer: keep the receipt and ask again afterwards. A settled
    /// one stays as it is.
    pub fn delivery_step(self, from: DeliveryState) -> Option<DeliveryStep> {
        match (from, self.progress()) {
            (DeliveryState::Unknown, SmsProgress::UnderWay) => Some(DeliveryStep::TakeAsAccepted),
            (DeliveryState::Accepted | DeliveryState::Unknown, SmsProgress::Arrived) => Some(DeliveryStep::Deliver),
            (DeliveryState::Accepted | DeliveryState::Unknown, SmsProgress::Failed) => Some(DeliveryStep::Return),
            (_, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    fn states() -> impl Strategy<Value = Vec<SmsState>> {
        prop::collection::vec(select(SmsState::ALL.to_vec()), 0..12)
    }

    fn after(receipts: &[SmsState]) -> SmsState {
        receipts.iter().fold(SmsState::Taken, |state, it| state.step(*it))
    }

    proptest! {
        #[test]
        fn order_and_repetition_of_receipts_change_nothing(receipts in states(), seed in any::<prop::sample::Index>()) {
            let mut shuffled = [receipts.clone(), receipts.clone()].concat();
            if !shuffled.is_empty() {
                let middle = seed.index(shuffled.len());
                shuffled.rotate_left(middle);
                shuffled.reverse();
            }
            prop_assert_eq!(after(&shuffled), after(&receipts));
        }

        #[test]
        fn no_receipt_moves_a_state_backwards(receipts in states()) {
            let mut state = SmsState::Taken;
            for receipt in receipts {
                let next = state.step(receipt);
                prop_assert!(state <= next && state.progress() <= next.progress());
                state = next;
            }
        }

        #[test]
        fn a_message_has_arrived_when_all_its_segments_have(segments in states()) {
            let whole = SmsState::of_message(segments.iter().copied()).progress();
            let all = !segments.is_empty() && segments.iter().all(|it| it.progress() == SmsProgress::Arrived);
            let failed = segments.iter().any(|it| it.progress() == SmsProgress::Failed);
            prop_assert_eq!(whole == SmsProgress::Arrived, all);
            prop_assert_eq!(whole == SmsProgress::Failed, failed);
        }

        #[test]
        fn receipts_move_a_delivery_only_along_its_way(receipts in states(), unknown in any::<bool>()) {
            let mut state = if unknown { DeliveryState::Unknown } else { DeliveryState::Accepted };
            for receipt in receipts {
                if let Some(step) = receipt.delivery_step(state) {
                    let settled_before = state == DeliveryState::Delivered || state == DeliveryState::Returned;
                    prop_assert!(!settled_before, "a settled delivery was moved");
                    state = state.step(step).unwrap();
                }
            }
        }
    }

    #[test]
    fn a_confirmation_of_the_phone_outweighs_a_network_that_gave_up() {
        assert_eq!(SmsState::Expired.step(SmsState::Delivered), SmsState::Delivered);
        assert_eq!(SmsState::Delivered.step(SmsState::Expired), SmsState::Delivered);
        assert_eq!(SmsState::Delivered.step(SmsState::EnRoute), SmsState::Delivered);
    }

    #[test]
    fn a_receipt_proves_that_an_unknown_delivery_was_taken() {
        assert_eq!(SmsState::EnRoute.delivery_step(DeliveryState::Unknown), Some(DeliveryStep::TakeAsAccepted));
        assert_eq!(SmsState::EnRoute.delivery_step(DeliveryState::Accepted), None);
        assert_eq!(SmsState::Delivered.delivery_step(DeliveryState::Handed), None);
        for state in [DeliveryState::Waiting, DeliveryState::Cancelled, DeliveryState::Rejected, DeliveryState::Delivered] {
            assert!(SmsState::ALL.iter().all(|it| it.delivery_step(state).is_none()));
        }
    }
}
