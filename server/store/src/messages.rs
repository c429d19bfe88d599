//! Messages: contents, recipients and states.

pub(crate) mod bodies;
mod detail;
mod list;
mod many;

use model::{
    AccountId, Address, ContactId, DeliveryState, MessageId, MessageState, Moment, Noun, Origin, Recipient, Released, UserId,
};
use sqlx::SqliteConnection;

pub use detail::{Parts, Stored, by_id, envelope, html, parts, words};
pub(crate) use list::binned_rows;
pub use list::{Scope, count, count_of, latest, narrowed, page, page_of_run, rows, tallies};
pub use many::{Letter, Words, letters};

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::drafts::{draft_of, subject_of};
use crate::error::{Error, moved};
use crate::persons::{self, Opener};
use crate::step::step;
use crate::tx::Tx;

/// A message complete with everything that will leave.
pub struct Complete<'a> {
    /// The account it leaves by.
    pub account: AccountId,
    /// Name of the sender.
    pub sender_name: &'a str,
    /// Address of the sender.
    pub sender_address: &'a str,
    /// Where answers go; may be empty.
    pub reply_to: &'a str,
    /// Message-ID without brackets.
    pub header_id: &'a str,
    /// The contact it was written from.
    pub contact: Option<ContactId>,
    /// Subject.
    pub subject: &'a str,
    /// Plain text.
    pub text: &'a str,
    /// HTML.
    pub html: &'a str,
    /// Recipients in all roles.
    pub recipients: &'a [Recipient],
    /// How many files it carries.
    pub attachments: u32,
}

/// Completes a draft: writes what will leave and forgets what was typed only when it is released.
///
/// # Errors
/// Refuses when it is no draft any more.
pub async fn complete(store: &Store, tx: &mut Tx, id: MessageId, message: &Complete<'_>) -> Result<(), Error> {
    let first = message.recipients.first().map_or("", |it| if it.name.is_empty() { it.address.as_str() } else { &it.name });
    let person = model::message::only_contact(message.recipients);
    let seal = persons::sealer(store, tx, person).await?;
    let rows = sqlx::query(
        "UPDATE messages
         SET state = 'prepared', account_id = $2, sender_name = $3, sender_address = $4, reply_to = $5, header_id = $6, contact_id = $7,
             subject = $8, first_recipient = $9, recipients = $10, attachments = $11, person_id = $12, revision = revision + 1
         WHERE id = $1 AND state = 'draft'",
    )
    .bind(id.0)
    .bind(message.account.0)
    .bind(message.sender_name)
    .bind(message.sender_address)
    .bind(message.reply_to)
    .bind(message.header_id)
    .bind(message.contact.map(|it| it.0))
    .bind(seal.seal_text(subject_of(id), message.subject)?)
    .bind(first)
    .bind(message.recipients.len() as i64)
    .bind(i64::from(message.attachments))
    .bind(person.map(|it| it.0))
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Message)?;
    bodies::put(tx, id, &seal, message.text, message.html).await?;
    write_recipients(tx, id, message.recipients).await
}

/// Makes a new message that repeats one of the history, prepared and with the same content, recipients and files.
///
/// # Errors
/// Names a damaged part of the old one.
pub async fn copy(
    store: &Store,
    tx: &mut Tx,
    from: MessageId,
    author: UserId,
    header_id: &str,
    now: Moment,
) -> Result<MessageId, Error> {
    let old = detail::parts(store, tx, from).await?;
    let seal = persons::opener(store, tx, from).await?;
    let id = MessageId(next_id(tx, "messages").await?);
    sqlx::query(
        "INSERT INTO messages (id, channel, origin, state, author_id, contact_id, account_id, sender_name, sender_address, reply_to,
                               header_id, subject, revision, first_recipient, recipients, attachments, resend_of, created_at,
                               person_id, template_id, template_version)
         SELECT $1, channel, $2, 'prepared', $3, contact_id, account_id, sender_name, sender_address, reply_to,
                $4, $5, 0, first_recipient, recipients, attachments, id, $6, person_id, template_id, template_version
         FROM messages WHERE id = $7",
    )
    .bind(id.0)
    .bind(Origin::Resend.code())
    .bind(author.0)
    .bind(header_id)
    .bind(seal.seal_text(subject_of(id), &old.subject)?)
    .bind(now.0)
    .bind(from.0)
    .execute(&mut **tx)
    .await?;
    bodies::put(tx, id, &seal, &old.text, &old.html).await?;
    write_recipients(tx, id, &old.recipients).await?;
    crate::attachments::copy(store, tx, from, id, author, now).await?;
    Ok(id)
}

/// Lets a prepared message go to these alone of its recipients.
///
/// # Errors
/// Fails when the database fails.
pub async fn narrow(tx: &mut Tx, id: MessageId, recipients: &[Recipient]) -> Result<(), Error> {
    let first = recipients.first().map_or("", |it| if it.name.is_empty() { it.address.as_str() } else { &it.name });
    sqlx::query("UPDATE messages SET first_recipient = $2, recipients = $3 WHERE id = $1 AND state = 'prepared'")
        .bind(id.0)
        .bind(first)
        .bind(recipients.len() as i64)
        .execute(&mut **tx)
        .await?;
    write_recipients(tx, id, recipients).await
}

/// Gives a message another account with its sender, as when the old one is gone.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_account(tx: &mut Tx, id: MessageId, account: &model::Account) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET account_id = $2, sender_name = $3, sender_address = $4, reply_to = $5 WHERE id = $1")
        .bind(id.0)
        .bind(account.id.0)
        .bind(&account.sender_name)
        .bind(&account.sender_address)
        .bind(&account.reply_to)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Moves a message on, unless somebody else has moved it first.
///
/// # Errors
/// Refuses as stale when it is not in the state `from`.
pub async fn set_state(tx: &mut Tx, id: MessageId, from: MessageState, to: MessageState) -> Result<(), Error> {
    let sql = "UPDATE messages SET state = $3, revision = revision + 1 WHERE id = $1 AND state = $2";
    step(tx, sql, id.0, (from, to), Noun::Message).await
}

/// Notes until when a released message can be taken back.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_undo(tx: &mut Tx, id: MessageId, until: Option<Moment>) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET undo_until = $2 WHERE id = $1")
        .bind(id.0)
        .bind(until.map(|it| it.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes when the last delivery was handed over.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_sent(tx: &mut Tx, id: MessageId, at: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET sent_at = $2 WHERE id = $1").bind(id.0).bind(at.0).execute(&mut **tx).await?;
    Ok(())
}

/// The author's messages that can still be taken back, the newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn undoable(connection: &mut SqliteConnection, author: UserId, now: Moment) -> Result<Vec<Released>, Error> {
    let rows: Vec<(i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT id, recipients, (SELECT count(*) FROM deliveries WHERE message_id = messages.id AND state = 'suppressed'), undo_until
         FROM messages
         WHERE author_id = $1 AND state = 'queued' AND undo_until > $2 AND created_at > $2 - 31536000000
         ORDER BY id DESC",
    )
    .bind(author.0)
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, n, suppressed, until)| Released {
            id: MessageId(id),
            recipients: n as u32,
            suppressed: suppressed as u32,
            undo_until: Moment(until),
        })
        .collect())
}

/// Moves queued messages on together; one that is not queued any more stays as it is.
///
/// # Errors
/// Fails when the database fails.
pub async fn end_all(tx: &mut Tx, ids: &[MessageId], to: MessageState) -> Result<(), Error> {
    sqlx::query(
        "UPDATE messages SET state = $2, revision = revision + 1
         WHERE id IN (SELECT value FROM json_each($1)) AND state = 'queued'",
    )
    .bind(serde_json::to_string(ids)?)
    .bind(to.code())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Notes for several messages when the last delivery was handed over.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_all_sent(tx: &mut Tx, ids: &[MessageId], at: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE messages SET sent_at = $2 WHERE id IN (SELECT value FROM json_each($1))")
        .bind(serde_json::to_string(ids)?)
        .bind(at.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The states of all deliveries of a message.
///
/// # Errors
/// Fails when the database fails.
pub async fn delivery_states(connection: &mut SqliteConnection, id: MessageId) -> Result<Vec<DeliveryState>, Error> {
    let codes: Vec<String> =
        sqlx::query_scalar("SELECT state FROM deliveries WHERE message_id = $1").bind(id.0).fetch_all(connection).await?;
    codes.iter().map(|it| Code::from_code(it)).collect()
}

/// Opens every sealed part and answers a sentence for each damaged one.
///
/// # Errors
/// Fails when the database fails.
pub async fn damaged(store: &Store) -> Result<Vec<String>, Error> {
    #[derive(sqlx::FromRow)]
    struct Found {
        id: i64,
        subject: Vec<u8>,
        #[sqlx(flatten)]
        bodies: bodies::Sealed,
        draft: Option<Vec<u8>>,
        person_id: Option<i64>,
        wrapped: Option<Vec<u8>>,
        destroyed_at: Option<i64>,
    }
    let (mut faults, mut last) = (Vec::new(), 0_i64);
    let mut reader = store.read().await?;
    loop {
        let rows: Vec<Found> = sqlx::query_as(concat!(
            "SELECT m.id, m.subject, ",
            bodies::bodies!(),
            ", m.draft, m.person_id, k.wrapped, coalesce(m.anonymized_at, k.destroyed_at) AS destroyed_at
             FROM messages m LEFT JOIN person_keys k ON k.contact_id = m.person_id",
            bodies::texts!(),
            "WHERE m.id > $1 ORDER BY m.id LIMIT 500"
        ))
        .bind(last)
        .fetch_all(&mut *reader)
        .await?;
        let Some(newest) = rows.last() else { return Ok(faults) };
        last = newest.id;
        for row in rows {
            let id = MessageId(row.id);
            let opener = match Opener::of(store, row.person_id, row.wrapped.as_deref(), row.destroyed_at) {
                Ok(opener) => opener,
                Err(error) => {
                    faults.push(error.to_string());
                    continue;
                }
            };
            let subject = opener.open_text(subject_of(id), &row.subject).err();
            let bodies = match row.bodies.dictionary(store, &mut reader).await {
                Ok(dictionary) => row.bodies.open(&opener, id, dictionary.as_deref()).err(),
                Err(error) => Some(error),
            };
            let draft = row.draft.and_then(|it| store.vault().open_value(draft_of(id), &it).err());
            faults.extend([subject, bodies, draft].into_iter().flatten().map(|it| it.to_string()));
        }
    }
}

/// Writes whom a message goes to, instead of whoever it went to before.
pub(crate) async fn write_recipients(tx: &mut Tx, id: MessageId, recipients: &[Recipient]) -> Result<(), Error> {
    sqlx::query("DELETE FROM recipients WHERE message_id = $1").bind(id.0).execute(&mut **tx).await?;
    for (place, recipient) in recipients.iter().enumerate() {
        sqlx::query(
            "INSERT INTO recipients (message_id, place, role, name, address, contact_id) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.0)
        .bind(place as i64)
        .bind(recipient.role.code())
        .bind(&recipient.name)
        .bind(recipient.address.as_str())
        .bind(recipient.contact.map(|it| it.0))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// The recipients of a message in their order.
///
/// # Errors
/// Fails when the database fails.
pub async fn recipients(connection: &mut SqliteConnection, id: MessageId) -> Result<Vec<Recipient>, Error> {
    let rows: Vec<(String, String, String, Option<i64>)> =
        sqlx::query_as("SELECT role, name, address, contact_id FROM recipients WHERE message_id = $1 ORDER BY place")
            .bind(id.0)
            .fetch_all(connection)
            .await?;
    rows.into_iter()
        .map(|(role, name, address, contact)| {
            let address = Address::parse(&address).map_err(|_| Error::UnknownCode(address))?;
            Ok(Recipient { role: Code::from_code(&role)?, name, address, contact: contact.map(ContactId) })
        })
        .collect()
}
