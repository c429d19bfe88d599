//! The runs of a campaign: which of its messages were made in one go, and which left one after the other.

use model::{AuditId, CampaignDeed, CampaignId, Deed, Moment, RunKind, RunSpan};
use sqlx::SqliteConnection;

use crate::error::Error;

/// What was done to a campaign, oldest first; edits by hand of single messages, which may be many, are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn deeds(connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<(AuditId, Moment, CampaignDeed)>, Error> {
    let rows: Vec<(i64, i64, String)> = sqlx::query_as(
        "SELECT id, at, deed FROM audit
         WHERE subject_kind = 'campaign' AND subject_id = $1 AND instr(deed, 'MessageEdited') = 0 ORDER BY id",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    let mut deeds = Vec::new();
    for (entry, at, text) in rows {
        if let Deed::Campaign(_, deed) = serde_json::from_str(&text)? {
            deeds.push((AuditId(entry), Moment(at), deed));
        }
    }
    Ok(deeds)
}

/// How many messages a run has, those in the bin among them: counted along an index, without a look at the messages.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, id: CampaignId, span: &RunSpan) -> Result<u64, Error> {
    let sql = match span.kind {
        RunKind::Made => "SELECT count(*) FROM messages WHERE campaign_id = $1 AND created_at >= $2 AND created_at < $3",
        RunKind::Sent => "SELECT count(*) FROM messages WHERE campaign_id = $1 AND sent_at >= $2 AND sent_at < $3",
    };
    let n: i64 = sqlx::query_scalar(sql)
        .bind(id.0)
        .bind(span.since.0)
        .bind(span.until.map_or(i64::MAX, |it| it.0))
        .fetch_one(connection)
        .await?;
    Ok(n as u64)
}
