//! What Capture kept.

use model::{Address, CapturedId, CapturedRow, Cursor, DeliveryId, Key, MessageId, Moment, Noun, PAGE_ROWS, Page};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;
use crate::vault::Place;

/// A mail that would have left.
pub struct NewCaptured<'a> {
    /// The message it came from.
    pub message: MessageId,
    /// The delivery it was made for.
    pub delivery: DeliveryId,
    /// Address of the envelope.
    pub recipient: &'a Address,
    /// Subject.
    pub subject: &'a str,
    /// The mail, byte for byte; of a text message its sender, a line break and the text.
    pub content: &'a [u8],
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    channel: String,
    message_id: i64,
    recipient: String,
    subject: Vec<u8>,
    size: i64,
    at: i64,
}

/// Keeps a mail.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(store: &Store, tx: &mut Tx, mail: NewCaptured<'_>, now: Moment) -> Result<CapturedId, Error> {
    let id = CapturedId(next_id(tx, "captured").await?);
    sqlx::query(
        "INSERT INTO captured (id, message_id, delivery_id, recipient, subject, content, size, at, channel)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id.0)
    .bind(mail.message.0)
    .bind(mail.delivery.0)
    .bind(mail.recipient.as_str())
    .bind(store.vault().seal_text(subject_of(id), mail.subject)?)
    .bind(store.vault().seal(content_of(id), mail.content)?)
    .bind(mail.content.len() as i64)
    .bind(now.0)
    .bind(mail.recipient.channel().code())
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// One page of mails, newest first.
///
/// # Errors
/// Names a damaged one.
pub async fn page(store: &Store, connection: &mut SqliteConnection, after: Option<&Cursor>) -> Result<Page<CapturedRow>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, channel, message_id, recipient, subject, size, at FROM captured WHERE $1 IS NULL OR id < $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(after.map(|it| it.id))
    .bind(PAGE_ROWS as i64 + 1)
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(|row| captured_row(store, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.at.0), id: it.id.0 }))
}

/// A mail with its bytes.
///
/// # Errors
/// Refuses when there is none; names a damaged one.
pub async fn by_id(store: &Store, connection: &mut SqliteConnection, id: CapturedId) -> Result<(CapturedRow, Vec<u8>), Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, channel, message_id, recipient, subject, size, at FROM captured WHERE id = $1")
            .bind(id.0)
            .fetch_optional(&mut *connection)
            .await?;
    let row = captured_row(store, found(row, Noun::Captured)?)?;
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT content FROM captured WHERE id = $1").bind(id.0).fetch_one(connection).await?;
    Ok((row, store.vault().open_value(content_of(id), &sealed)?))
}

/// Deletes all and tells how many.
///
/// # Errors
/// Fails when the database fails.
pub async fn clear(tx: &mut Tx) -> Result<u64, Error> {
    Ok(sqlx::query("DELETE FROM captured").execute(&mut **tx).await?.rows_affected())
}

/// Opens every mail and answers a sentence for each damaged one.
///
/// # Errors
/// Fails when the database fails.
pub async fn damaged(store: &Store) -> Result<Vec<String>, Error> {
    let (mut faults, mut last) = (Vec::new(), 0_i64);
    let mut reader = store.read().await?;
    loop {
        let row: Option<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT id, subject, content FROM captured WHERE id > $1 ORDER BY id LIMIT 1")
                .bind(last)
                .fetch_optional(&mut *reader)
                .await?;
        let Some((id, subject, content)) = row else { return Ok(faults) };
        last = id;
        let id = CapturedId(id);
        for (place, sealed) in [(subject_of(id), subject), (content_of(id), content)] {
            if let Err(error) = store.vault().open_value(place, &sealed) {
                faults.push(error.to_string());
            }
        }
    }
}

fn captured_row(store: &Store, row: Row) -> Result<CapturedRow, Error> {
    let id = CapturedId(row.id);
    Ok(CapturedRow {
        id,
        channel: Code::from_code(&row.channel)?,
        message: MessageId(row.message_id),
        recipient: row.recipient,
        subject: store.vault().open_text(subject_of(id), &row.subject)?,
        at: Moment(row.at),
        size: row.size as u64,
    })
}

fn subject_of(id: CapturedId) -> Place {
    Place { table: "captured", column: "subject", row: id.0 }
}

fn content_of(id: CapturedId) -> Place {
    Place { table: "captured", column: "content", row: id.0 }
}
