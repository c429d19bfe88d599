//! The end of messages whose time in the bin is over: their content is destroyed, or they are deleted.

use model::person::ERASED_ADDRESS;
use model::{ContactId, MessageId, Moment};
use sqlx::SqliteConnection;

use crate::destroy;
use crate::error::Error;
use crate::tx::Tx;

/// A message whose end has come.
#[derive(sqlx::FromRow)]
pub struct Overdue {
    id: i64,
    /// Whether nothing of it stays.
    pub vanishes: bool,
}

impl Overdue {
    /// Which message.
    pub fn id(&self) -> MessageId {
        MessageId(self.id)
    }
}

/// What was destroyed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// How many messages to each contact.
    pub contacts: Vec<(ContactId, u32)>,
}

/// Messages whose promised time in the bin is over, the oldest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn overdue(connection: &mut SqliteConnection, now: Moment, limit: u32) -> Result<Vec<Overdue>, Error> {
    let sql = "SELECT id, bin_vanishes AS vanishes FROM messages WHERE bin_until <= $1 ORDER BY bin_until, id LIMIT $2";
    Ok(sqlx::query_as(sql).bind(now.0).bind(limit).fetch_all(connection).await?)
}

/// Messages that came into the bin before that moment, the oldest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn binned_before(connection: &mut SqliteConnection, before: Moment, limit: u32) -> Result<Vec<Overdue>, Error> {
    let sql = "SELECT id, bin_vanishes AS vanishes FROM messages WHERE binned_at <= $1 ORDER BY binned_at, id LIMIT $2";
    Ok(sqlx::query_as(sql).bind(before.0).bind(limit).fetch_all(connection).await?)
}

/// Destroys subject, texts, files and recipients of messages. That they were, their deliveries with their ends and all figures stay.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, ids: &[MessageId], now: Moment) -> Result<Purged, Error> {
    let purged = empty(tx, ids).await?;
    let ids = serde_json::to_string(ids)?;
    let campaigns: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT campaign_id FROM messages WHERE id IN (SELECT value FROM json_each($1)) AND campaign_id IS NOT NULL",
    )
    .bind(&ids)
    .fetch_all(&mut **tx)
    .await?;
    sqlx::query(
        "UPDATE messages SET binned_at = NULL, binned_by = NULL, bin_until = NULL, bin_vanishes = 0, is_proof = 0, anonymized_at = $2
         WHERE id IN (SELECT value FROM json_each($1))",
    )
    .bind(ids)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    for campaign in campaigns {
        forget_left_out(tx, campaign).await?;
    }
    Ok(purged)
}

/// Takes name and address from those who were left out of a campaign, once none of its messages says anything any more: their time is over
/// with that of the others. Why they were left out stays.
async fn forget_left_out(tx: &mut Tx, campaign: i64) -> Result<(), Error> {
    // The last message goes last as a rule, so that the long question is asked once.
    let is_last_gone: Option<bool> =
        sqlx::query_scalar("SELECT anonymized_at IS NOT NULL FROM messages WHERE campaign_id = $1 ORDER BY id DESC LIMIT 1")
            .bind(campaign)
            .fetch_optional(&mut **tx)
            .await?;
    if is_last_gone != Some(true) {
        return Ok(());
    }
    let is_one_left: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM messages WHERE campaign_id = $1 AND anonymized_at IS NULL)")
            .bind(campaign)
            .fetch_one(&mut **tx)
            .await?;
    if is_one_left {
        return Ok(());
    }
    for sql in [
        "DELETE FROM campaign_fills
         WHERE campaign_id = $1 AND 0 < place AND $2 = $2 AND EXISTS (
             SELECT 1 FROM campaign_recipients r
             WHERE r.campaign_id = $1 AND r.place = campaign_fills.place AND r.message_id IS NULL)",
        "UPDATE campaign_recipients
         SET name = '', address = $2, contact_id = NULL, contact_revision = NULL, address_key = NULL, other = NULL, missing = NULL
         WHERE campaign_id = $1 AND message_id IS NULL",
    ] {
        sqlx::query(sql).bind(campaign).bind(ERASED_ADDRESS).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Deletes messages with everything that belongs to them.
///
/// # Errors
/// Fails when the database fails.
pub async fn delete(tx: &mut Tx, ids: &[MessageId]) -> Result<Purged, Error> {
    let purged = empty(tx, ids).await?;
    let ids = serde_json::to_string(ids)?;
    for sql in [
        "UPDATE messages SET resend_of = NULL WHERE resend_of IN (SELECT value FROM json_each($1))",
        "DELETE FROM messages WHERE id IN (SELECT value FROM json_each($1))",
    ] {
        sqlx::query(sql).bind(&ids).execute(&mut **tx).await?;
    }
    Ok(purged)
}

/// Takes everything out of messages that says something about anybody. What is sealed is overwritten where it lies, because it may be sealed
/// under a key that others need.
async fn empty(tx: &mut Tx, ids: &[MessageId]) -> Result<Purged, Error> {
    crate::search_jobs::add_many(tx, ids).await?;
    let ids = serde_json::to_string(ids)?;
    let contacts: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT contact_id, count(DISTINCT message_id) FROM recipients
         WHERE message_id IN (SELECT value FROM json_each($1)) AND contact_id IS NOT NULL
         GROUP BY contact_id ORDER BY contact_id",
    )
    .bind(&ids)
    .fetch_all(&mut **tx)
    .await?;
    let contents: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT files_id FROM messages WHERE id IN (SELECT value FROM json_each($1)) AND files_id IS NOT NULL",
    )
    .bind(&ids)
    .fetch_all(&mut **tx)
    .await?;
    destroy::begin(tx).await?;
    for sql in STATEMENTS {
        sqlx::query(sql).bind(&ids).bind(ERASED_ADDRESS).execute(&mut **tx).await?;
    }
    destroy::files(tx, &ids, &serde_json::to_string(&contents)?).await?;
    destroy::end(tx).await?;
    Ok(Purged { contacts: contacts.into_iter().map(|(contact, n)| (ContactId(contact), n as u32)).collect() })
}

/// Each gets the messages as `$1` and what stands in place of an address as `$2`.
const STATEMENTS: [&str; 13] = [
    "UPDATE campaigns SET complained_before = complained_before + told.n
     FROM (SELECT m.campaign_id, count(DISTINCT b.message_id) AS n FROM messages m JOIN bounces b ON b.message_id = m.id
           WHERE m.id IN (SELECT value FROM json_each($1)) AND m.campaign_id IS NOT NULL AND b.kind = 'complaint'
           GROUP BY m.campaign_id) told
     WHERE campaigns.id = told.campaign_id AND $2 = $2",
    "UPDATE attempts SET reply = replace(replace(reply, d.address, $2), ltrim(d.address, '+'), $2)
     FROM deliveries d
     WHERE attempts.delivery_id = d.id AND d.message_id IN (SELECT value FROM json_each($1))",
    "UPDATE deliveries SET address = $2 WHERE message_id IN (SELECT value FROM json_each($1))",
    "DELETE FROM bounces WHERE message_id IN (SELECT value FROM json_each($1)) AND $2 = $2",
    "DELETE FROM comments WHERE message_id IN (SELECT value FROM json_each($1)) AND $2 = $2",
    "DELETE FROM captured WHERE message_id IN (SELECT value FROM json_each($1)) AND $2 = $2",
    "DELETE FROM campaign_fills
     WHERE 0 < place AND $2 = $2 AND (campaign_id, place) IN (
         SELECT campaign_id, place FROM campaign_recipients WHERE message_id IN (SELECT value FROM json_each($1)))",
    "UPDATE campaign_recipients
     SET name = '', address = $2, contact_id = NULL, contact_revision = NULL, address_key = NULL, other = NULL, missing = NULL
     WHERE message_id IN (SELECT value FROM json_each($1))",
    "UPDATE recipients SET name = '', address = $2, contact_id = NULL WHERE message_id IN (SELECT value FROM json_each($1))",
    "UPDATE messages
     SET subject = zeroblob(length(subject)), draft = zeroblob(length(draft))
     WHERE id IN (SELECT value FROM json_each($1)) AND $2 = $2",
    "UPDATE messages
     SET subject = x'', draft = NULL, header_id = '', reply_to = '', first_recipient = $2, contact_id = NULL, person_id = NULL,
         attachments = 0, content_id = coalesce(files_id, content_id), files_id = NULL
     WHERE id IN (SELECT value FROM json_each($1))",
    "UPDATE message_texts
     SET body_text = zeroblob(length(body_text)), body_html = zeroblob(length(body_html)), bodies = zeroblob(length(bodies))
     WHERE message_id IN (SELECT value FROM json_each($1)) AND $2 = $2",
    "DELETE FROM message_texts WHERE message_id IN (SELECT value FROM json_each($1)) AND $2 = $2",
];
