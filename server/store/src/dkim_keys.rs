//! Keys by which the mails of a domain are signed. The private halves are sealed.

use model::{DkimAlgorithm, DkimFound, DkimKeyId, DkimState, DomainName, Moment, Noun};
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::step::step;
use crate::tx::Tx;
use crate::vault::Place;

/// A key without its private half.
#[derive(Clone, Debug)]
pub struct StoredKey {
    /// Which key.
    pub id: DkimKeyId,
    /// Whose mails it signs.
    pub domain: DomainName,
    /// The word by which receivers find its record.
    pub selector: String,
    /// By which algorithm it signs.
    pub algorithm: DkimAlgorithm,
    /// How far it has come.
    pub state: DkimState,
    /// The public half as its record holds it.
    pub public_key: Vec<u8>,
    /// When it was made.
    pub created_at: Moment,
    /// What DNS last said, and when.
    pub checked: Option<(DkimFound, Moment)>,
}

/// A key to make.
pub struct NewDkimKey<'a> {
    /// Whose mails it signs.
    pub domain: &'a DomainName,
    /// The word by which receivers find its record.
    pub selector: &'a str,
    /// By which algorithm it signs.
    pub algorithm: DkimAlgorithm,
    /// The private half, PKCS #8 in DER.
    pub private_key: &'a [u8],
    /// The public half as its record holds it.
    pub public_key: &'a [u8],
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    domain: String,
    selector: String,
    algorithm: String,
    state: String,
    public_key: Vec<u8>,
    created_at: i64,
    found: Option<String>,
    checked_at: Option<i64>,
}

/// Keeps a new key.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(store: &Store, tx: &mut Tx, key: &NewDkimKey<'_>, now: Moment) -> Result<DkimKeyId, Error> {
    let id = DkimKeyId(next_id(tx, "dkim_keys").await?);
    sqlx::query(
        "INSERT INTO dkim_keys (id, domain, selector, algorithm, state, private_key, public_key, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.0)
    .bind(key.domain.as_str())
    .bind(key.selector)
    .bind(key.algorithm.code())
    .bind(DkimState::New.code())
    .bind(store.vault().seal(private_key_of(id), key.private_key)?)
    .bind(key.public_key)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// The keys of a domain, the newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_domain(connection: &mut SqliteConnection, domain: &DomainName) -> Result<Vec<StoredKey>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, domain, selector, algorithm, state, public_key, created_at, found, checked_at
         FROM dkim_keys WHERE domain = $1 ORDER BY id DESC",
    )
    .bind(domain.as_str())
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(key).collect()
}

/// The domains that have keys, with the state of each key.
///
/// # Errors
/// Fails when the database fails.
pub async fn domains(connection: &mut SqliteConnection) -> Result<Vec<(DomainName, DkimState)>, Error> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT DISTINCT domain, state FROM dkim_keys ORDER BY domain").fetch_all(connection).await?;
    rows.into_iter()
        .map(|(domain, state)| {
            Ok((DomainName::parse(&domain).map_err(|_| Error::UnknownCode(domain))?, DkimState::from_code(&state)?))
        })
        .collect()
}

/// Finds a key.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: DkimKeyId) -> Result<StoredKey, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, domain, selector, algorithm, state, public_key, created_at, found, checked_at
         FROM dkim_keys WHERE id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    key(found(row, Noun::DkimKey)?)
}

/// The keys that sign for a domain, with their opened private halves: selector, algorithm, PKCS #8.
///
/// # Errors
/// Names the place of a damaged key; fails when the database fails.
pub async fn signing(
    store: &Store,
    connection: &mut SqliteConnection,
    domain: &str,
) -> Result<Vec<(String, DkimAlgorithm, Zeroizing<Vec<u8>>)>, Error> {
    let rows: Vec<(i64, String, String, Vec<u8>)> = sqlx::query_as(
        "SELECT id, selector, algorithm, private_key FROM dkim_keys WHERE domain = $1 AND state = 'active' ORDER BY algorithm DESC",
    )
    .bind(domain)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, selector, algorithm, sealed)| {
            let private = store.vault().open_value(private_key_of(DkimKeyId(id)), &sealed)?;
            Ok((selector, Code::from_code(&algorithm)?, Zeroizing::new(private)))
        })
        .collect()
}

/// Moves a key on, unless somebody else has moved it first.
///
/// # Errors
/// Refuses as stale when it is not in the state `from`.
pub async fn set_state(tx: &mut Tx, id: DkimKeyId, from: DkimState, to: DkimState) -> Result<(), Error> {
    let sql = "UPDATE dkim_keys SET state = $3 WHERE id = $1 AND state = $2";
    step(tx, sql, id.0, (from, to), Noun::DkimKey).await
}

/// Notes what DNS said about the record of a key.
///
/// # Errors
/// Refuses when there is no such key.
pub async fn note_check(tx: &mut Tx, id: DkimKeyId, found: DkimFound, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query("UPDATE dkim_keys SET found = $2, checked_at = $3 WHERE id = $1")
        .bind(id.0)
        .bind(found.code())
        .bind(now.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    moved(rows, Noun::DkimKey)
}

/// Deletes a key that is in the state `from`.
///
/// # Errors
/// Refuses as stale when it is not.
pub async fn delete(tx: &mut Tx, id: DkimKeyId, from: DkimState) -> Result<(), Error> {
    let rows = sqlx::query("DELETE FROM dkim_keys WHERE id = $1 AND state = $2")
        .bind(id.0)
        .bind(from.code())
        .execute(&mut **tx)
        .await?
        .rows_affected();
    moved(rows, Noun::DkimKey)
}

fn private_key_of(id: DkimKeyId) -> Place {
    Place { table: "dkim_keys", column: "private_key", row: id.0 }
}

fn key(row: Row) -> Result<StoredKey, Error> {
    let checked = match (row.found, row.checked_at) {
        (Some(found), Some(at)) => Some((DkimFound::from_code(&found)?, Moment(at))),
        _ => None,
    };
    Ok(StoredKey {
        id: DkimKeyId(row.id),
        domain: DomainName::parse(&row.domain).map_err(|_| Error::UnknownCode(row.domain))?,
        selector: row.selector,
        algorithm: Code::from_code(&row.algorithm)?,
        state: Code::from_code(&row.state)?,
        public_key: row.public_key,
        created_at: Moment(row.created_at),
        checked,
    })
}
