//! Counting: many reactions in one transaction.

use model::{ContactId, Moment};
use sqlx::SqliteConnection;

use crate::error::Error;
use crate::tx::Tx;

/// How many milliseconds an hour has.
const HOUR_MS: i64 = model::time::hours(1);

/// What was counted at one link for one place in the audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The link.
    pub link: i64,
    /// The place; 0 for everybody who is not known by name.
    pub place: i64,
    /// How often; below zero takes back what turned out to be a machine.
    pub times: i64,
    /// How often a machine did it.
    pub machines: i64,
    /// When first.
    pub first: Moment,
    /// When last.
    pub last: Moment,
}

/// What is known about a place in the audience of the campaign that a link belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The link.
    pub link: i64,
    /// The place.
    pub place: i64,
    /// When the message was handed over; nothing as long as it was not.
    pub sent_at: Option<Moment>,
    /// Whether the person agrees, now, to be written to.
    pub agrees: bool,
}

/// What is known about links and places. Of whom there is nothing, nobody is counted: an erased person, or nobody known by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn known(connection: &mut SqliteConnection, asked: &[(i64, i64)]) -> Result<Vec<Known>, Error> {
    let rows: Vec<(i64, i64, Option<i64>, bool)> = sqlx::query_as(
        "SELECT l.id, r.place, m.sent_at, coalesce(c.consent_email IN ('given', 'confirmed'), 0)
         FROM json_each($1) j
         CROSS JOIN campaign_links l ON l.id = j.value ->> 0
         CROSS JOIN campaign_recipients r ON r.campaign_id = l.campaign_id AND r.place = j.value ->> 1
         CROSS JOIN messages m ON m.id = r.message_id
         LEFT JOIN contacts c ON c.id = r.contact_id
         WHERE r.reaction IS NOT NULL AND r.contact_id IS NOT NULL",
    )
    .bind(serde_json::to_string(asked)?)
    .fetch_all(connection)
    .await?;
    let known = |(link, place, sent_at, agrees): (i64, i64, Option<i64>, bool)| Known {
        link,
        place,
        sent_at: sent_at.map(Moment),
        agrees,
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Adds what was counted, and notes with the recipients how they reacted. Links that are gone count nothing.
///
/// # Errors
/// Fails when the database fails.
pub async fn add(tx: &mut Tx, tallies: &[Tally]) -> Result<(), Error> {
    let rows: Vec<[i64; 6]> =
        tallies.iter().map(|it| [it.link, it.place, it.times, it.machines, it.first.0, it.last.0]).collect();
    let rows = serde_json::to_string(&rows)?;
    sqlx::query(
        "INSERT INTO reactions (link_id, place, times, machines, first_at, last_at)
         SELECT l.id, j.value ->> 1, max(0, j.value ->> 2), j.value ->> 3, j.value ->> 4, j.value ->> 5
         FROM json_each($1) j JOIN campaign_links l ON l.id = j.value ->> 0 WHERE true
         ON CONFLICT (link_id, place) DO UPDATE
         SET first_at = CASE WHEN times = 0 THEN excluded.first_at ELSE first_at END,
             last_at = CASE WHEN times = 0 OR 0 < excluded.times THEN max(last_at, excluded.last_at) ELSE last_at END,
             times = times + excluded.times, machines = machines + excluded.machines",
    )
    .bind(&rows)
    .execute(&mut **tx)
    .await?;
    sqlx::query(
        "UPDATE reactions SET times = max(0, reactions.times + taken.n)
         FROM (SELECT value ->> 0 AS link, value ->> 1 AS place, value ->> 2 AS n FROM json_each($1) WHERE value ->> 2 < 0) AS taken
         WHERE reactions.link_id = taken.link AND reactions.place = taken.place",
    )
    .bind(&rows)
    .execute(&mut **tx)
    .await?;
    // An hour of which only something is taken back begins at nothing, not below.
    for sql in [
        "INSERT OR IGNORE INTO reaction_hours (link_id, hour, times)
         SELECT l.id, j.value ->> 5 / $2, 0
         FROM json_each($1) j JOIN campaign_links l ON l.id = j.value ->> 0 WHERE j.value ->> 2 <> 0",
        "UPDATE reaction_hours SET times = max(0, reaction_hours.times + told.n)
         FROM (SELECT value ->> 0 AS link, value ->> 5 / $2 AS hour, sum(value ->> 2) AS n FROM json_each($1) GROUP BY 1, 2) AS told
         WHERE reaction_hours.link_id = told.link AND reaction_hours.hour = told.hour",
    ] {
        sqlx::query(sql).bind(&rows).bind(HOUR_MS).execute(&mut **tx).await?;
    }
    sum_up(tx, &rows).await
}

/// Notes with the recipients in question whether they opened the mail and followed a link.
async fn sum_up(tx: &mut Tx, rows: &str) -> Result<(), Error> {
    sqlx::query(
        "UPDATE campaign_recipients SET reaction = (
             SELECT coalesce(max(l.target IS NULL), 0) + 2 * coalesce(max(l.target IS NOT NULL), 0)
             FROM campaign_links l JOIN reactions x ON x.link_id = l.id AND x.place = campaign_recipients.place
             WHERE l.campaign_id = campaign_recipients.campaign_id AND 0 < x.times)
         FROM (SELECT DISTINCT l.campaign_id AS campaign, j.value ->> 1 AS place
               FROM json_each($1) j JOIN campaign_links l ON l.id = j.value ->> 0 WHERE 0 < j.value ->> 1) AS touched
         WHERE campaign_recipients.campaign_id = touched.campaign AND campaign_recipients.place = touched.place
           AND campaign_recipients.reaction IS NOT NULL",
    )
    .bind(rows)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the reactions of a person out from under their name; only the totals remain, and nothing is counted for them any more.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    for sql in [
        "INSERT INTO reactions (link_id, place, times, machines, first_at, last_at)
         SELECT x.link_id, 0, x.times, x.machines, x.first_at, x.last_at
         FROM campaign_recipients r
         JOIN campaign_links l ON l.campaign_id = r.campaign_id
         JOIN reactions x ON x.link_id = l.id AND x.place = r.place
         WHERE r.contact_id = $1 AND r.reaction IS NOT NULL
         ON CONFLICT (link_id, place) DO UPDATE
         SET times = times + excluded.times, machines = machines + excluded.machines, first_at = min(first_at, excluded.first_at),
             last_at = max(last_at, excluded.last_at)",
        "DELETE FROM reactions WHERE (link_id, place) IN (
             SELECT l.id, r.place FROM campaign_recipients r JOIN campaign_links l ON l.campaign_id = r.campaign_id
             WHERE r.contact_id = $1 AND r.reaction IS NOT NULL)",
        "UPDATE campaign_recipients SET reaction = NULL WHERE contact_id = $1",
    ] {
        sqlx::query(sql).bind(contact.0).execute(&mut **tx).await?;
    }
    Ok(())
}
