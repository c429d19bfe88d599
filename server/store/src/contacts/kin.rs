//! Companies with their branches and contact persons.

use model::{ContactId, ContactRow, Kin, Nature, Relation};
use sqlx::SqliteConnection;

use super::row::Row;
use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// A damaged line of kin ends here instead of going round for ever.
const FARTHEST: i64 = 16;

/// The contact, its parent and so on, the nearest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn ancestors(connection: &mut SqliteConnection, id: ContactId) -> Result<Vec<(ContactId, Nature)>, Error> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "WITH RECURSIVE line (id, nature, parent_id, depth) AS (
             SELECT id, nature, parent_id, 1 FROM contacts WHERE id = $1
             UNION ALL
             SELECT p.id, p.nature, p.parent_id, line.depth + 1
             FROM line JOIN contacts p ON p.id = line.parent_id WHERE line.depth < $2
         )
         SELECT id, nature FROM line ORDER BY depth",
    )
    .bind(id.0)
    .bind(FARTHEST)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|(id, nature)| Ok((ContactId(id), Code::from_code(&nature)?))).collect()
}

/// How many levels hang under a contact.
///
/// # Errors
/// Fails when the database fails.
pub async fn levels_below(connection: &mut SqliteConnection, id: ContactId) -> Result<usize, Error> {
    let levels: i64 = sqlx::query_scalar(
        "WITH RECURSIVE below (id, depth) AS (
             SELECT id, 1 FROM contacts WHERE parent_id = $1
             UNION ALL
             SELECT c.id, below.depth + 1 FROM below JOIN contacts c ON c.parent_id = below.id WHERE below.depth < $2
         )
         SELECT coalesce(max(depth), 0) FROM below",
    )
    .bind(id.0)
    .bind(FARTHEST)
    .fetch_one(connection)
    .await?;
    Ok(levels as usize)
}

/// What belongs to a contact, and what it belongs to.
///
/// # Errors
/// Fails when the database fails.
pub async fn kin(connection: &mut SqliteConnection, id: ContactId) -> Result<Kin, Error> {
    let parent: Option<Row> = sqlx::query_as(
        "SELECT c.id, c.nature, c.kind, c.name, c.sort_name, c.company_name, c.email, c.phone, c.city, c.updated_at
         FROM contacts c WHERE c.id = (SELECT parent_id FROM contacts WHERE id = $1)",
    )
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM contacts WHERE parent_id = $1").bind(id.0).fetch_one(&mut *connection).await?;
    Ok(Kin {
        parent: parent.map(Row::contact_row).transpose()?,
        branches: children(connection, id, Relation::Branch).await?,
        people: children(connection, id, Relation::ContactPerson).await?,
        count: count as u64,
    })
}

/// Lets the branches and contact persons of a contact belong to nobody.
///
/// # Errors
/// Fails when the database fails.
pub async fn release_kin(tx: &mut Tx, id: ContactId) -> Result<(), Error> {
    sqlx::query("UPDATE contacts SET parent_id = NULL, relation = NULL WHERE parent_id = $1")
        .bind(id.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn children(connection: &mut SqliteConnection, id: ContactId, relation: Relation) -> Result<Vec<ContactRow>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT c.id, c.nature, c.kind, c.name, c.sort_name, c.company_name, c.email, c.phone, c.city, c.updated_at
         FROM contacts c WHERE c.parent_id = $1 AND c.relation = $2
         ORDER BY c.sort_name, c.id LIMIT 100",
    )
    .bind(id.0)
    .bind(relation.code())
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Row::contact_row).collect()
}
