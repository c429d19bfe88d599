//! Who asked for an approval, and who gave it to what.

use model::{ApprovalRule, ApprovalState, CampaignId, Moment, UserId};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// How an approval was decided.
pub struct Decided<'a> {
    /// How far it is now.
    pub state: ApprovalState,
    /// What was approved.
    pub hash: Option<&'a [u8]>,
    /// By whom.
    pub by: UserId,
    /// What was said.
    pub comment: &'a str,
    /// When.
    pub at: Moment,
}

/// When campaigns need somebody else's approval.
///
/// # Errors
/// Fails when the database fails.
pub async fn approval_rule(connection: &mut SqliteConnection) -> Result<ApprovalRule, Error> {
    let rule: String = sqlx::query_scalar("SELECT approval_rule FROM campaign_settings").fetch_one(connection).await?;
    Ok(serde_json::from_str(&rule)?)
}

/// Changes when campaigns need somebody else's approval.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_approval_rule(tx: &mut Tx, rule: ApprovalRule) -> Result<(), Error> {
    sqlx::query("UPDATE campaign_settings SET approval_rule = $1").bind(serde_json::to_string(&rule)?).execute(&mut **tx).await?;
    Ok(())
}

/// Notes that somebody asks for approval.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_requested(tx: &mut Tx, id: CampaignId, by: UserId, comment: &str, now: Moment) -> Result<(), Error> {
    sqlx::query(
        "UPDATE campaigns
         SET approval = 'requested', approved_hash = NULL, requested_by = $2, requested_at = $3, decided_by = NULL, decided_at = NULL,
             comment = $4, updated_at = $3
         WHERE id = $1",
    )
    .bind(id.0)
    .bind(by.0)
    .bind(now.0)
    .bind(comment)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes how an approval was decided.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_decided(tx: &mut Tx, id: CampaignId, decided: &Decided<'_>) -> Result<(), Error> {
    sqlx::query(
        "UPDATE campaigns
         SET approval = $2, approved_hash = $3, decided_by = $4, decided_at = $5, comment = $6, updated_at = $5
         WHERE id = $1",
    )
    .bind(id.0)
    .bind(decided.state.code())
    .bind(decided.hash)
    .bind(decided.by.0)
    .bind(decided.at.0)
    .bind(decided.comment)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes that something was changed after an approval, or after the release of one that nobody had to approve.
///
/// # Errors
/// Fails when the database fails.
pub async fn break_approval(tx: &mut Tx, id: CampaignId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE campaigns SET approval = 'broken'
         WHERE id = $1 AND (approval = 'approved' OR (approval = 'open' AND started_at IS NOT NULL))",
    )
    .bind(id.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
