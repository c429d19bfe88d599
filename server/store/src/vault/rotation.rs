//! Another master key: wraps every key anew, and rewrites nothing else.

use sqlx::SqliteConnection;

use super::{MasterKey, data_key_at, data_wrapping, person_key_at, person_wrapping, unwrap_key, wrap_key};
use crate::error::Error;
use crate::tx::Tx;

/// How many keys of persons are held at once.
const ROWS: i64 = 1_000;

/// The wrapped keys there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrappedKeys {
    /// Data keys.
    pub data: u64,
    /// Keys of persons that were not erased.
    pub persons: u64,
    /// A sentence for each that the master key does not open.
    pub faults: Vec<String>,
}

/// Wraps all keys by another master key, in this transaction: either all of them change or none. Until it is committed the old master key
/// counts, from then on the new one. Tells how many keys there are.
///
/// # Errors
/// Fails when one does not open by the old master key; then nothing is changed.
pub async fn rewrap(tx: &mut Tx, old: &MasterKey, new: &MasterKey) -> Result<WrappedKeys, Error> {
    let mut keys = WrappedKeys::default();
    let (from, to) = (data_wrapping(old)?, data_wrapping(new)?);
    for (id, wrapped) in data_keys(tx).await? {
        let key = unwrap_key(&from, &data_key_at(id), &wrapped)?;
        let wrapped = wrap_key(&to, &data_key_at(id), &key)?;
        sqlx::query("UPDATE vault_keys SET wrapped = $2 WHERE id = $1").bind(id).bind(wrapped).execute(&mut **tx).await?;
        keys.data += 1;
    }
    let (from, to) = (person_wrapping(old)?, person_wrapping(new)?);
    let mut behind = 0;
    loop {
        let rows = person_keys(tx, behind).await?;
        let Some(last) = rows.last().map(|it| it.0) else { return Ok(keys) };
        for (person, wrapped) in rows {
            let damaged = |_| Error::Damaged { table: "person_keys", column: "wrapped", row: person };
            let key = unwrap_key(&from, &person_key_at(person), &wrapped).map_err(damaged)?;
            let wrapped = wrap_key(&to, &person_key_at(person), &key)?;
            sqlx::query("UPDATE person_keys SET wrapped = $2 WHERE contact_id = $1")
                .bind(person)
                .bind(wrapped)
                .execute(&mut **tx)
                .await?;
            keys.persons += 1;
        }
        behind = last;
    }
}

/// Tries to unwrap every key.
///
/// # Errors
/// Fails when the database fails.
pub async fn wrapped_keys(connection: &mut SqliteConnection, master: &MasterKey) -> Result<WrappedKeys, Error> {
    let mut keys = WrappedKeys::default();
    let wrapping = data_wrapping(master)?;
    for (id, wrapped) in data_keys(connection).await? {
        keys.data += 1;
        if unwrap_key(&wrapping, &data_key_at(id), &wrapped).is_err() {
            keys.faults.push(format!("data key {id} does not open"));
        }
    }
    let wrapping = person_wrapping(master)?;
    let mut behind = 0;
    loop {
        let rows = person_keys(connection, behind).await?;
        let Some(last) = rows.last().map(|it| it.0) else { return Ok(keys) };
        for (person, wrapped) in rows {
            keys.persons += 1;
            if unwrap_key(&wrapping, &person_key_at(person), &wrapped).is_err() {
                keys.faults
                    .push(format!("the key of contact {person} does not open; what was written to that contact alone is lost"));
            }
        }
        behind = last;
    }
}

async fn data_keys(connection: &mut SqliteConnection) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    Ok(sqlx::query_as("SELECT id, wrapped FROM vault_keys ORDER BY id").fetch_all(connection).await?)
}

async fn person_keys(connection: &mut SqliteConnection, behind: i64) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    let sql =
        "SELECT contact_id, wrapped FROM person_keys WHERE contact_id > $1 AND destroyed_at IS NULL ORDER BY contact_id LIMIT $2";
    Ok(sqlx::query_as(sql).bind(behind).bind(ROWS).fetch_all(connection).await?)
}
