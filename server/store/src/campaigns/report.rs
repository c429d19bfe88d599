//! What became of a campaign.

use model::person::ERASED_ADDRESS;
use model::{
    CampaignFlow, CampaignId, Cursor, DeliveryState, FailureKind, FailureQuery, FailureRow, FlowPoint, Key, MessageId, Moment,
    PAGE_ROWS, Page, SentVersion,
};
use sqlx::SqliteConnection;

use super::contents::version_of;
use crate::codes::Code;
use crate::error::Error;

/// A delivery that did not arrive, for grouping: its state, the last answer, how many, one of them.
pub type Ended = (DeliveryState, String, u64, MessageId);

/// How many different answers are read at most.
const ANSWERS: i64 = 5_000;

/// Deliveries that did not arrive, grouped by the literal answer.
///
/// # Errors
/// Fails when the database fails.
pub async fn ended(connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<Ended>, Error> {
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT d.state, coalesce((SELECT t.reply FROM attempts t WHERE t.delivery_id = d.id ORDER BY t.number DESC LIMIT 1), '') AS reply,
                count(*), min(m.id)
         FROM messages m JOIN deliveries d ON d.message_id = m.id
         WHERE m.campaign_id = $1 AND m.state IN ('failed', 'cancelled', 'queued', 'partly_sent')
           AND d.state IN ('rejected', 'returned', 'expired', 'suppressed', 'unknown', 'cancelled')
         GROUP BY 1, 2 ORDER BY 3 DESC LIMIT $2",
    )
    .bind(id.0)
    .bind(ANSWERS)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(state, reply, n, example)| Ok((Code::from_code(&state)?, reply, n as u64, MessageId(example))))
        .collect()
}

/// Receipts, messages that came back, unsubscribed and complained recipients.
///
/// # Errors
/// Fails when the database fails.
pub async fn told(connection: &mut SqliteConnection, id: CampaignId) -> Result<(u64, u64, u64, u64), Error> {
    let (delivered, bounced, unsubscribed, complained): (i64, i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM messages m JOIN deliveries d ON d.message_id = m.id
                 WHERE m.campaign_id = $1 AND m.state = 'sent' AND d.state = 'delivered'),
                (SELECT count(*) FROM messages m JOIN deliveries d ON d.message_id = m.id
                 WHERE m.campaign_id = $1 AND m.state IN ('failed', 'partly_sent') AND d.state = 'returned'),
                (SELECT count(*) FROM unsubscribes u JOIN messages m ON m.id = u.message_id WHERE m.campaign_id = $1),
                (SELECT count(DISTINCT b.message_id) FROM bounces b JOIN messages m ON m.id = b.message_id
                 WHERE m.campaign_id = $1 AND b.kind = 'complaint')
                + (SELECT complained_before FROM campaigns WHERE id = $1)",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?;
    Ok((delivered as u64, bounced as u64, unsubscribed as u64, complained as u64))
}

/// Which versions of the content were sent, the first one first.
///
/// # Errors
/// Fails when the database fails.
pub async fn versions(connection: &mut SqliteConnection, id: CampaignId) -> Result<Vec<SentVersion>, Error> {
    let all: Vec<(i64, i64)> =
        sqlx::query_as("SELECT version, at FROM campaign_contents WHERE campaign_id = $1 ORDER BY version")
            .bind(id.0)
            .fetch_all(&mut *connection)
            .await?;
    let sent: Vec<(i64, i64)> = match all.as_slice() {
        // Of an only version everything is; nothing needs to be told apart.
        [(only, _)] => vec![(*only, super::running::count_sent(connection, id).await? as i64)],
        _ => {
            sqlx::query_as(concat!(
                "SELECT c.version, count(*)
                 FROM messages m
                 JOIN campaign_contents c ON c.id = ",
                version_of!(),
                " WHERE m.campaign_id = $1 AND m.sent_at IS NOT NULL GROUP BY c.version",
            ))
            .bind(id.0)
            .fetch_all(connection)
            .await?
        }
    };
    let of = |version: i64| sent.iter().find(|it| it.0 == version).map_or(0, |it| it.1 as u64);
    let found = all.into_iter().map(|(version, at)| SentVersion { version: version as u32, at: Moment(at), sent: of(version) });
    Ok(found.filter(|it| 0 < it.sent).collect())
}

/// How many messages left in each step since a moment.
///
/// # Errors
/// Fails when the database fails.
pub async fn flow(connection: &mut SqliteConnection, id: CampaignId, since: Moment, step_ms: i64) -> Result<CampaignFlow, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT sent_at / $3 * $3, count(*) FROM messages
         WHERE campaign_id = $1 AND sent_at IS NOT NULL AND sent_at >= $2 GROUP BY 1 ORDER BY 1",
    )
    .bind(id.0)
    .bind(since.0)
    .bind(step_ms)
    .fetch_all(connection)
    .await?;
    let points = rows.into_iter().map(|(at, n)| FlowPoint { at: Moment(at), sent: n as u32 }).collect();
    Ok(CampaignFlow { step_ms, points })
}

/// The states of deliveries of a kind.
fn states(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Rejected => r#"["rejected"]"#,
        FailureKind::Returned => r#"["returned"]"#,
        FailureKind::Expired => r#"["expired"]"#,
        FailureKind::Suppressed => r#"["suppressed"]"#,
        FailureKind::Unknown => r#"["unknown"]"#,
        FailureKind::Cancelled => r#"["cancelled"]"#,
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    address: String,
    state: String,
    reply: Option<String>,
    tries: i64,
    at: i64,
}

/// One page of messages that did not arrive, or were put off, in the order in which they were made.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &FailureQuery) -> Result<Page<FailureRow>, Error> {
    let all = r#"["rejected","returned","expired","suppressed","unknown","cancelled"]"#;
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT m.id, t.name, t.address, d.state,
                (SELECT a.reply FROM attempts a WHERE a.delivery_id = d.id ORDER BY a.number DESC LIMIT 1) AS reply, d.tries,
                coalesce(d.settled_at, d.handed_at, d.due_at) AS at
         FROM messages m
         JOIN deliveries d ON d.message_id = m.id
         JOIN recipients t ON t.message_id = m.id AND t.place = 0
         WHERE m.campaign_id = $1 AND m.state IN ('queued', 'failed', 'cancelled', 'partly_sent') AND m.id > $2
           AND (d.state IN (SELECT value FROM json_each($3)) OR ($4 AND d.state = 'waiting' AND 0 < d.tries))
         ORDER BY m.id LIMIT $5",
    )
    .bind(query.campaign.0)
    .bind(query.after.as_ref().map_or(0, |it| it.id))
    .bind(query.kind.map_or(all, states))
    .bind(query.kind.is_none())
    .bind(PAGE_ROWS as i64 + 1)
    .fetch_all(connection)
    .await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            Ok(FailureRow {
                message: MessageId(row.id),
                name: row.name,
                address: row.address,
                state: Code::from_code(&row.state)?,
                reply: row.reply.unwrap_or_default(),
                tries: row.tries as u32,
                at: Moment(row.at),
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.message.0), id: it.message.0 }))
}

/// Up to `n` messages that failed for good behind one, were not sent again yet, and still say something to somebody.
///
/// # Errors
/// Fails when the database fails.
pub async fn failed(
    connection: &mut SqliteConnection,
    id: CampaignId,
    after: MessageId,
    n: u32,
) -> Result<Vec<MessageId>, Error> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "SELECT m.id FROM messages m
         WHERE m.campaign_id = $1 AND m.state = 'failed' AND m.id > $2
           AND EXISTS (SELECT 1 FROM deliveries d WHERE d.message_id = m.id AND d.state IN ('rejected', 'expired'))
           AND NOT EXISTS (SELECT 1 FROM messages a WHERE a.resend_of = m.id)
           AND m.binned_at IS NULL AND m.anonymized_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM person_keys k WHERE k.contact_id = m.person_id AND k.destroyed_at IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM recipients r WHERE r.message_id = m.id AND r.address = $4)
         ORDER BY m.id LIMIT $3",
    )
    .bind(id.0)
    .bind(after.0)
    .bind(n)
    .bind(ERASED_ADDRESS)
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(MessageId).collect())
}
