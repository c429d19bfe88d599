//! What the background does for campaigns, step by step, so that after a crash it goes on where it was.

use model::{CampaignId, CampaignWork, Moment, Noun, WorkKind};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::{Error, moved};
use crate::tx::Tx;

/// How far an audience was gathered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gather {
    /// Whether what an earlier gathering found and nothing was made of is gone.
    pub is_cleared: bool,
    /// The set that is being gathered; behind the last one come the typed addresses.
    pub part: usize,
    /// The contact or row of that set behind which it goes on.
    pub after: i64,
}

/// The work in the words of the database.
pub(super) fn of(kind: Option<&str>, done: i64, of: i64) -> Result<Option<CampaignWork>, Error> {
    let Some(kind) = kind else { return Ok(None) };
    Ok(Some(CampaignWork { kind: Code::from_code(kind)?, done: done as u64, of: of as u64 }))
}

/// Begins a work, unless one goes on already.
///
/// # Errors
/// Refuses as stale when one goes on.
pub async fn begin(tx: &mut Tx, id: CampaignId, kind: WorkKind, gather: Option<Gather>, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE campaigns SET work = $2, work_after = 0, work_done = 0, work_of = 0, gather = $3, updated_at = $4
         WHERE id = $1 AND work IS NULL",
    )
    .bind(id.0)
    .bind(kind.code())
    .bind(gather.map(|it| serde_json::to_string(&it)).transpose()?)
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Campaign)
}

/// Notes how far gathering is; nothing when it is over.
///
/// # Errors
/// Refuses as stale when the work was stopped.
pub async fn set_gather(tx: &mut Tx, id: CampaignId, gather: Option<Gather>) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE campaigns SET gather = $2 WHERE id = $1 AND work IS NOT NULL")
        .bind(id.0)
        .bind(gather.map(|it| serde_json::to_string(&it)).transpose()?)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    moved(rows, Noun::Campaign)
}

/// Notes how far making messages is.
///
/// # Errors
/// Refuses as stale when the work was stopped.
pub async fn set_progress(tx: &mut Tx, id: CampaignId, after: i64, done: u64, of: u64) -> Result<(), Error> {
    let rows =
        sqlx::query("UPDATE campaigns SET work_after = $2, work_done = $3, work_of = $4 WHERE id = $1 AND work IS NOT NULL")
            .bind(id.0)
            .bind(after)
            .bind(done as i64)
            .bind(of as i64)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    moved(rows, Noun::Campaign)
}

/// Ends the work and notes how many messages are to be sent; a check says when it was and of which revision.
///
/// # Errors
/// Refuses as stale when no work goes on.
pub async fn end(tx: &mut Tx, id: CampaignId, checked: Option<(Moment, i64)>, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE campaigns
         SET work = NULL, gather = NULL, checked_at = coalesce($2, checked_at), checked_revision = coalesce($3, checked_revision),
             messages = (SELECT count(*) FROM campaign_recipients
                         WHERE campaign_id = $1 AND fate IN ('gathered', 'prepared', 'set_apart')),
             updated_at = $4
         WHERE id = $1 AND work IS NOT NULL",
    )
    .bind(id.0)
    .bind(checked.map(|it| it.0.0))
    .bind(checked.map(|it| it.1))
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Campaign)
}

/// The campaigns for which there is something to do.
///
/// # Errors
/// Fails when the database fails.
pub async fn open(connection: &mut SqliteConnection) -> Result<Vec<CampaignId>, Error> {
    let ids: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM campaigns WHERE work IS NOT NULL ORDER BY id").fetch_all(connection).await?;
    Ok(ids.into_iter().map(CampaignId).collect())
}
