//! The outbox: what waits, where and why, and when it will have left.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AccountId, Address, Attempt, CampaignId, Cursor, DeliveryId, DeliveryState, Lane, MessageId, Moment, PutBack};

/// The parts of the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OutboxPart {
    /// Its time has come: it waits for its turn under the limits of its account.
    #[default]
    Turn,
    /// Its time is still to come.
    Planned,
    /// A relay put it off.
    Retry,
    /// Its domain takes less than the account may send.
    Domain,
    /// It was handed over and no answer came.
    Unknown,
}

impl OutboxPart {
    /// All parts in the order of the screen.
    pub const ALL: [Self; 5] = [Self::Turn, Self::Planned, Self::Retry, Self::Domain, Self::Unknown];
}

/// Which rows of the outbox.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutboxQuery {
    /// The part.
    pub part: OutboxPart,
    /// Only of this account.
    pub account: Option<AccountId>,
    /// Only of this campaign.
    #[serde(default)]
    pub campaign: Option<CampaignId>,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// One delivery of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Which delivery.
    pub id: DeliveryId,
    /// Its message.
    pub message: MessageId,
    /// Where to.
    pub address: Address,
    /// The account it leaves by.
    pub account: AccountId,
    /// Its lane.
    pub lane: Lane,
    /// When it was or is due; when it was handed over, for an unknown one.
    pub at: Moment,
    /// How many tries there were.
    pub tries: u32,
    /// The relay's last literal answer; untrusted text, empty when there was none.
    pub reply: String,
    /// What the message is about; nothing for whoever may not see the message.
    pub subject: Option<String>,
    /// Its campaign.
    pub campaign: Option<(CampaignId, String)>,
    /// Who wrote it.
    pub author: String,
    /// The name of the account; Capture has none.
    pub account_name: String,
}

/// What is known about one delivery of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxEvidence {
    /// Where to.
    pub address: Address,
    /// How far it has come.
    pub state: DeliveryState,
    /// When it was last handed over, if it was.
    pub handed_at: Option<Moment>,
    /// Its tries, oldest first.
    pub attempts: Vec<Attempt>,
}

/// The outbox as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outbox {
    /// Since when a person holds everything, and who.
    pub paused: Option<(Moment, String)>,
    /// The copy of the database that was put back and that a person has to decide about before anything leaves.
    pub put_back: Option<PutBack>,
    /// How many there are in each part, in the order of [`OutboxPart::ALL`].
    pub counts: [u64; 5],
    /// The accounts that something waits for, or that do not send.
    pub accounts: Vec<OutboxAccount>,
    /// The campaigns that are on their way.
    pub campaigns: Vec<(CampaignId, String)>,
}

/// An account in the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxAccount {
    /// Which account.
    pub id: AccountId,
    /// Its name; Capture has none.
    pub name: String,
    /// How many deliveries wait for it.
    pub waiting: u64,
    /// How many it handed over within the last hour.
    pub sent_last_hour: u64,
    /// Messages per hour at most.
    pub hourly_limit: Option<u32>,
    /// Why the next one does not leave now.
    pub hold: Hold,
    /// When what waits now will have left, as far as can be told.
    pub done_at: Option<Moment>,
    /// By whom it may leave, in their order, the account itself first; empty without stand-ins.
    pub ways: Vec<OutboxWay>,
    /// How long answers to what it handed over took lately.
    pub answers: Answers,
}

/// How long a relay lately took to answer, in milliseconds on average.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answers {
    /// Over everything; nothing when too little left.
    pub ms: Option<u32>,
    /// The domains of recipients that take more than twice as long, the slowest first: domain, milliseconds, how many answers.
    pub slow: Vec<(String, u32, u32)>,
}

/// So many answers tell how fast a relay or a domain is.
const ANSWERS_MIN: usize = 5;
/// So many slow domains are told.
const SLOW_MAX: usize = 3;
/// What is answered faster than this is not slow (milliseconds).
const SLOW_FROM: u64 = 1_000;

impl Answers {
    /// What single answers come to, each with the domain it was about and how many milliseconds it took.
    pub fn of(answers: &[(&str, u64)]) -> Self {
        let mean = |all: &[u64]| all.iter().sum::<u64>() / (all.len() as u64).max(1);
        let all: Vec<u64> = answers.iter().map(|it| it.1).collect();
        if all.len() < ANSWERS_MIN {
            return Self::default();
        }
        let mut domains: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (domain, ms) in answers {
            domains.entry(domain).or_default().push(*ms);
        }
        let usual = mean(&all);
        let is_slow = |it: &[u64]| ANSWERS_MIN <= it.len() && it.len() < all.len() && (2 * usual).max(SLOW_FROM) < mean(it);
        let mut slow: Vec<(String, u32, u32)> = domains
            .into_iter()
            .filter(|it| is_slow(&it.1))
            .map(|(domain, of)| (domain.to_owned(), milliseconds(mean(&of)), of.len() as u32))
            .collect();
        slow.sort_by_key(|it| std::cmp::Reverse(it.1));
        slow.truncate(SLOW_MAX);
        Self { ms: Some(milliseconds(usual)), slow }
    }
}

fn milliseconds(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}

/// An account by which leaves what waits for an account with stand-ins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OutboxWay {
    /// Which account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// Why it carries nothing now.
    pub hold: Hold,
    /// Whether what is due now goes by it.
    pub carries: bool,
}

/// Why nothing leaves by an account at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hold {
    /// Something does, or nothing is due.
    None,
    /// A person stopped it.
    Paused,
    /// It stopped itself; the relay's answer.
    Trouble(String),
    /// The relay wants rest until then.
    Rests(Moment),
    /// The limits let the next one go then.
    Limit(Moment),
    /// Bulk messages leave again then, and text messages.
    Closed(Moment),
    /// The credit is used up: it waits until it is topped up.
    Credit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_slow_when_it_takes_twice_as_long_as_all_together() {
        let mut answers = vec![("gmail.com", 200); 20];
        answers.extend(vec![("centrum.cz", 4_000); 5]);
        answers.extend(vec![("azet.sk", 9_000); 4]);
        let told = Answers::of(&answers);
        assert_eq!(told.ms, Some(2_068));
        assert_eq!(told.slow, [], "4,000 is less than twice 2,068, and four answers tell nothing");
        answers.extend(vec![("gmail.com", 200); 60]);
        assert_eq!(Answers::of(&answers).slow, [("centrum.cz".to_owned(), 4_000, 5)]);
    }

    #[test]
    fn a_domain_alone_or_a_fast_one_is_not_slow() {
        assert_eq!(Answers::of(&[("a.sk", 5_000); 9]).slow, []);
        assert_eq!(Answers::of(&[("a.sk", 5_000); 4]), Answers::default());
        let fast: Vec<_> = [("a.sk", 10); 50].into_iter().chain([("b.sk", 400); 5]).collect();
        assert_eq!(Answers::of(&fast).slow, []);
    }
}
