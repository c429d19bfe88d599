//! Recipient lists.

pub mod members;

use model::{
    Cursor, Direction, Fault, Key, ListDraft, ListQuery, ListSort, Moment, Noun, PAGE_ROWS, Page, RecipientList, RecipientListId,
    Refusal, UserId, collate,
};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    description: String,
    public_name: String,
    origin: String,
    members: i64,
    revision: i64,
    author: String,
    created_at: i64,
    updated_at: i64,
}

/// A page of lists behind a place, in an order.
macro_rules! page {
    ($behind:literal, $order:literal) => {
        concat!(
            "SELECT l.id, l.name, l.description, l.public_name, l.origin, l.members, l.revision, u.name AS author, l.created_at, l.updated_at
             FROM recipient_lists l JOIN users u ON u.id = l.author_id
             WHERE instr(l.folded_name, $1) > 0 AND ($3 IS NULL OR ",
            $behind,
            ") ORDER BY ",
            $order,
            " LIMIT $4"
        )
    };
}

/// One page of lists.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &ListQuery) -> Result<Page<RecipientList>, Error> {
    use Direction::{Down, Up};
    let sql = match (query.sort, query.direction) {
        (ListSort::Name, Up) => page!("(l.sort_name, l.id) > ($2, $3)", "l.sort_name, l.id"),
        (ListSort::Name, Down) => page!("(l.sort_name, l.id) < ($2, $3)", "l.sort_name DESC, l.id DESC"),
        (ListSort::Members, Up) => page!("(l.members, l.id) > ($2, $3)", "l.members, l.id"),
        (ListSort::Members, Down) => page!("(l.members, l.id) < ($2, $3)", "l.members DESC, l.id DESC"),
        (ListSort::Updated, Up) => page!("(l.updated_at, l.id) > ($2, $3)", "l.updated_at, l.id"),
        (ListSort::Updated, Down) => page!("(l.updated_at, l.id) < ($2, $3)", "l.updated_at DESC, l.id DESC"),
    };
    let statement = sqlx::query_as::<_, Row>(sql).bind(folded(&query.words));
    let statement = match query.after.as_ref().map(|it| &it.key) {
        Some(Key::Text(text)) => statement.bind(Some(text.clone())),
        Some(Key::Number(number)) => statement.bind(Some(*number)),
        None => statement.bind(None::<i64>),
    };
    let rows = statement.bind(query.after.as_ref().map(|it| it.id)).bind(PAGE_ROWS as i64 + 1).fetch_all(connection).await?;
    let lists = rows.into_iter().map(list).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(lists, PAGE_ROWS, |it| Cursor {
        key: match query.sort {
            ListSort::Name => Key::Text(collate::key(&it.name)),
            ListSort::Members => Key::Number(it.members as i64),
            ListSort::Updated => Key::Number(it.updated_at.0),
        },
        id: it.id.0,
    }))
}

/// The first lists in whose names a word begins so, by name.
///
/// # Errors
/// Fails when the database fails.
pub async fn offer(connection: &mut SqliteConnection, words: &str, n: u32) -> Result<Vec<(RecipientListId, String, u64)>, Error> {
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(
        "SELECT id, name, members FROM recipient_lists WHERE instr(folded_name, $1) > 0 ORDER BY sort_name, id LIMIT $2",
    )
    .bind(folded(words))
    .bind(n)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(id, name, members)| (RecipientListId(id), name, members as u64)).collect())
}

/// Finds a list.
///
/// # Errors
/// Refuses when there is none.
pub async fn by_id(connection: &mut SqliteConnection, id: RecipientListId) -> Result<RecipientList, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT l.id, l.name, l.description, l.public_name, l.origin, l.members, l.revision, u.name AS author, l.created_at, l.updated_at
         FROM recipient_lists l JOIN users u ON u.id = l.author_id
         WHERE l.id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    list(found(row, Noun::RecipientList)?)
}

/// The names of lists; those that are gone are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn names(connection: &mut SqliteConnection, ids: &[RecipientListId]) -> Result<Vec<(RecipientListId, String)>, Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT l.id, l.name FROM json_each($1) j CROSS JOIN recipient_lists l ON l.id = j.value")
            .bind(serde_json::to_string(ids)?)
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(|(id, name)| (RecipientListId(id), name)).collect())
}

/// Makes an empty list.
///
/// # Errors
/// Refuses a name that another list has.
pub async fn create(tx: &mut Tx, draft: &ListDraft, author: UserId, now: Moment) -> Result<RecipientListId, Error> {
    let id = next_id(tx, "recipient_lists").await?;
    sqlx::query(
        "INSERT INTO recipient_lists (id, name, sort_name, folded_name, description, public_name, origin, author_id, created_at,
                                      updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(id)
    .bind(draft.name.trim())
    .bind(collate::key(draft.name.trim()))
    .bind(folded(&draft.name))
    .bind(draft.description.trim())
    .bind(draft.public_name.trim())
    .bind(draft.origin.code())
    .bind(author.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await
    .map_err(taken)?;
    Ok(RecipientListId(id))
}

/// Changes name and description, unless somebody else has changed them since that revision.
///
/// # Errors
/// Refuses a stale revision and a name that another list has.
pub async fn change(tx: &mut Tx, id: RecipientListId, revision: i64, draft: &ListDraft, now: Moment) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE recipient_lists
         SET name = $3, sort_name = $4, folded_name = $5, description = $6, public_name = $7, revision = revision + 1, updated_at = $8
         WHERE id = $1 AND revision = $2",
    )
    .bind(id.0)
    .bind(revision)
    .bind(draft.name.trim())
    .bind(collate::key(draft.name.trim()))
    .bind(folded(&draft.name))
    .bind(draft.description.trim())
    .bind(draft.public_name.trim())
    .bind(now.0)
    .execute(&mut **tx)
    .await
    .map_err(taken)?
    .rows_affected();
    moved(rows, Noun::RecipientList)
}

/// Deletes a list at once; [`members::sweep`] takes its members out behind it. The contacts stay.
///
/// # Errors
/// Refuses when there is none, or when a segment asks about it.
pub async fn delete(tx: &mut Tx, id: RecipientListId) -> Result<(), Error> {
    let asked: i64 = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM segment_lists WHERE list_id = $1)")
        .bind(id.0)
        .fetch_one(&mut **tx)
        .await?;
    if asked != 0 {
        return Err(Refusal::InUse(Noun::RecipientList).into());
    }
    let rows = sqlx::query("DELETE FROM recipient_lists WHERE id = $1").bind(id.0).execute(&mut **tx).await?.rows_affected();
    found((0 < rows).then_some(()), Noun::RecipientList)
}

/// Without case and diacritics, one blank in front of each word.
pub(crate) fn folded(text: &str) -> String {
    let folded = model::fold::fold(text);
    folded.split_whitespace().fold(String::from(" "), |mut line, word| {
        if 1 < line.len() {
            line.push(' ');
        }
        line.push_str(word);
        line
    })
}

/// A name that is there already is a fault of the field.
pub(crate) fn taken(error: sqlx::Error) -> Error {
    match error.as_database_error() {
        Some(it) if it.is_unique_violation() => Refusal::field("name", Fault::Taken).into(),
        _ => error.into(),
    }
}

fn list(row: Row) -> Result<RecipientList, Error> {
    Ok(RecipientList {
        id: RecipientListId(row.id),
        name: row.name,
        description: row.description,
        public_name: row.public_name,
        origin: Code::from_code(&row.origin)?,
        members: row.members.max(0) as u64,
        revision: row.revision,
        author: row.author,
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
    })
}
