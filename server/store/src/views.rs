//! How each user sees the list of contacts: columns, and saved views.

use model::{ContactColumns, ContactListSettings, ContactView, Fault, Moment, Noun, Refusal, UserId, ViewDraft, ViewId};
use sqlx::SqliteConnection;

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
    fn view(self) -> Result<ContactView, Error> {
        let draft: ViewDraft = serde_json::from_str(&self.view)?;
        Ok(ContactView {
            id: ViewId(self.id),
            draft: ViewDraft { name: self.name, shared: self.shared, ..draft },
            author: (UserId(self.author_id), self.author),
        })
    }
}

/// One's columns, one's own views and those that others share.
///
/// # Errors
/// Fails when the database fails.
pub async fn settings(connection: &mut SqliteConnection, user: UserId) -> Result<ContactListSettings, Error> {
    let kept: Option<(String, Option<i64>)> =
        sqlx::query_as("SELECT columns, default_view FROM contact_list_settings WHERE user_id = $1")
            .bind(user.0)
            .fetch_optional(&mut *connection)
            .await?;
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT v.id, v.author_id, u.name AS author, v.name, v.shared, v.view
         FROM contact_views v JOIN users u ON u.id = v.author_id
         WHERE v.author_id = $1 OR v.shared = 1
         ORDER BY v.folded, v.id LIMIT 200",
    )
    .bind(user.0)
    .fetch_all(connection)
    .await?;
    let views = rows.into_iter().map(Row::view).collect::<Result<Vec<_>, _>>()?;
    let (columns, default_view) = match kept {
        Some((columns, view)) => (serde_json::from_str(&columns)?, view.map(ViewId)),
        None => (ContactColumns::default(), None),
    };
    let default_view = default_view.filter(|id| views.iter().any(|it| it.id == *id));
    Ok(ContactListSettings { columns, default_view, views })
}

/// Keeps the columns that a user sees when no view is open.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_columns(tx: &mut Tx, user: UserId, columns: &ContactColumns) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO contact_list_settings (user_id, columns) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET columns = excluded.columns",
    )
    .bind(user.0)
    .bind(serde_json::to_string(columns)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Lets the list of a user open with a view that the user sees, or with none.
///
/// # Errors
/// Refuses when there is no such view.
pub async fn set_default(tx: &mut Tx, user: UserId, view: Option<ViewId>) -> Result<(), Error> {
    if let Some(id) = view {
        let seen: Option<i64> =
            sqlx::query_scalar("SELECT id FROM contact_views WHERE id = $1 AND (author_id = $2 OR shared = 1)")
                .bind(id.0)
                .bind(user.0)
                .fetch_optional(&mut **tx)
                .await?;
        found(seen, Noun::View)?;
    }
    sqlx::query(
        "INSERT INTO contact_list_settings (user_id, columns, default_view) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET default_view = excluded.default_view",
    )
    .bind(user.0)
    .bind(serde_json::to_string(&ContactColumns::default())?)
    .bind(view.map(|it| it.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Who made a view.
///
/// # Errors
/// Refuses when there is none.
pub async fn author(connection: &mut SqliteConnection, id: ViewId) -> Result<(UserId, bool), Error> {
    let row: Option<(i64, bool)> =
        sqlx::query_as("SELECT author_id, shared FROM contact_views WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    found(row.map(|(id, shared)| (UserId(id), shared)), Noun::View)
}

/// Makes a view.
///
/// # Errors
/// Refuses a name that the author has given to another view.
pub async fn insert(tx: &mut Tx, author: UserId, draft: &ViewDraft, now: Moment) -> Result<ViewId, Error> {
    let id = next_id(tx, "contact_views").await?;
    free(tx, author, ViewId(id), &draft.name).await?;
    sqlx::query(
        "INSERT INTO contact_views (id, author_id, name, folded, shared, view, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(author.0)
    .bind(draft.name.trim())
    .bind(model::fold::fold(draft.name.trim()))
    .bind(draft.shared)
    .bind(serde_json::to_string(draft)?)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(ViewId(id))
}

/// Changes a view; it stays its author's.
///
/// # Errors
/// Refuses when there is none, and a name that its author has given to another view.
pub async fn update(tx: &mut Tx, id: ViewId, draft: &ViewDraft) -> Result<(), Error> {
    let (author, _) = author(tx, id).await?;
    free(tx, author, id, &draft.name).await?;
    sqlx::query("UPDATE contact_views SET name = $2, folded = $3, shared = $4, view = $5 WHERE id = $1")
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
        sqlx::query_scalar("DELETE FROM contact_views WHERE id = $1 RETURNING id").bind(id.0).fetch_optional(&mut **tx).await?;
    found(row, Noun::View)?;
    Ok(())
}

async fn free(tx: &mut Tx, author: UserId, id: ViewId, name: &str) -> Result<(), Error> {
    let other: Option<i64> = sqlx::query_scalar("SELECT id FROM contact_views WHERE author_id = $1 AND folded = $2 AND id <> $3")
        .bind(author.0)
        .bind(model::fold::fold(name.trim()))
        .bind(id.0)
        .fetch_optional(&mut **tx)
        .await?;
    match other {
        Some(_) => Err(Refusal::field("name", Fault::Taken).into()),
        None => Ok(()),
    }
}
