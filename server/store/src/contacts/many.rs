//! Changes of many contacts at once. Each tells how many contacts it changed; the others were so already.

use model::{ContactId, ContactKind, EmailAddress, Moment, RecipientOffer, TagId, UserId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{delete, lines, tags, words};
use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// Gives contacts a tag.
///
/// # Errors
/// Fails when the database fails.
pub async fn tag_many(tx: &mut Tx, ids: &[ContactId], tag: TagId, now: Moment) -> Result<u32, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO contact_tags (contact_id, tag_id) SELECT id, ");
    sql.push_bind(tag.0).push(" FROM contacts WHERE id IN (");
    push(&mut sql, ids);
    sql.push(") ON CONFLICT DO NOTHING RETURNING contact_id");
    let changed: Vec<i64> = sql.build_query_scalar().fetch_all(&mut **tx).await?;
    refresh(tx, &changed, now).await
}

/// Takes a tag from contacts; one that nobody bears any more goes.
///
/// # Errors
/// Fails when the database fails.
pub async fn untag_many(tx: &mut Tx, ids: &[ContactId], tag: TagId, now: Moment) -> Result<u32, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("DELETE FROM contact_tags WHERE tag_id = ");
    sql.push_bind(tag.0).push(" AND contact_id IN (");
    push(&mut sql, ids);
    sql.push(") RETURNING contact_id");
    let changed: Vec<i64> = sql.build_query_scalar().fetch_all(&mut **tx).await?;
    tags::drop_unused(tx, tag).await?;
    refresh(tx, &changed, now).await
}

/// Lets somebody look after contacts, or nobody.
///
/// # Errors
/// Fails when the database fails, and when there is no such user.
pub async fn give_many(tx: &mut Tx, ids: &[ContactId], owner: Option<UserId>, now: Moment) -> Result<u32, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("UPDATE contacts SET revision = revision + 1, updated_at = ");
    sql.push_bind(now.0).push(", owner_id = ").push_bind(owner.map(|it| it.0)).push(" WHERE id IN (");
    push(&mut sql, ids);
    sql.push(") AND owner_id IS NOT ").push_bind(owner.map(|it| it.0));
    Ok(sql.build().execute(&mut **tx).await?.rows_affected() as u32)
}

/// Marks contacts that get no bulk messages, or takes the mark away.
///
/// # Errors
/// Fails when the database fails.
pub async fn no_bulk_many(tx: &mut Tx, ids: &[ContactId], no_bulk: bool, now: Moment) -> Result<u32, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("UPDATE contacts SET revision = revision + 1, updated_at = ");
    sql.push_bind(now.0).push(", no_bulk = ").push_bind(no_bulk).push(" WHERE id IN (");
    push(&mut sql, ids);
    sql.push(") AND no_bulk <> ").push_bind(no_bulk);
    Ok(sql.build().execute(&mut **tx).await?.rows_affected() as u32)
}

/// Says of contacts what they are to us.
///
/// # Errors
/// Fails when the database fails.
pub async fn kind_many(tx: &mut Tx, ids: &[ContactId], kind: ContactKind, now: Moment) -> Result<u32, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("UPDATE contacts SET revision = revision + 1, updated_at = ");
    sql.push_bind(now.0).push(", kind = ").push_bind(kind.code()).push(" WHERE id IN (");
    push(&mut sql, ids);
    sql.push(") AND kind <> ").push_bind(kind.code());
    Ok(sql.build().execute(&mut **tx).await?.rows_affected() as u32)
}

/// Deletes contacts; messages to them stay.
///
/// # Errors
/// Refuses when one of them is not there.
pub async fn delete_many(tx: &mut Tx, ids: &[ContactId]) -> Result<u32, Error> {
    for id in ids {
        delete(tx, *id).await?;
    }
    Ok(ids.len() as u32)
}

/// The main e-mail address of each of these contacts that has one, in the order of the ids.
///
/// # Errors
/// Fails when the database fails.
pub async fn pick(connection: &mut SqliteConnection, ids: &[ContactId]) -> Result<Vec<RecipientOffer>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT id, name, CASE nature WHEN 'person' THEN company_name ELSE '' END, email FROM contacts WHERE email <> '' AND id IN (",
    );
    push(&mut sql, ids);
    sql.push(") ORDER BY id");
    let rows: Vec<(i64, String, String, String)> = sql.build_query_as().fetch_all(connection).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, name, company_name, email)| {
            Some(RecipientOffer { contact: ContactId(id), name, company_name, email: EmailAddress::parse(&email).ok()? })
        })
        .collect())
}

async fn refresh(tx: &mut Tx, changed: &[i64], now: Moment) -> Result<u32, Error> {
    for id in changed {
        sqlx::query("UPDATE contacts SET revision = revision + 1, updated_at = $2 WHERE id = $1")
            .bind(id)
            .bind(now.0)
            .execute(&mut **tx)
            .await?;
        words::refresh(tx, ContactId(*id)).await?;
    }
    Ok(changed.len() as u32)
}

fn push(sql: &mut QueryBuilder<Sqlite>, ids: &[ContactId]) {
    let ids: Vec<i64> = ids.iter().map(|it| it.0).collect();
    lines::push_ids(sql, &ids);
}
