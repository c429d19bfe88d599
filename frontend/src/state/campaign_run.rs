//! The figures of a campaign as the screen draws them: the wide bar, the flow, and what can be done now.

use model::{CampaignCounts, CampaignFlow, CampaignState, Moment};

use super::bars::{Bar, scale};

/// A piece of the wide bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Share {
    /// Taken over by the relay.
    Sent,
    /// Refused, expired, come back.
    Failed,
    /// Nobody knows.
    Unknown,
    /// Not to be written to any more.
    Suppressed,
    /// Stopped by a person.
    Cancelled,
    /// On its way.
    Sending,
    /// Waits for its turn.
    Waiting,
    /// Made and not let go.
    Prepared,
}

impl Share {
    /// All of them, in the order of the bar.
    pub const ALL: [Self; 8] = [
        Self::Sent,
        Self::Failed,
        Self::Unknown,
        Self::Suppressed,
        Self::Cancelled,
        Self::Sending,
        Self::Waiting,
        Self::Prepared,
    ];

    /// The mark by which the style sheet colours it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Sent => "accepted",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Suppressed => "suppressed",
            Self::Cancelled => "cancelled",
            Self::Sending => "sending",
            Self::Waiting => "waiting",
            Self::Prepared => "prepared",
        }
    }

    /// How many there are.
    pub fn count(self, counts: &CampaignCounts) -> u64 {
        match self {
            Self::Sent => counts.sent,
            Self::Failed => counts.failed,
            Self::Unknown => counts.unknown,
            Self::Suppressed => counts.suppressed,
            Self::Cancelled => counts.cancelled,
            Self::Sending => counts.sending,
            Self::Waiting => counts.waiting,
            Self::Prepared => counts.prepared,
        }
    }
}

/// The pieces of the bar that are not empty, each with its number and its share of the whole in percent.
pub fn shares(counts: &CampaignCounts) -> Vec<(Share, u64, f64)> {
    let all = Share::ALL.map(|it| (it, it.count(counts)));
    let whole: u64 = all.iter().map(|it| it.1).sum();
    let share = |(it, n): (Share, u64)| (it, n, n as f64 * 100.0 / whole as f64);
    all.into_iter().filter(|it| 0 < it.1).map(share).collect()
}

/// The bars of the flow, oldest first, up to now; where nothing left they are empty.
pub fn bars(flow: &CampaignFlow, most: usize, now: Moment) -> Vec<Bar> {
    let (Some(first), true) = (flow.points.first(), 0 < flow.step_ms) else { return Vec::new() };
    let last = flow.points.last().map_or(first.at, |it| it.at);
    let end = if now.since(last) < flow.step_ms * most as i64 { now } else { last };
    let steps = (end.since(first.at).max(0) / flow.step_ms) as usize + 1;
    let begin = first.at.plus(flow.step_ms * steps.saturating_sub(most) as i64);
    let counts: Vec<u32> = (0..steps.min(most))
        .map(|n| {
            let from = begin.plus(flow.step_ms * n as i64);
            let until = from.plus(flow.step_ms);
            flow.points.iter().filter(|it| from <= it.at && it.at < until).map(|it| it.sent).sum()
        })
        .collect();
    let top = f64::from(scale(&counts));
    counts
        .iter()
        .enumerate()
        .map(|(n, count)| Bar {
            begin: begin.plus(flow.step_ms * n as i64),
            count: *count,
            height: if *count == 0 { 0.0 } else { (f64::from(*count) / top).max(0.03) },
        })
        .collect()
}

/// Whether its figures change by themselves.
pub fn is_alive(state: CampaignState) -> bool {
    matches!(state, CampaignState::Preparing | CampaignState::Scheduled | CampaignState::Running | CampaignState::Paused)
}

#[cfg(test)]
mod tests {
    use model::FlowPoint;
    use model::time::minutes;

    use super::*;

    #[test]
    fn the_pieces_of_the_bar_make_a_whole() {
        let counts = CampaignCounts { sent: 6, failed: 1, waiting: 3, deferred: 2, ..CampaignCounts::default() };
        assert_eq!(shares(&counts), [(Share::Sent, 6, 60.0), (Share::Failed, 1, 10.0), (Share::Waiting, 3, 30.0)]);
        assert_eq!(shares(&CampaignCounts::default()), []);
    }

    #[test]
    fn minutes_in_which_nothing_left_are_empty_bars() {
        let point = |n: i64, sent| FlowPoint { at: Moment(minutes(n)), sent };
        let flow = CampaignFlow { step_ms: minutes(1), points: vec![point(1, 4), point(3, 2)] };
        let counts = |most, now| bars(&flow, most, Moment(minutes(now))).iter().map(|it| it.count).collect::<Vec<_>>();
        assert_eq!(counts(10, 4), [4, 0, 2, 0]);
        assert_eq!(counts(2, 3), [0, 2]);
        // Of one that ended long ago the bars end with it.
        assert_eq!(counts(10, 500), [4, 0, 2]);
        assert_eq!(bars(&CampaignFlow::default(), 10, Moment(0)), []);
    }
}
