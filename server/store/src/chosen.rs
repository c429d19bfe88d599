//! Contacts chosen in a list, taken step by step in the order of their ids.

use std::collections::HashSet;

use model::{BULK_ROWS, Chosen, ContactFilter, ContactId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::contacts::{filter, lines, rare};
use crate::error::Error;

/// How many contacts are looked through at most for one step.
const PORTION: i64 = 20_000;

/// Some of the chosen contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// The contacts, in the order of their ids.
    pub ids: Vec<ContactId>,
    /// How many ticked ones are not there any more.
    pub gone: u32,
    /// The next step begins behind this contact; nothing after the last one.
    pub next: Option<ContactId>,
}

/// The chosen contacts behind the given one, as many as a step takes: [`some`] with [`BULK_ROWS`].
///
/// # Errors
/// Fails when the database fails.
pub async fn step(connection: &mut SqliteConnection, chosen: &Chosen, after: Option<ContactId>) -> Result<Step, Error> {
    some(connection, chosen, after, BULK_ROWS).await
}

/// Up to `n` of the chosen contacts behind the given one; perhaps fewer although more follow, so that no step takes long. What the
/// filter asks about lists and segments must have been looked up.
///
/// # Errors
/// Fails when the database fails.
pub async fn some(connection: &mut SqliteConnection, chosen: &Chosen, after: Option<ContactId>, n: usize) -> Result<Step, Error> {
    let after = after.map_or(0, |it| it.0);
    match chosen {
        Chosen::Ticked(ids) => ticked(connection, ids, after, n).await,
        Chosen::Matching { filter, except } => {
            let except: HashSet<ContactId> = except.iter().copied().collect();
            let mut step = matching(connection, filter, after, n).await?;
            step.ids.retain(|it| !except.contains(it));
            Ok(step)
        }
    }
}

async fn ticked(connection: &mut SqliteConnection, ids: &[ContactId], after: i64, n: usize) -> Result<Step, Error> {
    let mut ids: Vec<i64> = ids.iter().map(|it| it.0).filter(|it| after < *it).collect();
    ids.sort_unstable();
    ids.dedup();
    let more = n < ids.len();
    ids.truncate(n);
    if ids.is_empty() {
        return Ok(Step::default());
    }
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT id FROM contacts WHERE id IN (");
    lines::push_ids(&mut sql, &ids);
    sql.push(") ORDER BY id");
    let found: Vec<i64> = sql.build_query_scalar().fetch_all(connection).await?;
    Ok(Step {
        gone: (ids.len() - found.len()) as u32,
        next: ids.last().filter(|_| more).map(|id| ContactId(*id)),
        ids: found.into_iter().map(ContactId).collect(),
    })
}

async fn matching(connection: &mut SqliteConnection, asked: &ContactFilter, after: i64, n: usize) -> Result<Step, Error> {
    let few = rare::rare(connection, asked).await?;
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT c.id FROM (");
    match &few {
        Some(part) => part.push(&mut sql),
        None => {
            sql.push("SELECT id FROM contacts WHERE id > ").push_bind(after).push(" ORDER BY id LIMIT ").push_bind(PORTION);
        }
    }
    sql.push(") s CROSS JOIN contacts c ON c.id = s.id WHERE c.id > ").push_bind(after);
    filter::narrow(&mut sql, asked);
    sql.push(" ORDER BY c.id LIMIT ").push_bind(n as i64 + 1);
    let mut found: Vec<i64> = sql.build_query_scalar().fetch_all(&mut *connection).await?;
    let more = n < found.len();
    found.truncate(n);
    let next = match (more, &few) {
        (true, _) => found.last().copied(),
        (false, Some(_)) => None,
        (false, None) => end(connection, after).await?,
    };
    let ids = found.into_iter().map(ContactId).collect();
    Ok(Step { ids, gone: 0, next: next.map(ContactId) })
}

/// The last contact that was looked at, unless it is the last one there is.
async fn end(connection: &mut SqliteConnection, after: i64) -> Result<Option<i64>, Error> {
    let (last, looked): (Option<i64>, i64) =
        sqlx::query_as("SELECT max(id), count(*) FROM (SELECT id FROM contacts WHERE id > $1 ORDER BY id LIMIT $2)")
            .bind(after)
            .bind(PORTION)
            .fetch_one(connection)
            .await?;
    Ok(last.filter(|_| looked == PORTION))
}
