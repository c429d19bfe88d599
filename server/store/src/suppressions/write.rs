//! Writing suppressions down and lifting them.

use model::{
    Channels, ContactId, MessageId, Moment, Noun, Suppression, SuppressionId, SuppressionReason, SuppressionSource,
    SuppressionTarget, UserId,
};
use sqlx::SqliteConnection;

use super::list::{Row, people, rows};
use crate::codes::Code;
use crate::error::{Error, found, moved};
use crate::tx::Tx;

/// A suppression to write down.
pub struct NewSuppression<'a> {
    /// Whom we must not write to.
    pub target: &'a SuppressionTarget,
    /// On which channels; an address, a number and a domain have but one.
    pub channels: Channels,
    /// Why.
    pub reason: SuppressionReason,
    /// What writes it down.
    pub source: SuppressionSource,
    /// What is worth remembering.
    pub note: &'a str,
    /// The message it comes from.
    pub message: Option<MessageId>,
    /// Who writes it down.
    pub author: UserId,
}

/// What writing down met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is new.
    New(SuppressionId),
    /// It was suppressed before; that is left as it is.
    Before,
}

/// Writes a suppression down, unless the same is suppressed already.
///
/// # Errors
/// Fails when the database fails.
pub async fn add(tx: &mut Tx, new: &NewSuppression<'_>, now: Moment) -> Result<Found, Error> {
    let channels = match new.target {
        SuppressionTarget::Email(_) | SuppressionTarget::Domain(_) => Channels::Email,
        SuppressionTarget::Phone(_) => Channels::Sms,
        SuppressionTarget::Contact(..) => new.channels,
    };
    let (contact, name) = match new.target {
        SuppressionTarget::Contact(id, name) => (Some(id.0), name.as_str()),
        _ => (None, ""),
    };
    if contact.is_some() && covers(tx, contact, channels).await? {
        return Ok(Found::Before);
    }
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO suppressions (scope, channels, value, contact_id, name, reason, source, note, message_id, author_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT DO NOTHING
         RETURNING id",
    )
    .bind(new.target.scope().code())
    .bind(channels.code())
    .bind(new.target.normalized())
    .bind(contact)
    .bind(name)
    .bind(new.reason.code())
    .bind(new.source.code())
    .bind(new.note.trim())
    .bind(new.message.map(|it| it.0))
    .bind(new.author.0)
    .bind(now.0)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(id.map_or(Found::Before, |it| Found::New(SuppressionId(it))))
}

/// Suppresses a contact with all its addresses; nothing when the contact is not there.
///
/// # Errors
/// Fails when the database fails.
pub async fn suppress_contact(tx: &mut Tx, id: ContactId, new: &NewSuppression<'_>, now: Moment) -> Result<Option<Found>, Error> {
    let name: Option<String> =
        sqlx::query_scalar("SELECT name FROM contacts WHERE id = $1").bind(id.0).fetch_optional(&mut **tx).await?;
    let Some(name) = name else { return Ok(None) };
    let target = SuppressionTarget::Contact(id, name);
    add(tx, &NewSuppression { target: &target, ..*new }, now).await.map(Some)
}

/// Whether both channels of the contact are closed already, or this one is.
async fn covers(tx: &mut Tx, contact: Option<i64>, channels: Channels) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM suppressions
                        WHERE contact_id = $1 AND contact_id IS NOT NULL AND lifted_at IS NULL AND channels IN ($2, 'both'))",
    )
    .bind(contact)
    .bind(channels.code())
    .fetch_one(&mut **tx)
    .await?)
}

/// Finds a suppression.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: SuppressionId) -> Result<Suppression, Error> {
    let row: Option<Row> = sqlx::query_as(concat!(rows!("suppressions s"), people!(), "WHERE s.id = $1"))
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    found(row, Noun::Suppression)?.suppression()
}

/// Lifts a suppression; it stays as history.
///
/// # Errors
/// Refuses as stale when it was lifted before.
pub async fn lift(tx: &mut Tx, id: SuppressionId, by: UserId, reason: &str, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE suppressions SET lifted_at = $2, lifted_by = $3, lifted_reason = $4 WHERE id = $1 AND lifted_at IS NULL",
    )
    .bind(id.0)
    .bind(now.0)
    .bind(by.0)
    .bind(reason.trim())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Suppression)
}

/// Lets the suppressions of one contact count for another, before the first goes up in the second.
///
/// # Errors
/// Fails when the database fails.
pub async fn move_contact(tx: &mut Tx, from: ContactId, to: ContactId) -> Result<(), Error> {
    // What the other has already stays with the first and goes with it.
    sqlx::query("UPDATE OR IGNORE suppressions SET contact_id = $2 WHERE contact_id = $1 AND lifted_at IS NULL")
        .bind(from.0)
        .bind(to.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
