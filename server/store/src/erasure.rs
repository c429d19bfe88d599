//! What there is about one person, and how it is erased.

use model::person::ERASED_ADDRESS;
use model::{ContactId, MessageId, Moment, Noun, Refusal};
use sqlx::SqliteConnection;

use crate::destroy;
use crate::error::Error;
use crate::persons;
use crate::tx::Tx;

/// The messages of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondence {
    /// Those to nobody else.
    pub alone: Vec<MessageId>,
    /// Those that others got as well.
    pub shared: Vec<MessageId>,
    /// Drafts written from the contact.
    pub drafts: Vec<MessageId>,
}

/// Ties messages to the contact that went to its addresses before it was known.
///
/// # Errors
/// Fails when the database fails.
pub async fn tie(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    sqlx::query(
        "UPDATE recipients SET contact_id = $1
         WHERE contact_id IS NULL
           AND lower(address) IN (SELECT normalized FROM addresses WHERE contact_id = $1)",
    )
    .bind(contact.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The messages of one person in the order in which they were written.
///
/// # Errors
/// Fails when the database fails.
pub async fn correspondence(connection: &mut SqliteConnection, contact: ContactId) -> Result<Correspondence, Error> {
    let rows: Vec<(i64, bool)> = sqlx::query_as(
        "SELECT DISTINCT r.message_id,
                NOT EXISTS (SELECT 1 FROM recipients o WHERE o.message_id = r.message_id AND o.contact_id IS NOT $1)
         FROM recipients r JOIN messages m ON m.id = r.message_id AND m.state <> 'draft'
         WHERE r.contact_id = $1 ORDER BY r.message_id",
    )
    .bind(contact.0)
    .fetch_all(&mut *connection)
    .await?;
    let drafts: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM messages
         WHERE state = 'draft' AND id IN (SELECT id FROM messages WHERE contact_id = $1
                                          UNION SELECT message_id FROM recipients WHERE contact_id = $1)
         ORDER BY id",
    )
    .bind(contact.0)
    .fetch_all(connection)
    .await?;
    let of = |alone: bool| rows.iter().filter(|it| it.1 == alone).map(|it| MessageId(it.0)).collect();
    Ok(Correspondence { alone: of(true), shared: of(false), drafts: drafts.into_iter().map(MessageId).collect() })
}

/// Whether one of the messages is kept as proof, of which nobody may take the text or the recipients.
///
/// # Errors
/// Fails when the database fails.
pub async fn holds_proof(connection: &mut SqliteConnection, messages: &Correspondence) -> Result<bool, Error> {
    let all: Vec<MessageId> = messages.alone.iter().chain(&messages.shared).copied().collect();
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE id IN (SELECT value FROM json_each($1)) AND is_proof = 1)",
    )
    .bind(serde_json::to_string(&all)?)
    .fetch_one(connection)
    .await?)
}

/// Erases a person: their key, the texts and files sealed under it, their address in the history, what was changed in their fields, and the
/// contact itself; what becomes free in the file is overwritten. Counts, deliveries and the action log stay. What still waited is cancelled.
///
/// # Errors
/// Refuses while a delivery to the person is on its way.
pub async fn erase(tx: &mut Tx, contact: ContactId, messages: &Correspondence, now: Moment) -> Result<(), Error> {
    let all: Vec<i64> = messages.alone.iter().chain(&messages.shared).map(|it| it.0).collect();
    let all = serde_json::to_string(&all)?;
    let alone = serde_json::to_string(&messages.alone)?;
    let emptied: Vec<MessageId> = messages.alone.iter().chain(&messages.drafts).copied().collect();
    destroy::begin(tx).await?;
    end_deliveries(tx, contact, &all, now).await?;
    destroy_keys(tx, contact, &alone, now).await?;
    destroy::files(tx, &serde_json::to_string(&emptied)?, "[]").await?;
    for sql in [
        "DELETE FROM messages WHERE state = 'draft' AND id IN (SELECT value FROM json_each($2)) AND $1 = $1",
        "UPDATE messages SET state = 'cancelled'
         WHERE campaign_id IS NOT NULL AND state = 'prepared' AND id IN (SELECT value FROM json_each($3)) AND $1 = $1",
        "UPDATE campaign_recipients SET fate = 'left_out', reason = 'by_hand'
         WHERE contact_id = $1 AND (message_id IS NULL OR message_id IN (
             SELECT m.id FROM messages m WHERE m.id = message_id AND m.state = 'cancelled' AND m.sent_at IS NULL))",
        "DELETE FROM campaign_fills
         WHERE 0 < place AND (campaign_id, place) IN (SELECT campaign_id, place FROM campaign_recipients WHERE contact_id = $1)",
        "UPDATE messages SET subject = x'', draft = NULL, person_id = $1 WHERE id IN (SELECT value FROM json_each($3))",
        "DELETE FROM message_texts WHERE message_id IN (SELECT value FROM json_each($3)) AND $1 = $1",
        "DELETE FROM captured WHERE message_id IN (SELECT value FROM json_each($3)) AND $1 = $1",
        "DELETE FROM comments
         WHERE contact_id = $1 OR message_id IN (SELECT value FROM json_each($3))
            OR person_id = $1 OR person_id IN (SELECT old_id FROM contact_merges WHERE new_id = $1)",
        "DELETE FROM contact_changes
         WHERE contact_id = $1 OR contact_id IN (SELECT old_id FROM contact_merges WHERE new_id = $1)",
    ] {
        sqlx::query(sql).bind(contact.0).bind(serde_json::to_string(&messages.drafts)?).bind(&alone).execute(&mut **tx).await?;
    }
    forget_bounces(tx, contact).await?;
    crate::reactions::forget(tx, contact).await?;
    take_off(tx, contact, &all).await?;
    crate::contacts::delete(tx, contact).await?;
    forget_names(tx, contact).await?;
    destroy::end(tx).await
}

/// Cancels what waits for the person and hides their address in what has ended.
async fn end_deliveries(tx: &mut Tx, contact: ContactId, all: &str, now: Moment) -> Result<(), Error> {
    let moving: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM deliveries d JOIN recipients r ON r.message_id = d.message_id AND r.address = d.address
         WHERE d.message_id IN (SELECT value FROM json_each($1)) AND r.contact_id = $2 AND d.state IN ('leased', 'handed')",
    )
    .bind(all)
    .bind(contact.0)
    .fetch_one(&mut **tx)
    .await?;
    if 0 < moving {
        return Err(Refusal::InUse(Noun::Delivery).into());
    }
    for sql in [
        "UPDATE attempts SET reply = replace(replace(reply, d.address, $3), ltrim(d.address, '+'), $3)
         FROM deliveries d, recipients r
         WHERE attempts.delivery_id = d.id AND r.message_id = d.message_id AND r.address = d.address
           AND d.message_id IN (SELECT value FROM json_each($1)) AND r.contact_id = $2 AND $4 = $4",
        "UPDATE deliveries
         SET state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END,
             settled_at = CASE state WHEN 'waiting' THEN $4 ELSE settled_at END,
             address = $3
         FROM recipients r
         WHERE r.message_id = deliveries.message_id AND r.address = deliveries.address
           AND deliveries.message_id IN (SELECT value FROM json_each($1)) AND r.contact_id = $2",
    ] {
        sqlx::query(sql).bind(all).bind(contact.0).bind(ERASED_ADDRESS).bind(now.0).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Destroys the person's key, and those of contacts that went into this one.
async fn destroy_keys(tx: &mut Tx, contact: ContactId, alone: &str, now: Moment) -> Result<(), Error> {
    let merged: Vec<i64> = sqlx::query_scalar(
        "SELECT person_id FROM messages
         WHERE id IN (SELECT value FROM json_each($1)) AND person_id IS NOT NULL AND person_id <> $2
         UNION SELECT old_id FROM contact_merges WHERE new_id = $2",
    )
    .bind(alone)
    .bind(contact.0)
    .fetch_all(&mut **tx)
    .await?;
    for person in std::iter::once(contact.0).chain(merged) {
        persons::destroy(tx, person, now).await?;
    }
    Ok(())
}

/// Forgets what came back from the person's addresses; that somebody complained about a campaign stays counted.
async fn forget_bounces(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    for sql in [
        "UPDATE campaigns SET complained_before = complained_before + told.n
         FROM (SELECT m.campaign_id, count(DISTINCT b.message_id) AS n FROM bounces b JOIN messages m ON m.id = b.message_id
               WHERE b.kind = 'complaint' AND m.campaign_id IS NOT NULL AND b.address IN (
                   SELECT lower(address) FROM recipients WHERE contact_id = $1
                   UNION SELECT normalized FROM addresses WHERE contact_id = $1 AND channel = 'email')
               GROUP BY m.campaign_id) told
         WHERE campaigns.id = told.campaign_id",
        "DELETE FROM bounces WHERE address IN (
             SELECT lower(address) FROM recipients WHERE contact_id = $1
             UNION SELECT normalized FROM addresses WHERE contact_id = $1 AND channel = 'email')",
        "DELETE FROM bounced_addresses WHERE address IN (
             SELECT lower(address) FROM recipients WHERE contact_id = $1
             UNION SELECT normalized FROM addresses WHERE contact_id = $1 AND channel = 'email')",
    ] {
        sqlx::query(sql).bind(contact.0).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes name and address of the person off the messages.
async fn take_off(tx: &mut Tx, contact: ContactId, all: &str) -> Result<(), Error> {
    for sql in [
        "UPDATE messages SET first_recipient = $3
         WHERE id IN (SELECT value FROM json_each($1))
           AND EXISTS (SELECT 1 FROM recipients r WHERE r.message_id = messages.id AND r.place = 0 AND r.contact_id = $2)",
        "UPDATE messages SET contact_id = NULL WHERE contact_id = $2 AND $1 = $1 AND $3 = $3",
        "UPDATE recipients SET name = '', address = $3, contact_id = NULL WHERE contact_id = $2 AND $1 = $1",
        "UPDATE campaign_recipients SET name = '', address = $3, contact_id = NULL WHERE contact_id = $2 AND $1 = $1",
    ] {
        sqlx::query(sql).bind(all).bind(contact.0).bind(ERASED_ADDRESS).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Keeps of suppressions only the address that must not be written to.
async fn forget_names(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    sqlx::query("DELETE FROM suppressions WHERE contact_id = $1 AND NOT EXISTS (SELECT 1 FROM deliveries WHERE suppression_id = suppressions.id)")
        .bind(contact.0)
        .execute(&mut **tx)
        .await?;
    sqlx::query("UPDATE suppressions SET name = '', note = '' WHERE contact_id = $1").bind(contact.0).execute(&mut **tx).await?;
    Ok(())
}
