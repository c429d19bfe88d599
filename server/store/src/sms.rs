//! Text messages behind the gateway: their parts, receipts, and what is still to be asked.

mod receipts;

use std::collections::HashMap;

use model::{AccountId, Decimal, DeliveryId, MessageId, Moment, SmsPart, SmsState};
use sqlx::SqliteConnection;

pub use receipts::{SmsReceipt, keep, kept, sweep};

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// A delivery that the gateway is to be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which delivery.
    pub delivery: DeliveryId,
    /// The gateway's names of its parts.
    pub names: Vec<String>,
    /// How often it was asked about before.
    pub asked: u32,
}

#[derive(sqlx::FromRow)]
struct PartRow {
    delivery_id: i64,
    number: i64,
    state: String,
    word: String,
    at: Option<i64>,
    price: Option<i64>,
    carrier: String,
    error: String,
}

/// Notes the parts of a delivery that the gateway took, under the gateway's names, and when it is asked about them first.
///
/// # Errors
/// Fails when the database fails.
pub async fn take(
    tx: &mut Tx,
    id: DeliveryId,
    account: AccountId,
    names: &[String],
    ask_at: Option<Moment>,
) -> Result<(), Error> {
    for (n, name) in names.iter().enumerate() {
        sqlx::query(
            "INSERT INTO sms_parts (delivery_id, number, account_id, name, state) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (delivery_id, number) DO UPDATE SET name = excluded.name",
        )
        .bind(id.0)
        .bind(n as i64 + 1)
        .bind(account.0)
        .bind(name)
        .bind(SmsState::Taken.code())
        .execute(&mut **tx)
        .await?;
    }
    sqlx::query(
        "INSERT INTO sms_deliveries (delivery_id, account_id, ask_at) VALUES ($1, $2, $3)
         ON CONFLICT (delivery_id) DO UPDATE SET ask_at = excluded.ask_at, asked = 0",
    )
    .bind(id.0)
    .bind(account.0)
    .bind(ask_at.map(|it| it.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The delivery and the number of the part that a gateway calls so.
///
/// # Errors
/// Fails when the database fails.
pub async fn named(
    connection: &mut SqliteConnection,
    account: AccountId,
    name: &str,
) -> Result<Option<(DeliveryId, u32)>, Error> {
    let row: Option<(i64, i64)> = sqlx::query_as(
        "SELECT delivery_id, number FROM sms_parts WHERE account_id = $1 AND name = $2 AND name <> ''
         ORDER BY delivery_id DESC LIMIT 1",
    )
    .bind(account.0)
    .bind(name)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(id, number)| (DeliveryId(id), number as u32)))
}

/// Notes what a receipt says about a part. A lighter state than the known one changes nothing; what was not known is filled in.
///
/// # Errors
/// Fails when the database fails.
pub async fn note(tx: &mut Tx, id: DeliveryId, number: u32, receipt: &SmsReceipt) -> Result<(), Error> {
    let known: Option<String> = sqlx::query_scalar("SELECT state FROM sms_parts WHERE delivery_id = $1 AND number = $2")
        .bind(id.0)
        .bind(i64::from(number))
        .fetch_optional(&mut **tx)
        .await?;
    let Some(known) = known else { return Ok(()) };
    let known = SmsState::from_code(&known)?;
    let next = known.step(receipt.state);
    sqlx::query(
        "UPDATE sms_parts
         SET state = $3, price = coalesce($4, price), carrier = iif($5 = '', carrier, $5),
             word = iif($6, $7, word), at = iif($6, coalesce($8, at), at), error = iif($6, $9, error)
         WHERE delivery_id = $1 AND number = $2",
    )
    .bind(id.0)
    .bind(i64::from(number))
    .bind(next.code())
    .bind(receipt.price.map(|it| it.0))
    .bind(&receipt.carrier)
    .bind(next != known || known == receipt.state)
    .bind(&receipt.word)
    .bind(receipt.at.map(|it| it.0))
    .bind(&receipt.error)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Makes sure that a delivery has a part of that number; a gateway that tells more parts than it named is believed.
///
/// # Errors
/// Fails when the database fails.
pub async fn add_part(tx: &mut Tx, id: DeliveryId, account: AccountId, number: u32, name: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO sms_parts (delivery_id, number, account_id, name, state) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (delivery_id, number) DO UPDATE SET name = iif(name = '', excluded.name, name)",
    )
    .bind(id.0)
    .bind(i64::from(number))
    .bind(account.0)
    .bind(name)
    .bind(SmsState::Taken.code())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How far each part of a delivery has come.
///
/// # Errors
/// Fails when the database fails.
pub async fn states(connection: &mut SqliteConnection, id: DeliveryId) -> Result<Vec<SmsState>, Error> {
    let codes: Vec<String> = sqlx::query_scalar("SELECT state FROM sms_parts WHERE delivery_id = $1 ORDER BY number")
        .bind(id.0)
        .fetch_all(connection)
        .await?;
    codes.iter().map(|it| Code::from_code(it)).collect()
}

/// The parts of all deliveries of a message, by delivery.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn of_message(
    connection: &mut SqliteConnection,
    id: MessageId,
) -> Result<HashMap<DeliveryId, Vec<SmsPart>>, Error> {
    let rows: Vec<PartRow> = sqlx::query_as(
        "SELECT p.delivery_id, p.number, p.state, p.word, p.at, p.price, p.carrier, p.error
         FROM deliveries d JOIN sms_parts p ON p.delivery_id = d.id
         WHERE d.message_id = $1 ORDER BY p.delivery_id, p.number",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    let mut parts: HashMap<DeliveryId, Vec<SmsPart>> = HashMap::new();
    for row in rows {
        parts.entry(DeliveryId(row.delivery_id)).or_default().push(SmsPart {
            number: row.number as u32,
            state: Code::from_code(&row.state)?,
            word: row.word,
            at: row.at.map(Moment),
            price: row.price.map(Decimal),
            carrier: row.carrier,
            error: row.error,
        });
    }
    Ok(parts)
}

/// The deliveries of an account that it is time to ask about, the longest due first, with the names of their parts.
///
/// # Errors
/// Fails when the database fails.
pub async fn due(connection: &mut SqliteConnection, account: AccountId, now: Moment, limit: u32) -> Result<Vec<Open>, Error> {
    let rows: Vec<(i64, i64, Option<String>)> = sqlx::query_as(
        "SELECT d.delivery_id, d.asked,
                (SELECT json_group_array(name) FROM sms_parts WHERE delivery_id = d.delivery_id AND name <> '')
         FROM sms_deliveries d WHERE d.account_id = $1 AND d.ask_at <= $2 ORDER BY d.ask_at LIMIT $3",
    )
    .bind(account.0)
    .bind(now.0)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let open = |(id, asked, names): (i64, i64, Option<String>)| {
        let names = names.map_or_else(|| Ok(Vec::new()), |it| serde_json::from_str(&it))?;
        Ok(Open { delivery: DeliveryId(id), names, asked: asked as u32 })
    };
    rows.into_iter().map(open).collect()
}

/// When the gateway of an account is next asked about a delivery.
///
/// # Errors
/// Fails when the database fails.
pub async fn next_due(connection: &mut SqliteConnection, account: AccountId) -> Result<Option<Moment>, Error> {
    let at: Option<i64> =
        sqlx::query_scalar("SELECT min(ask_at) FROM sms_deliveries WHERE account_id = $1 AND ask_at IS NOT NULL")
            .bind(account.0)
            .fetch_one(connection)
            .await?;
    Ok(at.map(Moment))
}

/// Notes that a delivery was asked about, and when that happens again, if ever.
///
/// # Errors
/// Fails when the database fails.
pub async fn asked(tx: &mut Tx, id: DeliveryId, ask_at: Option<Moment>) -> Result<(), Error> {
    sqlx::query("UPDATE sms_deliveries SET asked = asked + 1, ask_at = $2 WHERE delivery_id = $1")
        .bind(id.0)
        .bind(ask_at.map(|it| it.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Has the gateway asked about a delivery at once, because it said that something changed.
///
/// # Errors
/// Fails when the database fails.
pub async fn ask_now(tx: &mut Tx, id: DeliveryId, now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE sms_deliveries SET ask_at = min(coalesce(ask_at, $2), $2) WHERE delivery_id = $1")
        .bind(id.0)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deliveries of an account whose end is unknown and that were handed over before a moment, oldest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn unknown(
    connection: &mut SqliteConnection,
    account: AccountId,
    before: Moment,
    limit: u32,
) -> Result<Vec<DeliveryId>, Error> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM deliveries WHERE state = 'unknown' AND account_id = $1 AND handed_at <= $2 ORDER BY handed_at LIMIT $3",
    )
    .bind(account.0)
    .bind(before.0)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(DeliveryId).collect())
}
