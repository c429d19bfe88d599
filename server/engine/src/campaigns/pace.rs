//! When messages of a campaign may leave under its own pace, and when the last one will have left.

use model::time::{days, hours, minutes};
use model::{Account, CampaignCounts, CampaignPace, CampaignState, Moment, Noun, Refusal, SendingWindow};
use store::Connection;
use store::campaigns::Stored;

use crate::{Ctx, Error};

/// How far ahead of its time a message with a slot is put into the queue, in milliseconds.
const HORIZON: i64 = minutes(2);

/// When all that is let go and is still to be let go will have left, as far as can be told.
pub(super) async fn forecast(
    ctx: &Ctx,
    connection: &mut Connection,
    it: &Stored,
    counts: &CampaignCounts,
) -> Result<Option<Moment>, Error> {
    let left = counts.prepared + counts.waiting + counts.sending;
    if left == 0 || !matches!(it.state, CampaignState::Prepared | CampaignState::Scheduled | CampaignState::Running) {
        return Ok(None);
    }
    let Some(content) = it.content else { return Ok(None) };
    let content = store::campaigns::contents::by_id(&ctx.engine.store, connection, content).await?;
    let account = match store::accounts::for_sending(connection, content.account).await {
        Ok(account) => account,
        Err(store::Error::Refused(Refusal::NotFound(Noun::Account))) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let of_accounts = limit_of_all(ctx, connection, &account).await?;
    let Some(per_hour) = [it.pace.per_hour, of_accounts].into_iter().flatten().min() else { return Ok(None) };
    let window = it.pace.window.unwrap_or(account.pace.window);
    let begin = it.starts_at.filter(|_| it.state == CampaignState::Scheduled).unwrap_or(ctx.now());
    Ok(Some(end_of(window, begin, hours(1).saturating_mul(left as i64) / i64::from(per_hour))))
}

/// How many messages an hour may leave by an account together with those that carry for it as things are; nothing when one has no limit.
async fn limit_of_all(ctx: &Ctx, connection: &mut Connection, account: &Account) -> Result<Option<u32>, Error> {
    crate::worker::load_ways(&ctx.engine, connection).await?;
    let carriers = crate::worker::who_carry(&ctx.engine, account.id);
    if carriers.is_empty() {
        return Ok(account.hourly_limit);
    }
    let mut sum = 0_u32;
    for id in carriers {
        let Some(limit) = store::accounts::for_sending(connection, id).await?.hourly_limit else { return Ok(None) };
        sum = sum.saturating_add(limit);
    }
    Ok(Some(sum))
}

/// When a work of so many milliseconds ends that goes on only while a window is open.
fn end_of(window: SendingWindow, begin: Moment, work_ms: i64) -> Moment {
    let weekly = window.weekly();
    if window.is_always() || weekly == 0 {
        return begin.plus(work_ms);
    }
    // Whole weeks first, the rest by steps of a minute.
    let mut at = begin.plus(days(7) * (work_ms / weekly));
    let mut rest = work_ms % weekly;
    while 0 < rest {
        at = window.next_open(at);
        let piece = rest.min(minutes(1));
        at = at.plus(piece);
        rest -= piece;
    }
    at
}

/// The first free slot, the gap between two, and how many may be taken now.
pub(super) fn slots(pace: &CampaignPace, next: Moment, now: Moment, room: u32) -> (Moment, i64, u32) {
    let gap = pace.per_hour.map_or(0, |it| hours(1) / i64::from(it.max(1)));
    let first = if gap == 0 { now } else { next.max(now) };
    let window = pace.window.unwrap_or(SendingWindow::ALWAYS);
    let first = window.next_open(first);
    let horizon = if gap == 0 && window.is_always() { now } else { now.plus(HORIZON) };
    if horizon < first {
        return (first, gap, 0);
    }
    if gap == 0 {
        return (first, 0, room);
    }
    let is_free = |n: &u32| {
        let at = first.plus(gap * i64::from(*n));
        at <= horizon && window.next_open(at) == at
    };
    (first, gap, (0..room).take_while(is_free).count() as u32)
}

/// When the window opens that is closed now; nothing while messages may leave.
pub(super) fn closed_until(pace: &CampaignPace, now: Moment) -> Option<Moment> {
    pace.window.map(|it| it.next_open(now)).filter(|open| now < *open)
}

#[cfg(test)]
mod tests {
    use model::time::seconds;

    use super::*;

    const NOW: Moment = Moment(1_780_000_000_000);

    #[test]
    fn without_a_pace_all_that_fit_are_due_at_once() {
        assert_eq!(slots(&CampaignPace::default(), Moment(0), NOW, 2_000), (NOW, 0, 2_000));
    }

    #[test]
    fn a_pace_spreads_messages_evenly_a_little_ahead() {
        let pace = CampaignPace { per_hour: Some(600), window: None };
        assert_eq!(slots(&pace, Moment(0), NOW, 2_000), (NOW, seconds(6), 21));
        let taken = NOW.plus(HORIZON + 1);
        assert_eq!(slots(&pace, taken, NOW, 2_000).2, 0);
    }

    #[test]
    fn outside_the_window_nothing_is_let_go() {
        // The clock of tests stands at 22:26 on a Thursday in Slovakia.
        let window = SendingWindow { days: 0x1f, from: 8 * 60, until: 16 * 60 };
        let pace = CampaignPace { per_hour: None, window: Some(window) };
        assert_eq!(slots(&pace, Moment(0), NOW, 2_000).2, 0);
        let open = window.next_open(NOW);
        assert_eq!(slots(&pace, Moment(0), open, 2_000), (open, 0, 2_000));
    }

    #[test]
    fn work_stops_while_the_window_is_closed() {
        let window = SendingWindow { days: 0x1f, from: 8 * 60, until: 16 * 60 };
        let open = window.next_open(NOW);
        assert_eq!(end_of(window, open, hours(8)), open.plus(hours(8)));
        assert_eq!(end_of(window, open, hours(9)), window.next_open(open.plus(hours(8))).plus(hours(1)));
        assert_eq!(end_of(SendingWindow::ALWAYS, NOW, hours(9)), NOW.plus(hours(9)));
    }
}
