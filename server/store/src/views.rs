//! How each user sees a list: columns, and saved views.

use model::{
    Columns, Fault, ListColumn, ListSettings, ListView, ListViewDraft, Moment, Noun, Refusal, UserId, ViewId, Viewed, ViewedList,
};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    author_id: i64,
    author: String,
    name: String,
    shared: bool,
    view: String,
}

impl Row {
    fn view<W: Viewed>(self) -> Result<ListView<W, W::Column>, Error> {
        let draft: ListViewDraft<W, W::Column> = serde_json::from_str(&self.view)?;
        Ok(ListView {
            id: ViewId(self.id),
            draft: ListViewDraft { name: self.name, shared: self.shared, ..draft },
            author: (UserId(self.author_id), self.author),
        })
    }
}

/// One's columns, one's own views and those that others share.
///
/// # Errors
/// Fails when the database fails.
pub async fn settings<W: Viewed>(connection: &mut SqliteConnection, user: UserId) -> Result<ListSettings<W, W::Column>, Error> {
    let list = <W::Column as ListColumn>::LIST.code();
    let kept: Option<(Option<String>, Option<i64>)> =
        sqlx::query_as("SELECT columns, default_view FROM list_settings WHERE user_id = $1 AND list = $2")
            .bind(user.0)
            .bind(list)
            .fetch_optional(&mut *connection)
            .await?;
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT v.id, v.author_id, u.name AS author, v.name, v.shared, v.view
         FROM list_views v JOIN users u ON u.id = v.author_id
         WHERE v.list = $2 AND (v.author_id = $1 OR v.shared = 1)
         ORDER BY v.folded, v.id LIMIT 200",
    )
    .bind(user.0)
    .bind(list)
    .fetch_all(connection)
    .await?;
    let views = rows.into_iter().map(Row::view).collect::<Result<Vec<_>, _>>()?;
    let (columns, default_view) = kept.unwrap_or_default();
    let columns = columns.map(|it| serde_json::from_str(&it)).transpose()?.unwrap_or_default();
    let default_view = default_view.map(ViewId).filter(|id| views.iter().any(|it: &ListView<W, _>| it.id == *id));
    Ok(ListSettings { columns, default_view, views })
}

/// Keeps the columns that a user sees when no view is open.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_columns<C: ListColumn>(tx: &mut Tx, user: UserId, columns: &Columns<C>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO list_settings (user_id, list, columns) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, list) DO UPDATE SET columns = excluded.columns",
    )
    .bind(user.0)
    .bind(C::LIST.code())
    .bind(serde_json::to_string(columns)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets the list of a user open with a view that the user sees, or with none.
///
/// # Errors
/// Refuses when there is no such view.
pub async fn set_default(tx: &mut Tx, list: ViewedList, user: UserId, view: Option<ViewId>) -> Result<(), Error> {
    if let Some(id) = view {
        let seen: Option<i64> =
            sqlx::query_scalar("SELECT id FROM list_views WHERE id = $1 AND list = $3 AND (author_id = $2 OR shared = 1)")
                .bind(id.0)
                .bind(user.0)
                .bind(list.code())
                .fetch_optional(&mut **tx)
                .await?;
        found(seen, Noun::View)?;
    }
    sqlx::query(
        "INSERT INTO list_settings (user_id, list, default_view) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, list) DO UPDATE SET default_view = excluded.default_view",
    )
    .bind(user.0)
    .bind(list.code())
    .bind(view.map(|it| it.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who made a view of this list.
///
/// # Errors
/// Refuses when there is none.
pub async fn author(connection: &mut SqliteConnection, list: ViewedList, id: ViewId) -> Result<(UserId, bool), Error> {
    let row: Option<(i64, bool)> = sqlx::query_as("SELECT author_id, shared FROM list_views WHERE id = $1 AND list = $2")
        .bind(id.0)
        .bind(list.code())
        .fetch_optional(connection)
        .await?;
    found(row.map(|(id, shared)| (UserId(id), shared)), Noun::View)
}

/// What a view of the list keeps.
///
/// # Errors
/// Refuses when there is none.
pub async fn draft<W: Viewed>(connection: &mut SqliteConnection, id: ViewId) -> Result<ListViewDraft<W, W::Column>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT v.id, v.author_id, u.name AS author, v.name, v.shared, v.view
         FROM list_views v JOIN users u ON u.id = v.author_id WHERE v.id = $1 AND v.list = $2",
    )
    .bind(id.0)
    .bind(<W::Column as ListColumn>::LIST.code())
    .fetch_optional(connection)
    .await?;
    Ok(found(row, Noun::View)?.view::<W>()?.draft)
}

/// The name of a view.
///
/// # Errors
/// Refuses when there is none.
pub async fn name(connection: &mut SqliteConnection, id: ViewId) -> Result<String, Error> {
    let row: Option<String> =
        sqlx::query_scalar("SELECT name FROM list_views WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    found(row, Noun::View)
}

/// Makes a view.
///
/// # Errors
/// Refuses a name that the author has given to another view.
pub async fn insert<W: Viewed>(
    tx: &mut Tx,
    author: UserId,
    draft: &ListViewDraft<W, W::Column>,
    now: Moment,
) -> Result<ViewId, Error> {
    let list = <W::Column as ListColumn>::LIST;
    let id = next_id(tx, "list_views").await?;
    free(tx, list, author, ViewId(id), &draft.name).await?;
    sqlx::query(
        "INSERT INTO list_views (id, author_id, name, folded, shared, view, created_at, list)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(author.0)
    .bind(draft.name.trim())
    .bind(model::fold::fold(draft.name.trim()))
    .bind(draft.shared)
    .bind(serde_json::to_string(draft)?)
    .bind(now.0)
    .bind(list.code())
    .execute(&mut **tx)
    .await?;
    Ok(ViewId(id))
}

/// Changes a view; it stays its author's.
///
/// # Errors
/// Refuses when there is none, and a name that its author has given to another view.
pub async fn update<W: Viewed>(tx: &mut Tx, id: ViewId, draft: &ListViewDraft<W, W::Column>) -> Result<(), Error> {
    let list = <W::Column as ListColumn>::LIST;
    let (author, _) = author(tx, list, id).await?;
    free(tx, list, author, id, &draft.name).await?;
    sqlx::query("UPDATE list_views SET name = $2, folded = $3, shared = $4, view = $5 WHERE id = $1")
        .bind(id.0)
        .bind(draft.name.trim())
        .bind(model::fold::fold(draft.name.trim()))
        .bind(draft.shared)
        .bind(serde_json::to_string(draft)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a view; lists that opened with it open without one.
///
/// # Errors
/// Refuses when there is none.
pub async fn delete(tx: &mut Tx, id: ViewId) -> Result<(), Error> {
    let row: Option<i64> =
        sqlx::query_scalar("DELETE FROM list_views WHERE id = $1 RETURNING id").bind(id.0).fetch_optional(&mut **tx).await?;
    found(row, Noun::View)?;
    Ok(())
}

async fn free(tx: &mut Tx, list: ViewedList, author: UserId, id: ViewId, name: &str) -> Result<(), Error> {
    let sql = "SELECT id FROM list_views WHERE author_id = $1 AND folded = $2 AND id <> $3 AND list = $4";
    let other: Option<i64> = sqlx::query_scalar(sql)
        .bind(author.0)
        .bind(model::fold::fold(name.trim()))
        .bind(id.0)
        .bind(list.code())
        .fetch_optional(&mut **tx)
        .await?;
    match other {
        Some(_) => Err(Refusal::field("name", Fault::Taken).into()),
        None => Ok(()),
    }
}
