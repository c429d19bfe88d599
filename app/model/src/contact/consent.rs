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
    /// The person was asked to confirm it by a link and has not answered yet.
    Asked,
    /// It was given by the person's own hand, through a link sent to the address.
    Confirmed,
    /// It was withdrawn.
    Withdrawn,
}

impl ConsentState {
    /// All states, in the order the screens offer them.
    pub const ALL: [Self; 5] = [Self::Given, Self::Confirmed, Self::Asked, Self::Withdrawn, Self::Unknown];

    /// The states that are meant when contacts with this one are looked for: a confirmed consent is a given one.
    pub fn covered(self) -> &'static [Self] {
        match self {
            Self::Given => &[Self::Given, Self::Confirmed],
            Self::Confirmed => &[Self::Confirmed],
            Self::Asked => &[Self::Asked],
            Self::Withdrawn => &[Self::Withdrawn],
            Self::Unknown => &[Self::Unknown],
        }
    }

    /// Whether the person may be asked: not who agreed already, and never who said no.
    pub fn may_be_asked(self) -> bool {
        matches!(self, Self::Unknown | Self::Asked)
    }
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
    /// By a link that was sent to the address; noted by the program alone.
    Link,
}

impl ConsentWay {
    /// The ways a person can note, in the order the screens offer them.
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
        // What a link says, no person says in its stead.
        if matches!(self.state, ConsentState::Asked | ConsentState::Confirmed) {
            faults.add("state", Fault::Missing);
        }
        if self.way == ConsentWay::Link {
            faults.add("way", Fault::Missing);
        }
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
    /// Who noted it; empty when the person did it by a link.
    pub noted_by: String,
    /// The address or number that a link was about; empty when there was none.
    pub address: String,
    /// The network address from which a link was used; empty when none was.
    pub from: String,
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
    fn nobody_notes_what_only_a_link_can_say() {
        let now = Moment(crate::time::days(100));
        for state in [ConsentState::Asked, ConsentState::Confirmed] {
            assert_eq!(draft(state, "klikol", 99).check(now), Err(Refusal::field("state", Fault::Missing)));
        }
        let link = ConsentDraft { way: ConsentWay::Link, ..draft(ConsentState::Given, "klikol", 99) };
        assert_eq!(link.check(now), Err(Refusal::field("way", Fault::Missing)));
    }

    #[test]
    fn who_looks_for_given_consents_finds_the_confirmed_ones_too() {
        for state in ConsentState::ALL {
            assert!(state.covered().contains(&state));
            assert_eq!(
                state.covered().contains(&ConsentState::Confirmed),
                state == ConsentState::Given || state == ConsentState::Confirmed
            );
        }
    }

    #[test]
    fn nothing_is_said_in_the_future() {
        let now = Moment(crate::time::days(100));
        assert_eq!(draft(ConsentState::Withdrawn, "", 102).check(now), Err(Refusal::field("on", Fault::InFuture)));
    }
}
