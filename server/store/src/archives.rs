//! Archives of other programs: their files on the way in, and what was taken in from them.

mod old;

use model::archive::NOTES_MAX;
use model::{Archive, ArchiveCounts, ArchiveFault, ArchiveId, ArchiveNote, ArchiveState, Moment, Noun, UserId};
use sqlx::SqliteConnection;

pub use old::{OldMessage, hash, insert, is_known};

use crate::Store;
use crate::chunks::Chunks;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::tx::Tx;
use crate::vault::Place;

const CHUNKS: Chunks = Chunks {
    place: |id| Place { table: "archive_chunks", column: "content", row: id },
    insert: "INSERT INTO archive_chunks (id, archive_id, start, content) VALUES ($1, $2, $3, $4)",
    select: "SELECT id, start, content FROM archive_chunks WHERE archive_id = $1 AND start <= $2 ORDER BY start DESC LIMIT 1",
};
/// How many archives are told.
const TOLD: i64 = 50;

/// An archive that the background works on.
pub struct Job {
    /// Which one.
    pub id: ArchiveId,
    /// Who brought it.
    pub author: UserId,
    /// Whether it is only looked at, or taken in.
    pub state: ArchiveState,
    /// Size of the file in bytes.
    pub size: u64,
    /// What became of its messages so far.
    pub counts: ArchiveCounts,
}

/// Begins to take a file in.
///
/// # Errors
/// Fails when the database fails.
pub async fn create(store: &Store, tx: &mut Tx, file: &str, author: UserId, now: Moment) -> Result<ArchiveId, Error> {
    let id = ArchiveId(next_id(tx, "archives").await?);
    sqlx::query("INSERT INTO archives (id, file, author_id, state, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.0)
        .bind(store.vault().seal_text(name_of(id), file)?)
        .bind(author.0)
        .bind(ArchiveState::Arriving.code())
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(id)
}

/// Adds a piece to the end of a file that comes in, and tells how large it is now.
///
/// # Errors
/// Refuses when no such file comes in.
pub async fn put_chunk(store: &Store, tx: &mut Tx, id: ArchiveId, content: &[u8]) -> Result<u64, Error> {
    let size: Option<i64> = sqlx::query_scalar(
        "UPDATE archives SET size = size + $2 WHERE id = $1 AND state = 'arriving' AND is_forgotten = 0 RETURNING size",
    )
    .bind(id.0)
    .bind(content.len() as i64)
    .fetch_optional(&mut **tx)
    .await?;
    let size = found(size, Noun::Import)?;
    let chunk = next_id(tx, "archive_chunks").await?;
    let size = size as u64;
    CHUNKS.put(store, tx, chunk, (id.0, size - content.len() as u64), content).await?;
    Ok(size)
}

/// The piece in which a byte lies, with the place where the piece begins; nothing behind the end.
///
/// # Errors
/// Fails when the database fails or the piece is damaged.
pub async fn chunk(
    store: &Store,
    connection: &mut SqliteConnection,
    id: ArchiveId,
    at: u64,
) -> Result<Option<(u64, Vec<u8>)>, Error> {
    CHUNKS.at(store, connection, id.0, at).await
}

/// Where an archive stands.
///
/// # Errors
/// Refuses when there is none.
pub async fn state(connection: &mut SqliteConnection, id: ArchiveId) -> Result<ArchiveState, Error> {
    let code: Option<String> = sqlx::query_scalar("SELECT state FROM archives WHERE id = $1 AND is_forgotten = 0")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    Code::from_code(&found(code, Noun::Import)?)
}

/// Moves an archive on, unless it has moved meanwhile. A walk that begins counts anew; behind an end
/// [`sweep_pieces`] takes the file out.
///
/// # Errors
/// Refuses as stale when the state is another one.
pub async fn set_state(tx: &mut Tx, id: ArchiveId, from: ArchiveState, to: ArchiveState, now: Moment) -> Result<(), Error> {
    let ends = matches!(to, ArchiveState::Stopped | ArchiveState::Ended | ArchiveState::Failed);
    let rows = sqlx::query(
        "UPDATE archives SET state = $3, ended_at = CASE WHEN $4 THEN $5 END WHERE id = $1 AND state = $2 AND is_forgotten = 0",
    )
    .bind(id.0)
    .bind(from.code())
    .bind(to.code())
    .bind(ends)
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Import)?;
    if to == ArchiveState::Running {
        begin_anew(tx, id).await?;
    }
    Ok(())
}

/// Lets a walk count from its beginning.
///
/// # Errors
/// Fails when the database fails.
pub async fn begin_anew(tx: &mut Tx, id: ArchiveId) -> Result<(), Error> {
    for sql in [
        "UPDATE archives SET read = 0, added = 0, known = 0, bad = 0, undated = 0, progress = 0 WHERE id = $1",
        "DELETE FROM archive_notes WHERE archive_id = $1",
    ] {
        sqlx::query(sql).bind(id.0).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Forgets an archive; [`sweep_pieces`] takes its file out behind it. What was taken in stays.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, id: ArchiveId) -> Result<(), Error> {
    sqlx::query("UPDATE archives SET is_forgotten = 1 WHERE id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

/// Forgets files that never came whole or that nobody let be taken in since that moment.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep(tx: &mut Tx, before: Moment) -> Result<u64, Error> {
    let swept = sqlx::query(
        "UPDATE archives SET is_forgotten = 1 WHERE state IN ('arriving', 'looked') AND created_at < $1 AND is_forgotten = 0",
    );
    Ok(swept.bind(before.0).execute(&mut **tx).await?.rows_affected())
}

/// Takes out up to `n` pieces of files that nobody needs any more, and tells how many that were; then forgotten archives themselves.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep_pieces(tx: &mut Tx, n: u32) -> Result<u64, Error> {
    let swept = sqlx::query(
        "DELETE FROM archive_chunks WHERE id IN (
             SELECT c.id FROM archives a JOIN archive_chunks c ON c.archive_id = a.id
             WHERE a.is_forgotten = 1 OR a.state IN ('stopped', 'ended', 'failed') LIMIT $1)",
    )
    .bind(n)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if swept < u64::from(n) {
        sqlx::query("DELETE FROM archives WHERE is_forgotten = 1").execute(&mut **tx).await?;
    }
    Ok(swept)
}

/// The oldest archive that the background has to work on.
///
/// # Errors
/// Fails when the database fails.
pub async fn next_open(connection: &mut SqliteConnection) -> Result<Option<Job>, Error> {
    type Row = (i64, i64, String, i64, i64, i64, i64, i64, i64);
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, author_id, state, size, read, added, known, bad, undated FROM archives
         WHERE state IN ('looking', 'running') ORDER BY id LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    let Some((id, author, state, size, read, added, known, bad, undated)) = row else { return Ok(None) };
    let counts = counts([read, added, known, bad, undated]);
    Ok(Some(Job { id: ArchiveId(id), author: UserId(author), state: Code::from_code(&state)?, size: size as u64, counts }))
}

/// Keeps how far a walk is that had passed `before` messages, and the places that it names; `progress` is in thousandths.
///
/// # Errors
/// Refuses as stale when somebody stopped it meanwhile.
pub async fn note(tx: &mut Tx, job: &Job, before: u64, progress: u16, notes: &[ArchiveNote]) -> Result<(), Error> {
    let counts = job.counts;
    let rows = sqlx::query(
        "UPDATE archives SET read = $4, added = $5, known = $6, bad = $7, undated = $8, progress = $9
         WHERE id = $1 AND state = $2 AND read = $3",
    )
    .bind(job.id.0)
    .bind(job.state.code())
    .bind(before as i64)
    .bind(counts.read as i64)
    .bind(counts.added as i64)
    .bind(counts.known as i64)
    .bind(counts.bad as i64)
    .bind(counts.undated as i64)
    .bind(progress)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Import)?;
    let had: i64 = sqlx::query_scalar("SELECT count(*) FROM archive_notes WHERE archive_id = $1")
        .bind(job.id.0)
        .fetch_one(&mut **tx)
        .await?;
    for it in notes.iter().take((NOTES_MAX as i64 - had).max(0) as usize) {
        sqlx::query("INSERT INTO archive_notes (archive_id, number, place, fault) VALUES ($1, $2, $3, $4)")
            .bind(job.id.0)
            .bind(it.number as i64)
            .bind(it.offset as i64)
            .bind(it.fault.code())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The last archives, the newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn list(store: &Store, connection: &mut SqliteConnection) -> Result<Vec<Archive>, Error> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: i64,
        file: Vec<u8>,
        size: i64,
        state: String,
        read: i64,
        added: i64,
        known: i64,
        bad: i64,
        undated: i64,
        progress: i64,
        author: String,
        created_at: i64,
        ended_at: Option<i64>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT a.id, a.file, a.size, a.state, a.read, a.added, a.known, a.bad, a.undated, a.progress, u.name AS author, a.created_at,
                a.ended_at
         FROM archives a JOIN users u ON u.id = a.author_id WHERE a.is_forgotten = 0 ORDER BY a.id DESC LIMIT $1",
    )
    .bind(TOLD)
    .fetch_all(connection)
    .await?;
    let archive = |row: Row| {
        let id = ArchiveId(row.id);
        Ok(Archive {
            id,
            file: store.vault().open_text(name_of(id), &row.file)?,
            size: row.size as u64,
            state: Code::from_code(&row.state)?,
            counts: counts([row.read, row.added, row.known, row.bad, row.undated]),
            progress: row.progress as u16,
            author: row.author,
            created_at: Moment(row.created_at),
            ended_at: row.ended_at.map(Moment),
        })
    };
    rows.into_iter().map(archive).collect()
}

/// The places that a report names.
///
/// # Errors
/// Fails when the database fails.
pub async fn notes(connection: &mut SqliteConnection, id: ArchiveId) -> Result<Vec<ArchiveNote>, Error> {
    let rows: Vec<(i64, i64, String)> =
        sqlx::query_as("SELECT number, place, fault FROM archive_notes WHERE archive_id = $1 ORDER BY number")
            .bind(id.0)
            .fetch_all(connection)
            .await?;
    let note = |(number, offset, fault): (i64, i64, String)| {
        Ok(ArchiveNote { number: number as u64, offset: offset as u64, fault: ArchiveFault::from_code(&fault)? })
    };
    rows.into_iter().map(note).collect()
}

fn counts([read, added, known, bad, undated]: [i64; 5]) -> ArchiveCounts {
    ArchiveCounts { read: read as u64, added: added as u64, known: known as u64, bad: bad as u64, undated: undated as u64 }
}

fn name_of(id: ArchiveId) -> Place {
    Place { table: "archives", column: "file", row: id.0 }
}
