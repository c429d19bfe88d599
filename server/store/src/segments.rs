//! Segments: saved rules, and what they are asked of the contacts.

pub(crate) mod compile;
mod facts;
mod resolve;

use model::{
    ContactRow, Cursor, Direction, Key, ListQuery, ListSort, Moment, Noun, PAGE_ROWS, Page, Segment, SegmentDraft, SegmentId,
    UserId, collate, segment::ResolvedRule,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

pub use facts::of_contact as facts;
pub use resolve::{filter, rule as resolved};

use self::compile::Form;
use crate::contacts::row::{COLUMNS, Row as ListedRow};
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::recipient_lists::{folded, taken};
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    description: String,
    rule: String,
    revision: i64,
    author: String,
    created_at: i64,
    updated_at: i64,
}

/// A page of segments behind a place, in an order.
macro_rules! page {
    ($behind:literal, $order:literal) => {
        concat!(
            "SELECT s.id, s.name, s.description, s.rule, s.revision, u.name AS author, s.created_at, s.updated_at
             FROM segments s JOIN users u ON u.id = s.author_id
             WHERE instr(s.folded_name, $1) > 0 AND ($3 IS NULL OR ",
            $behind,
            ") ORDER BY ",
            $order,
            " LIMIT $4"
        )
    };
}

/// One page of segments. They are not counted, so sorting by members sorts by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &ListQuery) -> Result<Page<Segment>, Error> {
    use Direction::{Down, Up};
    let sql = match (query.sort, query.direction) {
        (ListSort::Name | ListSort::Members, Up) => page!("(s.sort_name, s.id) > ($2, $3)", "s.sort_name, s.id"),
        (ListSort::Name | ListSort::Members, Down) => page!("(s.sort_name, s.id) < ($2, $3)", "s.sort_name DESC, s.id DESC"),
        (ListSort::Updated, Up) => page!("(s.updated_at, s.id) > ($2, $3)", "s.updated_at, s.id"),
        (ListSort::Updated, Down) => page!("(s.updated_at, s.id) < ($2, $3)", "s.updated_at DESC, s.id DESC"),
    };
    let statement = sqlx::query_as::<_, Row>(sql).bind(folded(&query.words));
    let statement = match query.after.as_ref().map(|it| &it.key) {
        Some(Key::Text(text)) => statement.bind(Some(text.clone())),
        Some(Key::Number(number)) => statement.bind(Some(*number)),
        None => statement.bind(None::<i64>),
    };
    let rows = statement.bind(query.after.as_ref().map(|it| it.id)).bind(PAGE_ROWS as i64 + 1).fetch_all(connection).await?;
    let segments = rows.into_iter().map(segment).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(segments, PAGE_ROWS, |it| Cursor {
        key: match query.sort {
            ListSort::Name | ListSort::Members => Key::Text(collate::key(&it.fields.name)),
            ListSort::Updated => Key::Number(it.updated_at.0),
        },
        id: it.id.0,
    }))
}

/// The first segments in whose names a word begins so, by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn offer(connection: &mut SqliteConnection, words: &str, n: u32) -> Result<Vec<(SegmentId, String)>, Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT id, name FROM segments WHERE instr(folded_name, $1) > 0 ORDER BY sort_name, id LIMIT $2")
            .bind(folded(words))
            .bind(n)
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(|(id, name)| (SegmentId(id), name)).collect())
}

/// Finds a segment.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: SegmentId) -> Result<Segment, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT s.id, s.name, s.description, s.rule, s.revision, u.name AS author, s.created_at, s.updated_at
         FROM segments s JOIN users u ON u.id = s.author_id
         WHERE s.id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    segment(found(row, Noun::Segment)?)
}

/// Makes a segment.
///
/// # Errors
/// Refuses a name that another segment has.
pub async fn create(tx: &mut Tx, draft: &SegmentDraft, author: UserId, now: Moment) -> Result<SegmentId, Error> {
    let id = SegmentId(next_id(tx, "segments").await?);
    sqlx::query(
        "INSERT INTO segments (id, name, sort_name, folded_name, description, rule, author_id, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
    )
    .bind(id.0)
    .bind(draft.name.trim())
    .bind(collate::key(draft.name.trim()))
    .bind(folded(&draft.name))
    .bind(draft.description.trim())
    .bind(serde_json::to_string(&draft.rule)?)
    .bind(author.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await
    .map_err(taken)?;
    write_lists(tx, id, draft).await?;
    Ok(id)
}

/// Changes a segment, unless somebody else has changed it since that revision.
///
/// # Errors
/// Refuses a stale revision and a name that another segment has.
pub async fn change(tx: &mut Tx, id: SegmentId, revision: i64, draft: &SegmentDraft, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE segments
         SET name = $3, sort_name = $4, folded_name = $5, description = $6, rule = $7, revision = revision + 1, updated_at = $8
         WHERE id = $1 AND revision = $2",
    )
    .bind(id.0)
    .bind(revision)
    .bind(draft.name.trim())
    .bind(collate::key(draft.name.trim()))
    .bind(folded(&draft.name))
    .bind(draft.description.trim())
    .bind(serde_json::to_string(&draft.rule)?)
    .bind(now.0)
    .execute(&mut **tx)
    .await
    .map_err(taken)?
    .rows_affected();
    moved(rows, Noun::Segment)?;
    write_lists(tx, id, draft).await
}

/// Deletes a segment.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(tx: &mut Tx, id: SegmentId) -> Result<(), Error> {
    let rows = sqlx::query("DELETE FROM segments WHERE id = $1").bind(id.0).execute(&mut **tx).await?.rows_affected();
    found((0 < rows).then_some(()), Noun::Segment)
}

/// Counts the contacts that the rule takes in.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, rule: &ResolvedRule) -> Result<u64, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT count(*)");
    compile::push_from(&mut sql, rule);
    let n: i64 = sql.build_query_scalar().fetch_one(connection).await?;
    Ok(n as u64)
}

/// How many contacts are walked along by name before any that the rule takes in will do.
const WALKED: i64 = 5_000;

/// Some `n` contacts that the rule takes in, by name: the first by name when enough of them stand near the beginning, else any.
///
/// # Errors
/// Fails when the database fails.
pub async fn some(connection: &mut SqliteConnection, rule: &ResolvedRule, n: u32) -> Result<Vec<ContactRow>, Error> {
    if rule.is_dense {
        // What is dense may still not begin for long: who has one name may live in one town. By the index of a kind it would gather and
        // sort all who are of that kind.
        let mut sql = QueryBuilder::<Sqlite>::new("SELECT ");
        sql.push(COLUMNS).push(" FROM (SELECT * FROM contacts INDEXED BY contacts_by_name ORDER BY sort_name, id LIMIT ");
        sql.push_bind(WALKED).push(") c WHERE ");
        compile::push(&mut sql, rule, Form::Walk);
        sql.push(" ORDER BY c.sort_name, c.id LIMIT ").push_bind(n);
        let rows: Vec<ListedRow> = sql.build_query_as().fetch_all(&mut *connection).await?;
        if n as usize <= rows.len() {
            return rows.into_iter().map(ListedRow::contact_row).collect();
        }
    }
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT ");
    sql.push(COLUMNS).push(" FROM contacts c WHERE c.id IN (SELECT c.id");
    compile::push_from(&mut sql, rule);
    sql.push(" LIMIT ").push_bind(n).push(") ORDER BY c.sort_name, c.id");
    let rows: Vec<ListedRow> = sql.build_query_as().fetch_all(connection).await?;
    rows.into_iter().map(ListedRow::contact_row).collect()
}

/// Adds the rule as one condition on `c`, for a walk along the contacts that ends soon.
pub(crate) fn narrow(sql: &mut QueryBuilder<Sqlite>, rule: &ResolvedRule) {
    compile::push(sql, rule, Form::Walk);
}

async fn write_lists(tx: &mut Tx, id: SegmentId, draft: &SegmentDraft) -> Result<(), Error> {
    sqlx::query("DELETE FROM segment_lists WHERE segment_id = $1").bind(id.0).execute(&mut **tx).await?;
    for list in draft.rule.lists() {
        sqlx::query("INSERT INTO segment_lists (segment_id, list_id) VALUES ($1, $2)")
            .bind(id.0)
            .bind(list.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

fn segment(row: Row) -> Result<Segment, Error> {
    Ok(Segment {
        id: SegmentId(row.id),
        fields: SegmentDraft { name: row.name, description: row.description, rule: serde_json::from_str(&row.rule)? },
        revision: row.revision,
        author: row.author,
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
    })
}
