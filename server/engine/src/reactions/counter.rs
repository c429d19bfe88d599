//! What is counted until it is written: in memory, bounded, and without anything by which a person could be found.
//!
//! Machines open mails too: programs in front of mailboxes follow every link within a moment. What comes right behind the handover, what
//! follows different links of one mail at once and what says of itself that it is a program is counted apart.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::campaign::reaction::{AGAIN_MS, BURST_MS, HASTE_MS};
use model::{CampaignId, Moment, Refusal};
use store::reactions::{Known, Tally};

/// How many different counts wait at most to be written; what comes beyond is shed.
const WAITING: usize = 20_000;
/// How many who came lately are remembered.
const REMEMBERED: usize = 50_000;
/// How often the same link is served to the same network within [`AGAIN_MS`].
const SERVED: u32 = 30;

/// A request for a link or a picture.
pub(super) struct Visit<'a> {
    pub link: i64,
    /// Place in the audience; 0 for everybody who is not known by name.
    pub place: i64,
    pub network: &'a str,
    pub at: Moment,
}

/// Whose request it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// A person's, as far as one can tell.
    Person,
    /// A program's, as it says of itself.
    Machine,
}

/// Counts reactions. Forgets with the process what is not written yet, less than a second's worth.
#[derive(Default)]
pub(crate) struct Counter {
    book: Mutex<Book>,
    hasher: RandomState,
}

/// Links with when they were followed, and whether that was taken back.
type Steps = Vec<(i64, Moment, bool)>;

#[derive(Default)]
struct Book {
    waiting: HashMap<(i64, i64), Tally>,
    /// When somebody began to ask for a link, and how often they did since; under hashes.
    lately: HashMap<u64, (Moment, u32)>,
    /// Which links a place in the audience of a campaign followed last.
    followed: HashMap<(CampaignId, i64), Steps>,
    /// When those were last looked through who came long ago.
    swept: Moment,
    shed: u64,
}

impl Counter {
    /// Lets a request through.
    ///
    /// # Errors
    /// Refuses who asks for the same again and again.
    pub(super) fn admit(&self, visit: &Visit<'_>) -> Result<(), Refusal> {
        let who = self.hasher.hash_one(("serve", visit.link, visit.place, visit.network));
        match SERVED < self.book().times(who, visit.at) {
            true => Err(Refusal::TooManyTries { wait_s: (AGAIN_MS / 1_000) as u32 }),
            false => Ok(()),
        }
    }

    /// Counts a request, unless the same came a moment ago; that to a link with the campaign it belongs to, that to a picture without one.
    pub(super) fn note(&self, visit: &Visit<'_>, campaign: Option<CampaignId>, asker: Asker) {
        // The link of one person is theirs, wherever they are; one that everybody has in the same form is told apart by networks.
        let network = if visit.place == 0 { visit.network } else { "" };
        let is_machine = asker == Asker::Machine;
        let who = self.hasher.hash_one(("count", visit.link, visit.place, network, is_machine));
        let mut book = self.book();
        if 1 < book.times(who, visit.at) {
            return;
        }
        let in_burst = campaign.is_some_and(|it| 0 < visit.place && book.is_burst(it, visit, is_machine));
        book.add(visit.link, visit.place, visit.at, if is_machine || in_burst { (0, 1) } else { (1, 0) });
    }

    /// Takes what waits, and how much was shed.
    pub(super) fn take(&self) -> (Vec<Tally>, u64) {
        let mut book = self.book();
        let shed = std::mem::take(&mut book.shed);
        let mut taken: Vec<Tally> = std::mem::take(&mut book.waiting).into_values().collect();
        taken.sort_unstable_by_key(|it| (it.link, it.place));
        (taken, shed)
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    /// How often somebody asked within the current while, this time included. Whoever cannot be remembered any more counts as one who asks
    /// again, so that a flood neither counts nor fills the memory.
    fn times(&mut self, who: u64, now: Moment) -> u32 {
        if let Some((since, times)) = self.lately.get_mut(&who)
            && (0..AGAIN_MS).contains(&now.since(*since))
        {
            *times = times.saturating_add(1);
            return *times;
        }
        if REMEMBERED <= self.lately.len() && AGAIN_MS <= now.since(self.swept) {
            self.lately.retain(|_, it| (0..AGAIN_MS).contains(&now.since(it.0)));
            self.swept = now;
        }
        if REMEMBERED <= self.lately.len() {
            self.shed += 1;
            return 2;
        }
        self.lately.insert(who, (now, 1));
        1
    }

    /// Whether somebody follows different links of one mail at once; those followed before are taken back.
    fn is_burst(&mut self, campaign: CampaignId, visit: &Visit<'_>, is_machine: bool) -> bool {
        if REMEMBERED <= self.followed.len() {
            self.followed.clear();
        }
        let all = self.followed.entry((campaign, visit.place)).or_default();
        all.retain(|it| (0..=BURST_MS).contains(&visit.at.since(it.1)));
        let in_burst = all.iter().any(|it| it.0 != visit.link);
        let mut taken_back = Vec::new();
        if in_burst {
            for it in all.iter_mut().filter(|it| !it.2) {
                it.2 = true;
                taken_back.push((it.0, it.1));
            }
        }
        all.push((visit.link, visit.at, in_burst || is_machine));
        for (link, at) in taken_back {
            self.add(link, visit.place, at, (-1, 1));
        }
        in_burst
    }

    fn add(&mut self, link: i64, place: i64, at: Moment, (times, machines): (i64, i64)) {
        if WAITING <= self.waiting.len() && !self.waiting.contains_key(&(link, place)) {
            self.shed += 1;
            return;
        }
        let tally =
            self.waiting.entry((link, place)).or_insert(Tally { link, place, times: 0, machines: 0, first: at, last: at });
        tally.times += times;
        tally.machines += machines;
        tally.first = tally.first.min(at);
        tally.last = tally.last.max(at);
    }
}

/// What is to be written of what was counted: haste is a machine's, nobody is counted of whom nothing is known, and who does not agree any
/// more is counted without a name.
pub(super) fn settled(counted: &[Tally], known: &[Known]) -> Vec<Tally> {
    let known: HashMap<(i64, i64), &Known> = known.iter().map(|it| ((it.link, it.place), it)).collect();
    let mut settled: Vec<Tally> = Vec::with_capacity(counted.len());
    for it in counted {
        if it.place == 0 {
            settled.push(*it);
            continue;
        }
        let Some(about) = known.get(&(it.link, it.place)) else { continue };
        let Some(sent_at) = about.sent_at else { continue };
        let mut tally = *it;
        if it.first.since(sent_at) < HASTE_MS {
            // What is taken back was written as a machine's already.
            (tally.times, tally.machines) = (0, it.machines + it.times);
        }
        if !about.agrees {
            tally.place = 0;
        }
        settled.push(tally);
    }
    merged(settled)
}

/// One tally for each link and place.
fn merged(tallies: Vec<Tally>) -> Vec<Tally> {
    let mut merged: HashMap<(i64, i64), Tally> = HashMap::with_capacity(tallies.len());
    for it in tallies {
        merged
            .entry((it.link, it.place))
            .and_modify(|all| {
                all.times += it.times;
                all.machines += it.machines;
                all.first = all.first.min(it.first);
                all.last = all.last.max(it.last);
            })
            .or_insert(it);
    }
    merged.into_values().collect()
}
