//! Messages that are kept as proof.

use model::{CampaignId, MessageId};

use crate::error::Error;
use crate::tx::Tx;

/// Keeps a message as proof, or no longer; false when nothing changed. What lies in the bin or has no content any more
/// stays what it is.
///
/// # Errors
/// Fails when the database fails.
pub async fn keep_as_proof(tx: &mut Tx, id: MessageId, is_proof: bool) -> Result<bool, Error> {
    let rows = sqlx::query(
        "UPDATE messages SET is_proof = $2
         WHERE id = $1 AND is_proof <> $2 AND binned_at IS NULL AND anonymized_at IS NULL AND state <> 'draft'",
    )
    .bind(id.0)
    .bind(is_proof)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Keeps the next messages of a campaign as proof, or no longer, behind the one that was reached; tells how many changed and which was the
/// last that was looked at. What lies in the bin or has no content any more
/// stays what it is.
///
/// # Errors
/// Fails when the database fails.
pub async fn keep_campaign_as_proof(
    tx: &mut Tx,
    campaign: CampaignId,
    is_proof: bool,
    behind: MessageId,
    limit: u32,
) -> Result<(u32, Option<MessageId>), Error> {
    let last: Option<i64> = sqlx::query_scalar(
        "SELECT max(id) FROM (SELECT id FROM messages WHERE campaign_id = $1 AND $2 < id ORDER BY id LIMIT $3)",
    )
    .bind(campaign.0)
    .bind(behind.0)
    .bind(limit)
    .fetch_one(&mut **tx)
    .await?;
    let rows = sqlx::query(
        "UPDATE messages SET is_proof = $4
         WHERE campaign_id = $1 AND $2 < id AND id <= $3 AND is_proof <> $4 AND binned_at IS NULL AND anonymized_at IS NULL
           AND state <> 'draft'",
    )
    .bind(campaign.0)
    .bind(behind.0)
    .bind(last)
    .bind(is_proof)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok((rows as u32, last.map(MessageId)))
}
