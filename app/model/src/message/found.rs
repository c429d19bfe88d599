//! Messages found by words: in which order, and what they are by channel, state, origin, account and year.

use serde::{Deserialize, Serialize};

use super::{Channel, MessageFilter, MessageState, Origin};
use crate::AccountId;

/// What comes first in a list of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MessageOrder {
    /// The newest.
    #[default]
    Newest,
    /// What answers the words best; without words the newest.
    Best,
}

/// How many of the found messages are the same in what filters tell apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageTally {
    /// Channel.
    pub channel: Channel,
    /// How far they have come.
    pub state: MessageState,
    /// Why they exist.
    pub origin: Origin,
    /// The account they leave by and its name; Capture's is empty.
    pub account: Option<(AccountId, String)>,
    /// The year in which they were created.
    pub year: i32,
    /// Whether they were created within the filter's period.
    pub within: bool,
    /// How many there are.
    pub n: u64,
}

/// The values of a facet that found messages have, the most frequent first, and how many have each under all other filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFacets {
    /// By channel.
    pub channels: Vec<(Channel, u64)>,
    /// By state.
    pub states: Vec<(MessageState, u64)>,
    /// By origin.
    pub origins: Vec<(Origin, u64)>,
    /// By account, with its name; Capture's is empty.
    pub accounts: Vec<((AccountId, String), u64)>,
    /// By year of creation, the newest first.
    pub years: Vec<(i32, u64)>,
}

/// What is amiss with a piece of what was typed into a search.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum QueryFaultKind {
    /// There is no state of that name; the piece is looked for as words.
    UnknownState,
    /// It is no day, month or year; the piece is looked for as words.
    UnreadableDay,
    /// Nothing stands behind the colon.
    NothingBehind,
    /// Quotation marks that are not closed reach to the end.
    OpenQuotes,
    /// Of a beginning so short nothing is looked for but the very word.
    ShortBeginning,
    /// Only beginnings of words can be looked for, not their ends.
    StarInFront,
    /// Nothing stands on one side of *or*.
    LoneOr,
    /// No part is called so; this one is meant, perhaps. The piece is looked for as words.
    LikePart(String),
    /// What follows is not looked at: there are too many words.
    TooLong,
}

/// A piece of what was typed into a search that may not do what was meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QueryFault {
    /// What is amiss.
    pub kind: QueryFaultKind,
    /// The piece as it was typed, at most some forty characters.
    pub piece: String,
    /// Where it begins (characters, from 1).
    pub place: u32,
}

/// A message as a mail program shows its source (RFC 5322).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSource {
    /// The header fields.
    pub headers: String,
    /// What follows them, or its beginning.
    pub body: String,
    /// Whether more follows.
    pub is_cut: bool,
}

/// What a filter finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSurvey {
    /// How many messages.
    pub count: u64,
    /// Whether there may be more than that, and more than the facets say.
    pub at_least: bool,
    /// Whether messages with similar words are among them, behind the exact ones.
    pub similar: bool,
    /// What of the words may not do what was meant.
    #[serde(default)]
    pub faults: Vec<QueryFault>,
    /// What they are; empty without words.
    pub facets: MessageFacets,
}

impl MessageFilter {
    /// The filter without what facets offer.
    pub fn without_facets(&self) -> Self {
        Self { channel: None, states: Vec::new(), origin: None, account: None, since: None, until: None, ..self.clone() }
    }

    /// Whether anything but words, times and what the full text knows narrows it.
    pub fn asks_for_rows(&self) -> bool {
        let bare = Self {
            words: self.words.clone(),
            contact: self.contact,
            campaign: self.campaign,
            author: self.author,
            since: self.since,
            until: self.until,
            ..Self::default()
        };
        bare != *self
    }
}

impl MessageFacets {
    /// Counts each facet under all other facets of the filter.
    pub fn of(tallies: &[MessageTally], filter: &MessageFilter) -> Self {
        let others =
            |own: Facet| move |it: &&MessageTally| Facet::ALL.iter().all(|facet| *facet == own || facet.admits(it, filter));
        let mut facets = Self::default();
        for it in tallies.iter().filter(others(Facet::Channel)) {
            add(&mut facets.channels, &it.channel, it.n);
        }
        for it in tallies.iter().filter(others(Facet::State)) {
            add(&mut facets.states, &it.state, it.n);
        }
        for it in tallies.iter().filter(others(Facet::Origin)) {
            add(&mut facets.origins, &it.origin, it.n);
        }
        for it in tallies.iter().filter(others(Facet::Account)) {
            if let Some(account) = &it.account {
                add(&mut facets.accounts, account, it.n);
            }
        }
        for it in tallies.iter().filter(others(Facet::Year)) {
            add(&mut facets.years, &it.year, it.n);
        }
        facets.channels.sort_by_key(|it| std::cmp::Reverse(it.1));
        facets.states.sort_by_key(|it| std::cmp::Reverse(it.1));
        facets.origins.sort_by_key(|it| std::cmp::Reverse(it.1));
        facets.accounts.sort_by_key(|it| std::cmp::Reverse(it.1));
        facets.years.sort_by_key(|it| std::cmp::Reverse(it.0));
        facets
    }
}

impl MessageTally {
    /// How many of them the whole filter lets through.
    pub fn sum(tallies: &[Self], filter: &MessageFilter) -> u64 {
        tallies.iter().filter(|it| Facet::ALL.iter().all(|facet| facet.admits(it, filter))).map(|it| it.n).sum()
    }
}

/// What found messages are told apart by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Facet {
    Channel,
    State,
    Origin,
    Account,
    Year,
}

impl Facet {
    const ALL: [Self; 5] = [Self::Channel, Self::State, Self::Origin, Self::Account, Self::Year];

    fn admits(self, it: &MessageTally, filter: &MessageFilter) -> bool {
        match self {
            Self::Channel => filter.channel.is_none_or(|channel| channel == it.channel),
            Self::State => filter.states.is_empty() || filter.states.contains(&it.state),
            Self::Origin => filter.origin.is_none_or(|origin| origin == it.origin),
            Self::Account => filter.account.is_none_or(|id| it.account.as_ref().is_some_and(|it| it.0 == id)),
            Self::Year => it.within,
        }
    }
}

fn add<T: Clone + PartialEq>(counts: &mut Vec<(T, u64)>, value: &T, n: u64) {
    match counts.iter_mut().find(|it| it.0 == *value) {
        Some(count) => count.1 += n,
        None => counts.push((value.clone(), n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    fn tally(state: MessageState, origin: Origin, year: i32, n: u64) -> MessageTally {
        let account = Some((AccountId(1), "Firma".to_owned()));
        MessageTally { channel: Channel::Email, state, origin, account, year, within: year == 2026, n }
    }

    #[test]
    fn a_facet_is_counted_under_all_others_and_not_under_itself() {
        let tallies = [
            tally(MessageState::Sent, Origin::Manual, 2026, 5),
            tally(MessageState::Sent, Origin::Campaign, 2026, 3),
            tally(MessageState::Failed, Origin::Manual, 2026, 2),
            tally(MessageState::Sent, Origin::Manual, 2025, 7),
        ];
        let filter = MessageFilter {
            states: vec![MessageState::Sent],
            origin: Some(Origin::Manual),
            since: Some(Moment(1)),
            ..MessageFilter::default()
        };
        let facets = MessageFacets::of(&tallies, &filter);
        assert_eq!(facets.states, [(MessageState::Sent, 5), (MessageState::Failed, 2)]);
        assert_eq!(facets.origins, [(Origin::Manual, 5), (Origin::Campaign, 3)]);
        assert_eq!(facets.years, [(2026, 5), (2025, 7)]);
        assert_eq!((facets.channels, facets.accounts.len()), (vec![(Channel::Email, 5)], 1));
        assert_eq!(MessageTally::sum(&tallies, &filter), 5);
    }

    #[test]
    fn what_the_full_text_knows_needs_no_rows() {
        let filter = MessageFilter { words: "a".into(), since: Some(Moment(5)), ..MessageFilter::default() };
        assert!(!filter.asks_for_rows());
        assert!(MessageFilter { channel: Some(Channel::Sms), ..filter.clone() }.asks_for_rows());
        assert!(MessageFilter { states: vec![MessageState::Sent], ..filter.clone() }.asks_for_rows());
        assert_eq!(filter.without_facets().since, None);
    }
}
