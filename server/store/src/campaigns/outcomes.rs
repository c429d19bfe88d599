//! What became of everybody in the audience, for files.

use std::collections::HashMap;

use model::{CampaignId, DeliveryState, LeftOut, MessageState, Moment};
use sqlx::SqliteConnection;

use super::audience::left_out;
use crate::codes::Code;
use crate::error::Error;
use crate::reactions::Seen;

/// Somebody of the audience and their message.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Place in the audience.
    pub place: i64,
    /// Name; may be empty.
    pub name: String,
    /// Address or number; empty when there is none.
    pub address: String,
    /// Why there is no message, if there is none.
    pub left_out: Option<LeftOut>,
    /// Whether the message waits for values.
    pub is_set_apart: bool,
    /// How far the message is, once there is one.
    pub message: Option<MessageState>,
    /// How far its delivery is, once there is one.
    pub delivery: Option<DeliveryState>,
    /// The last answer; untrusted text, may be empty.
    pub reply: String,
    /// How many tries there were.
    pub tries: u32,
    /// When it was handed over, or ended.
    pub at: Option<Moment>,
    /// Whether they unsubscribed by its link.
    pub has_unsubscribed: bool,
    /// How they reacted; nothing where that is not known by name.
    pub seen: Option<Seen>,
}

#[derive(sqlx::FromRow)]
struct Row {
    place: i64,
    name: String,
    address: String,
    fate: String,
    reason: Option<String>,
    other: Option<String>,
    message: Option<String>,
    delivery: Option<String>,
    reply: Option<String>,
    tries: Option<i64>,
    at: Option<i64>,
    has_unsubscribed: bool,
    reaction: Option<i64>,
}

/// Up to `n` of the audience behind a place.
///
/// # Errors
/// Fails when the database fails.
pub async fn outcomes(connection: &mut SqliteConnection, id: CampaignId, after: i64, n: u32) -> Result<Vec<Outcome>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.place, r.name, r.address, r.fate, r.reason, r.other, m.state AS message, d.state AS delivery,
                (SELECT a.reply FROM attempts a WHERE a.delivery_id = d.id ORDER BY a.number DESC LIMIT 1) AS reply, d.tries,
                coalesce(d.settled_at, m.sent_at) AS at,
                m.id IS NOT NULL AND EXISTS (SELECT 1 FROM unsubscribes u WHERE u.message_id = m.id) AS has_unsubscribed, r.reaction
         FROM campaign_recipients r
         LEFT JOIN messages m ON m.id = r.message_id
         LEFT JOIN deliveries d ON d.id = (SELECT max(o.id) FROM deliveries o WHERE o.message_id = m.id)
         WHERE r.campaign_id = $1 AND r.place > $2 ORDER BY r.place LIMIT $3",
    )
    .bind(id.0)
    .bind(after)
    .bind(n)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(outcome).collect()
}

fn outcome(row: Row) -> Result<Outcome, Error> {
    Ok(Outcome {
        place: row.place,
        name: row.name,
        address: row.address,
        left_out: row.reason.as_deref().map(|it| left_out(it, row.other, None, &HashMap::new())).transpose()?,
        is_set_apart: row.fate == "set_apart",
        message: row.message.as_deref().map(Code::from_code).transpose()?,
        delivery: row.delivery.as_deref().map(Code::from_code).transpose()?,
        reply: row.reply.unwrap_or_default(),
        tries: row.tries.unwrap_or_default() as u32,
        at: row.at.map(Moment),
        has_unsubscribed: row.has_unsubscribed,
        seen: row.reaction.map(Seen::of),
    })
}
