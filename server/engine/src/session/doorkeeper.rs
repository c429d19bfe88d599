//! Slows down whoever guesses passwords or links.
//!
//! Tries are counted per account and per network. A try counts before it is judged, so that a thousand at once are a thousand.
//! Kept in memory, as keyed hashes: neither addresses nor networks can be read out of it.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::time::{days, minutes, seconds};
use model::{Moment, Refusal};

/// How many tries at one account are free of waiting.
const ACCOUNT_FREE: u32 = 5;
/// How many failed tries from one network are free of waiting; a company's people share one address.
const NETWORK_FREE: u32 = 30;
/// The first wait; each further try doubles it.
const FIRST_WAIT: i64 = seconds(5);
/// The longest wait: about a hundred tries a day, the limit of NIST SP 800-63B-4 §3.2.2.
const LONGEST_WAIT: i64 = minutes(15);
/// When tries are forgotten.
const MEMORY: i64 = days(1);
/// When it is forgotten that an account came in from a network.
const LONG_MEMORY: i64 = days(30);
/// How many counters are kept at most, about a megabyte.
const COUNTERS: usize = 20_000;

/// Keeps count of tries. Forgets everything with the process.
#[derive(Default)]
pub(crate) struct Doorkeeper {
    book: Mutex<HashMap<u64, Counter>>,
    hasher: RandomState,
}

#[derive(Clone, Copy)]
struct Counter {
    tries: u32,
    last: Moment,
    /// The account has come in from that network before.
    known: bool,
}

/// A try that may be judged. Unless it is welcomed, it stays counted as failed.
pub(crate) struct Try<'a> {
    keeper: &'a Doorkeeper,
    network: u64,
    account: Option<Account>,
}

#[derive(Clone, Copy)]
struct Account {
    counter: u64,
    /// The account together with the network.
    pair: u64,
}

impl Doorkeeper {
    /// Counts a try to sign in.
    ///
    /// A network from which the account came in before has a counter of its own, so that strangers cannot lock a colleague out of
    /// the office by guessing their password from elsewhere.
    pub(crate) fn knock(&self, account: &str, network: &str, now: Moment) -> Result<Try<'_>, Refusal> {
        let place = place(network);
        let pair = self.hasher.hash_one(("pair", account, &place));
        let mut book = self.book();
        let known = book.get(&pair).is_some_and(|it| it.known && now.since(it.last) < LONG_MEMORY);
        let counter = if known { pair } else { self.hasher.hash_one(("account", account)) };
        let network = self.hasher.hash_one(("network", &place));
        count(&mut book, &[(counter, ACCOUNT_FREE), (network, NETWORK_FREE)], now)?;
        Ok(Try { keeper: self, network, account: Some(Account { counter, pair }) })
    }

    /// Counts a try to use a one-time link.
    pub(crate) fn knock_with_link(&self, network: &str, now: Moment) -> Result<Try<'_>, Refusal> {
        let network = self.hasher.hash_one(("network", place(network)));
        count(&mut self.book(), &[(network, NETWORK_FREE)], now)?;
        Ok(Try { keeper: self, network, account: None })
    }

    fn book(&self) -> MutexGuard<'_, HashMap<u64, Counter>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Try<'_> {
    /// Takes the try back, because it was the right person. Guesses from the same network stay counted.
    pub(crate) fn welcome(self, now: Moment) {
        let mut book = self.keeper.book();
        if let Some(it) = book.get_mut(&self.network) {
            it.tries = it.tries.saturating_sub(1);
        }
        if let Some(Account { counter, pair }) = self.account {
            book.remove(&counter);
            make_room(&mut book, now);
            book.insert(pair, Counter { tries: 0, last: now, known: true });
        }
    }
}

/// Counts a try at each counter, or at none when one of them has to wait.
fn count(book: &mut HashMap<u64, Counter>, counters: &[(u64, u32)], now: Moment) -> Result<(), Refusal> {
    let wait = |(key, free): &(u64, u32)| book.get(key).map_or(0, |it| it.wait(*free, now));
    let longest = counters.iter().map(wait).max().unwrap_or(0);
    if 0 < longest {
        return Err(Refusal::TooManyTries { wait_s: u32::try_from((longest + 999) / 1_000).unwrap_or(u32::MAX) });
    }
    for (key, _) in counters {
        make_room(book, now);
        let it = book.entry(*key).or_insert(Counter { tries: 0, last: now, known: false });
        it.tries = it.tries_at(now).saturating_add(1);
        it.last = now;
    }
    Ok(())
}

impl Counter {
    /// The tries that are not forgotten yet.
    fn tries_at(&self, now: Moment) -> u32 {
        if now.since(self.last) < MEMORY { self.tries } else { 0 }
    }

    /// Milliseconds to wait before the next try. A clock that was put back makes nobody wait longer than the longest wait.
    fn wait(&self, free: u32, now: Moment) -> i64 {
        let Some(surplus) = self.tries_at(now).checked_sub(free) else { return 0 };
        let wait = FIRST_WAIT.saturating_mul(1 << surplus.min(20)).min(LONGEST_WAIT);
        self.last.plus(wait).since(now).clamp(0, LONGEST_WAIT)
    }

    fn is_forgotten(&self, now: Moment) -> bool {
        (if self.known { LONG_MEMORY } else { MEMORY }) <= now.since(self.last)
    }
}

/// Keeps the book within its size: first goes what is forgotten anyway, then the half with the fewest and oldest tries, so that a
/// flood of made-up addresses cannot wash out the account that is being attacked.
fn make_room(book: &mut HashMap<u64, Counter>, now: Moment) {
    if book.len() < COUNTERS {
        return;
    }
    book.retain(|_, it| !it.is_forgotten(now));
    if book.len() < COUNTERS {
        return;
    }
    let mut all: Vec<_> = book.iter().map(|(key, it)| (it.tries_at(now), it.last, *key)).collect();
    all.sort_unstable();
    for (_, _, key) in all.iter().take(COUNTERS / 2) {
        book.remove(key);
    }
}

/// The network of an address: of IPv6 the first 64 bits, because one subscriber has all the rest.
fn place(network: &str) -> String {
    match network.parse::<IpAddr>().map(|it| it.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        Ok(address) => address.to_string(),
        Err(_) => network.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_780_000_000_000);

    fn wait(result: Result<Try<'_>, Refusal>) -> Option<u32> {
        match result {
            Err(Refusal::TooManyTries { wait_s }) => Some(wait_s),
            _ => None,
        }
    }

    fn fail(keeper: &Doorkeeper, n: u32, account: &str, network: &str) {
        for _ in 0..n {
            assert_eq!(wait(keeper.knock(account, network, NOW)), None);
        }
    }

    #[test]
    fn the_wait_at_one_account_grows_to_a_quarter_of_an_hour() {
        let keeper = Doorkeeper::default();
        fail(&keeper, ACCOUNT_FREE, "eva", "192.0.2.1");
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..10 {
            let wait_s = wait(keeper.knock("eva", "192.0.2.1", now)).unwrap_or(0);
            waits.push(wait_s);
            now = now.plus(i64::from(wait_s) * 1_000);
            assert_eq!(wait(keeper.knock("eva", "192.0.2.1", now)), None);
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    }

    #[test]
    fn tries_from_many_networks_at_one_account_count_together() {
        let keeper = Doorkeeper::default();
        for it in 0..ACCOUNT_FREE {
            fail(&keeper, 1, "eva", &format!("192.0.2.{it}"));
        }
        assert_eq!(wait(keeper.knock("eva", "198.51.100.1", NOW)), Some(5));
        assert_eq!(wait(keeper.knock("ivan", "198.51.100.1", NOW)), None);
    }

    #[test]
    fn tries_from_one_network_at_many_accounts_count_together() {
        let keeper = Doorkeeper::default();
        for it in 0..NETWORK_FREE {
            fail(&keeper, 1, &it.to_string(), "192.0.2.1");
        }
        assert_eq!(wait(keeper.knock("eva", "192.0.2.1", NOW)), Some(5));
        assert_eq!(wait(keeper.knock_with_link("192.0.2.1", NOW)), Some(5));
        assert_eq!(wait(keeper.knock("eva", "192.0.2.2", NOW)), None);
    }

    #[test]
    fn one_subscriber_of_ipv6_is_one_network() {
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:192.0.2.1"), place("192.0.2.1"));
    }

    #[test]
    fn who_came_in_begins_anew() {
        let keeper = Doorkeeper::default();
        fail(&keeper, ACCOUNT_FREE - 1, "eva", "192.0.2.1");
        keeper.knock("eva", "192.0.2.1", NOW).unwrap().welcome(NOW);
        fail(&keeper, ACCOUNT_FREE, "eva", "192.0.2.1");
        assert_eq!(wait(keeper.knock("eva", "192.0.2.1", NOW)), Some(5));
    }

    #[test]
    fn an_own_sign_in_does_not_wash_guesses_at_others_away() {
        let keeper = Doorkeeper::default();
        for it in 0..NETWORK_FREE - 1 {
            fail(&keeper, 1, &it.to_string(), "192.0.2.1");
        }
        keeper.knock("mallory", "192.0.2.1", NOW).unwrap().welcome(NOW);
        fail(&keeper, 1, "eva", "192.0.2.1");
        assert_eq!(wait(keeper.knock("eva", "192.0.2.1", NOW)), Some(5));
    }

    #[test]
    fn strangers_do_not_lock_a_colleague_out_of_the_office() {
        let keeper = Doorkeeper::default();
        keeper.knock("eva", "192.0.2.1", NOW).unwrap().welcome(NOW);
        fail(&keeper, ACCOUNT_FREE, "eva", "198.51.100.1");
        assert_eq!(wait(keeper.knock("eva", "198.51.100.2", NOW)), Some(5));
        assert_eq!(wait(keeper.knock("eva", "192.0.2.1", NOW)), None);
    }

    #[test]
    fn tries_are_forgotten_after_a_day() {
        let keeper = Doorkeeper::default();
        fail(&keeper, ACCOUNT_FREE, "eva", "192.0.2.1");
        assert_eq!(wait(keeper.knock("eva", "192.0.2.1", NOW.plus(1))), Some(5));
        let tomorrow = NOW.plus(MEMORY);
        for _ in 0..ACCOUNT_FREE {
            assert_eq!(wait(keeper.knock("eva", "192.0.2.1", tomorrow)), None);
        }
        assert_eq!(wait(keeper.knock("eva", "192.0.2.1", tomorrow)), Some(5));
    }

    #[test]
    fn a_clock_put_back_makes_nobody_wait_for_ever() {
        let keeper = Doorkeeper::default();
        fail(&keeper, ACCOUNT_FREE, "eva", "192.0.2.1");
        assert_eq!(wait(keeper.knock("eva", "192.0.2.1", NOW.plus(-days(3)))), Some(900));
    }

    #[test]
    fn a_flood_of_addresses_stays_within_memory_and_keeps_the_attacked_account() {
        let keeper = Doorkeeper::default();
        fail(&keeper, ACCOUNT_FREE, "eva", "192.0.2.1");
        for it in 0..COUNTERS {
            fail(&keeper, 1, &it.to_string(), &format!("net {it}"));
        }
        assert!(keeper.book().len() <= COUNTERS);
        assert_eq!(wait(keeper.knock("eva", "198.51.100.1", NOW)), Some(5));
    }
}
