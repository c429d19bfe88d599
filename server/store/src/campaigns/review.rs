//! Looking through what is prepared.

use std::collections::HashMap;

use model::{
    CampaignId, ContactId, Cursor, DeliveryState, Key, MessageId, MessageState, MissingField, Moment, ReviewGroup,
    ReviewGroupKind, ReviewPlace, ReviewSort, UserId,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::audience::left_out;
use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// How many builds are told of.
const BUILDS: i64 = 50;

/// A prepared message without its subject.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What the list shows; the subject is empty.
    pub row: model::PreparedMessage,
    /// The revision that an edit is based on.
    pub revision: i64,
    /// Who edited it by hand, and when.
    pub edited: Option<(String, Moment)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    place: i64,
    message_id: i64,
    contact_id: Option<i64>,
    name: String,
    address: String,
    language: String,
    build: i64,
    length: i64,
    parts: i64,
    missing: Option<String>,
    reason: Option<String>,
    edited_at: Option<i64>,
    edited_by: Option<String>,
    is_changed: bool,
    is_reviewed: bool,
    state: String,
    revision: i64,
    delivery: Option<String>,
}

/// Adds which messages of a campaign belong to a group, over `campaign_recipients` under the name `r`.
fn narrow(sql: &mut QueryBuilder<Sqlite>, id: CampaignId, group: ReviewGroupKind, viewer: UserId) {
    sql.push(" WHERE r.campaign_id = ").push_bind(id.0);
    sql.push(match group {
        ReviewGroupKind::SetApart => " AND r.fate = 'set_apart' AND r.reason IS NULL AND r.message_id IS NOT NULL",
        ReviewGroupKind::Excluded => " AND r.fate = 'left_out' AND r.reason = 'by_hand' AND r.message_id IS NOT NULL",
        _ => " AND r.fate = 'prepared' AND r.reason IS NULL",
    });
    match group {
        ReviewGroupKind::Edited => {
            sql.push(" AND r.edited_at IS NOT NULL");
        }
        ReviewGroupKind::Changed => {
            // Few contacts change between preparing and sending: their index leads.
            sql.push(" AND r.contact_id IN (SELECT id FROM contacts WHERE updated_at >= (SELECT min(at) FROM campaign_contents WHERE campaign_id = ");
            sql.push_bind(id.0).push("))");
            sql.push(" AND r.contact_revision IS NOT (SELECT revision FROM contacts WHERE id = r.contact_id)");
        }
        ReviewGroupKind::Alike(build) => {
            sql.push(" AND r.build = ").push_bind(build);
        }
        ReviewGroupKind::Unreviewed => {
            sql.push(" AND NOT EXISTS (SELECT 1 FROM campaign_reviews v WHERE v.campaign_id = r.campaign_id AND v.place = r.place AND v.user_id = ");
            sql.push_bind(viewer.0).push(")");
        }
        ReviewGroupKind::SetApart | ReviewGroupKind::Excluded | ReviewGroupKind::All => {}
    }
}

/// Adds what lies behind (`true`) or before a row in an order.
fn push_beyond(sql: &mut QueryBuilder<Sqlite>, sort: ReviewSort, (length, place): (i64, i64), behind: bool) {
    match (sort, behind) {
        (ReviewSort::Place, true) => sql.push(" AND r.place > ").push_bind(place),
        (ReviewSort::Place, false) => sql.push(" AND r.place < ").push_bind(place),
        (ReviewSort::Shortest, true) | (ReviewSort::Longest, false) => {
            sql.push(" AND (r.length, r.place) > (").push_bind(length).push(", ").push_bind(place).push(")")
        }
        (ReviewSort::Shortest, false) | (ReviewSort::Longest, true) => {
            sql.push(" AND (r.length, r.place) < (").push_bind(length).push(", ").push_bind(place).push(")")
        }
    };
}

/// Adds the order, forwards (`true`) or backwards.
fn push_order(sql: &mut QueryBuilder<Sqlite>, sort: ReviewSort, forwards: bool) {
    sql.push(match (sort, forwards) {
        (ReviewSort::Place, true) => " ORDER BY r.place",
        (ReviewSort::Place, false) => " ORDER BY r.place DESC",
        (ReviewSort::Shortest, true) | (ReviewSort::Longest, false) => " ORDER BY r.length, r.place",
        (ReviewSort::Shortest, false) | (ReviewSort::Longest, true) => " ORDER BY r.length DESC, r.place DESC",
    });
}

/// Up to `n` prepared messages of a place behind a row, without their subjects.
///
/// # Errors
/// Fails when the database fails.
pub async fn rows(
    connection: &mut SqliteConnection,
    place: &ReviewPlace,
    after: Option<&Cursor>,
    viewer: UserId,
    n: usize,
) -> Result<Vec<Listed>, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT r.place FROM campaign_recipients r");
    narrow(&mut sql, place.campaign, place.group, viewer);
    if let Some(Cursor { key: Key::Number(length), id }) = after {
        push_beyond(&mut sql, place.sort, (*length, *id), true);
    }
    push_order(&mut sql, place.sort, true);
    sql.push(" LIMIT ").push_bind(n as i64);
    let places: Vec<i64> = sql.build_query_scalar().fetch_all(&mut *connection).await?;
    at_places(connection, place.campaign, &places, viewer).await
}

/// Where the page behind a row begins.
pub fn cursor(row: &model::PreparedMessage) -> Cursor {
    Cursor { key: Key::Number(i64::from(row.length)), id: row.place }
}

/// The prepared messages at these places, in this order.
async fn at_places(
    connection: &mut SqliteConnection,
    id: CampaignId,
    places: &[i64],
    viewer: UserId,
) -> Result<Vec<Listed>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.place, r.message_id, r.contact_id, r.name, r.address, r.language, r.build, r.length, r.parts, r.missing, r.reason,
                r.edited_at, u.name AS edited_by,
                (r.contact_id IS NOT NULL AND r.contact_revision IS NOT c.revision) AS is_changed,
                EXISTS (SELECT 1 FROM campaign_reviews v WHERE v.campaign_id = $1 AND v.user_id = $3 AND v.place = r.place) AS is_reviewed,
                m.state, m.revision, (SELECT d.state FROM deliveries d WHERE d.message_id = m.id ORDER BY d.id LIMIT 1) AS delivery
         FROM json_each($2) j
         CROSS JOIN campaign_recipients r ON r.campaign_id = $1 AND r.place = j.value
         CROSS JOIN messages m ON m.id = r.message_id
         LEFT JOIN contacts c ON c.id = r.contact_id
         LEFT JOIN users u ON u.id = r.edited_by
         ORDER BY j.key",
    )
    .bind(id.0)
    .bind(serde_json::to_string(places)?)
    .bind(viewer.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(listed).collect()
}

fn listed(row: Row) -> Result<Listed, Error> {
    let missing: Vec<MissingField> = row.missing.as_deref().map_or(Ok(Vec::new()), serde_json::from_str)?;
    let left_out = row.reason.as_deref().map(|it| left_out(it, None, None, &HashMap::new())).transpose()?;
    Ok(Listed {
        revision: row.revision,
        edited: row.edited_by.zip(row.edited_at.map(Moment)),
        row: model::PreparedMessage {
            message: MessageId(row.message_id),
            place: row.place,
            contact: row.contact_id.map(ContactId),
            name: row.name,
            address: row.address,
            subject: String::new(),
            language: Code::from_code(&row.language)?,
            build: row.build,
            length: row.length as u32,
            parts: row.parts as u32,
            missing,
            left_out,
            is_edited: row.edited_at.is_some(),
            is_changed: row.is_changed,
            is_reviewed: row.is_reviewed,
            state: MessageState::from_code(&row.state)?,
            delivery: row.delivery.as_deref().map(DeliveryState::from_code).transpose()?,
        },
    })
}

/// One prepared message without its subject, or nothing when the campaign has no such message.
///
/// # Errors
/// Fails when the database fails.
pub async fn one(
    connection: &mut SqliteConnection,
    id: CampaignId,
    message: MessageId,
    viewer: UserId,
) -> Result<Option<Listed>, Error> {
    let place: Option<i64> =
        sqlx::query_scalar("SELECT place FROM campaign_recipients WHERE message_id = $1 AND campaign_id = $2")
            .bind(message.0)
            .bind(id.0)
            .fetch_optional(&mut *connection)
            .await?;
    let Some(place) = place else { return Ok(None) };
    Ok(at_places(connection, id, &[place], viewer).await?.pop())
}

/// Where a message stands: the one before, the one behind, its number from 1, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before.
    pub previous: Option<MessageId>,
    /// The one behind.
    pub next: Option<MessageId>,
    /// Number within group and order, from 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
}

/// Where a message stands within a group and order.
///
/// # Errors
/// Fails when the database fails.
pub async fn neighbours(
    connection: &mut SqliteConnection,
    place: &ReviewPlace,
    row: &model::PreparedMessage,
    viewer: UserId,
) -> Result<Neighbours, Error> {
    let at = (i64::from(row.length), row.place);
    let mut beside = [None, None];
    for (n, forwards) in [false, true].into_iter().enumerate() {
        let mut sql = QueryBuilder::<Sqlite>::new("SELECT r.message_id FROM campaign_recipients r");
        narrow(&mut sql, place.campaign, place.group, viewer);
        push_beyond(&mut sql, place.sort, at, forwards);
        push_order(&mut sql, place.sort, forwards);
        sql.push(" LIMIT 1");
        beside[n] = sql.build_query_scalar::<i64>().fetch_optional(&mut *connection).await?.map(MessageId);
    }
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM campaign_recipients r");
    narrow(&mut sql, place.campaign, place.group, viewer);
    push_beyond(&mut sql, place.sort, at, false);
    let before: i64 = sql.build_query_scalar().fetch_one(&mut *connection).await?;
    let of = count(connection, place.campaign, place.group, viewer).await?;
    Ok(Neighbours { previous: beside[0], next: beside[1], number: before as u64 + 1, of })
}

/// How many prepared messages a group has.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(
    connection: &mut SqliteConnection,
    id: CampaignId,
    group: ReviewGroupKind,
    viewer: UserId,
) -> Result<u64, Error> {
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM campaign_recipients r");
    narrow(&mut sql, id, group, viewer);
    let n: i64 = sql.build_query_scalar().fetch_one(connection).await?;
    Ok(n as u64)
}

/// The builds of the prepared messages, the rarest first: the shortest, one in the middle and the longest of each.
///
/// # Errors
/// Fails when the database fails.
pub async fn builds(connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<ReviewGroup>, Error> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
        "SELECT build, count(*), min(place) FROM campaign_recipients
         WHERE campaign_id = $1 AND fate = 'prepared' GROUP BY build ORDER BY 2, 1 LIMIT $2",
    )
    .bind(id.0)
    .bind(BUILDS)
    .fetch_all(&mut *connection)
    .await?;
    let mut groups = Vec::with_capacity(rows.len());
    for (build, count, first) in rows {
        let found: Vec<(i64, String)> = sqlx::query_as(
            "SELECT * FROM (SELECT message_id, language FROM campaign_recipients
                            WHERE campaign_id = $1 AND fate = 'prepared' AND build = $2 ORDER BY length, place LIMIT 1)
             UNION ALL
             SELECT message_id, language FROM campaign_recipients WHERE campaign_id = $1 AND place = $3
             UNION ALL
             SELECT * FROM (SELECT message_id, language FROM campaign_recipients
                            WHERE campaign_id = $1 AND fate = 'prepared' AND build = $2 ORDER BY length DESC, place DESC LIMIT 1)",
        )
        .bind(id.0)
        .bind(build)
        .bind(first)
        .fetch_all(&mut *connection)
        .await?;
        let mut examples: Vec<MessageId> = Vec::new();
        for it in found.iter().map(|it| MessageId(it.0)) {
            if !examples.contains(&it) {
                examples.push(it);
            }
        }
        let language = found.first().map(|it| Code::from_code(&it.1)).transpose()?;
        groups.push(ReviewGroup { kind: ReviewGroupKind::Alike(build), count: count as u64, language, examples });
    }
    Ok(groups)
}

/// Notes that somebody has looked at a message.
///
/// # Errors
/// Fails when the database fails.
pub async fn note(tx: &mut Tx, id: CampaignId, viewer: UserId, place: i64) -> Result<(), Error> {
    sqlx::query("INSERT INTO campaign_reviews (campaign_id, user_id, place) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(id.0)
        .bind(viewer.0)
        .bind(place)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets who has looked at a message, because it became another one; at all of them without a place.
///
/// # Errors
/// Fails when the database fails.
pub async fn forget(tx: &mut Tx, id: CampaignId, places: &[i64]) -> Result<(), Error> {
    sqlx::query("DELETE FROM campaign_reviews WHERE campaign_id = $1 AND place IN (SELECT value FROM json_each($2))")
        .bind(id.0)
        .bind(serde_json::to_string(places)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// How many of the messages to be sent somebody has looked at.
///
/// # Errors
/// Fails when the database fails.
pub async fn reviewed(connection: &mut SqliteConnection, id: CampaignId, viewer: UserId) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM campaign_reviews v
         JOIN campaign_recipients r ON r.campaign_id = v.campaign_id AND r.place = v.place
         WHERE v.campaign_id = $1 AND v.user_id = $2 AND r.fate = 'prepared'",
    )
    .bind(id.0)
    .bind(viewer.0)
    .fetch_one(connection)
    .await?;
    Ok(n as u64)
}
