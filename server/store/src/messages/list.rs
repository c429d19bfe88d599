//! Lists of messages.

use model::{Cursor, Key, MessageFilter, MessageId, MessageQuery, MessageRow, MessageState, Moment, PAGE_ROWS, Page, UserId};
use sqlx::SqliteConnection;
use sqlx::query::QueryAs;
use sqlx::sqlite::{Sqlite, SqliteArguments};

use crate::Store;
use crate::codes::Code;
use crate::drafts::subject_of;
use crate::error::Error;
use crate::persons::Opener;

/// Whose messages a person may see. Drafts are only ever seen by their author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only those written by this user.
    Own(UserId),
    /// All; the user is the one who looks.
    All(UserId),
}

impl Scope {
    fn viewer(self) -> UserId {
        match self {
            Self::Own(id) | Self::All(id) => id,
        }
    }

    /// The only author whose messages are seen.
    pub(crate) fn only(self) -> Option<i64> {
        match self {
            Self::Own(id) => Some(id.0),
            Self::All(_) => None,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    channel: String,
    origin: String,
    state: String,
    subject: Vec<u8>,
    first_recipient: String,
    recipients: i64,
    author: String,
    account: Option<String>,
    campaign: Option<String>,
    template: Option<String>,
    created_at: i64,
    sent_at: Option<i64>,
    attachments: i64,
    deferred: i64,
    unknown: i64,
    person_id: Option<i64>,
    person_key: Option<Vec<u8>>,
    erased_at: Option<i64>,
}

macro_rules! columns {
    () => {
        "SELECT m.id, m.channel, m.origin, m.state, m.subject, m.first_recipient, m.recipients, u.name AS author, m.created_at,
                m.sent_at, m.attachments,
                (SELECT name FROM accounts WHERE id = m.account_id) AS account,
                (SELECT name FROM campaigns WHERE id = m.campaign_id) AS campaign,
                (SELECT name FROM templates WHERE id = m.template_id) AS template,
                (SELECT count(*) FROM deliveries d WHERE d.message_id = m.id AND d.state = 'waiting' AND 0 < d.fence) AS deferred,
                (SELECT count(*) FROM deliveries d WHERE d.message_id = m.id AND d.state = 'unknown') AS unknown,
                m.person_id, k.wrapped AS person_key, coalesce(m.anonymized_at, k.destroyed_at) AS erased_at
         FROM messages m JOIN users u ON u.id = m.author_id LEFT JOIN person_keys k ON k.contact_id = m.person_id "
    };
}

/// What every list lets through: `$1` the viewer, `$2` the only author, then the filter.
macro_rules! filter {
    () => {
        "(m.state <> 'draft' OR m.author_id = $1)
         AND ($2 IS NULL OR m.author_id = $2)
         AND ($3 IS NULL OR m.state IN (SELECT value FROM json_each($3)))
         AND ($4 IS NULL OR m.origin = $4)
         AND ($5 IS NULL OR m.account_id = $5)
         AND ($6 IS NULL OR m.author_id = $6)
         AND m.created_at >= $7 AND m.created_at < $8
         AND ($9 = 0 OR m.id IN (SELECT message_id FROM deliveries WHERE state = 'unknown'))
         AND ($10 IS NULL OR m.id IN (SELECT message_id FROM recipients WHERE contact_id = $10)
                          OR (m.contact_id = $10))
         AND ($11 IS NULL OR m.campaign_id = $11)
         AND ($12 IS NULL OR m.channel = $12)
         AND ($13 IS NULL OR m.template_id = $13)
         AND ($14 IS NULL OR (0 < m.attachments) = $14)"
    };
}

/// The same question, led by the index of what narrows it most.
macro_rules! led_by {
    ($start:expr, $lead:literal, $end:literal) => {
        concat!($start, "WHERE ", $lead, "m.binned_at IS NULL AND ", filter!(), $end)
    };
}

macro_rules! led {
    ($start:expr, $filter:expr, $scope:expr, $end:literal) => {
        match $filter {
            it if it.contact.is_some() => led_by!(
                $start,
                "m.id IN (SELECT message_id FROM recipients WHERE contact_id = $10
                          UNION SELECT id FROM messages WHERE contact_id = $10) AND ",
                $end
            ),
            it if it.unknown => led_by!($start, "m.id IN (SELECT message_id FROM deliveries WHERE state = 'unknown') AND ", $end),
            it if it.campaign.is_some() => led_by!($start, "m.campaign_id = $11 AND ", $end),
            it if it.template.is_some() => led_by!($start, "m.template_id = $13 AND ", $end),
            _ if $scope.only().is_some() => led_by!($start, "m.author_id = $2 AND ", $end),
            // Nearly all messages are sent; those of one account are never more.
            it if it.account.is_some() && it.states == [model::MessageState::Sent] => {
                led_by!($start, "m.account_id = $5 AND ", $end)
            }
            it if it.states.len() == 1 => led_by!($start, "m.state = json_extract($3, '$[0]') AND ", $end),
            it if it.author.is_some() => led_by!($start, "m.author_id = $6 AND ", $end),
            it if it.origin.is_some_and(|it| it != model::Origin::Campaign) => {
                led_by!($start, "m.origin <> 'campaign' AND m.origin = $4 AND ", $end)
            }
            it if it.account.is_some() => led_by!($start, "m.account_id = $5 AND ", $end),
            it if it.channel == Some(model::Channel::Sms) => led_by!($start, "m.channel = 'sms' AND ", $end),
            it if it.files == Some(true) => led_by!($start, "0 < m.attachments AND ", $end),
            _ => led_by!($start, "", $end),
        }
    };
}

mod run;
mod tally;

pub use run::page_of_run;
pub use tally::{narrowed, tallies};

/// One page of messages, newest first; the words of the filter are not looked at here. One that is damaged says so and keeps none of the
/// others from being seen.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(
    store: &Store,
    connection: &mut SqliteConnection,
    query: &MessageQuery,
    scope: Scope,
) -> Result<Page<MessageRow>, Error> {
    let mut rows = Vec::new();
    // Each state has an order of its own in the index; together they would be looked for along all messages.
    for filter in by_state(&query.filter) {
        rows.extend(newest(connection, &filter, query.after.as_ref(), scope).await?);
    }
    rows.sort_unstable_by_key(|it| std::cmp::Reverse((it.created_at, it.id)));
    rows.truncate(PAGE_ROWS + 1);
    let rows = rows.into_iter().map(|row| message_row(store, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.created_at.0), id: it.id.0 }))
}

/// The filter once for each of its states, or as it is when it asks for none.
fn by_state(filter: &MessageFilter) -> Vec<MessageFilter> {
    if filter.states.is_empty() {
        return vec![filter.clone()];
    }
    let mut states: Vec<MessageState> = Vec::new();
    for state in &filter.states {
        if !states.contains(state) {
            states.push(*state);
        }
    }
    states.into_iter().map(|it| MessageFilter { states: vec![it], ..filter.clone() }).collect()
}

async fn newest(
    connection: &mut SqliteConnection,
    filter: &MessageFilter,
    after: Option<&Cursor>,
    scope: Scope,
) -> Result<Vec<Row>, Error> {
    let (at, id) = behind(after);
    let mut filter = filter.clone();
    if let Some(at) = at {
        // The index leads to the place by the end of a period; by the condition on the place it would be walked to from the newest.
        let end = Moment(at.saturating_add(1));
        filter.until = Some(filter.until.map_or(end, |it| it.min(end)));
    }
    let sql = led!(
        columns!(),
        &filter,
        scope,
        " AND ($15 IS NULL OR (m.created_at, m.id) < ($15, $16)) ORDER BY m.created_at DESC, m.id DESC LIMIT $17"
    );
    Ok(bind(sqlx::query_as(sql), &filter, scope)?.bind(at).bind(id).bind(PAGE_ROWS as i64 + 1).fetch_all(connection).await?)
}

/// Those of the given messages that the filter lets through, newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn rows(
    store: &Store,
    connection: &mut SqliteConnection,
    ids: &[MessageId],
    filter: &MessageFilter,
    scope: Scope,
) -> Result<Vec<MessageRow>, Error> {
    let sql = led_by!(columns!(), "m.id IN (SELECT value FROM json_each($15)) AND ", " ORDER BY m.created_at DESC, m.id DESC");
    let rows = bind(sqlx::query_as(sql), filter, scope)?.bind(serde_json::to_string(ids)?).fetch_all(connection).await?;
    rows.into_iter().map(|row| message_row(store, row)).collect()
}

/// Those of the given messages that lie in the bin, newest first.
///
/// # Errors
/// Fails when the database fails.
pub(crate) async fn binned_rows(
    store: &Store,
    connection: &mut SqliteConnection,
    ids: &[MessageId],
    scope: Scope,
) -> Result<Vec<MessageRow>, Error> {
    let sql = concat!(
        columns!(),
        "WHERE m.id IN (SELECT value FROM json_each($15)) AND m.binned_at IS NOT NULL AND ",
        filter!(),
        " ORDER BY m.created_at DESC, m.id DESC"
    );
    let rows = bind(sqlx::query_as(sql), &MessageFilter::default(), scope)?;
    let rows = rows.bind(serde_json::to_string(ids)?).fetch_all(connection).await?;
    rows.into_iter().map(|row| message_row(store, row)).collect()
}

/// Counts the messages that the filter lets through; the words of the filter are not looked at here.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, filter: &MessageFilter, scope: Scope) -> Result<u64, Error> {
    if asks_for_states_only(filter) {
        return count_by_indexes(connection, filter, scope).await;
    }
    let sql = led!("SELECT count(*) FROM messages m ", filter, scope, "");
    let (n,): (i64,) = bind(sqlx::query_as(sql), filter, scope)?.fetch_one(connection).await?;
    Ok(n as u64)
}

fn asks_for_states_only(filter: &MessageFilter) -> bool {
    let rest = MessageFilter { words: String::new(), states: Vec::new(), ..filter.clone() };
    rest == MessageFilter::default()
}

/// Counts without reading a row of what is neither in the bin nor a draft: all of the states, less those in the bin, less what others draft.
async fn count_by_indexes(connection: &mut SqliteConnection, filter: &MessageFilter, scope: Scope) -> Result<u64, Error> {
    let sql = match (scope.only().is_some(), filter.states.is_empty()) {
        (false, true) => {
            "SELECT (SELECT count(*) FROM messages)
                  - (SELECT count(*) FROM messages WHERE binned_at IS NOT NULL)
                  - (SELECT count(*) FROM messages WHERE state = 'draft' AND author_id <> $1 AND binned_at IS NULL)"
        }
        (false, false) => {
            "SELECT (SELECT count(*) FROM messages WHERE state IN (SELECT value FROM json_each($3)))
                  - (SELECT count(*) FROM messages WHERE binned_at IS NOT NULL AND state IN (SELECT value FROM json_each($3)))
                  - (SELECT count(*) FROM messages WHERE state = 'draft' AND author_id <> $1 AND binned_at IS NULL
                                                     AND 'draft' IN (SELECT value FROM json_each($3)))"
        }
        (true, true) => {
            "SELECT (SELECT count(*) FROM messages WHERE author_id = $2)
                  - (SELECT count(*) FROM messages WHERE binned_at IS NOT NULL AND author_id = $2)"
        }
        (true, false) => led!("SELECT count(*) FROM messages m ", filter, scope, ""),
    };
    let (n,): (i64,) = bind(sqlx::query_as(sql), filter, scope)?.fetch_one(connection).await?;
    Ok(n as u64)
}

/// Counts those of the given messages that the filter lets through.
///
/// # Errors
/// Fails when the database fails.
pub async fn count_of(
    connection: &mut SqliteConnection,
    ids: &[MessageId],
    filter: &MessageFilter,
    scope: Scope,
) -> Result<u64, Error> {
    let sql = led_by!("SELECT count(*) FROM messages m ", "m.id IN (SELECT value FROM json_each($15)) AND ", "");
    let (n,): (i64,) = bind(sqlx::query_as(sql), filter, scope)?.bind(serde_json::to_string(ids)?).fetch_one(connection).await?;
    Ok(n as u64)
}

/// The newest messages in these states.
///
/// # Errors
/// Fails when the database fails.
pub async fn latest(
    store: &Store,
    connection: &mut SqliteConnection,
    scope: Scope,
    states: &[MessageState],
    limit: usize,
) -> Result<Vec<MessageRow>, Error> {
    let query =
        MessageQuery { filter: MessageFilter { states: states.to_vec(), ..MessageFilter::default() }, ..MessageQuery::default() };
    let mut page = page(store, connection, &query, scope).await?;
    page.rows.truncate(limit);
    Ok(page.rows)
}

fn bind<'q, O>(
    query: QueryAs<'q, Sqlite, O, SqliteArguments>,
    filter: &MessageFilter,
    scope: Scope,
) -> Result<QueryAs<'q, Sqlite, O, SqliteArguments>, Error> {
    let codes: Vec<&str> = filter.states.iter().map(|it| it.code()).collect();
    let states = if codes.is_empty() { None } else { Some(serde_json::to_string(&codes)?) };
    Ok(query
        .bind(scope.viewer().0)
        .bind(scope.only())
        .bind(states)
        .bind(filter.origin.map(Code::code))
        .bind(filter.account.map(|it| it.0))
        .bind(filter.author.map(|it| it.0))
        .bind(filter.since.map_or(i64::MIN, |it| it.0))
        .bind(filter.until.map_or(i64::MAX, |it| it.0))
        .bind(filter.unknown)
        .bind(filter.contact.map(|it| it.0))
        .bind(filter.campaign.map(|it| it.0))
        .bind(filter.channel.map(Code::code))
        .bind(filter.template.map(|it| it.0))
        .bind(filter.files))
}

fn behind(after: Option<&Cursor>) -> (Option<i64>, Option<i64>) {
    match after {
        Some(Cursor { key: Key::Number(at), id }) => (Some(*at), Some(*id)),
        _ => (None, None),
    }
}

fn message_row(store: &Store, row: Row) -> Result<MessageRow, Error> {
    let id = MessageId(row.id);
    let opened = Opener::of(store, row.person_id, row.person_key.as_deref(), row.erased_at)
        .and_then(|it| Ok((it.open_text(subject_of(id), &row.subject)?, it.erased_at().is_some())));
    let is_damaged = matches!(opened, Err(Error::Damaged { .. }));
    let (subject, is_erased) = if is_damaged { (String::new(), false) } else { opened? };
    Ok(MessageRow {
        id,
        channel: Code::from_code(&row.channel)?,
        origin: Code::from_code(&row.origin)?,
        state: Code::from_code(&row.state)?,
        subject,
        recipient: row.first_recipient,
        others: u32::try_from(row.recipients - 1).unwrap_or(0),
        author: row.author,
        account: row.account,
        campaign: row.campaign,
        template: row.template,
        created_at: Moment(row.created_at),
        sent_at: row.sent_at.map(Moment),
        attachments: row.attachments as u32,
        deferred: row.deferred as u32,
        unknown: row.unknown as u32,
        snippet: Vec::new(),
        snippet_file: None,
        is_erased,
        is_damaged,
    })
}
