//! Lists of contacts.

use model::{ContactFilter, ContactQuery, ContactRow, ContactSort, Cursor, Direction, Key, PAGE_ROWS, Page};
use sqlx::SqliteConnection;

use super::filter;
use super::row::{COLUMNS, Row};
use crate::error::Error;

/// One page of contacts.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &ContactQuery) -> Result<Page<ContactRow>, Error> {
    let mut statement = sqlx::QueryBuilder::new("SELECT ");
    statement.push(COLUMNS).push(" FROM contacts c WHERE 1 = 1");
    filter::narrow(&mut statement, &query.filter);
    let (behind, order) = match (query.sort, query.direction) {
        (ContactSort::Name, Direction::Up) => (" AND (c.sort_name, c.id) > (", " ORDER BY c.sort_name, c.id LIMIT "),
        (ContactSort::Name, Direction::Down) => (" AND (c.sort_name, c.id) < (", " ORDER BY c.sort_name DESC, c.id DESC LIMIT "),
        (ContactSort::Updated, Direction::Up) => (" AND (c.updated_at, c.id) > (", " ORDER BY c.updated_at, c.id LIMIT "),
        (ContactSort::Updated, Direction::Down) => {
            (" AND (c.updated_at, c.id) < (", " ORDER BY c.updated_at DESC, c.id DESC LIMIT ")
        }
    };
    if let Some(after) = &query.after {
        statement.push(behind);
        match &after.key {
            Key::Text(text) => statement.push_bind(text.clone()),
            Key::Number(number) => statement.push_bind(*number),
        };
        statement.push(", ").push_bind(after.id).push(")");
    }
    statement.push(order).push_bind(PAGE_ROWS as i64 + 1);
    let rows: Vec<Row> = statement.build_query_as().fetch_all(connection).await?;
    let keys: Vec<String> = rows.iter().map(|it| it.sort_name.clone()).collect();
    let contacts = rows.into_iter().map(Row::contact_row).collect::<Result<Vec<_>, _>>()?;
    let mut page = Page::cut(contacts, PAGE_ROWS, |it| Cursor { key: Key::Number(it.updated_at.0), id: it.id.0 });
    if let (ContactSort::Name, Some(next)) = (query.sort, &mut page.next) {
        next.key = Key::Text(keys[PAGE_ROWS - 1].clone());
    }
    Ok(page)
}

/// Counts the contacts that the filter lets through.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, filter: &ContactFilter) -> Result<u64, Error> {
    let (n,): (i64,) = filter::begin("SELECT count(*)", filter).build_query_as().fetch_one(connection).await?;
    Ok(n as u64)
}
