//! What found messages can be narrowed by at one press: the values that they have, with their numbers.

use model::{AccountId, Channel, MessageFacets, MessageState, Origin};

use super::message_place::{MessagePlace, Period};
use crate::browser::calendar::Date;

/// How many values of one kind are shown.
const SHOWN: usize = 5;

/// A value that found messages have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FacetValue {
    /// What they travel by.
    Channel(Channel),
    /// How far they have come.
    State(MessageState),
    /// Why they exist.
    Origin(Origin),
    /// The account they leave by, with its name.
    Account(AccountId, String),
    /// The year in which they were created.
    Year(i32),
}

/// What values are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetKind {
    /// Channel.
    Channel,
    /// State.
    State,
    /// Origin.
    Origin,
    /// Account.
    Account,
    /// Year.
    Year,
}

impl FacetKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::State, Self::Channel, Self::Origin, Self::Account, Self::Year];

    /// The values with their numbers, the chosen ones among them; none when there is nothing to choose.
    pub fn values(self, facets: &MessageFacets, place: &MessagePlace) -> Vec<(FacetValue, u64)> {
        let all: Vec<(FacetValue, u64)> = match self {
            Self::Channel => facets.channels.iter().map(|(it, n)| (FacetValue::Channel(*it), *n)).collect(),
            Self::State => facets.states.iter().map(|(it, n)| (FacetValue::State(*it), *n)).collect(),
            Self::Origin => facets.origins.iter().map(|(it, n)| (FacetValue::Origin(*it), *n)).collect(),
            Self::Account => facets.accounts.iter().map(|((id, name), n)| (FacetValue::Account(*id, name.clone()), *n)).collect(),
            Self::Year => facets.years.iter().map(|(it, n)| (FacetValue::Year(*it), *n)).collect(),
        };
        if all.len() < 2 && !all.iter().any(|it| it.0.is_chosen(place)) {
            return Vec::new();
        }
        let shown = all.into_iter().enumerate().filter(|(n, it)| *n < SHOWN || it.0.is_chosen(place));
        shown.map(|it| it.1).collect()
    }
}

impl FacetValue {
    /// Whether a place is narrowed to it.
    pub fn is_chosen(&self, place: &MessagePlace) -> bool {
        match self {
            Self::Channel(it) => place.channel == Some(*it),
            Self::State(it) => place.states.contains(it),
            Self::Origin(it) => place.origin == Some(*it),
            Self::Account(it, _) => place.account == Some(*it),
            Self::Year(it) => place.period.is_some() && place.period == year(*it),
        }
    }

    /// Narrows a place to it, or widens it again.
    pub fn toggle(&self, place: &mut MessagePlace) {
        let is_chosen = self.is_chosen(place);
        match self {
            Self::Channel(it) => place.channel = (!is_chosen).then_some(*it),
            Self::State(it) => place.toggle_state(*it),
            Self::Origin(it) => place.origin = (!is_chosen).then_some(*it),
            Self::Account(it, _) => place.account = (!is_chosen).then_some(*it),
            Self::Year(it) => place.period = if is_chosen { None } else { year(*it) },
        }
    }
}

/// A whole year as a period.
fn year(year: i32) -> Option<Period> {
    let day = |rest: &str| Date::parse(&format!("{year}-{rest}"));
    Some(Period::Between(Some(day("01-01")?), Some(day("12-31")?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facets() -> MessageFacets {
        MessageFacets {
            channels: vec![(Channel::Email, 9)],
            states: vec![(MessageState::Sent, 7), (MessageState::Failed, 2)],
            years: (2019..=2026).rev().map(|it| (it, 1)).collect(),
            ..MessageFacets::default()
        }
    }

    #[test]
    fn one_value_is_no_choice_unless_it_was_chosen() {
        let mut place = MessagePlace::default();
        assert_eq!(FacetKind::Channel.values(&facets(), &place), []);
        FacetValue::Channel(Channel::Email).toggle(&mut place);
        assert_eq!(FacetKind::Channel.values(&facets(), &place), [(FacetValue::Channel(Channel::Email), 9)]);
    }

    #[test]
    fn a_chosen_value_is_shown_however_seldom_it_is() {
        let mut place = MessagePlace::default();
        assert_eq!(FacetKind::Year.values(&facets(), &place).len(), SHOWN);
        FacetValue::Year(2019).toggle(&mut place);
        assert!(FacetKind::Year.values(&facets(), &place).iter().any(|it| it.0 == FacetValue::Year(2019)));
    }

    #[test]
    fn a_press_narrows_and_the_next_one_widens() {
        let values = [
            FacetValue::Channel(Channel::Sms),
            FacetValue::State(MessageState::Failed),
            FacetValue::Origin(Origin::Resend),
            FacetValue::Account(AccountId(3), "Firma".into()),
            FacetValue::Year(2025),
        ];
        for value in values {
            let mut place = MessagePlace::default();
            value.toggle(&mut place);
            assert!(value.is_chosen(&place) && place.is_filtered(), "{value:?}");
            value.toggle(&mut place);
            assert_eq!(place, MessagePlace::default());
        }
    }
}
