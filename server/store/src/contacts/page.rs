//! Lists of contacts that stay quick however many contacts there are and whatever is asked for.
//!
//! A page first looks through a few contacts in the order of the list: what many meet is found there. If that does not fill it and some
//! part of the filter is met by few, those few are fetched by their index and sorted. Else it looks through a long portion and ends
//! where that ends, perhaps with fewer rows than fit; the next page goes on from there. So no page takes long.

use model::{Channel, ContactCount, ContactFilter, ContactLine, ContactQuery, Cursor, PAGE_ROWS, Page};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::lines::{self, LINE, LineRow};
use super::order::{Order, order};
use super::rare::{Part, rare, share};
use super::{filter, words};
use crate::error::Error;

/// How many contacts are looked through first.
const FIRST_PORTION: i64 = 1_500;
/// How many are looked through when nothing better helps.
const LONG_PORTION: i64 = 6_000;
/// How many contacts are looked through to tell about how many a filter lets through.
const COUNTED_PORTION: i64 = 15_000;
/// How far contacts are counted without being asked for the exact number.
const COUNTED: i64 = 10_000;

/// One page of contacts.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &ContactQuery) -> Result<Page<ContactLine>, Error> {
    let order = order(query.sort, query.direction);
    let (rows, end) = rows(connection, query, &order).await?;
    let full = PAGE_ROWS < rows.len();
    let next = if full { rows.get(PAGE_ROWS - 1).map(|it| order.cursor(&it.sort_key, it.id())) } else { end };
    let rows = lines::of(connection, rows.into_iter().take(PAGE_ROWS).collect()).await?;
    Ok(Page { rows, next })
}

/// Up to one row more than a page has, and where looking ended when it ended before the list did.
async fn rows(
    connection: &mut SqliteConnection,
    query: &ContactQuery,
    order: &Order,
) -> Result<(Vec<LineRow>, Option<Cursor>), Error> {
    if is_open(&query.filter) {
        return Ok((fetch(connection, query, order, &Source::All).await?, None));
    }
    let first = fetch(connection, query, order, &Source::Portion(FIRST_PORTION)).await?;
    if PAGE_ROWS < first.len() {
        return Ok((first, None));
    }
    if end(connection, query, order, FIRST_PORTION).await?.is_none() {
        return Ok((first, None));
    }
    if let Some(part) = rare(connection, &query.filter).await? {
        return Ok((fetch(connection, query, order, &Source::Few(part)).await?, None));
    }
    let rows = fetch(connection, query, order, &Source::Portion(LONG_PORTION)).await?;
    let end = if PAGE_ROWS < rows.len() { None } else { end(connection, query, order, LONG_PORTION).await? };
    Ok((rows, end))
}

/// Where contacts are taken from.
enum Source<'a> {
    All,
    /// So many in the order of the list.
    Portion(i64),
    Few(Part<'a>),
}

async fn fetch(
    connection: &mut SqliteConnection,
    query: &ContactQuery,
    order: &Order,
    source: &Source<'_>,
) -> Result<Vec<LineRow>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT ");
    sql.push(LINE).push(", ").push(order.key).push(" FROM ");
    match source {
        Source::All => sql.push("contacts c LEFT JOIN users u ON u.id = c.owner_id WHERE 1 = 1"),
        Source::Portion(n) => {
            sql.push("(SELECT c.id FROM contacts c WHERE 1 = 1");
            order.push_behind(&mut sql, query.after.as_ref());
            sql.push(order.sorted).push(" LIMIT ").push_bind(*n);
            sql.push(") s CROSS JOIN contacts c ON c.id = s.id LEFT JOIN users u ON u.id = c.owner_id WHERE 1 = 1")
        }
        Source::Few(part) => {
            sql.push("(");
            part.push(&mut sql);
            sql.push(") s CROSS JOIN contacts c ON c.id = s.id LEFT JOIN users u ON u.id = c.owner_id WHERE 1 = 1")
        }
    };
    if !matches!(source, Source::Portion(_)) {
        order.push_behind(&mut sql, query.after.as_ref());
    }
    filter::narrow(&mut sql, &query.filter);
    sql.push(order.sorted).push(" LIMIT ").push_bind(PAGE_ROWS as i64 + 1);
    Ok(sql.build_query_as().fetch_all(connection).await?)
}

/// The last contact of a portion, unless the list ends with it. A portion is skipped within the index of the order, which no row is
/// read for.
async fn end(
    connection: &mut SqliteConnection,
    query: &ContactQuery,
    order: &Order,
    portion: i64,
) -> Result<Option<Cursor>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT ");
    sql.push(order.key).push(", c.id FROM contacts c WHERE 1 = 1");
    order.push_behind(&mut sql, query.after.as_ref());
    sql.push(order.sorted).push(" LIMIT 1 OFFSET ").push_bind(portion - 1);
    let last: Option<(String, i64)> = sql.build_query_as().fetch_optional(&mut *connection).await?;
    let Some((key, id)) = last else { return Ok(None) };
    let last = order.cursor(&key, id);
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT EXISTS (SELECT 1 FROM contacts c WHERE 1 = 1");
    order.push_behind(&mut sql, Some(&last));
    sql.push(")");
    let more: bool = sql.build_query_scalar().fetch_one(connection).await?;
    Ok(more.then_some(last))
}

/// Counts the contacts that the filter lets through, as far as that is quick.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, filter: &ContactFilter) -> Result<ContactCount, Error> {
    let parts = Part::all(filter);
    if is_open(filter) {
        return count_exactly(connection, filter).await;
    }
    if let [part] = parts.as_slice()
        && is_only(filter, part)
        && !(matches!(part, Part::Word(_)) && 0.3 < share(connection, &filter.words).await?)
    {
        let n = part.count(connection, COUNTED + 1).await?;
        return Ok(ContactCount { n: n.min(COUNTED) as u64, exact: n <= COUNTED });
    }
    if let Some(part) = rare(connection, filter).await? {
        let mut sql = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM (");
        part.push(&mut sql);
        sql.push(") s CROSS JOIN contacts c ON c.id = s.id WHERE 1 = 1");
        filter::narrow(&mut sql, filter);
        let n: i64 = sql.build_query_scalar().fetch_one(connection).await?;
        return Ok(ContactCount { n: n as u64, exact: true });
    }
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT count(*), (SELECT count(*) FROM (SELECT 1 FROM contacts LIMIT ");
    sql.push_bind(COUNTED_PORTION + 1).push(")) FROM (SELECT id FROM contacts ORDER BY id LIMIT ").push_bind(COUNTED_PORTION);
    sql.push(") s CROSS JOIN contacts c ON c.id = s.id WHERE 1 = 1");
    filter::narrow(&mut sql, filter);
    let (n, all): (i64, i64) = sql.build_query_as().fetch_one(connection).await?;
    Ok(ContactCount { n: n.min(COUNTED) as u64, exact: all <= COUNTED_PORTION })
}

/// Counts exactly the contacts that the filter lets through, which takes as long as it takes.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_exactly(connection: &mut SqliteConnection, filter: &ContactFilter) -> Result<ContactCount, Error> {
    let (n,): (i64,) = filter::begin("SELECT count(*)", filter).build_query_as().fetch_one(connection).await?;
    Ok(ContactCount { n: n as u64, exact: true })
}

/// Whether the filter lets everybody through.
fn is_open(filter: &ContactFilter) -> bool {
    let words = if words::terms(&filter.words).is_empty() { String::new() } else { filter.words.clone() };
    ContactFilter { words, ..filter.clone() } == ContactFilter::default()
}

/// Whether the part is all that the filter asks for.
fn is_only(filter: &ContactFilter, part: &Part<'_>) -> bool {
    let mut rest = filter.clone();
    match part {
        Part::Tag(_) => rest.tag = None,
        Part::List(_) => rest.list = None,
        Part::Parent(_) => rest.parent = None,
        Part::Owner(_) => rest.owner = None,
        Part::Field(_) => rest.fields.truncate(rest.fields.len() - 1),
        Part::Traits(_) => {
            (rest.kind, rest.nature, rest.obtained) = (None, None, None);
            (rest.no_bulk, rest.has_email, rest.has_phone) = (None, None, None);
        }
        Part::Consent(Channel::Email, _) => rest.consent_email = None,
        Part::Consent(Channel::Sms, _) => rest.consent_sms = None,
        Part::Suppressed(_) => return false,
        Part::Word(_) => rest.words.clear(),
    }
    is_open(&rest)
}
