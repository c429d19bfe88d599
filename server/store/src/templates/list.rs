//! Pages of templates, and what is offered to somebody who writes.

use model::{
    Channel, Cursor, Direction, Key, Language, Moment, PAGE_ROWS, Page, RecordFilter, RecordKey, TemplateFilter, TemplateId,
    TemplateOffer, TemplateQuery, TemplateRow, TemplateSort, UserId, collate,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::codes::Code;
use crate::error::Error;

/// How many templates are offered at once.
const OFFERED: u32 = 200;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    description: String,
    hint: String,
    channel: String,
    record: String,
    languages: String,
    is_active: bool,
    is_delivered: bool,
    revision: i64,
    changed_by: String,
    updated_at: i64,
}

/// One page of templates.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &TemplateQuery) -> Result<Page<TemplateRow>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT t.id, t.name, t.description, t.hint, t.channel, t.record, t.languages, t.is_active,
                t.delivered IS NOT NULL AS is_delivered, t.revision, u.name AS changed_by, t.updated_at
         FROM templates t JOIN users u ON u.id = t.changed_by
         WHERE t.deleted_at IS NULL",
    );
    narrow(&mut sql, &query.filter);
    if let Some(after) = &query.after {
        sql.push(match (query.sort, query.direction) {
            (TemplateSort::Name, Direction::Up) => " AND (t.sort_name, t.id) > (",
            (TemplateSort::Name, Direction::Down) => " AND (t.sort_name, t.id) < (",
            (TemplateSort::Updated, Direction::Up) => " AND (t.updated_at, t.id) > (",
            (TemplateSort::Updated, Direction::Down) => " AND (t.updated_at, t.id) < (",
        });
        match &after.key {
            Key::Text(text) => sql.push_bind(text.clone()),
            Key::Number(number) => sql.push_bind(*number),
        };
        sql.push(", ").push_bind(after.id).push(")");
    }
    sql.push(match (query.sort, query.direction) {
        (TemplateSort::Name, Direction::Up) => " ORDER BY t.sort_name, t.id LIMIT ",
        (TemplateSort::Name, Direction::Down) => " ORDER BY t.sort_name DESC, t.id DESC LIMIT ",
        (TemplateSort::Updated, Direction::Up) => " ORDER BY t.updated_at, t.id LIMIT ",
        (TemplateSort::Updated, Direction::Down) => " ORDER BY t.updated_at DESC, t.id DESC LIMIT ",
    });
    sql.push_bind(PAGE_ROWS as i64 + 1);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(connection).await?;
    let rows = rows.into_iter().map(template_row).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor {
        key: match query.sort {
            TemplateSort::Name => Key::Text(collate::key(&it.name)),
            TemplateSort::Updated => Key::Number(it.updated_at.0),
        },
        id: it.id.0,
    }))
}

/// The active templates of a channel that a user is offered and in which words begin so, by name; at most two hundred.
///
/// # Errors
/// Fails when the database fails.
pub async fn offers(
    connection: &mut SqliteConnection,
    user: UserId,
    channel: Channel,
    words: &str,
) -> Result<Vec<TemplateOffer>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT t.id, t.name, t.hint, t.record, t.languages FROM templates t
         WHERE t.deleted_at IS NULL
           AND (t.is_for_some = 0 OR EXISTS (SELECT 1 FROM template_users WHERE template_id = t.id AND user_id = ",
    );
    sql.push_bind(user.0).push("))");
    let filter =
        TemplateFilter { words: words.to_owned(), channel: Some(channel), active: Some(true), ..TemplateFilter::default() };
    narrow(&mut sql, &filter);
    sql.push(" ORDER BY t.sort_name, t.id LIMIT ").push_bind(OFFERED);
    let rows: Vec<(i64, String, String, String, String)> = sql.build_query_as().fetch_all(connection).await?;
    rows.into_iter()
        .map(|(id, name, hint, of, spoken)| {
            Ok(TemplateOffer { id: TemplateId(id), name, hint, record: record(of), languages: languages(&spoken)? })
        })
        .collect()
}

fn narrow(sql: &mut QueryBuilder<Sqlite>, filter: &TemplateFilter) {
    for word in crate::contacts::words::of(&filter.words).split_whitespace() {
        sql.push(" AND instr(t.words, ").push_bind(format!(" {word}")).push(") > 0");
    }
    if let Some(channel) = filter.channel {
        sql.push(" AND t.channel = ").push_bind(channel.code());
    }
    match &filter.record {
        None => {}
        Some(RecordFilter::General) => {
            sql.push(" AND t.record = ''");
        }
        Some(RecordFilter::Of(key)) => {
            sql.push(" AND t.record = ").push_bind(key.0.clone());
        }
    }
    if let Some(language) = filter.language {
        sql.push(" AND instr(t.languages, ").push_bind(format!(" {} ", language.code())).push(") > 0");
    }
    if let Some(active) = filter.active {
        sql.push(" AND t.is_active = ").push_bind(active);
    }
    if let Some(delivered) = filter.delivered {
        sql.push(" AND (t.delivered IS NOT NULL) = ").push_bind(delivered);
    }
    if filter.is_touched {
        sql.push(" AND t.delivered IS NOT NULL AND t.delivered_version <> t.version");
    }
}

fn template_row(row: Row) -> Result<TemplateRow, Error> {
    Ok(TemplateRow {
        id: TemplateId(row.id),
        name: row.name,
        description: row.description,
        hint: row.hint,
        channel: Code::from_code(&row.channel)?,
        record: record(row.record),
        languages: languages(&row.languages)?,
        is_active: row.is_active,
        is_delivered: row.is_delivered,
        revision: row.revision,
        changed_by: row.changed_by,
        updated_at: Moment(row.updated_at),
    })
}

fn record(key: String) -> Option<RecordKey> {
    (!key.is_empty()).then_some(RecordKey(key))
}

fn languages(codes: &str) -> Result<Vec<Language>, Error> {
    codes.split_whitespace().map(Code::from_code).collect()
}
