//! The messages of one run of a campaign: those made in one go in the order in which they were made, those that left by when they did.

use model::{Cursor, Key, MessageFilter, MessageQuery, MessageRow, Moment, PAGE_ROWS, Page, RunKind, RunQuery};
use sqlx::SqliteConnection;

use super::{Row, Scope, behind, bind, message_row};
use crate::Store;
use crate::error::Error;

/// One page of the messages of a run, those that were made or left last first.
///
/// # Errors
/// Fails when the database fails.
pub async fn page_of_run(
    store: &Store,
    connection: &mut SqliteConnection,
    query: &RunQuery,
    scope: Scope,
) -> Result<Page<MessageRow>, Error> {
    match query.span.kind {
        RunKind::Made => {
            let filter = MessageFilter {
                campaign: Some(query.campaign),
                since: Some(query.span.since),
                until: query.span.until,
                ..MessageFilter::default()
            };
            let query = MessageQuery { filter, after: query.after.clone(), ..MessageQuery::default() };
            super::page(store, connection, &query, scope).await
        }
        RunKind::Sent => sent(store, connection, query, scope).await,
    }
}

async fn sent(
    store: &Store,
    connection: &mut SqliteConnection,
    query: &RunQuery,
    scope: Scope,
) -> Result<Page<MessageRow>, Error> {
    let (at, id) = behind(query.after.as_ref());
    // The index leads to the place by the end of the period.
    let until = query.span.until.map_or(i64::MAX, |it| it.0).min(at.map_or(i64::MAX, |it| it.saturating_add(1)));
    let filter = MessageFilter { campaign: Some(query.campaign), ..MessageFilter::default() };
    let sql = led_by!(
        columns!(),
        "m.campaign_id = $11 AND m.sent_at >= $15 AND m.sent_at < $16 AND ",
        " AND ($17 IS NULL OR (m.sent_at, m.id) < ($17, $18)) ORDER BY m.sent_at DESC, m.id DESC LIMIT $19"
    );
    let rows: Vec<Row> = bind(sqlx::query_as(sql), &filter, scope)?
        .bind(query.span.since.0)
        .bind(until)
        .bind(at)
        .bind(id)
        .bind(PAGE_ROWS as i64 + 1)
        .fetch_all(connection)
        .await?;
    let rows = rows.into_iter().map(|row| message_row(store, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.sent_at.unwrap_or(Moment(0)).0), id: it.id.0 }))
}
