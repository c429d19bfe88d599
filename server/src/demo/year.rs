//! A year of writing, on working days and in working hours, up to a few minutes ago.

use model::Moment;
use model::time::{days, hours, minutes};

use super::chance::Chance;
use super::relay::Fate;

/// How many letters a working day sees.
const A_DAY: (i64, i64) = (3, 7);

/// What becomes of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It is sent; the relay does these things before it accepts.
    Sent(&'static [Fate]),
    /// It goes into the captured mailbox.
    Captured,
    /// It is stopped before it leaves.
    Stopped,
    /// It waits for release.
    Prepared,
    /// It is still being written.
    Draft,
}

/// One letter of the year.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// When it is written.
    pub at: Moment,
    /// What becomes of it.
    pub course: Course,
}

const FINE: Course = Course::Sent(&[]);
const GREYLISTED: Course =
    Course::Sent(&[Fate::Refused("450 4.2.0 <{}>: Recipient address rejected: Greylisted, try again in 300 seconds")]);
const UNKNOWN_USER: Course =
    Course::Sent(&[Fate::Refused("550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table")]);
const FULL: Course = Course::Sent(&[Fate::Refused("552 5.2.2 <{}>: Mailbox is full, quota exceeded")]);
const SPAM: Course = Course::Sent(&[Fate::Disliked("554 5.7.1 Message rejected as spam by content scanner (score 7.4)")]);
const LOST: Course = Course::Sent(&[Fate::Lost]);
const LATER: Course = Course::Sent(&[Fate::Refused("451 4.3.0 <{}>: Temporary lookup failure"); 9]);

/// The last hours show everything that a morning can bring: the time before now and the course.
const LAST_HOURS: [(i64, Course); 18] = [
    (minutes(340), FINE),
    (minutes(322), FINE),
    (minutes(301), UNKNOWN_USER),
    (minutes(276), FINE),
    (minutes(254), Course::Prepared),
    (minutes(251), Course::Prepared),
    (minutes(249), Course::Prepared),
    (minutes(214), FINE),
    (minutes(187), Course::Captured),
    (minutes(155), FINE),
    (minutes(131), LOST),
    (minutes(112), Course::Draft),
    (minutes(95), FINE),
    (minutes(58), LATER),
    (minutes(44), FINE),
    (minutes(29), Course::Captured),
    (minutes(17), LATER),
    (minutes(9), FINE),
];

/// All letters of so many days before `now`, oldest first.
pub fn entries(now: Moment, past: i64, chance: &mut Chance) -> Vec<Entry> {
    let today = now.0.div_euclid(days(1));
    let mut entries = Vec::new();
    for day in today - past..=today {
        // 1970-01-01 was a Thursday.
        if 5 <= (day + 3).rem_euclid(7) {
            continue;
        }
        for _ in 0..chance.between(A_DAY.0, A_DAY.1) {
            // From half past seven to half past four by the clock on the wall, which is an hour ahead.
            let at = Moment(days(day) + hours(6) + minutes(30) + chance.between(0, hours(9)));
            entries.push(Entry { at, course: course(chance) });
        }
    }
    let last_hours = now.plus(-hours(6));
    entries.retain(|it| it.at < last_hours);
    entries.extend(LAST_HOURS.iter().map(|(before, course)| Entry { at: now.plus(-before), course: *course }));
    entries.sort_by_key(|it| it.at);
    entries
}

fn course(chance: &mut Chance) -> Course {
    match chance.below(400) {
        0..12 => GREYLISTED,
        12..17 => UNKNOWN_USER,
        17..20 => FULL,
        20..22 => SPAM,
        22..26 => Course::Stopped,
        26..30 => Course::Captured,
        30..33 => Course::Draft,
        _ => FINE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-20 13:00 UTC, a Friday.
    const NOW: Moment = Moment(1_795_179_600_000);

    #[test]
    fn the_year_is_full_and_lies_in_the_past() {
        let entries = entries(NOW, 364, &mut Chance::new(1));
        assert!((1_150..1_400).contains(&entries.len()), "{}", entries.len());
        assert!(entries.iter().all(|it| it.at < NOW && NOW.plus(-days(366)) < it.at));
        assert!(entries.is_sorted_by_key(|it| it.at));
    }

    #[test]
    fn nobody_writes_on_weekends_before_today() {
        let before = |it: &Entry| it.at < NOW.plus(-days(1));
        for entry in entries(NOW, 364, &mut Chance::new(1)).into_iter().filter(before) {
            let weekday = (entry.at.0.div_euclid(days(1)) + 3).rem_euclid(7);
            assert!(weekday < 5, "{entry:?}");
        }
    }
}
