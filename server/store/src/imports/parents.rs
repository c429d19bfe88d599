//! Contacts of an import that wait for the company they belong to.

use model::import::ParentKey;
use model::{ContactId, ImportId, Nature};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::codes::Code;
use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;

/// A contact of an import, and by what its company is found.
#[derive(Clone, Debug)]
pub struct Child {
    /// Which contact.
    pub contact: ContactId,
    /// Its name.
    pub name: String,
    /// Person or company.
    pub nature: Nature,
    /// Whether the import made it.
    pub is_new: bool,
    /// Line of the file.
    pub line: u64,
    /// By what its company is found, the surest first.
    pub keys: Vec<ParentKey>,
}

/// How many of them are one statement.
const PIECE: usize = 512;

/// Lets contacts wait.
///
/// # Errors
/// Fails when the database fails.
pub async fn let_wait(tx: &mut Tx, import: ImportId, children: &[Child]) -> Result<(), Error> {
    for piece in children.chunks(PIECE) {
        let mut rows = Vec::with_capacity(piece.len());
        for it in piece {
            rows.push((next_id(tx, "import_parents").await?, it, serde_json::to_string(&it.keys)?));
        }
        let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO import_parents (id, import_id, contact_id, is_new, line, keys) ");
        sql.push_values(rows, |mut row, (id, it, keys)| {
            row.push_bind(id).push_bind(import.0).push_bind(it.contact.0).push_bind(it.is_new);
            row.push_bind(it.line as i64).push_bind(keys);
        });
        sql.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// The next contacts that wait, in the order of the file, with the number of the last of them.
///
/// # Errors
/// Fails when the database fails.
pub async fn waiting(connection: &mut SqliteConnection, import: ImportId, n: u32) -> Result<(i64, Vec<Child>), Error> {
    let rows: Vec<(i64, i64, String, String, bool, i64, String)> = sqlx::query_as(
        "SELECT w.id, c.id, c.name, c.nature, w.is_new, w.line, w.keys
         FROM import_parents w JOIN contacts c ON c.id = w.contact_id
         WHERE w.import_id = $1 ORDER BY w.id LIMIT $2",
    )
    .bind(import.0)
    .bind(n)
    .fetch_all(connection)
    .await?;
    let last = rows.last().map_or(0, |it| it.0);
    let child = |(_, contact, name, nature, is_new, line, keys): (i64, i64, String, String, bool, i64, String)| {
        Ok(Child {
            contact: ContactId(contact),
            name,
            nature: Code::from_code(&nature)?,
            is_new,
            line: line as u64,
            keys: serde_json::from_str(&keys)?,
        })
    };
    Ok((last, rows.into_iter().map(child).collect::<Result<_, Error>>()?))
}

/// Ends the waiting up to this number.
///
/// # Errors
/// Fails when the database fails.
pub async fn end_waiting(tx: &mut Tx, import: ImportId, through: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM import_parents WHERE import_id = $1 AND id <= $2")
        .bind(import.0)
        .bind(through)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
