//! Who is in a list.

use model::{AddedHow, ContactId, Membership, Moment, Reachable, RecipientListId, Relation, Takeover, UserId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// How many values one statement binds at most; SQLite takes 32,766.
const BOUND: usize = 8_000;

/// Puts contacts into a list and tells how many were not in it yet. Ids that no contact has are passed over; who left the list by their
/// own wish is put back by hand alone.
///
/// # Errors
/// Fails when the database fails.
pub async fn add(
    tx: &mut Tx,
    list: RecipientListId,
    contacts: &[ContactId],
    how: AddedHow,
    by: UserId,
    now: Moment,
) -> Result<u64, Error> {
    let mut added = 0;
    for piece in contacts.chunks(BOUND) {
        let mut sql =
            QueryBuilder::<Sqlite>::new("INSERT INTO list_members (list_id, contact_id, how, added_at, added_by) SELECT ");
        sql.push_bind(list.0).push(", id, ").push_bind(how.code()).push(", ").push_bind(now.0).push(", ").push_bind(by.0);
        sql.push(" FROM contacts WHERE id IN (");
        push_ids(&mut sql, piece);
        sql.push(")");
        if how != AddedHow::Hand {
            sql.push(" AND NOT EXISTS (SELECT 1 FROM list_departures d WHERE d.contact_id = contacts.id AND d.list_id = ");
            sql.push_bind(list.0).push(")");
        }
        sql.push(" ON CONFLICT DO NOTHING");
        added += sql.build().execute(&mut **tx).await?.rows_affected();
    }
    touch(tx, list, added, now).await?;
    Ok(added)
}

/// Takes contacts out of a list and tells how many were in it.
///
/// # Errors
/// Fails when the database fails.
pub async fn remove(tx: &mut Tx, list: RecipientListId, contacts: &[ContactId], now: Moment) -> Result<u64, Error> {
    let mut removed = 0;
    for piece in contacts.chunks(BOUND) {
        let mut sql = QueryBuilder::<Sqlite>::new("DELETE FROM list_members WHERE list_id = ");
        sql.push_bind(list.0).push(" AND contact_id IN (");
        push_ids(&mut sql, piece);
        sql.push(")");
        removed += sql.build().execute(&mut **tx).await?.rows_affected();
    }
    touch(tx, list, removed, now).await?;
    Ok(removed)
}

/// The lists that a contact is in, by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_contact(connection: &mut SqliteConnection, contact: ContactId) -> Result<Vec<Membership>, Error> {
    let rows: Vec<(i64, String, String, i64, String)> = sqlx::query_as(
        "SELECT l.id, l.name, m.how, m.added_at, u.name
         FROM list_members m JOIN recipient_lists l ON l.id = m.list_id JOIN users u ON u.id = m.added_by
         WHERE m.contact_id = $1
         ORDER BY l.sort_name, l.id",
    )
    .bind(contact.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(list, name, how, added_at, added_by)| {
            let how = Code::from_code(&how)?;
            Ok(Membership { list: RecipientListId(list), name, how, added_at: Moment(added_at), added_by })
        })
        .collect()
}

/// Takes out up to `n` members of lists that are gone and tells how many that were.
///
/// # Errors
/// Fails when the database fails.
pub async fn sweep(tx: &mut Tx, n: u32) -> Result<u64, Error> {
    // One list after another: its id is found by leaps over the key, not by reading all members.
    let gone: Option<i64> = sqlx::query_scalar(
        "WITH RECURSIVE listed (id) AS (
             SELECT min(list_id) FROM list_members
             UNION ALL
             SELECT (SELECT min(list_id) FROM list_members WHERE list_id > listed.id) FROM listed WHERE listed.id IS NOT NULL
         )
         SELECT id FROM listed WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM recipient_lists) LIMIT 1",
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(gone) = gone else { return Ok(0) };
    let rows = sqlx::query(
        "DELETE FROM list_members WHERE list_id = $1
         AND contact_id IN (SELECT contact_id FROM list_members WHERE list_id = $1 ORDER BY contact_id LIMIT $2)",
    )
    .bind(gone)
    .bind(n)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows)
}

/// Up to `n` contacts behind the given one that a takeover takes over, by id.
///
/// # Errors
/// Fails when the database fails.
pub async fn taken_over(
    connection: &mut SqliteConnection,
    takeover: &Takeover,
    after: Option<ContactId>,
    n: u32,
) -> Result<Vec<ContactId>, Error> {
    if takeover.kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql =
        QueryBuilder::<Sqlite>::new("SELECT c.id FROM contacts c LEFT JOIN contacts p ON p.id = c.parent_id WHERE c.id > ");
    sql.push_bind(after.map_or(0, |it| it.0)).push(" AND ((c.parent_id IS NULL AND c.kind IN (");
    push_kinds(&mut sql, takeover);
    sql.push("))");
    for (wanted, relation) in [(takeover.branches, Relation::Branch), (takeover.persons, Relation::ContactPerson)] {
        if wanted {
            sql.push(" OR (c.relation = ").push_bind(relation.code()).push(" AND p.kind IN (");
            push_kinds(&mut sql, takeover);
            sql.push("))");
        }
    }
    sql.push(match takeover.reachable {
        Reachable::Anyhow => ")",
        Reachable::Email => ") AND c.email <> ''",
        Reachable::Phone => ") AND c.phone <> ''",
        Reachable::Either => ") AND (c.email <> '' OR c.phone <> '')",
    });
    sql.push(" ORDER BY c.id LIMIT ").push_bind(n);
    let rows: Vec<i64> = sql.build_query_scalar().fetch_all(connection).await?;
    Ok(rows.into_iter().map(ContactId).collect())
}

fn push_kinds(sql: &mut QueryBuilder<Sqlite>, takeover: &Takeover) {
    let mut kinds = sql.separated(", ");
    for kind in &takeover.kinds {
        kinds.push_bind(kind.code());
    }
}

fn push_ids(sql: &mut QueryBuilder<Sqlite>, ids: &[ContactId]) {
    let mut values = sql.separated(", ");
    for id in ids {
        values.push_bind(id.0);
    }
}

/// Notes the time of a change of members.
async fn touch(tx: &mut Tx, list: RecipientListId, changed: u64, now: Moment) -> Result<(), Error> {
    if 0 < changed {
        sqlx::query("UPDATE recipient_lists SET updated_at = $2 WHERE id = $1")
            .bind(list.0)
            .bind(now.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
