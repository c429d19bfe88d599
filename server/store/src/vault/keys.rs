//! The data keys: values are sealed under the newest one, and open by the one they were sealed under.
//!
//! A further key is only put beside the others, which can be done beside a server that runs. The server takes it up by itself: from then on
//! it seals under it, and seals anew, in steps, what lies under earlier ones. Nothing is lost by a kill: every key stays, and each value
//! says which one it needs.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chacha20poly1305::XChaCha20Poly1305;
use model::Moment;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};
use zeroize::Zeroizing;

use super::{COMMON, MasterKey, Place, Seal, Vault, data_key_at, data_wrapping, random, unwrap_key, wrap_key};
use crate::error::Error;
use crate::tx::Tx;

/// Where the number of the key stands in a sealed value.
const NUMBER: std::ops::Range<usize> = 2..6;

/// The keys by their numbers.
pub(super) struct DataKeys(RwLock<Ring>);

struct Ring {
    newest: (u32, Arc<Seal>),
    all: BTreeMap<u32, Arc<Seal>>,
}

impl DataKeys {
    /// One key.
    pub(super) fn new(number: u32, key: &[u8; 32]) -> Self {
        let seal = Arc::new(Seal::common(number, key));
        Self(RwLock::new(Ring { newest: (number, seal.clone()), all: BTreeMap::from([(number, seal)]) }))
    }

    /// Adds a key that opens, and that seals from now on when it is taken up.
    pub(super) fn add(&self, number: u32, key: &[u8; 32], taken_up: bool) {
        let seal = Arc::new(Seal::common(number, key));
        let mut ring = self.0.write().unwrap_or_else(PoisonError::into_inner);
        ring.all.insert(number, seal.clone());
        if taken_up {
            ring.newest = (number, seal);
        }
    }

    /// The number of the key that seals, and the key.
    pub(super) fn newest(&self) -> (u32, Arc<Seal>) {
        self.0.read().unwrap_or_else(PoisonError::into_inner).newest.clone()
    }

    /// What opens a value.
    ///
    /// # Errors
    /// Names the place when there is no such key.
    pub(super) fn opener(&self, place: Place, sealed: &[u8]) -> Result<Arc<Seal>, Error> {
        let number = number_of(sealed).ok_or_else(|| place.damaged())?;
        let ring = self.0.read().unwrap_or_else(PoisonError::into_inner);
        ring.all.get(&number).cloned().ok_or_else(|| place.damaged())
    }

    /// The value sealed under the newest key, packed as it was; nothing when it is so already, or lies under the key of a person.
    ///
    /// # Errors
    /// Names the place when the value does not open.
    pub(super) fn reseal(&self, place: Place, sealed: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        let (newest, seal) = self.newest();
        match number_of(sealed) {
            Some(number) if number != newest => {
                let (packing, body) = self.opener(place, sealed)?.unseal(place, sealed)?;
                seal.close(place, packing, &body).map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// Under which data key a value lies; nothing when it lies under the key of a person.
pub(super) fn number_of(sealed: &[u8]) -> Option<u32> {
    let number = sealed.get(NUMBER).filter(|_| sealed.first() == Some(&COMMON))?;
    Some(u32::from_le_bytes(number.try_into().ok()?))
}

/// Unwraps all keys, or makes the first one in an empty database; the first one comes beside them, for what is derived from it.
///
/// # Errors
/// Refuses a master key that does not open them.
pub(super) async fn load(
    wrapping: &XChaCha20Poly1305,
    connection: &mut SqliteConnection,
) -> Result<(DataKeys, Zeroizing<[u8; 32]>), Error> {
    let rows: Vec<(i64, Vec<u8>, bool)> =
        sqlx::query_as("SELECT id, wrapped, taken_up_at IS NOT NULL FROM vault_keys ORDER BY id")
            .fetch_all(&mut *connection)
            .await?;
    let mut rows = rows.into_iter();
    let Some((id, wrapped, _)) = rows.next() else {
        let key = Zeroizing::new(random::<32>()?);
        sqlx::query("INSERT INTO vault_keys (id, wrapped, created_at, taken_up_at, resealed_at) VALUES (1, $1, 0, 0, 0)")
            .bind(wrap_key(wrapping, &data_key_at(1), &key)?)
            .execute(connection)
            .await?;
        return Ok((DataKeys::new(1, &key), key));
    };
    let first = unwrap_key(wrapping, &data_key_at(id), &wrapped)?;
    let keys = DataKeys::new(id as u32, &first);
    for (id, wrapped, taken_up) in rows {
        keys.add(id as u32, &*unwrap_key(wrapping, &data_key_at(id), &wrapped)?, taken_up);
    }
    Ok((keys, first))
}

/// Puts a further data key beside the others and tells its number; also beside a server that runs, which takes it up by itself.
///
/// # Errors
/// Refuses a master key of other data; fails when there is no database.
pub async fn add_data_key(database: &Path, master: &MasterKey, now: Moment) -> Result<u32, Error> {
    let options = SqliteConnectOptions::from_str("sqlite:")?.filename(database).busy_timeout(Duration::from_secs(10));
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let wrapping = data_wrapping(master)?;
    load(&wrapping, &mut connection).await?;
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    let last: i64 = sqlx::query_scalar("SELECT max(id) FROM vault_keys").fetch_one(&mut *tx).await?;
    let key = Zeroizing::new(random::<32>()?);
    sqlx::query("INSERT INTO vault_keys (id, wrapped, created_at) VALUES ($1, $2, $3)")
        .bind(last + 1)
        .bind(wrap_key(&wrapping, &data_key_at(last + 1), &key)?)
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    connection.close().await?;
    Ok((last + 1) as u32)
}

impl Vault {
    /// Takes up the newest key that was put beside the others and tells its number; nothing when none waits.
    ///
    /// # Errors
    /// Fails when the key does not open.
    pub async fn take_up(&self, tx: &mut Tx, now: Moment) -> Result<Option<u32>, Error> {
        let waiting: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT id, wrapped FROM vault_keys WHERE taken_up_at IS NULL ORDER BY id")
                .fetch_all(&mut **tx)
                .await?;
        for (id, wrapped) in &waiting {
            // The key lies in the database already, so that what is sealed under it opens even if this transaction is never committed.
            self.data_keys.add(*id as u32, &*unwrap_key(&self.data_wrapping, &data_key_at(*id), wrapped)?, true);
        }
        sqlx::query("UPDATE vault_keys SET taken_up_at = $1 WHERE taken_up_at IS NULL").bind(now.0).execute(&mut **tx).await?;
        Ok(waiting.last().map(|it| it.0 as u32))
    }
}

/// Whether a key waits to be taken up.
///
/// # Errors
/// Fails when the database fails.
pub async fn key_waits(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM vault_keys WHERE taken_up_at IS NULL)").fetch_one(connection).await?)
}
