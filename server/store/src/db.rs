//! Opening the database: one writer that commits in groups, a pool of readers, the vault.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use model::Trouble;
use sqlx::migrate::MigrateError;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::watch;

use crate::error::Error;
use crate::mark::Mark;
use crate::messages::bodies::Dictionaries;
use crate::tx::{Tx, Writer};
use crate::vault::{MasterKey, Vault};

/// How many statements may read at the same time.
const READERS: u32 = 6;

/// A connection that only reads, returned to the pool when dropped.
pub type Reader = PoolConnection<Sqlite>;

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    readers: SqlitePool,
    writer: Writer,
    vault: Arc<Vault>,
    dictionaries: Arc<Dictionaries>,
}

impl Store {
    /// Opens the database file, creates it when it is missing and brings its schema up to date.
    ///
    /// WAL with `synchronous=FULL`: what was committed survives a loss of power. A file that is a copy made earlier and put back is noticed by
    /// the mark beside it ([`put_back`](crate::put_back)).
    ///
    /// # Errors
    /// Refuses a newer schema and a key that does not belong to the data; fails when the file or its mark cannot be opened.
    pub async fn open(file: &Path, key: &MasterKey) -> Result<Self, Error> {
        let options = SqliteConnectOptions::from_str("sqlite:")?
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-16000")
            // Pages that are written again and again while much comes in go into the database once in a while, not with each commit.
            .pragma("wal_autocheckpoint", "8000")
            .pragma("journal_size_limit", "64000000");
        let mut connection = SqliteConnection::connect_with(&options).await?;
        sqlx::migrate!().run(&mut connection).await.map_err(|error| match error {
            MigrateError::VersionMissing(_) => Error::NewerSchema,
            error => error.into(),
        })?;
        let vault = Vault::open(key, &mut connection).await?;
        let mark = Mark::begin(file, &vault, &mut connection).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(1)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self { readers, writer: Writer::new(connection, Some(mark)), vault: Arc::new(vault), dictionaries: Arc::default() })
    }

    /// Opens an existing database for reading alone, also beside a process that writes it. Whatever writes fails.
    ///
    /// # Errors
    /// Refuses a key that does not belong to the data; fails when there is no database.
    pub async fn look(file: &Path, key: &MasterKey) -> Result<Self, Error> {
        let options = SqliteConnectOptions::from_str("sqlite:")?
            .filename(file)
            .read_only(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("temp_store", "memory");
        let mut connection = SqliteConnection::connect_with(&options).await?;
        let vault = Vault::open(key, &mut connection).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?;
        Ok(Self { readers, writer: Writer::new(connection, None), vault: Arc::new(vault), dictionaries: Arc::default() })
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// Fails when none becomes free within half a minute.
    pub async fn read(&self) -> Result<Reader, Error> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins a transaction; others wait their turn until it is committed or dropped.
    ///
    /// # Errors
    /// Fails when the database cannot begin one, or has halted.
    pub async fn write(&self) -> Result<Tx, Error> {
        self.writer.begin().await
    }

    /// What changes with each commit, for whoever keeps something in step with the database.
    pub fn commits(&self) -> watch::Receiver<()> {
        self.writer.commits()
    }

    /// Whether writing has stopped, after an error of the disk or because the database was closed.
    pub fn is_halted(&self) -> bool {
        self.writer.is_halted()
    }

    /// Why nothing can be written, and each change of that.
    pub fn trouble(&self) -> watch::Receiver<Option<Trouble>> {
        self.writer.trouble().subscribe()
    }

    /// Notes that a statement found no room; where a whole commit does, that is noted by itself.
    pub fn note_full(&self) {
        self.writer.trouble().send_if_modified(|it| it.is_none() && it.replace(Trouble::DiskFull).is_none());
    }

    /// Finds out whether a full disk has room again: writes more than most transactions need and takes it away again.
    ///
    /// # Errors
    /// Fails when the database fails in another way.
    pub async fn find_room(&self) -> Result<bool, Error> {
        match self.try_room().await {
            Ok(()) => {
                self.writer.trouble().send_if_modified(|it| it.take_if(|it| *it == Trouble::DiskFull).is_some());
                Ok(true)
            }
            Err(Error::DiskFull | Error::Halted) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn try_room(&self) -> Result<(), Error> {
        for sql in ["INSERT INTO room (filler) VALUES (zeroblob(262144))", "DELETE FROM room"] {
            let mut tx = self.write().await?;
            sqlx::query(sql).execute(&mut *tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Keeps the file from growing or lets it grow again. SQLite says the same then as when the disk is full, which is what this is for.
    ///
    /// # Errors
    /// Fails when the database fails.
    pub async fn keep_size(&self, is_kept: bool) -> Result<(), Error> {
        let sql = if is_kept { "PRAGMA max_page_count = 1" } else { "PRAGMA max_page_count = 1073741823" };
        let mut tx = self.write().await?;
        sqlx::query(sql).execute(&mut *tx).await?;
        tx.commit().await
    }

    /// What messages of campaigns are packed by.
    pub(crate) fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    /// What seals and opens values.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Asks SQLite to look at every page and every reference.
    ///
    /// # Errors
    /// Fails when the file cannot be read at all.
    pub async fn check(&self) -> Result<Vec<String>, Error> {
        let mut reader = self.read().await?;
        let mut faults: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(100)").fetch_all(&mut *reader).await?;
        faults.retain(|it| it != "ok");
        let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *reader).await?.len();
        if 0 < broken {
            faults.push(format!("{broken} rows point to rows that are not there"));
        }
        Ok(faults)
    }

    /// Ends all connections after the last commit.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Gives out the next id of a table.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn next_id(tx: &mut Tx, table: &'static str) -> Result<i64, Error> {
    next_ids(tx, table, 1).await
}

/// Gives out the next `n` ids of a table and tells the last of them.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn next_ids(tx: &mut Tx, table: &'static str, n: usize) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "INSERT INTO counters (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = value + excluded.value
         RETURNING value",
    )
    .bind(table)
    .bind(n as i64)
    .fetch_one(&mut **tx)
    .await?)
}
