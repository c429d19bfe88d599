//! What came back, and how often mails to an address did.

use model::{
    AccountId, BounceId, BounceKind, BounceMatch, BounceNote, BouncedAddress, BouncedAddressId, BouncedState, ContactId, Cursor,
    DeliveryId, DeliveryState, EmailAddress, Key, MessageId, Moment, Noun, PAGE_ROWS, Page, StrayBounce,
};
use sqlx::SqliteConnection;

use crate::Store;
use crate::codes::Code;
use crate::error::{Error, found, moved};
use crate::step::step;
use crate::tx::Tx;
use crate::vault::Place;

/// A delivery that a report may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which delivery.
    pub delivery: DeliveryId,
    /// Its message.
    pub message: MessageId,
    /// Where it went.
    pub address: EmailAddress,
    /// How far it has come.
    pub state: DeliveryState,
}

/// What a report said about one address.
pub struct NewBounce<'a> {
    /// Whose mailbox it came into.
    pub account: AccountId,
    /// What tells the mail from all others.
    pub mail_hash: &'a [u8],
    /// What it says.
    pub kind: BounceKind,
    /// About which address; may be empty.
    pub address: &'a str,
    /// The status code; may be empty.
    pub code: &'a str,
    /// The other server's words.
    pub words: &'a str,
    /// The delivery with its message and what it was recognised by; nothing when it belongs to none.
    pub matched: Option<(DeliveryId, MessageId, BounceMatch)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    account_id: i64,
    at: i64,
    kind: String,
    address: String,
    code: String,
    words: Vec<u8>,
    delivery_id: Option<i64>,
    matched_by: Option<String>,
}

#[derive(sqlx::FromRow)]
struct AddressRow {
    id: i64,
    address: String,
    hard: i64,
    soft: i64,
    last_at: i64,
    last_code: String,
    state: String,
    message: Option<i64>,
}

/// What tells a mail from all others, and nothing to whoever lacks the key.
pub fn mail_hash(store: &Store, mail: &[u8]) -> Vec<u8> {
    store.vault().file_hash(mail)
}

/// Keeps what a report said, unless the same mail was read before; says whether it is new.
///
/// # Errors
/// Fails when the database fails.
pub async fn put(store: &Store, tx: &mut Tx, new: &NewBounce<'_>, now: Moment) -> Result<bool, Error> {
    let id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO bounces (account_id, mail_hash, at, kind, address, code, words, delivery_id, message_id, matched_by, open)
         VALUES ($1, $2, $3, $4, $5, $6, x'', $7, $8, $9, $10)
         ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(new.account.0)
    .bind(new.mail_hash)
    .bind(now.0)
    .bind(new.kind.code())
    .bind(new.address)
    .bind(new.code)
    .bind(new.matched.map(|it| it.0.0))
    .bind(new.matched.map(|it| it.1.0))
    .bind(new.matched.map(|it| it.2.code()))
    .bind(new.matched.is_none() && new.kind != BounceKind::Delayed)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(id) = id else { return Ok(false) };
    let sealed = store.vault().seal_text(words_of(id), new.words)?;
    sqlx::query("UPDATE bounces SET words = $2 WHERE id = $1").bind(id).bind(sealed).execute(&mut **tx).await?;
    Ok(true)
}

/// The delivery with this id.
///
/// # Errors
/// Fails when the database fails.
pub async fn candidate(connection: &mut SqliteConnection, id: DeliveryId) -> Result<Option<Candidate>, Error> {
    let row: Option<(i64, i64, String, String)> =
        sqlx::query_as("SELECT id, message_id, address, state FROM deliveries WHERE id = $1")
            .bind(id.0)
            .fetch_optional(connection)
            .await?;
    // The address of somebody who was erased is none any more.
    row.map(as_candidate).transpose().map(Option::flatten)
}

/// The deliveries of the message with this Message-ID.
///
/// # Errors
/// Fails when the database fails.
pub async fn candidates(connection: &mut SqliteConnection, header_id: &str) -> Result<Vec<Candidate>, Error> {
    let rows: Vec<(i64, i64, String, String)> = sqlx::query_as(
        "SELECT d.id, d.message_id, d.address, d.state FROM messages m JOIN deliveries d ON d.message_id = m.id
         WHERE m.header_id = $1 AND m.header_id <> '' ORDER BY d.id LIMIT 1000",
    )
    .bind(header_id)
    .fetch_all(connection)
    .await?;
    rows.into_iter().filter_map(|it| as_candidate(it).transpose()).collect()
}

/// What was reported about the deliveries of a message, oldest first.
///
/// # Errors
/// Names the place of a damaged text; fails when the database fails.
pub async fn of_message(store: &Store, connection: &mut SqliteConnection, id: MessageId) -> Result<Vec<BounceNote>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, account_id, at, kind, address, code, words, delivery_id, matched_by
         FROM bounces WHERE message_id = $1 ORDER BY id LIMIT 1000",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    let notes = rows.into_iter().filter_map(|row| {
        let delivery = DeliveryId(row.delivery_id?);
        let matched_by = row.matched_by.as_deref().map(BounceMatch::from_code)?;
        Some(matched_by.and_then(|matched_by| {
            Ok(BounceNote {
                delivery,
                kind: Code::from_code(&row.kind)?,
                at: Moment(row.at),
                words: store.vault().open_text(words_of(row.id), &row.words)?,
                code: row.code,
                matched_by,
            })
        }))
    });
    notes.collect()
}

/// One page of reports that belong to no delivery and that nobody has dealt with, newest first.
///
/// # Errors
/// Names the place of a damaged text; fails when the database fails.
pub async fn strays(
    store: &Store,
    connection: &mut SqliteConnection,
    after: Option<&Cursor>,
) -> Result<Page<StrayBounce>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, account_id, at, kind, address, code, words, delivery_id, matched_by
         FROM bounces WHERE open = 1 AND id < $1 ORDER BY id DESC LIMIT $2",
    )
    .bind(after.map_or(i64::MAX, |it| it.id))
    .bind(PAGE_ROWS as i64 + 1)
    .fetch_all(connection)
    .await?;
    let strays = rows.into_iter().map(|row| {
        Ok(StrayBounce {
            id: BounceId(row.id),
            account: AccountId(row.account_id),
            at: Moment(row.at),
            kind: Code::from_code(&row.kind)?,
            words: store.vault().open_text(words_of(row.id), &row.words)?,
            address: row.address,
            code: row.code,
        })
    });
    let strays = strays.collect::<Result<Vec<_>, Error>>()?;
    Ok(Page::cut(strays, PAGE_ROWS, |it| Cursor { key: Key::Number(it.at.0), id: it.id.0 }))
}

/// Takes a report off the list of those that belong to no delivery.
///
/// # Errors
/// Refuses as stale when it is not there any more.
pub async fn close(tx: &mut Tx, id: BounceId) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE bounces SET open = 0 WHERE id = $1 AND open = 1")
        .bind(id.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    moved(rows, Noun::Bounce)
}

/// Counts a bounce of an address and gives it with its counts.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(
    tx: &mut Tx,
    address: &EmailAddress,
    kind: BounceKind,
    code: &str,
    now: Moment,
) -> Result<BouncedAddress, Error> {
    let (hard, soft) = (i64::from(kind == BounceKind::Hard), i64::from(kind == BounceKind::Soft));
    let row: AddressRow = sqlx::query_as(
        "INSERT INTO bounced_addresses (address, hard, soft, last_at, last_code, state)
         VALUES (lower($1), $2, $3, $4, $5, 'counted')
         ON CONFLICT (address) DO UPDATE SET hard = hard + $2, soft = soft + $3, last_at = $4, last_code = $5
         RETURNING id, address, hard, soft, last_at, last_code, state, NULL AS message",
    )
    .bind(address.as_str())
    .bind(hard)
    .bind(soft)
    .bind(now.0)
    .bind(code)
    .fetch_one(&mut **tx)
    .await?;
    bounced(row)
}

/// Says what was made of an address, unless somebody else has said it first.
///
/// # Errors
/// Refuses as stale when it is not in the state `from`.
pub async fn set_state(tx: &mut Tx, id: BouncedAddressId, from: BouncedState, to: BouncedState) -> Result<(), Error> {
    let sql = "UPDATE bounced_addresses SET state = $3 WHERE id = $1 AND state = $2";
    step(tx, sql, id.0, (from, to), Noun::Bounce).await
}

/// Finds an address that bounces.
///
/// # Errors
/// Refuses when there is none.
pub async fn address_by_id(connection: &mut SqliteConnection, id: BouncedAddressId) -> Result<BouncedAddress, Error> {
    let row: Option<AddressRow> = sqlx::query_as(
        "SELECT id, address, hard, soft, last_at, last_code, state, NULL AS message FROM bounced_addresses WHERE id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    bounced(found(row, Noun::Bounce)?)
}

/// One page of addresses whose suppression is proposed, newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn proposed(connection: &mut SqliteConnection, after: Option<&Cursor>) -> Result<Page<BouncedAddress>, Error> {
    let rows: Vec<AddressRow> = sqlx::query_as(
        "SELECT b.id, b.address, b.hard, b.soft, b.last_at, b.last_code, b.state,
                (SELECT message_id FROM bounces WHERE address = b.address AND message_id IS NOT NULL ORDER BY id DESC LIMIT 1)
                    AS message
         FROM bounced_addresses b WHERE b.state = 'proposed' AND b.id < $1 ORDER BY b.id DESC LIMIT $2",
    )
    .bind(after.map_or(i64::MAX, |it| it.id))
    .bind(PAGE_ROWS as i64 + 1)
    .fetch_all(connection)
    .await?;
    let rows = rows.into_iter().map(bounced).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.last_at.0), id: it.id.0 }))
}

/// The addresses of a contact that mails came back from.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_contact(connection: &mut SqliteConnection, id: ContactId) -> Result<Vec<BouncedAddress>, Error> {
    let rows: Vec<AddressRow> = sqlx::query_as(
        "SELECT b.id, b.address, b.hard, b.soft, b.last_at, b.last_code, b.state,
                (SELECT message_id FROM bounces WHERE address = b.address AND message_id IS NOT NULL ORDER BY id DESC LIMIT 1)
                    AS message
         FROM addresses a JOIN bounced_addresses b ON b.address = a.normalized
         WHERE a.contact_id = $1 AND a.channel = 'email' ORDER BY a.place",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(bounced).collect()
}

fn words_of(id: i64) -> Place {
    Place { table: "bounces", column: "words", row: id }
}

fn as_candidate((id, message, address, state): (i64, i64, String, String)) -> Result<Option<Candidate>, Error> {
    let Ok(address) = EmailAddress::parse(&address) else { return Ok(None) };
    Ok(Some(Candidate { delivery: DeliveryId(id), message: MessageId(message), address, state: Code::from_code(&state)? }))
}

fn bounced(row: AddressRow) -> Result<BouncedAddress, Error> {
    Ok(BouncedAddress {
        id: BouncedAddressId(row.id),
        address: row.address,
        hard: u32::try_from(row.hard).unwrap_or(u32::MAX),
        soft: u32::try_from(row.soft).unwrap_or(u32::MAX),
        last_at: Moment(row.last_at),
        last_code: row.last_code,
        state: Code::from_code(&row.state)?,
        message: row.message.map(MessageId),
    })
}
