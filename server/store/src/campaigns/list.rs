//! Lists of campaigns.

use model::{
    CampaignFilter, CampaignId, CampaignQuery, CampaignRow, CampaignSort, Cursor, Direction, Key, Moment, PAGE_ROWS, Page,
    UserId, collate,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::work;
use crate::codes::Code;
use crate::error::Error;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    channel: String,
    kind: String,
    classification: String,
    state: String,
    work: Option<String>,
    work_done: i64,
    work_of: i64,
    approval: String,
    messages: i64,
    ended: i64,
    is_measured: bool,
    author: String,
    starts_at: Option<i64>,
    updated_at: i64,
}

/// One page of campaigns, as this person sees them.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &CampaignQuery, viewer: UserId) -> Result<Page<CampaignRow>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT c.id, c.name, c.channel, c.kind, c.classification, c.state, c.work, c.work_done, c.work_of, c.approval, c.messages,
                c.ended, EXISTS (SELECT 1 FROM campaign_links l WHERE l.campaign_id = c.id AND l.is_current = 1) AS is_measured,
                u.name AS author, c.starts_at, c.updated_at
         FROM campaigns c JOIN users u ON u.id = c.author_id
         WHERE 1 = 1",
    );
    narrow(&mut sql, &query.filter, viewer);
    if let Some(after) = &query.after {
        sql.push(match (query.sort, query.direction) {
            (CampaignSort::Name, Direction::Up) => " AND (c.sort_name, c.id) > (",
            (CampaignSort::Name, Direction::Down) => " AND (c.sort_name, c.id) < (",
            (CampaignSort::Updated, Direction::Up) => " AND (c.updated_at, c.id) > (",
            (CampaignSort::Updated, Direction::Down) => " AND (c.updated_at, c.id) < (",
        });
        match &after.key {
            Key::Text(text) => sql.push_bind(text.clone()),
            Key::Number(number) => sql.push_bind(*number),
        };
        sql.push(", ").push_bind(after.id).push(")");
    }
    sql.push(match (query.sort, query.direction) {
        (CampaignSort::Name, Direction::Up) => " ORDER BY c.sort_name, c.id LIMIT ",
        (CampaignSort::Name, Direction::Down) => " ORDER BY c.sort_name DESC, c.id DESC LIMIT ",
        (CampaignSort::Updated, Direction::Up) => " ORDER BY c.updated_at, c.id LIMIT ",
        (CampaignSort::Updated, Direction::Down) => " ORDER BY c.updated_at DESC, c.id DESC LIMIT ",
    });
    sql.push_bind(PAGE_ROWS as i64 + 1);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(connection).await?;
    let rows = rows.into_iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor {
        key: match query.sort {
            CampaignSort::Name => Key::Text(collate::key(&it.name)),
            CampaignSort::Updated => Key::Number(it.updated_at.0),
        },
        id: it.id.0,
    }))
}

fn narrow(sql: &mut QueryBuilder<Sqlite>, filter: &CampaignFilter, viewer: UserId) {
    for word in crate::contacts::words::of(&filter.words).split_whitespace() {
        sql.push(" AND instr(c.words, ").push_bind([" ", word].concat()).push(") > 0");
    }
    if !filter.states.is_empty() {
        sql.push(" AND c.state IN (");
        let mut states = sql.separated(", ");
        for state in &filter.states {
            states.push_bind(state.code());
        }
        sql.push(")");
    }
    if let Some(channel) = filter.channel {
        sql.push(" AND c.channel = ").push_bind(channel.code());
    }
    if let Some(kind) = filter.kind {
        sql.push(" AND c.kind = ").push_bind(kind.code());
    }
    if let Some(author) = filter.author {
        sql.push(" AND c.author_id = ").push_bind(author.0);
    }
    if filter.to_approve {
        sql.push(" AND c.state IN ('prepared', 'paused') AND c.approval = 'requested' AND c.author_id <> ").push_bind(viewer.0);
        sql.push(" AND c.requested_by <> ").push_bind(viewer.0);
    }
}

fn row(row: Row) -> Result<CampaignRow, Error> {
    Ok(CampaignRow {
        id: CampaignId(row.id),
        name: row.name,
        channel: Code::from_code(&row.channel)?,
        kind: Code::from_code(&row.kind)?,
        classification: row.classification,
        state: Code::from_code(&row.state)?,
        work: work::of(row.work.as_deref(), row.work_done, row.work_of)?,
        approval: Code::from_code(&row.approval)?,
        messages: row.messages as u64,
        ended: row.ended as u64,
        is_measured: row.is_measured,
        author: row.author,
        starts_at: row.starts_at.map(Moment),
        updated_at: Moment(row.updated_at),
    })
}
