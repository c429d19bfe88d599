//! The list of suppressions: pages, counts, and all of them for an export.

use model::{
    Cursor, Key, Lifting, MessageId, Moment, PAGE_ROWS, Page, Standing, Suppression, SuppressionFilter, SuppressionId,
    SuppressionQuery, UserId,
};
use sqlx::SqliteConnection;

use super::target;
use crate::codes::Code;
use crate::error::Error;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: i64,
    scope: String,
    channels: String,
    value: String,
    contact_id: Option<i64>,
    name: String,
    reason: String,
    source: String,
    note: String,
    message_id: Option<i64>,
    author_id: i64,
    author: String,
    created_at: i64,
    lifted_at: Option<i64>,
    lifted_by: Option<i64>,
    lifter: Option<String>,
    lifted_reason: String,
}

/// Whole rows of some suppressions `s`.
macro_rules! rows {
    ($from:expr) => {
        concat!(
            "SELECT s.id, s.scope, s.channels, s.value, s.contact_id, s.name, s.reason, s.source, s.note, s.message_id, s.author_id,
                    u.name AS author, s.created_at, s.lifted_at, s.lifted_by, l.name AS lifter, s.lifted_reason
             FROM ",
            $from
        )
    };
}
pub(super) use rows;

/// Who wrote it down and who lifted it.
macro_rules! people {
    () => {
        " JOIN users u ON u.id = s.author_id LEFT JOIN users l ON l.id = s.lifted_by "
    };
}
pub(super) use people;

/// What the filter lets through besides what leads the way to the rows.
macro_rules! narrow {
    () => {
        " ($2 IS NULL OR s.channels IN ($2, 'both')) AND ($3 IS NULL OR s.reason = $3) AND ($4 IS NULL OR s.source = $4) "
    };
}

/// Some columns of the suppressions that a filter lets through, newest first. Each way has an index that gives them in this order.
macro_rules! way {
    ($what:ident, $filter:expr, $end:literal) => {
        match ($filter.words.trim().is_empty(), $filter.standing, $filter.reason, $filter.source) {
            (false, Standing::Active, _, _) => concat!(
                $what!("suppression_words w CROSS JOIN suppressions s ON s.id = w.rowid"),
                " WHERE w.suppression_words MATCH $1 AND w.rowid < $5 AND s.lifted_at IS NULL AND",
                narrow!(),
                $end,
                "w.rowid DESC LIMIT $6"
            ),
            (false, Standing::Lifted, _, _) => concat!(
                $what!("suppression_words w CROSS JOIN suppressions s ON s.id = w.rowid"),
                " WHERE w.suppression_words MATCH $1 AND w.rowid < $5 AND s.lifted_at IS NOT NULL AND",
                narrow!(),
                $end,
                "w.rowid DESC LIMIT $6"
            ),
            (true, Standing::Lifted, _, _) => concat!(
                $what!("suppressions s INDEXED BY suppressions_lifted"),
                " WHERE s.lifted_at IS NOT NULL AND s.id < $5 AND ($1 IS NULL) AND",
                narrow!(),
                $end,
                "s.id DESC LIMIT $6"
            ),
            (true, Standing::Active, Some(_), _) => concat!(
                $what!("suppressions s INDEXED BY suppressions_active_by_reason"),
                " WHERE s.lifted_at IS NULL AND s.reason = $3 AND s.id < $5 AND ($1 IS NULL) AND",
                narrow!(),
                $end,
                "s.id DESC LIMIT $6"
            ),
            (true, Standing::Active, None, Some(_)) => concat!(
                $what!("suppressions s INDEXED BY suppressions_active_by_source"),
                " WHERE s.lifted_at IS NULL AND s.source = $4 AND s.id < $5 AND ($1 IS NULL) AND",
                narrow!(),
                $end,
                "s.id DESC LIMIT $6"
            ),
            (true, Standing::Active, None, None) => concat!(
                $what!("suppressions s"),
                " WHERE s.lifted_at IS NULL AND s.id < $5 AND ($1 IS NULL) AND",
                narrow!(),
                $end,
                "s.id DESC LIMIT $6"
            ),
        }
    };
}

macro_rules! whole {
    ($from:literal) => {
        concat!(rows!($from), people!())
    };
}

macro_rules! counted {
    ($from:literal) => {
        concat!("SELECT count(*) FROM ", $from)
    };
}

/// One page of suppressions, newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &SuppressionQuery) -> Result<Page<Suppression>, Error> {
    let before = query.after.as_ref().map_or(i64::MAX, |it| it.id);
    let rows = some(connection, &query.filter, before, PAGE_ROWS + 1).await?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.created_at.0), id: it.id.0 }))
}

/// Up to `limit` suppressions that come behind one in the list, for walking through all of them.
///
/// # Errors
/// Fails when the database fails.
pub async fn each(
    connection: &mut SqliteConnection,
    filter: &SuppressionFilter,
    behind: Option<SuppressionId>,
    limit: usize,
) -> Result<Vec<Suppression>, Error> {
    some(connection, filter, behind.map_or(i64::MAX, |it| it.0), limit).await
}

async fn some(
    connection: &mut SqliteConnection,
    filter: &SuppressionFilter,
    before: i64,
    limit: usize,
) -> Result<Vec<Suppression>, Error> {
    let rows: Vec<Row> = sqlx::query_as(way!(whole, filter, " ORDER BY "))
        .bind(words(filter))
        .bind(filter.channel.map(Code::code))
        .bind(filter.reason.map(Code::code))
        .bind(filter.source.map(Code::code))
        .bind(before)
        .bind(limit as i64)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(Row::suppression).collect()
}

/// Counts the suppressions that a filter lets through.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, filter: &SuppressionFilter) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar(way!(counted, filter, " ORDER BY "))
        .bind(words(filter))
        .bind(filter.channel.map(Code::code))
        .bind(filter.reason.map(Code::code))
        .bind(filter.source.map(Code::code))
        .bind(i64::MAX)
        .bind(1_i64)
        .fetch_one(connection)
        .await?;
    Ok(n as u64)
}

/// The words as a question to the index, each as the beginning of a word; a number is one word however it is grouped.
fn words(filter: &SuppressionFilter) -> Option<String> {
    let text = filter.words.trim();
    if !text.is_empty() && text.chars().all(|it| it.is_ascii_digit() || " +-/()".contains(it)) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        // A number is stored with its country; typed without it, only the rest is known.
        let digits = digits.strip_prefix("00").unwrap_or(&digits);
        let quoted = format!("\"{digits}\"*");
        return Some(match digits.strip_prefix('0') {
            Some(rest) if !rest.is_empty() => format!("{quoted} OR \"421{rest}\"* OR \"420{rest}\"*"),
            _ => quoted,
        });
    }
    let terms: Vec<String> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .take(12)
        .map(|it| format!("\"{it}\"*"))
        .collect();
    if terms.is_empty() { (!text.is_empty()).then(|| "\"\"".to_owned()) } else { Some(terms.join(" ")) }
}

impl Row {
    pub(super) fn suppression(self) -> Result<Suppression, Error> {
        let lifted = self.lifted_at.zip(self.lifted_by).map(|(at, by)| Lifting {
            at: Moment(at),
            by: (UserId(by), self.lifter.unwrap_or_default()),
            reason: self.lifted_reason,
        });
        Ok(Suppression {
            id: SuppressionId(self.id),
            target: target(&self.scope, self.value, self.contact_id, self.name)?,
            channels: Code::from_code(&self.channels)?,
            reason: Code::from_code(&self.reason)?,
            source: Code::from_code(&self.source)?,
            note: self.note,
            message: self.message_id.map(MessageId),
            author: (UserId(self.author_id), self.author),
            created_at: Moment(self.created_at),
            lifted,
        })
    }
}
