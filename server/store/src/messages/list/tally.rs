//! What is told of messages that the full text found: how many are the same in what filters tell apart, and which ones filters leave.

use model::{AccountId, MessageFilter, MessageId, MessageTally};
use sqlx::SqliteConnection;

use super::{Scope, bind};
use crate::codes::Code;
use crate::error::Error;

type Counted = (String, String, String, Option<i64>, Option<String>, i64, bool, i64);

/// Counts those of the given messages that the filter lets through, but for its facets, by these facets.
///
/// # Errors
/// Fails when the database fails.
pub async fn tallies(
    connection: &mut SqliteConnection,
    ids: &[MessageId],
    base: &MessageFilter,
    period: &MessageFilter,
    scope: Scope,
) -> Result<Vec<MessageTally>, Error> {
    // A year ends in winter, when clocks are an hour ahead of UTC.
    let sql = led_by!(
        "SELECT m.channel, m.state, m.origin, m.account_id, (SELECT name FROM accounts WHERE id = m.account_id),
                CAST(strftime('%Y', m.created_at / 1000 + 3600, 'unixepoch') AS INTEGER),
                ($16 IS NULL OR m.created_at >= $16) AND ($17 IS NULL OR m.created_at < $17), count(*)
         FROM messages m ",
        "m.id IN (SELECT value FROM json_each($15)) AND ",
        " GROUP BY 1, 2, 3, 4, 6, 7"
    );
    let rows: Vec<Counted> = bind(sqlx::query_as(sql), base, scope)?
        .bind(serde_json::to_string(ids)?)
        .bind(period.since.map(|it| it.0))
        .bind(period.until.map(|it| it.0))
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(tally).collect()
}

fn tally((channel, state, origin, account, name, year, within, n): Counted) -> Result<MessageTally, Error> {
    Ok(MessageTally {
        channel: Code::from_code(&channel)?,
        state: Code::from_code(&state)?,
        origin: Code::from_code(&origin)?,
        account: account.map(|id| (AccountId(id), name.unwrap_or_default())),
        year: i32::try_from(year).unwrap_or(0),
        within,
        n: n as u64,
    })
}

/// The messages that the filter lets through, in the order of their ids, when there are at most `most`; the words are not looked at here.
///
/// # Errors
/// Fails when the database fails.
pub async fn narrowed(
    connection: &mut SqliteConnection,
    filter: &MessageFilter,
    scope: Scope,
    most: usize,
) -> Result<Option<Vec<MessageId>>, Error> {
    let sql = led!("SELECT m.id FROM messages m ", filter, scope, " LIMIT $15");
    let rows: Vec<(i64,)> = bind(sqlx::query_as(sql), filter, scope)?.bind(most as i64 + 1).fetch_all(connection).await?;
    let mut ids: Vec<MessageId> = rows.into_iter().map(|(id,)| MessageId(id)).collect();
    ids.sort_unstable();
    Ok((ids.len() <= most).then_some(ids))
}
