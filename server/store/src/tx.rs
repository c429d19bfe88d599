//! Transactions on the one writing connection, committed in groups.
//!
//! A [`Tx`] is a savepoint inside an outer transaction. Whoever commits gives the connection to the next in line and waits; a flusher
//! stands in the same line and commits the outer transaction for all that came before it. So many small transactions that arrive
//! together share one `fsync`, and none is told to be committed before it is durable.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use model::Trouble;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{Mutex, Notify, OwnedMutexGuard, oneshot, watch};

use crate::error::Error;
use crate::mark::{Mark, Written};

/// The line in front of the writing connection.
#[derive(Clone)]
pub(crate) struct Writer {
    line: Arc<Mutex<Group>>,
    bell: Arc<Notify>,
    halted: Arc<AtomicBool>,
    trouble: watch::Sender<Option<Trouble>>,
    commits: watch::Receiver<()>,
}

/// The connection and those who wait for the common commit.
struct Group {
    connection: Option<SqliteConnection>,
    begun: bool,
    /// A transaction was dropped without commit; its savepoint is rolled back by whoever comes next.
    abandoned: bool,
    waiting: Vec<oneshot::Sender<Result<(), CommitFailed>>>,
    halted: Arc<AtomicBool>,
    /// Why nothing can be written.
    trouble: watch::Sender<Option<Trouble>>,
    /// Told of each commit.
    commits: watch::Sender<()>,
    /// What says beside the database how far it was written.
    mark: Option<Mark>,
    /// Whether a transaction ended and waits for the common commit.
    released: bool,
    /// How many rows had changed when it was last counted.
    changes: i64,
}

/// Why a common commit failed, for each that shared it.
#[derive(Clone, Copy, Debug)]
enum CommitFailed {
    DiskFull,
    Halted,
}

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
pub struct Tx {
    group: OwnedMutexGuard<Group>,
    connection: Option<SqliteConnection>,
    bell: Arc<Notify>,
}

impl Writer {
    /// Takes over the connection and starts the flusher.
    pub(crate) fn new(connection: SqliteConnection, mark: Option<Mark>) -> Self {
        let halted = Arc::new(AtomicBool::new(false));
        let (told, commits) = watch::channel(());
        let trouble = watch::Sender::new(None);
        let group = Group {
            connection: Some(connection),
            begun: false,
            abandoned: false,
            waiting: Vec::new(),
            halted: halted.clone(),
            trouble: trouble.clone(),
            commits: told,
            mark,
            released: false,
            changes: 0,
        };
        let writer = Self { line: Arc::new(Mutex::new(group)), bell: Arc::new(Notify::new()), halted, trouble, commits };
        tokio::spawn(flush(Arc::downgrade(&writer.line), writer.bell.clone()));
        writer
    }

    /// Whether writing has stopped for good.
    pub(crate) fn is_halted(&self) -> bool {
        self.halted.load(Ordering::SeqCst)
    }

    /// Why nothing can be written, and each change of that.
    pub(crate) fn trouble(&self) -> &watch::Sender<Option<Trouble>> {
        &self.trouble
    }

    /// What changes with each commit.
    pub(crate) fn commits(&self) -> watch::Receiver<()> {
        self.commits.clone()
    }

    /// Waits in line and begins a transaction. Whoever stops waiting leaves the connection fit for the next one: a task of its own holds it
    /// until the transaction stands.
    pub(crate) async fn begin(&self) -> Result<Tx, Error> {
        let (line, bell) = (self.line.clone(), self.bell.clone());
        unbroken(async move {
            let mut group = line.lock_owned().await;
            group.tidy().await?;
            let mut connection = group.connection.take().ok_or(Error::Halted)?;
            if let Err(error) = open(&mut connection, group.begun).await {
                group.connection = Some(connection);
                return Err(error);
            }
            group.begun = true;
            Ok(Tx { group, connection: Some(connection), bell })
        })
        .await
    }

    /// Commits what is open and ends the connection.
    pub(crate) async fn close(&self) {
        let mut group = self.line.lock().await;
        group.commit().await;
        // That is no trouble: whoever closes wants it.
        group.halted.store(true, Ordering::SeqCst);
        if let Some(connection) = group.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "closing the database failed");
        }
        self.bell.notify_one();
    }
}

/// Does something to its end even when whoever waits for it goes away, as a request does whose browser has hung up.
async fn unbroken<T: Send + 'static>(act: impl Future<Output = Result<T, Error>> + Send + 'static) -> Result<T, Error> {
    tokio::spawn(act).await.unwrap_or(Err(Error::Halted))
}

/// Opens the outer transaction when there is none, and the savepoint of one transaction.
async fn open(connection: &mut SqliteConnection, begun: bool) -> Result<(), Error> {
    if !begun {
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    }
    sqlx::raw_sql("SAVEPOINT one").execute(connection).await?;
    Ok(())
}

impl Tx {
    /// Commits and comes back when it is durable.
    ///
    /// # Errors
    /// Fails when the commit fails; then nothing of it was made.
    pub async fn commit(self) -> Result<(), Error> {
        let (sender, receiver) = oneshot::channel();
        unbroken(async move {
            let mut own = self;
            own.release().await?;
            own.group.waiting.push(sender);
            own.bell.notify_one();
            Ok(())
        })
        .await?;
        match receiver.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(CommitFailed::DiskFull)) => Err(Error::DiskFull),
            Ok(Err(CommitFailed::Halted)) | Err(_) => Err(Error::Halted),
        }
    }

    /// Ends the transaction without waiting until it is durable: it becomes so together with the next one that is committed, or is lost
    /// with it. For long work in many steps that can tell how far it came.
    ///
    /// # Errors
    /// Fails when the database fails; then nothing of it was made.
    pub async fn leave(self) -> Result<(), Error> {
        unbroken(async move {
            let mut own = self;
            own.release().await
        })
        .await
    }

    /// Makes it part of what is committed next and gives the connection back.
    async fn release(&mut self) -> Result<(), Error> {
        if let Some(connection) = self.connection.as_mut() {
            sqlx::raw_sql("RELEASE one").execute(connection).await?;
        }
        self.group.connection = self.connection.take();
        self.group.released = true;
        Ok(())
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.group.connection = Some(connection);
            self.group.abandoned = true;
            self.bell.notify_one();
        }
    }
}

// `connection` is only taken when the transaction is over.
impl Deref for Tx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match &self.connection {
            Some(connection) => connection,
            None => unreachable!("the transaction is over"),
        }
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match &mut self.connection {
            Some(connection) => connection,
            None => unreachable!("the transaction is over"),
        }
    }
}

impl Group {
    fn halt(&self) {
        self.halted.store(true, Ordering::SeqCst);
        self.trouble.send_replace(Some(Trouble::Halted));
    }

    /// Notes that there was no room. Whoever looks after the disk finds out when there is some again.
    fn note_full(&self) {
        self.trouble.send_if_modified(|it| it.is_none() && it.replace(Trouble::DiskFull).is_none());
    }

    /// Rolls an abandoned transaction back, so that the connection is fit for the next one.
    async fn tidy(&mut self) -> Result<(), Error> {
        if self.halted.load(Ordering::SeqCst) {
            return Err(Error::Halted);
        }
        if self.abandoned
            && let Some(connection) = self.connection.as_mut()
        {
            self.abandoned = false;
            if met_full(connection).await {
                self.trouble.send_if_modified(|it| it.is_none() && it.replace(Trouble::DiskFull).is_none());
            }
            if let Err(error) = sqlx::raw_sql("ROLLBACK TO one; RELEASE one").execute(&mut *connection).await {
                // SQLite has rolled everything back by itself, as it does when the disk is full: all who wait have lost theirs.
                tracing::warn!(%error, "the transaction was rolled back by the database");
                let rolled_back = sqlx::raw_sql("ROLLBACK").execute(connection).await;
                tracing::debug!(?rolled_back, "rolled back");
                self.begun = false;
                self.note_full();
                for waiting in self.waiting.drain(..) {
                    let _ = waiting.send(Err(CommitFailed::DiskFull));
                }
            }
        }
        Ok(())
    }

    /// Commits the outer transaction and tells everybody who shared it.
    async fn commit(&mut self) {
        let result = self.try_commit().await;
        for waiting in self.waiting.drain(..) {
            // Whoever does not listen any more has lost interest, not the commit.
            let _ = waiting.send(result);
        }
    }

    async fn try_commit(&mut self) -> Result<(), CommitFailed> {
        if let Err(error) = self.tidy().await {
            tracing::error!(%error, "rolling back failed");
            self.halt();
            return Err(CommitFailed::Halted);
        }
        let Some(connection) = self.connection.as_mut() else { return Err(CommitFailed::Halted) };
        if !self.begun {
            return Ok(());
        }
        self.begun = false;
        let is_counted = std::mem::take(&mut self.released) && self.mark.is_some();
        let error = match commit(connection, is_counted.then_some(&mut self.changes)).await {
            Ok(written) => {
                if let (Some(mark), Some(written)) = (&self.mark, written) {
                    mark.write(written);
                }
                self.commits.send_replace(());
                return Ok(());
            }
            Err(error) => error,
        };
        let rolled_back = sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await;
        if is_full(&error) {
            tracing::error!("the disk is full");
            self.note_full();
            return Err(CommitFailed::DiskFull);
        }
        // After a failed fsync nobody knows what is on the disk; going on as if all were well would lose messages.
        tracing::error!(%error, ?rolled_back, "commit failed, writing stops");
        self.halt();
        Err(CommitFailed::Halted)
    }
}

/// Commits, and counts that when rows changed since it was last counted; tells how far the database is written then.
async fn commit(connection: &mut SqliteConnection, changes: Option<&mut i64>) -> Result<Option<Written>, sqlx::Error> {
    let mut written = None;
    if let Some(changes) = changes {
        let counted: Option<(i64, i64, i64)> = sqlx::query_as(
            "UPDATE lineage SET commits = commits + 1 WHERE total_changes() <> $1 RETURNING commits, handed, total_changes()",
        )
        .bind(*changes)
        .fetch_optional(&mut *connection)
        .await?;
        if let Some((commits, handed, before)) = counted {
            // The count itself changes a row.
            *changes = before + 1;
            written = Some(Written { commits, handed });
        }
    }
    sqlx::raw_sql("COMMIT").execute(connection).await?;
    Ok(written)
}

/// Commits for all who stood in line before the flusher came to it.
async fn flush(line: std::sync::Weak<Mutex<Group>>, bell: Arc<Notify>) {
    loop {
        bell.notified().await;
        let Some(line) = line.upgrade() else { return };
        let mut group = line.lock().await;
        if group.connection.is_none() && group.halted.load(Ordering::SeqCst) {
            return;
        }
        group.commit().await;
    }
}

/// Whether the last statement found no room.
async fn met_full(connection: &mut SqliteConnection) -> bool {
    let Ok(mut handle) = connection.lock_handle().await else { return false };
    handle.last_error().is_some_and(|it| is_full(&sqlx::Error::from(it)))
}

/// SQLITE_FULL (13).
pub(crate) fn is_full(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|it| it.code()).is_some_and(|code| code == "13")
}
