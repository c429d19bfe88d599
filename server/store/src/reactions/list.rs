//! What was counted, and those who reacted.

use model::{
    CampaignId, ContactId, Cursor, Key, LinkReactions, Measure, MessageId, Moment, PAGE_ROWS, Page, Reaction, ReactionPoint,
    ReactionQuery, ReactionRow, Reactions,
};
use serde::Serialize;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::Store;
use crate::error::Error;

/// How many links are told of.
const LINKS: usize = 200;
/// How many points there are at most.
const POINTS: i64 = 120;

/// What of a recipient's `reaction` means that they reacted like this.
pub(crate) fn codes(reaction: Reaction) -> &'static [i64] {
    match reaction {
        Reaction::Opened => &[1, 3],
        Reaction::Clicked => &[2, 3],
        Reaction::Nothing => &[0],
    }
}

/// What a recipient did, for files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Whether the mail was opened.
    pub opened: bool,
    /// Whether a link was followed.
    pub clicked: bool,
}

impl Seen {
    /// Reads it from a recipient's `reaction`.
    pub(crate) fn of(reaction: i64) -> Self {
        Self { opened: reaction & 1 != 0, clicked: reaction & 2 != 0 }
    }
}

/// How people reacted to a campaign; nothing when it never measured.
///
/// # Errors
/// Fails when the database fails; names a damaged link.
pub async fn report(store: &Store, connection: &mut SqliteConnection, id: CampaignId) -> Result<Option<Reactions>, Error> {
    let measure = measure(connection, id).await?;
    if !measure.any() {
        return Ok(None);
    }
    let rows: Vec<(i64, bool, i64, i64, i64)> = sqlx::query_as(
        "SELECT l.id, l.target IS NULL, coalesce(sum(x.times), 0), coalesce(sum(x.machines), 0),
                coalesce(sum(0 < x.place AND 0 < x.times), 0)
         FROM campaign_links l LEFT JOIN reactions x ON x.link_id = l.id WHERE l.campaign_id = $1 GROUP BY l.id ORDER BY l.id",
    )
    .bind(id.0)
    .fetch_all(&mut *connection)
    .await?;
    let mut told = Reactions { measure, ..Reactions::default() };
    let mut links = Vec::new();
    for (link, is_opening, times, machines, people) in rows {
        told.machines += machines as u64;
        if is_opening {
            told.opens += times as u64;
        } else {
            told.clicks += times as u64;
            links.push((link, times as u64, people as u64));
        }
    }
    links.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    links.truncate(LINKS);
    let ids: Vec<i64> = links.iter().map(|it| it.0).collect();
    let mut targets = super::targets(store, connection, &ids).await?;
    let link = |(id, clicks, people)| Some(LinkReactions { target: targets.remove(&id)?.target, people, clicks });
    told.links = links.into_iter().filter_map(link).collect();
    people(connection, id, &mut told).await?;
    flow(connection, id, &mut told).await?;
    Ok(Some(told))
}

/// What the messages of a campaign measure or measured.
///
/// # Errors
/// Fails when the database fails.
pub async fn measure(connection: &mut SqliteConnection, id: CampaignId) -> Result<Measure, Error> {
    let kinds: Vec<bool> = sqlx::query_scalar(
        "SELECT DISTINCT l.target IS NULL FROM campaign_links l
         WHERE l.campaign_id = $1
           AND (l.is_current = 1 OR EXISTS (SELECT 1 FROM reactions x WHERE x.link_id = l.id AND 0 < x.times))",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    Ok(Measure { opens: kinds.contains(&true), clicks: kinds.contains(&false) })
}

/// What one contact did in the mails of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    /// The campaign.
    pub campaign: CampaignId,
    /// The link that was followed; nothing when the mail was opened.
    pub followed: Option<String>,
    /// How often.
    pub times: u64,
    /// When first.
    pub first_at: Moment,
    /// When last.
    pub last_at: Moment,
}

/// What one contact did in the mails of all campaigns that are there, in the order of time.
///
/// # Errors
/// Fails when the database fails; names a damaged link.
pub async fn of_contact(store: &Store, connection: &mut SqliteConnection, contact: ContactId) -> Result<Vec<Done>, Error> {
    let rows: Vec<(i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT r.campaign_id, l.id, x.times, x.first_at, x.last_at
         FROM campaign_recipients r
         CROSS JOIN campaign_links l ON l.campaign_id = r.campaign_id
         CROSS JOIN reactions x ON x.link_id = l.id AND x.place = r.place
         WHERE r.contact_id = $1 AND 0 < x.times
         ORDER BY x.first_at, l.id",
    )
    .bind(contact.0)
    .fetch_all(&mut *connection)
    .await?;
    let mut done = Vec::new();
    for (campaign, link, times, first_at, last_at) in rows {
        let followed = super::targets(store, connection, &[link]).await?.remove(&link).map(|it| it.target);
        let (first_at, last_at) = (Moment(first_at), Moment(last_at));
        done.push(Done { campaign: CampaignId(campaign), followed, times: times as u64, first_at, last_at });
    }
    Ok(done)
}

/// Who is known by name, and what they did.
async fn people(connection: &mut SqliteConnection, id: CampaignId, told: &mut Reactions) -> Result<(), Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT reaction, count(*) FROM campaign_recipients WHERE campaign_id = $1 AND reaction > 0 GROUP BY reaction",
    )
    .bind(id.0)
    .fetch_all(&mut *connection)
    .await?;
    for (reaction, n) in rows {
        let seen = Seen::of(reaction);
        told.opened += if seen.opened { n as u64 } else { 0 };
        told.clicked += if seen.clicked { n as u64 } else { 0 };
        told.named += n as u64;
    }
    // Nearly all of them left, so those are looked up that did not.
    let silent: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM campaign_recipients WHERE campaign_id = $1 AND reaction = 0)
                - (SELECT count(*) FROM messages m CROSS JOIN campaign_recipients r ON r.message_id = m.id
                   WHERE m.campaign_id = $1 AND m.state IN ('prepared', 'queued', 'failed', 'cancelled') AND m.sent_at IS NULL
                     AND r.reaction = 0)",
    )
    .bind(id.0)
    .fetch_one(&mut *connection)
    .await?;
    told.silent = silent as u64;
    told.named += told.silent;
    told.unnamed = crate::campaigns::running::count_sent(connection, id).await?.saturating_sub(told.named);
    Ok(())
}

/// What was counted over time.
async fn flow(connection: &mut SqliteConnection, id: CampaignId, told: &mut Reactions) -> Result<(), Error> {
    let hour = model::time::hours(1);
    let rows: Vec<(i64, bool, i64)> = sqlx::query_as(
        "SELECT h.hour, l.target IS NULL, sum(h.times) FROM campaign_links l JOIN reaction_hours h ON h.link_id = l.id
         WHERE l.campaign_id = $1 AND 0 < h.times GROUP BY 1, 2 ORDER BY 1",
    )
    .bind(id.0)
    .fetch_all(connection)
    .await?;
    let whole = rows.last().map_or(0, |it| it.0) - rows.first().map_or(0, |it| it.0) + 1;
    let step = (whole + POINTS - 1) / POINTS;
    told.step_ms = step * hour;
    for (at, is_opening, times) in rows {
        let at = Moment(at / step * step * hour);
        if told.flow.last().is_none_or(|it| it.at != at) {
            told.flow.push(ReactionPoint { at, opens: 0, clicks: 0 });
        }
        let Some(point) = told.flow.last_mut() else { continue };
        if is_opening {
            point.opens += times as u64;
        } else {
            point.clicks += times as u64;
        }
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    place: i64,
    message_id: Option<i64>,
    contact_id: Option<i64>,
    name: String,
    address: String,
    opens: i64,
    clicks: i64,
    first_at: Option<i64>,
    last_at: Option<i64>,
}

/// One page of those whose reactions are known by name and were like this.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &ReactionQuery) -> Result<Page<ReactionRow>, Error> {
    let after = query.after.as_ref().map_or(0, |it| it.id);
    let limit = PAGE_ROWS as i64 + 1;
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT p.place, p.message_id, p.contact_id, p.name, p.address,
                coalesce(sum(x.times) FILTER (WHERE l.target IS NULL), 0) AS opens,
                coalesce(sum(x.times) FILTER (WHERE l.target IS NOT NULL), 0) AS clicks, min(x.first_at) AS first_at,
                max(x.last_at) AS last_at
         FROM (",
    );
    // Each code is one range of the index; together they are a few pages, however large the audience is.
    for (n, code) in codes(query.reaction).iter().enumerate() {
        if 0 < n {
            sql.push(" UNION ALL ");
        }
        sql.push(
            "SELECT * FROM (SELECT r.place, r.message_id, r.contact_id, r.name, r.address
             FROM campaign_recipients r JOIN messages m ON m.id = r.message_id
             WHERE m.sent_at IS NOT NULL AND r.campaign_id = ",
        );
        sql.push_bind(query.campaign.0).push(" AND r.reaction = ").push_bind(*code);
        sql.push(" AND r.place > ").push_bind(after).push(" ORDER BY r.place LIMIT ").push_bind(limit).push(")");
    }
    sql.push(") AS p LEFT JOIN campaign_links l ON l.campaign_id = ").push_bind(query.campaign.0);
    sql.push(" LEFT JOIN reactions x ON x.link_id = l.id AND x.place = p.place AND 0 < x.times GROUP BY p.place ORDER BY p.place LIMIT ");
    sql.push_bind(limit);
    let rows: Vec<Row> = sql.build_query_as().fetch_all(connection).await?;
    let row = |row: Row| ReactionRow {
        place: row.place,
        message: row.message_id.map(MessageId),
        contact: row.contact_id.map(ContactId),
        name: row.name,
        address: row.address,
        opens: row.opens as u64,
        clicks: row.clicks as u64,
        first_at: row.first_at.map(Moment),
        last_at: row.last_at.map(Moment),
    };
    Ok(Page::cut(rows.into_iter().map(row).collect(), PAGE_ROWS, |it| Cursor { key: Key::Number(it.place), id: it.place }))
}
