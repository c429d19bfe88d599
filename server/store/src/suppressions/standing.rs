//! Which addresses are suppressed and why, and what is known about their domains.

use std::collections::HashMap;

use model::{ContactId, DeliveryId, DomainCheck, MessageId, Moment, SuppressedBy, Suppression};
use sqlx::SqliteConnection;

use super::list::{Row, people, rows};
use super::{CauseRow, cause};
use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// Those of the addresses and numbers that are suppressed, by their place among them. One statement, however many there are.
///
/// # Errors
/// Fails when the database fails.
pub async fn among(connection: &mut SqliteConnection, addresses: &[String]) -> Result<Vec<(usize, SuppressedBy)>, Error> {
    #[derive(sqlx::FromRow)]
    struct Hit {
        place: i64,
        #[sqlx(flatten)]
        cause: CauseRow,
    }
    let hits: Vec<Hit> = sqlx::query_as(concat!(
        "SELECT j.key AS place, s.id AS suppression_id, s.scope, s.reason, s.note, s.created_at
         FROM json_each($1) j
         CROSS JOIN suppressions s ON s.id = ",
        cause!("j.value"),
        " ORDER BY j.key"
    ))
    .bind(serde_json::to_string(addresses)?)
    .fetch_all(connection)
    .await?;
    hits.into_iter().map(|it| Ok((it.place as usize, it.cause.cause()?))).collect()
}

/// These suppressions as the cause of something, lifted ones too.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn causes(
    connection: &mut SqliteConnection,
    ids: &[i64],
) -> Result<HashMap<model::SuppressionId, SuppressedBy>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<CauseRow> = sqlx::query_as(
        "SELECT id AS suppression_id, scope, reason, note, created_at FROM suppressions
         WHERE id IN (SELECT value FROM json_each($1))",
    )
    .bind(serde_json::to_string(ids)?)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(CauseRow::cause).map(|it| it.map(|it| (it.id, it))).collect()
}

/// Whether anything at all is suppressed, so that whoever asks about very many addresses need not.
///
/// # Errors
/// Fails when the database fails.
pub async fn any(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM suppressions WHERE lifted_at IS NULL)").fetch_one(connection).await?)
}

/// Whether any domain is suppressed.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn any_domain(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM suppressions WHERE scope = 'domain' AND lifted_at IS NULL)")
        .fetch_one(connection)
        .await?)
}

/// Why one address or number is suppressed, if it is.
///
/// # Errors
/// Fails when the database fails.
pub async fn why(connection: &mut SqliteConnection, address: &str) -> Result<Option<SuppressedBy>, Error> {
    let row: Option<CauseRow> = sqlx::query_as(concat!(
        "SELECT id AS suppression_id, scope, reason, note, created_at FROM suppressions WHERE id = ",
        cause!("$1")
    ))
    .bind(address)
    .fetch_optional(connection)
    .await?;
    row.map(CauseRow::cause).transpose()
}

/// The suppressions of a contact itself that count.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_contact(connection: &mut SqliteConnection, id: ContactId) -> Result<Vec<Suppression>, Error> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        rows!("suppressions s"),
        people!(),
        "WHERE s.contact_id = $1 AND s.contact_id IS NOT NULL AND s.lifted_at IS NULL ORDER BY s.id"
    ))
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Row::suppression).collect()
}

/// The addresses and numbers of a contact, e-mail first, each in its order.
///
/// # Errors
/// Fails when the database fails.
pub async fn addresses_of(connection: &mut SqliteConnection, id: ContactId) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar("SELECT value FROM addresses WHERE contact_id = $1 ORDER BY channel, place")
        .bind(id.0)
        .fetch_all(connection)
        .await?)
}

/// What stopped deliveries of a message.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_deliveries(
    connection: &mut SqliteConnection,
    message: MessageId,
) -> Result<HashMap<DeliveryId, SuppressedBy>, Error> {
    #[derive(sqlx::FromRow)]
    struct Stopped {
        delivery_id: i64,
        #[sqlx(flatten)]
        cause: CauseRow,
    }
    let rows: Vec<Stopped> = sqlx::query_as(
        "SELECT d.id AS delivery_id, s.id AS suppression_id, s.scope, s.reason, s.note, s.created_at
         FROM deliveries d JOIN suppressions s ON s.id = d.suppression_id
         WHERE d.message_id = $1",
    )
    .bind(message.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|it| Ok((DeliveryId(it.delivery_id), it.cause.cause()?))).collect()
}

/// What DNS last said about these domains; those never asked about are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn domains(connection: &mut SqliteConnection, domains: &[String]) -> Result<HashMap<String, DomainCheck>, Error> {
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT c.domain, c.found, c.at FROM json_each($1) j CROSS JOIN domain_checks c ON c.domain = j.value")
            .bind(serde_json::to_string(domains)?)
            .fetch_all(connection)
            .await?;
    rows.into_iter()
        .map(|(domain, found, at)| Ok((domain, DomainCheck { found: Code::from_code(&found)?, at: Moment(at) })))
        .collect()
}

/// Keeps what DNS said about a domain.
///
/// # Errors
/// Fails when the database fails.
pub async fn keep_domain(tx: &mut Tx, domain: &str, check: DomainCheck) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO domain_checks (domain, found, at) VALUES ($1, $2, $3)
         ON CONFLICT (domain) DO UPDATE SET found = excluded.found, at = excluded.at",
    )
    .bind(domain)
    .bind(check.found.code())
    .bind(check.at.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
