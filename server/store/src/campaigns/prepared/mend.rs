//! Changing what is prepared: by hand, taken out, thrown away, with other files.

use std::collections::BTreeMap;

use model::{CampaignId, MessageId, Moment, UserId};
use sqlx::SqliteConnection;

use super::words::Words;
use crate::Store;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::messages::bodies::{bodies_of, dictionary, packed, put_packed};
use crate::persons;
use crate::tx::Tx;

/// Deletes up to `n` messages that have not been let go, for good, and takes their recipients out of the audience; tells how many went.
///
/// # Errors
/// Fails when the database fails.
pub async fn discard(tx: &mut Tx, id: CampaignId, n: u32) -> Result<u64, Error> {
    sqlx::query(
        "DELETE FROM campaign_recipients WHERE campaign_id = $1 AND message_id IN (
             SELECT id FROM messages WHERE campaign_id = $1 AND state = 'prepared' ORDER BY id LIMIT $2)",
    )
    .bind(id.0)
    .bind(n)
    .execute(&mut **tx)
    .await?;
    let rows = sqlx::query(
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE campaign_id = $1 AND state = 'prepared' ORDER BY id LIMIT $2)",
    )
    .bind(id.0)
    .bind(n)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows)
}

/// Forgets what was filled in, looked at and frozen, after everything was discarded.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, id: CampaignId) -> Result<(), Error> {
    for sql in [
        "DELETE FROM campaign_recipients WHERE campaign_id = $1",
        "DELETE FROM campaign_fills WHERE campaign_id = $1",
        "DELETE FROM campaign_reviews WHERE campaign_id = $1",
        "UPDATE campaigns
         SET content_id = NULL, checked_at = NULL, checked_revision = NULL, messages = 0, ended = 0, approval = 'open',
             approved_hash = NULL, requested_by = NULL, requested_at = NULL, decided_by = NULL, decided_at = NULL, comment = ''
         WHERE id = $1",
    ] {
        sqlx::query(sql).bind(id.0).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Gives the files of a content to all messages that have not been let go; tells how many those are.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_files(tx: &mut Tx, id: CampaignId, content: i64) -> Result<u64, Error> {
    let rows = sqlx::query(
        "UPDATE messages
         SET files_id = $2, revision = revision + 1,
             attachments = (SELECT count(*) FROM attachments WHERE content_id = $2)
                           + (SELECT count(*) FROM attachments WHERE message_id = messages.id)
         WHERE campaign_id = $1 AND state = 'prepared'",
    )
    .bind(id.0)
    .bind(content)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    crate::search_jobs::add_remade(tx, id, None).await?;
    Ok(rows)
}

/// Changes one message by hand.
///
/// # Errors
/// Refuses as stale when it was changed since that revision or let go; fails when it was erased.
pub async fn edit(
    store: &Store,
    tx: &mut Tx,
    id: CampaignId,
    (message, revision): (MessageId, i64),
    words: &Words,
    by: UserId,
    now: Moment,
) -> Result<(), Error> {
    let content: Option<i64> = sqlx::query_scalar(
        "SELECT content_id FROM messages WHERE id = $1 AND campaign_id = $2 AND state = 'prepared' AND revision = $3",
    )
    .bind(message.0)
    .bind(id.0)
    .bind(revision)
    .fetch_optional(&mut **tx)
    .await?
    .flatten();
    let content = content.ok_or(model::Refusal::Stale(model::Noun::Message))?;
    let dictionary = dictionary(store, tx, content).await?;
    let seal = persons::opener(store, tx, message).await?;
    let bodies = seal.seal_by(bodies_of(message), &packed(&words.text, &words.html), &dictionary)?;
    sqlx::query("UPDATE messages SET subject = $2, revision = revision + 1 WHERE id = $1")
        .bind(message.0)
        .bind(seal.seal_text(subject_of(message), &words.subject)?)
        .execute(&mut **tx)
        .await?;
    put_packed(tx, message, &bodies).await?;
    sqlx::query(
        "UPDATE campaign_recipients
         SET edited_by = $3, edited_at = $4, missing = NULL, length = $5, fate = CASE fate WHEN 'set_apart' THEN 'prepared' ELSE fate END
         WHERE campaign_id = $1 AND message_id = $2",
    )
    .bind(id.0)
    .bind(message.0)
    .bind(by.0)
    .bind(now.0)
    .bind((words.subject.chars().count() + words.text.chars().count()) as i64)
    .execute(&mut **tx)
    .await?;
    crate::search_jobs::add_remade(tx, id, Some(&[message])).await
}

/// Notes in how many parts a message leaves that was edited by hand.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_parts(tx: &mut Tx, id: CampaignId, message: MessageId, parts: u32) -> Result<(), Error> {
    sqlx::query("UPDATE campaign_recipients SET parts = $3 WHERE campaign_id = $1 AND message_id = $2")
        .bind(id.0)
        .bind(message.0)
        .bind(parts)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// To which campaigns those of some messages belong that have not been let go.
///
/// # Errors
/// Fails when the database fails.
pub async fn campaigns_of(
    connection: &mut SqliteConnection,
    messages: &[MessageId],
) -> Result<BTreeMap<CampaignId, Vec<MessageId>>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT campaign_id, id FROM messages
         WHERE id IN (SELECT value FROM json_each($1)) AND campaign_id IS NOT NULL AND state = 'prepared'",
    )
    .bind(serde_json::to_string(messages)?)
    .fetch_all(connection)
    .await?;
    let mut found: BTreeMap<CampaignId, Vec<MessageId>> = BTreeMap::new();
    for (campaign, message) in rows {
        found.entry(CampaignId(campaign)).or_default().push(MessageId(message));
    }
    Ok(found)
}

/// Takes messages that have not been let go out (`true`) or puts them back; tells how many. Without messages all that wait for values.
///
/// # Errors
/// Fails when the database fails.
pub async fn exclude(tx: &mut Tx, id: CampaignId, messages: Option<&[MessageId]>, is_excluded: bool) -> Result<u64, Error> {
    let sql = match (messages, is_excluded) {
        (None, _) => {
            "UPDATE campaign_recipients SET fate = 'left_out', reason = 'by_hand'
             WHERE campaign_id = $1 AND fate = 'set_apart' AND reason IS NULL AND $2 = $2"
        }
        (Some(_), true) => {
            "UPDATE campaign_recipients SET fate = 'left_out', reason = 'by_hand'
             WHERE campaign_id = $1 AND fate IN ('prepared', 'set_apart') AND message_id IN (
                 SELECT id FROM messages WHERE id IN (SELECT value FROM json_each($2)) AND state = 'prepared')"
        }
        (Some(_), false) => {
            "UPDATE campaign_recipients
             SET reason = NULL, fate = CASE WHEN missing IS NULL THEN 'prepared' ELSE 'set_apart' END
             WHERE campaign_id = $1 AND fate = 'left_out' AND reason = 'by_hand' AND message_id IN (
                 SELECT id FROM messages WHERE id IN (SELECT value FROM json_each($2)) AND state = 'prepared')"
        }
    };
    let rows = sqlx::query(sql)
        .bind(id.0)
        .bind(serde_json::to_string(messages.unwrap_or_default())?)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    Ok(rows)
}

/// Counts the files of a message anew.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_files(tx: &mut Tx, message: MessageId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE messages
         SET attachments = (SELECT count(*) FROM attachments WHERE message_id = $1 OR content_id = messages.files_id)
         WHERE id = $1",
    )
    .bind(message.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts the copy of a message into its place in the campaign, so that it is let go as the other was.
///
/// # Errors
/// Fails when the database fails.
pub async fn adopt(tx: &mut Tx, id: CampaignId, old: MessageId, copy: MessageId) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET campaign_id = $1 WHERE id = $2").bind(id.0).bind(copy.0).execute(&mut **tx).await?;
    sqlx::query("UPDATE campaign_recipients SET message_id = $3 WHERE campaign_id = $1 AND message_id = $2")
        .bind(id.0)
        .bind(old.0)
        .bind(copy.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes of messages that are what they would be now, from which revisions of the contacts they could be made.
///
/// # Errors
/// Fails when the database fails.
pub async fn note_same(tx: &mut Tx, id: CampaignId, same: &[(i64, Option<i64>)]) -> Result<(), Error> {
    // Written down first: else all recipients of the campaign would be gone through for each of these.
    sqlx::query(
        "WITH seen AS MATERIALIZED (SELECT $1 AS campaign, value FROM json_each($2))
         UPDATE campaign_recipients SET contact_revision = seen.value ->> 1 FROM seen
         WHERE campaign_id = seen.campaign AND place = seen.value ->> 0",
    )
    .bind(id.0)
    .bind(serde_json::to_string(same)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
