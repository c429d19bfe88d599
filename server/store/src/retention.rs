//! How long messages are kept: the rules, and the walks through the messages.

mod bin;
mod proof;
mod purge;

use model::{
    CampaignKind, Channel, Day, MessageId, Moment, Noun, Origin, Refusal, RetentionFound, RetentionMode, RetentionRules,
    RetentionRun, RetentionState, UserId,
};
use sqlx::SqliteConnection;

pub use bin::{bin, bin_due, binned, comments, in_bin, page, restore};
pub use proof::{keep_as_proof, keep_campaign_as_proof};
pub use purge::{Overdue, Purged, binned_before, delete, forget, overdue};

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// The rules and whether they are followed by themselves.
pub struct Standing {
    /// The periods.
    pub rules: RetentionRules,
    /// Counts the changes of the rules.
    pub revision: i64,
    /// Whether it is done each night.
    pub nightly: bool,
    /// The last day on which it was begun by itself.
    pub begun_on: Option<Day>,
}

/// A walk that goes on.
pub struct Job {
    /// Which run.
    pub id: i64,
    /// What it does.
    pub mode: RetentionMode,
    /// The rules as they were when it began.
    pub rules: RetentionRules,
    /// The moment from which periods are counted back.
    pub began_at: Moment,
    /// Who began it.
    pub by: UserId,
    /// Behind which message it goes on.
    pub after: Option<(Moment, MessageId)>,
    /// How many messages it has walked through.
    pub done: u64,
    /// What it found so far.
    pub found: RetentionFound,
}

/// A message that a walk comes by.
pub struct Passed {
    /// Which message.
    pub id: MessageId,
    /// When it was made.
    pub created_at: Moment,
    /// What it travelled by.
    pub channel: Channel,
    /// Why it exists.
    pub origin: Origin,
    /// Of which kind its campaign is.
    pub campaign: Option<CampaignKind>,
    /// Whether it is kept as proof.
    pub is_proof: bool,
    /// Whether it waits, moves, or belongs to a campaign that goes on.
    pub is_open: bool,
}

/// The condition that a message `m` of the campaign `g` is over: whatever may still happen to it has happened.
macro_rules! over {
    () => {
        "m.state IN ('sent', 'partly_sent', 'failed', 'cancelled')
         AND (g.id IS NULL OR g.state IN ('finished', 'cancelled'))
         AND NOT EXISTS (SELECT 1 FROM deliveries d
                         WHERE d.message_id = m.id AND d.state IN ('waiting', 'leased', 'handed', 'unknown'))"
    };
}
pub(crate) use over;

/// How long messages are kept.
///
/// # Errors
/// Fails when the database fails.
pub async fn standing(connection: &mut SqliteConnection) -> Result<Standing, Error> {
    let (rules, revision, nightly, begun_on): (String, i64, bool, Option<i64>) =
        sqlx::query_as("SELECT rules, revision, nightly, begun_on FROM retention WHERE id = 1").fetch_one(connection).await?;
    Ok(Standing { rules: serde_json::from_str(&rules)?, revision, nightly, begun_on: begun_on.map(Day) })
}

/// Changes how long messages are kept if the revision is still the given one; answers the new one. Nothing is done by itself under rules
/// that nobody has looked at.
///
/// # Errors
/// Refuses a stale revision.
pub async fn save(tx: &mut Tx, revision: i64, rules: &RetentionRules) -> Result<i64, Error> {
    let new: Option<i64> = sqlx::query_scalar(
        "UPDATE retention SET rules = $1, revision = revision + 1, nightly = 0 WHERE revision = $2 RETURNING revision",
    )
    .bind(serde_json::to_string(rules)?)
    .bind(revision)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(new.ok_or(Refusal::Stale(Noun::Message))?)
}

/// Lets it be done each night, or no longer.
///
/// # Errors
/// Fails when the database fails.
pub async fn switch(tx: &mut Tx, nightly: bool) -> Result<(), Error> {
    sqlx::query("UPDATE retention SET nightly = $1").bind(nightly).execute(&mut **tx).await?;
    Ok(())
}

/// Notes the day on which it was begun by itself.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_begun_on(tx: &mut Tx, day: Day) -> Result<(), Error> {
    sqlx::query("UPDATE retention SET begun_on = $1").bind(day.0).execute(&mut **tx).await?;
    Ok(())
}

/// How many messages a walk would pass. They are many, so they are counted before anybody else has to wait.
///
/// # Errors
/// Fails when the database fails.
pub async fn to_pass(connection: &mut SqliteConnection, mode: RetentionMode, now: Moment) -> Result<u64, Error> {
    if mode == RetentionMode::Empty {
        return in_bin(connection).await;
    }
    let Some(cutoff) = standing(connection).await?.rules.last_cutoff(now) else { return Ok(0) };
    let sql = "SELECT count(*) FROM messages m WHERE m.created_at < $1 AND m.binned_at IS NULL AND m.anonymized_at IS NULL";
    let n: i64 = sqlx::query_scalar(sql).bind(cutoff.0).fetch_one(connection).await?;
    Ok(n as u64)
}

/// Begins a walk past `total` messages; false when one goes on already.
///
/// # Errors
/// Fails when the database fails.
pub async fn begin(tx: &mut Tx, mode: RetentionMode, total: u64, by: UserId, now: Moment) -> Result<bool, Error> {
    if open(tx).await?.is_some() {
        return Ok(false);
    }
    let standing = standing(tx).await?;
    sqlx::query(
        "INSERT INTO retention_runs (mode, state, rules, revision, by_id, total, found, began_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(mode.code())
    .bind(RetentionState::Running.code())
    .bind(serde_json::to_string(&standing.rules)?)
    .bind(standing.revision)
    .bind(by.0)
    .bind(total as i64)
    .bind(serde_json::to_string(&RetentionFound::default())?)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// Whether the last look went to its end under the present rules.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_looked(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM retention_runs WHERE mode = 'look' AND state = 'ended'
                        AND revision = (SELECT revision FROM retention WHERE id = 1))",
    )
    .fetch_one(connection)
    .await?)
}

/// The walk that goes on, if one does.
///
/// # Errors
/// Fails when the database fails.
pub async fn open(connection: &mut SqliteConnection) -> Result<Option<Job>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: i64,
        mode: String,
        rules: String,
        by_id: i64,
        after_at: Option<i64>,
        after_id: Option<i64>,
        done: i64,
        found: String,
        began_at: i64,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, mode, rules, by_id, after_at, after_id, done, found, began_at FROM retention_runs WHERE state = 'running'",
    )
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Job {
        id: row.id,
        mode: Code::from_code(&row.mode)?,
        rules: serde_json::from_str(&row.rules)?,
        began_at: Moment(row.began_at),
        by: UserId(row.by_id),
        after: row.after_at.map(Moment).zip(row.after_id.map(MessageId)),
        done: row.done as u64,
        found: serde_json::from_str(&row.found)?,
    }))
}

/// The next messages made before `cutoff`, the oldest first, behind the one that was passed last; what lies in the bin or has no content
/// any more is left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn walk(
    connection: &mut SqliteConnection,
    after: Option<(Moment, MessageId)>,
    cutoff: Moment,
    limit: u32,
) -> Result<Vec<Passed>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: i64,
        created_at: i64,
        channel: String,
        origin: String,
        campaign: Option<String>,
        is_proof: bool,
        is_open: bool,
    }
    // Drafts are their author's own business.
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT m.id, m.created_at, m.channel, m.origin, g.kind AS campaign, m.is_proof, NOT (",
        over!(),
        ") AS is_open
         FROM messages m INDEXED BY messages_by_time LEFT JOIN campaigns g ON g.id = m.campaign_id
         WHERE m.created_at < $1 AND m.created_at >= coalesce($2, 0) AND ($2 IS NULL OR (m.created_at, m.id) > ($2, $3))
           AND m.binned_at IS NULL AND m.anonymized_at IS NULL AND m.state <> 'draft'
         ORDER BY m.created_at, m.id LIMIT $4"
    ))
    .bind(cutoff.0)
    .bind(after.map(|it| it.0.0))
    .bind(after.map(|it| it.1.0))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    let passed = rows.into_iter().map(|row| {
        Ok(Passed {
            id: MessageId(row.id),
            created_at: Moment(row.created_at),
            channel: Code::from_code(&row.channel)?,
            origin: Code::from_code(&row.origin)?,
            campaign: row.campaign.as_deref().map(Code::from_code).transpose()?,
            is_proof: row.is_proof,
            is_open: row.is_open,
        })
    });
    passed.collect()
}

/// Keeps how far a walk is; false when somebody stopped it meanwhile.
///
/// # Errors
/// Fails when the database fails.
pub async fn note(tx: &mut Tx, job: &Job) -> Result<bool, Error> {
    let rows = sqlx::query(
        "UPDATE retention_runs SET after_at = $2, after_id = $3, done = $4, found = $5 WHERE id = $1 AND state = 'running'",
    )
    .bind(job.id)
    .bind(job.after.map(|it| it.0.0))
    .bind(job.after.map(|it| it.1.0))
    .bind(job.done as i64)
    .bind(serde_json::to_string(&job.found)?)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Ends the walk that goes on; false when none does.
///
/// # Errors
/// Fails when the database fails.
pub async fn end(tx: &mut Tx, state: RetentionState, now: Moment) -> Result<bool, Error> {
    let rows = sqlx::query("UPDATE retention_runs SET state = $1, ended_at = $2 WHERE state = 'running'")
        .bind(state.code())
        .bind(now.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(rows == 1)
}

/// The last walk of that kind.
///
/// # Errors
/// Fails when the database fails.
pub async fn last(connection: &mut SqliteConnection, mode: RetentionMode) -> Result<Option<RetentionRun>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        state: String,
        done: i64,
        total: i64,
        found: String,
        by: String,
        began_at: i64,
        ended_at: Option<i64>,
    }
    let row: Option<Row> = sqlx::query_as(
        "SELECT r.state, r.done, r.total, r.found, u.name AS by, r.began_at, r.ended_at
         FROM retention_runs r JOIN users u ON u.id = r.by_id WHERE r.mode = $1 ORDER BY r.id DESC LIMIT 1",
    )
    .bind(mode.code())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(RetentionRun {
        mode,
        state: Code::from_code(&row.state)?,
        done: row.done as u64,
        of: row.total as u64,
        found: serde_json::from_str(&row.found)?,
        by: row.by,
        began_at: Moment(row.began_at),
        ended_at: row.ended_at.map(Moment),
    }))
}
