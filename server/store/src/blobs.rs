//! Contents of files. Equal ones are kept once, each in sealed pieces, and nobody ever holds more than two of them.
//!
//! The id of a piece is made of its content, the how-many-eth it is and whether it is the last; what is sealed is bound to that id. So no
//! piece can be taken away, cut off, doubled or put into another one's place unnoticed.

mod tending;

use model::Moment;
use sqlx::SqliteConnection;

pub(crate) use tending::{collect, sweep};
pub use tending::{damaged, divide_next};

use crate::Store;
use crate::chunks::{Chunks, PIECE};
use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::{FileHash, Place};

/// Bits of a piece's id that say the how-many-eth it is and, the lowest, whether it is the last.
const PLACE_BITS: u32 = 23;

const CHUNKS: Chunks = Chunks {
    place: |id| Place { table: "blob_chunks", column: "content", row: id },
    insert: "INSERT INTO blob_chunks (id, blob_id, start, content) VALUES ($1, $2, $3, $4)",
    select: "SELECT id, start, content FROM blob_chunks WHERE blob_id = $1 AND start <= $2 ORDER BY start DESC LIMIT 1",
};

/// A content on its way in. One that is dropped before it is whole is swept out later.
pub struct Arriving {
    hash: FileHash,
    size: u64,
    /// The row, once there is one: what fits into a piece needs none before it is whole.
    blob: Option<i64>,
    /// The last piece that came: only what follows tells whether it is the last of all.
    held: Option<Vec<u8>>,
    written: i64,
}

impl Arriving {
    /// Begins to take a content in.
    pub fn new(store: &Store) -> Self {
        Self { hash: store.vault().file_hasher(), size: 0, blob: None, held: None, written: 0 }
    }

    /// How many bytes have come.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next [`PIECE`] bytes, or what is left of fewer.
    ///
    /// # Errors
    /// Fails when the database fails.
    pub async fn put(&mut self, store: &Store, tx: &mut Tx, piece: Vec<u8>, now: Moment) -> Result<(), Error> {
        self.hash.add(&piece);
        self.size += piece.len() as u64;
        match self.held.replace(piece) {
            Some(before) => self.write(store, tx, &before, false, now).await,
            None => Ok(()),
        }
    }

    /// All that has come, for what is worked on as a whole before it is kept.
    ///
    /// # Errors
    /// Names a content that is damaged.
    pub async fn whole(&self, store: &Store, connection: &mut SqliteConnection) -> Result<Vec<u8>, Error> {
        let mut content = Vec::with_capacity(self.size as usize);
        for n in 0..self.written {
            let blob = self.blob.unwrap_or_default();
            let piece = CHUNKS.find(store, connection, blob, n as u64 * PIECE as u64).await?;
            content.extend(piece.filter(|it| it.id == chunk_id(blob, n, false)).ok_or_else(|| blob_at(blob).damaged())?.content);
        }
        content.extend(self.held.iter().flatten());
        Ok(content)
    }

    /// Ends it; tells the row that holds the content, which is an earlier one where the same content is kept already.
    pub(crate) async fn finish(mut self, store: &Store, tx: &mut Tx, now: Moment) -> Result<i64, Error> {
        let hash = std::mem::replace(&mut self.hash, store.vault().file_hasher()).finish();
        let known: Option<i64> =
            sqlx::query_scalar("SELECT id FROM blobs WHERE hash = $1").bind(&hash).fetch_optional(&mut **tx).await?;
        if let Some(blob) = known {
            self.forget(tx).await?;
            return Ok(blob);
        }
        let last = self.held.take().unwrap_or_default();
        self.write(store, tx, &last, true, now).await?;
        let blob = self.row(tx, now).await?;
        let sql = "UPDATE blobs SET hash = $2, arriving_at = NULL WHERE id = $1";
        sqlx::query(sql).bind(blob).bind(hash).execute(&mut **tx).await?;
        Ok(blob)
    }

    /// Drops what has come.
    ///
    /// # Errors
    /// Fails when the database fails.
    pub async fn forget(self, tx: &mut Tx) -> Result<(), Error> {
        if let Some(blob) = self.blob {
            sqlx::query("DELETE FROM blobs WHERE id = $1").bind(blob).execute(&mut **tx).await?;
        }
        Ok(())
    }

    async fn write(&mut self, store: &Store, tx: &mut Tx, piece: &[u8], is_last: bool, now: Moment) -> Result<(), Error> {
        let blob = self.row(tx, now).await?;
        let start = self.written as u64 * PIECE as u64;
        CHUNKS.put(store, tx, chunk_id(blob, self.written, is_last), (blob, start), piece).await?;
        self.written += 1;
        Ok(())
    }

    async fn row(&mut self, tx: &mut Tx, now: Moment) -> Result<i64, Error> {
        if let Some(blob) = self.blob {
            return Ok(blob);
        }
        let blob = next_id(tx, "blobs").await?;
        // No hash is as short as what stands here until it is known.
        sqlx::query("INSERT INTO blobs (id, hash, content, arriving_at) VALUES ($1, $2, x'', $3)")
            .bind(blob)
            .bind(blob.to_be_bytes().as_slice())
            .bind(now.0)
            .execute(&mut **tx)
            .await?;
        self.blob = Some(blob);
        Ok(blob)
    }
}

/// A content on its way out, one piece after the other.
#[derive(Clone, Debug)]
pub struct Content {
    blob: i64,
    /// How many bytes it must have.
    size: u64,
    at: u64,
    is_done: bool,
}

impl Content {
    /// What a row holds, of so many bytes.
    pub(crate) fn new(blob: i64, size: u64) -> Self {
        Self { blob, size, at: 0, is_done: false }
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The next piece: [`PIECE`] bytes, fewer at the end, or all at once of what was kept whole; nothing behind the end.
    ///
    /// # Errors
    /// Names a content that is damaged, cut off or gone.
    pub async fn next(&mut self, store: &Store, connection: &mut SqliteConnection) -> Result<Option<Vec<u8>>, Error> {
        if self.is_done {
            return Ok(None);
        }
        let piece = match self.at {
            0 => match whole(store, connection, self.blob).await? {
                Some(whole) => (whole, true),
                None => self.piece(store, connection).await?,
            },
            _ => self.piece(store, connection).await?,
        };
        self.at += piece.0.len() as u64;
        self.is_done = piece.1;
        if self.is_done && self.at != self.size {
            return Err(blob_at(self.blob).damaged());
        }
        Ok(Some(piece.0))
    }

    /// All of it at once, for what is worked on as a whole.
    ///
    /// # Errors
    /// Names a content that is damaged, cut off or gone.
    pub async fn whole(mut self, store: &Store, connection: &mut SqliteConnection) -> Result<Vec<u8>, Error> {
        let mut content = self.next(store, connection).await?.unwrap_or_default();
        while let Some(piece) = self.next(store, connection).await? {
            content.extend(piece);
        }
        Ok(content)
    }

    /// Goes through it to its end and back, so that what leaves afterwards is known to be whole.
    ///
    /// # Errors
    /// Names a content that is damaged, cut off or gone.
    pub async fn verify(&self, store: &Store, connection: &mut SqliteConnection) -> Result<(), Error> {
        let mut walk = Self::new(self.blob, self.size);
        while walk.next(store, connection).await?.is_some() {}
        Ok(())
    }

    async fn piece(&self, store: &Store, connection: &mut SqliteConnection) -> Result<(Vec<u8>, bool), Error> {
        let n = (self.at / PIECE as u64) as i64;
        let damaged = || blob_at(self.blob).damaged();
        let it = CHUNKS.find(store, connection, self.blob, self.at).await?.ok_or_else(damaged)?;
        let is_last = it.id == chunk_id(self.blob, n, true);
        let fits = is_last || (it.id == chunk_id(self.blob, n, false) && it.content.len() == PIECE);
        if fits { Ok((it.content, is_last)) } else { Err(damaged()) }
    }
}

/// The row that holds this content; equal contents share one.
pub(crate) async fn keep(store: &Store, tx: &mut Tx, content: &[u8], now: Moment) -> Result<i64, Error> {
    arrived(store, tx, content, now).await?.finish(store, tx, now).await
}

/// A content that is in memory as one that has come.
///
/// # Errors
/// Fails when the database fails.
pub async fn arrived(store: &Store, tx: &mut Tx, content: &[u8], now: Moment) -> Result<Arriving, Error> {
    let mut arriving = Arriving::new(store);
    for piece in content.chunks(PIECE) {
        arriving.put(store, tx, piece.to_vec(), now).await?;
    }
    Ok(arriving)
}

/// What was kept whole; nothing of what lies in pieces.
async fn whole(store: &Store, connection: &mut SqliteConnection, blob: i64) -> Result<Option<Vec<u8>>, Error> {
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT content FROM blobs WHERE id = $1").bind(blob).fetch_optional(connection).await?;
    match sealed {
        None => Err(blob_at(blob).damaged()),
        Some(sealed) if sealed.is_empty() => Ok(None),
        Some(sealed) => store.vault().open_value(blob_at(blob), &sealed).map(Some),
    }
}

/// The id of a piece.
fn chunk_id(blob: i64, n: i64, is_last: bool) -> i64 {
    (blob << PLACE_BITS) | (n << 1) | i64::from(is_last)
}

fn blob_at(id: i64) -> Place {
    Place { table: "blobs", column: "content", row: id }
}

#[cfg(test)]
mod tests {
    use model::AttachmentId;

    use super::*;
    use crate::{MasterKey, attachments};

    #[tokio::test]
    async fn what_was_kept_whole_before_is_read_and_divided() {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::from_hex(&"7a".repeat(32)).unwrap();
        let store = Store::open(&folder.path().join("posel.db"), &key).await.unwrap();
        let long: Vec<u8> = (0..PIECE + 7).map(|at| (at ^ (at >> 8)) as u8).collect();
        let mut tx = store.write().await.unwrap();
        let email = model::EmailAddress::parse("jana@firma.sk").unwrap();
        let (state, language) = (model::UserState::Active, model::Language::Sk);
        let user = crate::users::NewUser { name: "Jana", email: &email, password: None, state, language };
        let owner = crate::users::insert(&mut tx, user, Moment(1)).await.unwrap();
        let mut files: Vec<(AttachmentId, &[u8])> = Vec::new();
        for content in [b"kratky".as_slice(), b"", &long] {
            let file = attachments::put(&store, &mut tx, owner, "a.bin", "x/y", content, Moment(1)).await.unwrap().id;
            let blob: i64 = sqlx::query_scalar("SELECT blob_id FROM attachments WHERE id = $1")
                .bind(file.0)
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            let sealed = store.vault().seal(blob_at(blob), content).unwrap();
            sqlx::query("UPDATE blobs SET content = $2 WHERE id = $1").bind(blob).bind(sealed).execute(&mut *tx).await.unwrap();
            sqlx::query("DELETE FROM blob_chunks WHERE blob_id = $1").bind(blob).execute(&mut *tx).await.unwrap();
            files.push((file, content));
        }
        let mut behind = 0;
        for is_divided in [false, true] {
            for (file, content) in &files {
                let opened = attachments::content(&mut tx, *file).await.unwrap().whole(&store, &mut tx).await.unwrap();
                assert!(opened == *content, "{is_divided}");
            }
            let mut divided = 0;
            while divide_next(&store, &mut tx, &mut behind).await.unwrap() {
                divided += 1;
            }
            assert_eq!(divided, if is_divided { 0 } else { 3 });
        }
        let pieces: i64 = sqlx::query_scalar("SELECT count(*) FROM blob_chunks").fetch_one(&mut *tx).await.unwrap();
        assert_eq!(pieces, 4);
    }
}
