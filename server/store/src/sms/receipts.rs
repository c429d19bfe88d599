//! Receipts that wait for what they are about.

use model::{AccountId, Decimal, DeliveryId, Moment, SmsState};

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// What a gateway told about one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsReceipt {
    /// The delivery, where the gateway keeps our name of it.
    pub delivery: Option<DeliveryId>,
    /// The gateway's name of the part; may be empty.
    pub name: String,
    /// Which part it is, from 1, where the gateway tells.
    pub number: Option<u32>,
    /// How far it has come.
    pub state: SmsState,
    /// The gateway's word for it.
    pub word: String,
    /// When it happened.
    pub at: Option<Moment>,
    /// What it cost, in the gateway's unit.
    pub price: Option<Decimal>,
    /// Whose network carried it; may be empty.
    pub carrier: String,
    /// Why it failed, in the gateway's words; may be empty.
    pub error: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    delivery_id: Option<i64>,
    name: String,
    number: Option<i64>,
    state: String,
    word: String,
    happened_at: Option<i64>,
    price: Option<i64>,
    carrier: String,
    error: String,
}

/// Keeps a receipt until what it is about is known.
///
/// # Errors
/// Fails when the database fails.
pub async fn keep(tx: &mut Tx, account: AccountId, receipt: &SmsReceipt, now: Moment) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO sms_receipts (account_id, delivery_id, name, number, state, word, happened_at, price, carrier, error, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(account.0)
    .bind(receipt.delivery.map(|it| it.0))
    .bind(&receipt.name)
    .bind(receipt.number.map(i64::from))
    .bind(receipt.state.code())
    .bind(&receipt.word)
    .bind(receipt.at.map(|it| it.0))
    .bind(receipt.price.map(|it| it.0))
    .bind(&receipt.carrier)
    .bind(&receipt.error)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes out the kept receipts about a delivery or about parts of these names.
///
/// # Errors
/// Fails when the database fails.
pub async fn kept(tx: &mut Tx, account: AccountId, id: DeliveryId, names: &[String]) -> Result<Vec<SmsReceipt>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "DELETE FROM sms_receipts
         WHERE id IN (SELECT id FROM sms_receipts WHERE account_id = $1 AND delivery_id = $2
                      UNION SELECT id FROM sms_receipts
                            WHERE account_id = $1 AND name <> '' AND name IN (SELECT value FROM json_each($3)))
         RETURNING delivery_id, name, number, state, word, happened_at, price, carrier, error",
    )
    .bind(account.0)
    .bind(id.0)
    .bind(serde_json::to_string(names)?)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SmsReceipt {
                delivery: row.delivery_id.map(DeliveryId),
                name: row.name,
                number: row.number.map(|it| it as u32),
                state: Code::from_code(&row.state)?,
                word: row.word,
                at: row.happened_at.map(Moment),
                price: row.price.map(Decimal),
                carrier: row.carrier,
                error: row.error,
            })
        })
        .collect()
}

/// Forgets receipts that came before a moment and belong to nothing; tells how many.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep(tx: &mut Tx, before: Moment) -> Result<u64, Error> {
    let rows = sqlx::query("DELETE FROM sms_receipts WHERE at < $1").bind(before.0).execute(&mut **tx).await?;
    Ok(rows.rows_affected())
}
