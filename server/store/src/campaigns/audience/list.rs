//! The audience group by group, and the counts of the groups.

use std::collections::HashMap;

use model::{
    AudienceQuery, AudienceRow, CampaignId, ContactId, Cursor, Key, LeftOut, MessageId, PAGE_ROWS, Page, RecipientFate,
    RecipientGroup, SuppressionId,
};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::codes::Code;
use crate::error::Error;

/// Fate and reasons of a group.
fn fates(group: RecipientGroup) -> &'static [(&'static str, Option<&'static str>)] {
    match group {
        RecipientGroup::Getting => &[("gathered", None), ("prepared", None)],
        RecipientGroup::SetApart => &[("set_apart", None)],
        RecipientGroup::Invalid => &[("left_out", Some("no_address")), ("left_out", Some("invalid"))],
        RecipientGroup::Suppressed => {
            &[("left_out", Some("suppressed")), ("left_out", Some("no_consent")), ("left_out", Some("no_bulk"))]
        }
        RecipientGroup::Duplicate => &[("left_out", Some("duplicate"))],
        RecipientGroup::Excluded => &[("left_out", Some("excluded")), ("left_out", Some("by_hand"))],
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    place: i64,
    contact_id: Option<i64>,
    name: String,
    address: String,
    language: String,
    fate: String,
    reason: Option<String>,
    other: Option<String>,
    suppression_id: Option<i64>,
    missing: Option<String>,
    message_id: Option<i64>,
}

/// One page of an audience.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &AudienceQuery) -> Result<Page<AudienceRow>, Error> {
    let after = query.after.as_ref().map_or(0, |it| it.id);
    let limit = PAGE_ROWS as i64 + 1;
    // Each reason is one range of the index; together they are a few pages, however large the audience is.
    let mut sql = QueryBuilder::<Sqlite>::new("SELECT * FROM (");
    for (n, (fate, reason)) in fates(query.group).iter().enumerate() {
        if 0 < n {
            sql.push(" UNION ALL ");
        }
        sql.push(
            "SELECT * FROM (SELECT place, contact_id, name, address, language, fate, reason, other, suppression_id, missing, message_id
             FROM campaign_recipients WHERE campaign_id = ",
        );
        sql.push_bind(query.campaign.0).push(" AND fate = ").push_bind(*fate);
        match reason {
            Some(reason) => sql.push(" AND reason = ").push_bind(*reason),
            None => sql.push(" AND reason IS NULL"),
        };
        sql.push(" AND place > ").push_bind(after).push(" ORDER BY place LIMIT ").push_bind(limit).push(")");
    }
    sql.push(") ORDER BY place LIMIT ").push_bind(limit);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(&mut *connection).await?;
    let ids: Vec<i64> = rows.iter().filter_map(|it| it.suppression_id).collect();
    let causes = crate::suppressions::causes(connection, &ids).await?;
    let rows = rows.into_iter().map(|it| row(it, &causes)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.place), id: it.place }))
}

fn row(row: Row, causes: &HashMap<SuppressionId, model::SuppressedBy>) -> Result<AudienceRow, Error> {
    let left_out = row.reason.as_deref().map(|it| left_out(it, row.other, row.suppression_id, causes)).transpose()?;
    let missing = || row.missing.as_deref().map_or(Ok(Vec::new()), serde_json::from_str);
    let fate = match (row.fate.as_str(), left_out) {
        (_, Some(left_out)) => RecipientFate::LeftOut(left_out),
        ("gathered", _) => RecipientFate::Gathered,
        ("prepared", _) => RecipientFate::Prepared,
        ("set_apart", _) => RecipientFate::SetApart(missing()?),
        _ => return Err(Error::UnknownCode(row.fate)),
    };
    Ok(AudienceRow {
        place: row.place,
        contact: row.contact_id.map(ContactId),
        name: row.name,
        address: row.address,
        language: Code::from_code(&row.language)?,
        fate,
        message: row.message_id.map(MessageId),
    })
}

/// Why somebody is left out, in the words of the database.
pub(crate) fn left_out(
    reason: &str,
    other: Option<String>,
    suppression: Option<i64>,
    causes: &HashMap<SuppressionId, model::SuppressedBy>,
) -> Result<LeftOut, Error> {
    Ok(match reason {
        "no_address" => LeftOut::NoAddress,
        "invalid" => LeftOut::Invalid,
        "suppressed" => LeftOut::Suppressed(suppression.and_then(|it| causes.get(&SuppressionId(it)).cloned())),
        "no_consent" => LeftOut::NoConsent,
        "no_bulk" => LeftOut::NoBulk,
        "excluded" => LeftOut::Excluded,
        "duplicate" => LeftOut::Duplicate(other.unwrap_or_default()),
        "by_hand" => LeftOut::ByHand,
        _ => return Err(Error::UnknownCode(reason.to_owned())),
    })
}

/// How many there are in each group, in the order of [`RecipientGroup::ALL`], and how many of the first were gathered only.
///
/// # Errors
/// Fails when the database fails.
pub async fn counts(connection: &mut SqliteConnection, id: CampaignId) -> Result<([u64; 6], u64), Error> {
    let rows: Vec<(String, Option<String>, i64)> =
        sqlx::query_as("SELECT fate, reason, count(*) FROM campaign_recipients WHERE campaign_id = $1 GROUP BY fate, reason")
            .bind(id.0)
            .fetch_all(connection)
            .await?;
    let of = |fate: &str, reason: Option<&str>| {
        rows.iter().filter(|it| it.0 == fate && it.1.as_deref() == reason).map(|it| it.2 as u64).sum::<u64>()
    };
    let counts = RecipientGroup::ALL.map(|group| fates(group).iter().map(|(fate, reason)| of(fate, *reason)).sum());
    Ok((counts, of("gathered", None)))
}

/// How many contacts of the audience were changed since they were gathered, or are gone; at most a thousand and one are counted.
///
/// # Errors
/// Fails when the database fails.
pub async fn changed(connection: &mut SqliteConnection, id: CampaignId, since: model::Moment) -> Result<u64, Error> {
    let n: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (
             SELECT 1 FROM contacts c
             JOIN campaign_recipients r ON r.contact_id = c.id AND r.campaign_id = $1
             WHERE c.updated_at >= $2 AND c.revision <> r.contact_revision LIMIT 1001)",
    )
    .bind(id.0)
    .bind(since.0)
    .fetch_one(connection)
    .await?;
    Ok(n as u64)
}
