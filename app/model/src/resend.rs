//! Sending messages of the history again: to whom, and what would become of it.

use serde::{Deserialize, Serialize};

use crate::{DeliveryState, MessageId};

/// To whom messages are sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ResendTo {
    /// To all their recipients.
    #[default]
    Everybody,
    /// Only to those whom they did not reach.
    Unreached,
}

/// What would happen to recipients, counted for each message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResendCount {
    /// Get it.
    pub goes: u32,
    /// Must not be written to; they get nothing.
    pub suppressed: u32,
    /// Of those who get it: DNS said that their domain takes no mail.
    pub invalid: u32,
}

impl ResendCount {
    /// Counts one recipient more.
    pub fn add(&mut self, is_suppressed: bool, is_invalid: bool) {
        if is_suppressed {
            self.suppressed += 1;
            return;
        }
        self.goes += 1;
        self.invalid += u32::from(is_invalid);
    }
}

/// What would go when messages are sent again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResendLook {
    /// The messages that can be sent again.
    pub ids: Vec<MessageId>,
    /// How many of those asked about cannot: they are not there any more, have not ended, lie in the bin, came from an old archive, or a
    /// recipient was erased.
    pub not_possible: u32,
    /// What becomes of everybody.
    pub everybody: ResendCount,
    /// What becomes of those whom it did not reach.
    pub unreached: ResendCount,
    /// How many had it already.
    pub had_it: u32,
}

impl ResendLook {
    /// What would become of them that way.
    pub fn count(&self, to: ResendTo) -> ResendCount {
        match to {
            ResendTo::Everybody => self.everybody,
            ResendTo::Unreached => self.unreached,
        }
    }

    /// Whether there is a choice: some had it and some who may be written to did not.
    pub fn is_mixed(&self) -> bool {
        0 < self.had_it && 0 < self.unreached.goes
    }

    /// What is chosen unless somebody chooses: nobody gets twice what others never got.
    pub fn usual(&self) -> ResendTo {
        if self.is_mixed() { ResendTo::Unreached } else { ResendTo::Everybody }
    }
}

/// Whether a recipient may have what was carried there: the relay took it, or nobody knows.
pub fn may_have(state: DeliveryState) -> bool {
    match state {
        DeliveryState::Accepted | DeliveryState::Delivered | DeliveryState::Handed | DeliveryState::Unknown => true,
        DeliveryState::Waiting
        | DeliveryState::Leased
        | DeliveryState::Returned
        | DeliveryState::Rejected
        | DeliveryState::Suppressed
        | DeliveryState::Cancelled
        | DeliveryState::Expired => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reached_some_goes_to_the_others_unless_somebody_chooses() {
        let mut look = ResendLook { had_it: 2, ..ResendLook::default() };
        assert_eq!(look.usual(), ResendTo::Everybody);
        look.unreached.add(true, false);
        assert_eq!(look.usual(), ResendTo::Everybody, "who did not get it must not be written to");
        look.unreached.add(false, true);
        assert_eq!((look.usual(), look.unreached), (ResendTo::Unreached, ResendCount { goes: 1, suppressed: 1, invalid: 1 }));
        look.had_it = 0;
        assert_eq!(look.usual(), ResendTo::Everybody);
    }
}
