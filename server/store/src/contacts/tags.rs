//! Tags: words that contacts are grouped by.

use model::{ContactId, Tag, TagId};
use sqlx::SqliteConnection;

use crate::db::next_id;
use crate::error::Error;
use crate::tx::Tx;

/// Most tags of a list of suggestions.
const LISTED: i64 = 200;

/// The tags in which the words begin something, the most used first; without words all, up to two hundred.
///
/// # Errors
/// Fails when the database fails.
pub async fn list(connection: &mut SqliteConnection, words: &str) -> Result<Vec<Tag>, Error> {
    let folded = model::fold::fold(words.trim());
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(
        "SELECT t.id, t.name, (SELECT count(*) FROM contact_tags ct WHERE ct.tag_id = t.id) AS n
         FROM tags t
         WHERE $1 = '' OR t.folded LIKE $2 ESCAPE '!' OR t.folded LIKE '% ' || $2 ESCAPE '!'
         ORDER BY n DESC, t.folded LIMIT $3",
    )
    .bind(&folded)
    .bind(beginning(&folded))
    .bind(LISTED)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(id, name, n)| Tag { id: TagId(id), name, contacts: n as u64 }).collect())
}

/// The tags of a contact in the order of the alphabet.
pub(super) async fn of(connection: &mut SqliteConnection, id: ContactId) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT t.name FROM contact_tags ct JOIN tags t ON t.id = ct.tag_id WHERE ct.contact_id = $1 ORDER BY t.folded",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?)
}

/// Gives a contact exactly these tags; one that nobody bears any more goes.
pub(super) async fn write(tx: &mut Tx, id: ContactId, names: &[String]) -> Result<(), Error> {
    let before: Vec<i64> =
        sqlx::query_scalar("SELECT tag_id FROM contact_tags WHERE contact_id = $1").bind(id.0).fetch_all(&mut **tx).await?;
    let mut now = Vec::with_capacity(names.len());
    for name in names {
        now.push(ensure(tx, name).await?.0);
    }
    for tag in now.iter().filter(|it| !before.contains(it)) {
        sqlx::query("INSERT INTO contact_tags (contact_id, tag_id) VALUES ($1, $2)")
            .bind(id.0)
            .bind(tag)
            .execute(&mut **tx)
            .await?;
    }
    for tag in before.iter().filter(|it| !now.contains(it)) {
        sqlx::query("DELETE FROM contact_tags WHERE contact_id = $1 AND tag_id = $2")
            .bind(id.0)
            .bind(tag)
            .execute(&mut **tx)
            .await?;
        drop_unused(tx, TagId(*tag)).await?;
    }
    Ok(())
}

/// The tag of that name, made when it is not there.
///
/// # Errors
/// Fails when the database fails.
pub async fn ensure(tx: &mut Tx, name: &str) -> Result<TagId, Error> {
    let folded = model::fold::fold(name);
    let known: Option<i64> =
        sqlx::query_scalar("SELECT id FROM tags WHERE folded = $1").bind(&folded).fetch_optional(&mut **tx).await?;
    if let Some(id) = known {
        return Ok(TagId(id));
    }
    let id = next_id(tx, "tags").await?;
    sqlx::query("INSERT INTO tags (id, name, folded) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(name)
        .bind(folded)
        .execute(&mut **tx)
        .await?;
    Ok(TagId(id))
}

/// Forgets a tag that nobody bears.
///
/// # Errors
/// Fails when the database fails.
pub async fn drop_unused(tx: &mut Tx, id: TagId) -> Result<(), Error> {
    sqlx::query("DELETE FROM tags WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM contact_tags WHERE tag_id = $1)")
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A pattern of `LIKE` for what begins so; its own signs mean nothing.
fn beginning(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 1);
    for it in text.chars() {
        if matches!(it, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(it);
    }
    pattern.push('%');
    pattern
}
