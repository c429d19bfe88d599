//! Whether a person agreed to be written to, with proof (Act 480/2004 §7, Act 452/2021 §116).

use serde::{Deserialize, Serialize};

use crate::{Channel, Day, Fault, Faults, Moment, Refusal, Required};

/// What is known about the consent on one channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConsentState {
    /// Nothing is known.
    #[default]
    Unknown,
    /// It was given.
    Given,
    /// It was withdrawn.
    Withdrawn,
}

impl ConsentState {
    /// All states, in the order the screens offer them.
    pub const ALL: [Self; 3] = [Self::Given, Self::Withdrawn, Self::Unknown];
}

/// How a consent was given or withdrawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConsentWay {
    /// On paper, signed.
    Paper,
    /// In a form on the web.
    Web,
    /// By e-mail.
    #[default]
    Email,
    /// By phone.
    Phone,
    /// In person.
    Person,
    /// In a contract.
    Contract,
    /// In another way.
    Other,
}

impl ConsentWay {
    /// All ways, in the order the screens offer them.
    pub const ALL: [Self; 7] = [Self::Paper, Self::Web, Self::Email, Self::Phone, Self::Person, Self::Contract, Self::Other];
}

/// What is typed to note that a consent was given or withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentDraft {
    /// For which channel.
    pub channel: Channel,
    /// What it is from now on.
    pub state: ConsentState,
    /// On which day it was said.
    pub on: Day,
    /// How it was said.
    pub way: ConsentWay,
    /// The words, or where the proof lies.
    pub proof: String,
}

impl ConsentDraft {
    /// Checks the fields; a consent that was given needs its proof, and nothing is said in the future.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self, now: Moment) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let required = if self.state == ConsentState::Given { Required::Yes } else { Required::No };
        faults.text("proof", &self.proof, required, 4_000);
        // Half a day of grace: the day is the one of the place where it was said.
        if Day::of(now.plus(crate::time::hours(14))) < self.on {
            faults.add("on", Fault::InFuture);
        }
        faults.finish()
    }
}

/// What is now known about one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Which channel.
    pub channel: Channel,
    /// What is known.
    pub state: ConsentState,
    /// On which day it was said.
    pub on: Day,
}

/// One entry of the proof log, which only grows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentEntry {
    /// What was noted.
    pub consent: ConsentDraft,
    /// When it was noted.
    pub noted_at: Moment,
    /// Who noted it.
    pub noted_by: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(state: ConsentState, proof: &str, on: i64) -> ConsentDraft {
        ConsentDraft { channel: Channel::Email, state, on: Day(on), way: ConsentWay::Paper, proof: proof.into() }
    }

    #[test]
    fn a_given_consent_needs_its_proof_and_a_withdrawn_one_does_not() {
        let now = Moment(crate::time::days(100));
        assert_eq!(draft(ConsentState::Given, " ", 99).check(now), Err(Refusal::field("proof", Fault::Missing)));
        assert!(draft(ConsentState::Given, "zmluva 12", 99).check(now).is_ok());
        assert!(draft(ConsentState::Withdrawn, "", 100).check(now).is_ok());
    }

    #[test]
    fn nothing_is_said_in_the_future() {
        let now = Moment(crate::time::days(100));
        assert_eq!(draft(ConsentState::Withdrawn, "", 102).check(now), Err(Refusal::field("on", Fault::InFuture)));
    }
}
