//! Files in sealed pieces, so that none is ever whole in memory.

use sqlx::SqliteConnection;

use crate::Store;
use crate::error::Error;
use crate::tx::Tx;
use crate::vault::Place;

/// How many bytes of a file one piece holds, the last one fewer: whole lines of base64 (RFC 2045 §6.8), so that each piece can be written
/// as such without the one before it.
pub const PIECE: usize = 57 * 9_000;

/// Where the pieces of a kind of file lie.
pub(crate) struct Chunks {
    /// The place of a piece.
    pub place: fn(i64) -> Place,
    /// Keeps a piece: `$1` is its id, `$2` its file, `$3` where it begins, `$4` what is sealed.
    pub insert: &'static str,
    /// Finds id, beginning and content of the last piece of the file `$1` that does not begin behind the byte `$2`.
    pub select: &'static str,
}

/// A piece that was opened.
pub(crate) struct Chunk {
    /// Its id.
    pub id: i64,
    /// Where it begins, in bytes.
    pub start: u64,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Chunks {
    /// Keeps a piece of a file.
    pub(crate) async fn put(
        &self,
        store: &Store,
        tx: &mut Tx,
        id: i64,
        (file, start): (i64, u64),
        content: &[u8],
    ) -> Result<(), Error> {
        let sealed = store.vault().seal((self.place)(id), content)?;
        sqlx::query(self.insert).bind(id).bind(file).bind(start as i64).bind(sealed).execute(&mut **tx).await?;
        Ok(())
    }

    /// The last piece of a file that does not begin behind a byte.
    pub(crate) async fn find(
        &self,
        store: &Store,
        connection: &mut SqliteConnection,
        file: i64,
        at: u64,
    ) -> Result<Option<Chunk>, Error> {
        let row: Option<(i64, i64, Vec<u8>)> =
            sqlx::query_as(self.select).bind(file).bind(at as i64).fetch_optional(connection).await?;
        let Some((id, start, sealed)) = row else { return Ok(None) };
        Ok(Some(Chunk { id, start: start as u64, content: store.vault().open_value((self.place)(id), &sealed)? }))
    }

    /// The piece in which a byte lies, with the place where the piece begins; nothing behind the end.
    pub(crate) async fn at(
        &self,
        store: &Store,
        connection: &mut SqliteConnection,
        file: i64,
        at: u64,
    ) -> Result<Option<(u64, Vec<u8>)>, Error> {
        let chunk = self.find(store, connection, file, at).await?;
        Ok(chunk.filter(|it| at < it.start + it.content.len() as u64).map(|it| (it.start, it.content)))
    }
}
