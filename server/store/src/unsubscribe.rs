//! Links in messages by which people say that they want no more: whose they are, and what is noted about them.

use model::{Channel, ContactId, DeliveryId, Language, LeavingOffer, MessageId, MessageState, Moment, Origin, RecipientListId};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// Whom a message went to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// By which channel.
    pub channel: Channel,
    /// Why the message exists.
    pub origin: Origin,
    /// How far the message has come.
    pub state: MessageState,
    /// The address or number.
    pub address: String,
    /// The contact that has it.
    pub contact: Option<ContactId>,
    /// The language of the contact.
    pub language: Option<Language>,
}

/// The first recipient of a message; nothing when the message is gone or is a draft.
///
/// # Errors
/// Fails when the database fails.
pub async fn addressee(connection: &mut SqliteConnection, message: MessageId) -> Result<Option<Addressee>, Error> {
    type Row = (String, String, String, String, Option<i64>, Option<String>);
    let row: Option<Row> = sqlx::query_as(
        "SELECT m.channel, m.origin, m.state, r.address, c.id, c.language
         FROM messages m
         JOIN recipients r ON r.message_id = m.id AND r.place = 0
         LEFT JOIN contacts c ON c.id = r.contact_id
         WHERE m.id = $1 AND m.state <> 'draft'",
    )
    .bind(message.0)
    .fetch_optional(connection)
    .await?;
    row.map(|(channel, origin, state, address, contact, language)| {
        Ok(Addressee {
            channel: Code::from_code(&channel)?,
            origin: Code::from_code(&origin)?,
            state: Code::from_code(&state)?,
            address,
            contact: contact.map(ContactId),
            language: language.map(|it| Code::from_code(&it)).transpose()?,
        })
    })
    .transpose()
}

/// Notes from which message somebody unsubscribed; the first time counts.
///
/// # Errors
/// Fails when the database fails.
pub async fn note(tx: &mut Tx, message: MessageId, now: Moment) -> Result<(), Error> {
    sqlx::query("INSERT INTO unsubscribes (message_id, at) VALUES ($1, $2) ON CONFLICT (message_id) DO NOTHING")
        .bind(message.0)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Ends what waits for a contact and must not be written to any more, each with what closes it; whoever holds one loses the lease.
/// Deliveries of nobody's contact are stopped by the worker's claim.
///
/// # Errors
/// Fails when the database fails.
pub async fn stop_waiting(tx: &mut Tx, contact: ContactId, now: Moment) -> Result<Vec<(DeliveryId, MessageId)>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(concat!(
        "UPDATE deliveries
         SET state = 'suppressed', suppression_id = closed.cause, settled_at = $2, fence = fence + 1, lease_until = NULL
         FROM (SELECT waiting.id, ",
        crate::suppressions::cause!("waiting.address"),
        " AS cause
               FROM (SELECT d.id, d.address FROM recipients r JOIN deliveries d ON d.message_id = r.message_id
                     WHERE r.contact_id = $1 AND d.state IN ('waiting', 'leased')) AS waiting) AS closed
         WHERE deliveries.id = closed.id AND closed.cause IS NOT NULL
         RETURNING id, message_id"
    ))
    .bind(contact.0)
    .bind(now.0)
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|(id, message)| (DeliveryId(id), MessageId(message))).collect())
}

/// The lists with a name for their members that a contact is in or has left.
///
/// # Errors
/// Fails when the database fails.
pub async fn lists(connection: &mut SqliteConnection, contact: ContactId) -> Result<Vec<LeavingOffer>, Error> {
    let rows: Vec<(i64, String, bool)> = sqlx::query_as(
        "SELECT l.id, l.public_name, o.has_left
         FROM (SELECT list_id, 0 AS has_left FROM list_members WHERE contact_id = $1
               UNION ALL
               SELECT list_id, 1 FROM list_departures d
               WHERE contact_id = $1
                 AND NOT EXISTS (SELECT 1 FROM list_members m WHERE m.list_id = d.list_id AND m.contact_id = $1)) AS o
         JOIN recipient_lists l ON l.id = o.list_id AND l.public_name <> ''
         ORDER BY l.sort_name, l.id",
    )
    .bind(contact.0)
    .fetch_all(connection)
    .await?;
    let offer = |(id, shown, has_left)| LeavingOffer { what: model::Leaving::List(RecipientListId(id)), shown, has_left };
    Ok(rows.into_iter().map(offer).collect())
}

/// Takes a contact out of a list by its own wish and tells whether it was in it.
///
/// # Errors
/// Fails when the database fails.
pub async fn leave(tx: &mut Tx, list: RecipientListId, contact: ContactId, now: Moment) -> Result<bool, Error> {
    if crate::recipient_lists::members::remove(tx, list, &[contact], now).await? == 0 {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO list_departures (list_id, contact_id, left_at) VALUES ($1, $2, $3)
         ON CONFLICT (list_id, contact_id) DO UPDATE SET left_at = excluded.left_at",
    )
    .bind(list.0)
    .bind(contact.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}
