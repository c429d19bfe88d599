//! Companies with their branches and contact persons.

use std::collections::BTreeSet;

use model::import::ParentBy;
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

/// The companies that are found by such keys: each key with every company that it fits, the oldest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn companies(
    connection: &mut SqliteConnection,
    by: ParentBy,
    keys: &BTreeSet<&str>,
) -> Result<Vec<(String, ContactId)>, Error> {
    let sql = match by {
        ParentBy::RegistrationNumber => {
            "SELECT j.value, c.id FROM json_each($1) j
             CROSS JOIN contacts c ON c.registration_key <> '' AND c.registration_key = j.value AND c.nature = 'company'
             ORDER BY c.id"
        }
        ParentBy::Name => {
            "SELECT j.value, c.id FROM json_each($1) j
             CROSS JOIN contacts c ON c.name_key <> '' AND c.name_key = j.value AND c.nature = 'company'
             ORDER BY c.id"
        }
        ParentBy::Own(_) => {
            "SELECT j.value, c.id FROM json_each($1) j
             CROSS JOIN field_values v ON v.field_id = $2 AND v.folded = j.value
             CROSS JOIN contacts c ON c.id = v.contact_id AND c.nature = 'company'
             ORDER BY c.id"
        }
    };
    let field = if let ParentBy::Own(id) = by { Some(id.0) } else { None };
    let rows: Vec<(String, i64)> =
        sqlx::query_as(sql).bind(serde_json::to_string(keys)?).bind(field).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(key, id)| (key, ContactId(id))).collect())
}

/// Lets contacts belong to companies, each a branch or a contact person by what it is. Their revisions stay: it is part of how an import
/// made them.
///
/// # Errors
/// Fails when the database fails.
pub async fn link_many(tx: &mut Tx, links: &[(ContactId, ContactId)]) -> Result<(), Error> {
    let pairs: Vec<(i64, i64)> = links.iter().map(|(child, parent)| (child.0, parent.0)).collect();
    sqlx::query(
        "UPDATE contacts
         SET parent_id = j.parent, relation = CASE nature WHEN 'company' THEN 'branch' ELSE 'contact_person' END
         FROM (SELECT value ->> 0 AS child, value ->> 1 AS parent FROM json_each($1)) j
         WHERE contacts.id = j.child",
    )
    .bind(serde_json::to_string(&pairs)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
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
