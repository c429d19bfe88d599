//! The action log, chained so that nothing can be changed or taken out unnoticed.

mod words;

use std::collections::HashMap;

use model::{
    AccountId, AuditEntry, AuditId, AuditQuery, CampaignId, ContactId, Cursor, Deed, DeedFamily, Key, MessageId, Moment,
    PAGE_ROWS, Page, RecipientListId, RoleId, SegmentId, Subject, TemplateId, UserId,
};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use crate::db::{next_id, next_ids};
use crate::error::Error;
use crate::tx::Tx;
use words::named;

pub use words::{about, behind, by_ids, code, codes};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    at: i64,
    actor_id: i64,
    actor: String,
    deed: String,
    subject: Option<String>,
    network: String,
}

/// Writes an entry and tells which one it is. Its hash covers its fields and the hash of the entry before it.
///
/// # Errors
/// Fails when the database fails.
pub async fn write(tx: &mut Tx, actor: UserId, network: &str, deed: &Deed, now: Moment) -> Result<AuditId, Error> {
    let before: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT hash FROM audit ORDER BY id DESC LIMIT 1").fetch_optional(&mut **tx).await?;
    let id = next_id(tx, "audit").await?;
    let text = serde_json::to_string(deed)?;
    let (kind, subject_id) = deed.subject().map(subject_columns).unzip();
    let hash = chained(&before.unwrap_or_default(), id, now.0, actor.0, &text, network);
    sqlx::query(
        "INSERT INTO audit (id, at, actor_id, deed, subject_kind, subject_id, network, hash, family)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(now.0)
    .bind(actor.0)
    .bind(text)
    .bind(kind)
    .bind(subject_id)
    .bind(network)
    .bind(hash)
    .bind(deed.family().code())
    .execute(&mut **tx)
    .await?;
    Ok(AuditId(id))
}

/// Writes entries of the same actor in their order, as many calls of [`write`] would, and tells which ones they are.
///
/// # Errors
/// Fails when the database fails.
pub async fn write_all(tx: &mut Tx, actor: UserId, deeds: &[Deed], now: Moment) -> Result<Vec<AuditId>, Error> {
    if deeds.is_empty() {
        return Ok(Vec::new());
    }
    let mut hash: Vec<u8> = sqlx::query_scalar("SELECT hash FROM audit ORDER BY id DESC LIMIT 1")
        .fetch_optional(&mut **tx)
        .await?
        .unwrap_or_default();
    let last = next_ids(tx, "audit", deeds.len()).await?;
    let mut rows = Vec::with_capacity(deeds.len());
    for (n, deed) in deeds.iter().enumerate() {
        let id = last - (deeds.len() - 1 - n) as i64;
        let text = serde_json::to_string(deed)?;
        let (kind, subject_id) = deed.subject().map(subject_columns).unzip();
        hash = chained(&hash, id, now.0, actor.0, &text, "");
        let hex: String = hash.iter().map(|it| format!("{it:02x}")).collect();
        rows.push((id, text, kind, subject_id, hex, deed.family().code()));
    }
    sqlx::query(
        "INSERT INTO audit (id, at, actor_id, deed, subject_kind, subject_id, network, hash, family)
         SELECT entry.value ->> 0, $2, $3, entry.value ->> 1, entry.value ->> 2, entry.value ->> 3, '', unhex(entry.value ->> 4),
                entry.value ->> 5
         FROM json_each($1) AS entry ORDER BY entry.key",
    )
    .bind(serde_json::to_string(&rows)?)
    .bind(now.0)
    .bind(actor.0)
    .execute(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|it| AuditId(it.0)).collect())
}

/// What a filter of entries lets through, by the first seven parameters.
macro_rules! filter {
    () => {
        "($1 IS NULL OR actor_id = $1)
         AND ($2 IS NULL OR (subject_kind = $2 AND subject_id IN (
             SELECT $3 UNION ALL SELECT old_id FROM contact_merges WHERE $2 = 'contact' AND new_id = $3)))
         AND ($4 IS NULL OR at >= $4) AND ($5 IS NULL OR at < $5)
         AND ($6 IS NULL OR family = $6) AND ($7 = 0 OR actor_id <> 1)"
    };
}

/// A question to the log, led by the index of what narrows it most.
macro_rules! led {
    ($query:expr, $ask:ident, $start:literal, $end:literal) => {
        match $query {
            it if it.subject.is_some() => $ask!(
                $start,
                "subject_kind = $2 AND subject_id IN (
                     SELECT $3 UNION ALL SELECT old_id FROM contact_merges WHERE $2 = 'contact' AND new_id = $3) AND ",
                filter!(),
                $end
            ),
            it if it.actor.is_some() => $ask!($start, "actor_id = $1 AND ", filter!(), $end),
            // What became of deliveries is most of the log, and stands in no index of its own.
            it if it.family.is_some_and(|it| it != DeedFamily::Deliveries) => {
                $ask!($start, "family = $6 AND family <> 'deliveries' AND ", filter!(), $end)
            }
            it if it.people => $ask!($start, "actor_id <> 1 AND ", filter!(), $end),
            _ => $ask!($start, filter!(), $end),
        }
    };
}

/// Lists entries, newest first. The name of the thing is the one it has now. Entries about contacts that went into another one are that
/// one's as well.
///
/// # Errors
/// Fails when the database fails.
pub async fn page(connection: &mut SqliteConnection, query: &AuditQuery) -> Result<Page<AuditEntry>, Error> {
    let (kind, subject_id) = query.subject.map(subject_columns).unzip();
    let before = query.after.as_ref().map(|it| it.id);
    let mut rows: Vec<Row> = sqlx::query_as(led!(
        query,
        named,
        "SELECT * FROM audit WHERE ",
        " AND ($8 IS NULL OR id < $8) ORDER BY id DESC LIMIT $9"
    ))
    .bind(query.actor.map(|it| it.0))
    .bind(kind)
    .bind(subject_id)
    .bind(query.since.map(|it| it.0))
    .bind(query.until.map(|it| it.0))
    .bind(query.family.map(DeedFamily::code))
    .bind(query.people)
    .bind(before)
    .bind(PAGE_ROWS as i64 + 1)
    .fetch_all(connection)
    .await?;
    rows.reverse();
    let entries = rows.into_iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(entries, PAGE_ROWS, |it| Cursor { key: Key::Number(it.at.0), id: it.id.0 }))
}

/// The hash of an entry, which stands for all before it.
///
/// # Errors
/// Fails when the database fails.
pub async fn hash_of(connection: &mut SqliteConnection, id: AuditId) -> Result<Option<Vec<u8>>, Error> {
    Ok(sqlx::query_scalar("SELECT hash FROM audit WHERE id = $1").bind(id.0).fetch_optional(connection).await?)
}

/// The hashes of these entries.
///
/// # Errors
/// Fails when the database fails.
pub async fn hashes(connection: &mut SqliteConnection, ids: &[AuditId]) -> Result<HashMap<AuditId, Vec<u8>>, Error> {
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT id, hash FROM audit WHERE id IN (SELECT value FROM json_each($1))")
        .bind(serde_json::to_string(ids)?)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, hash)| (AuditId(id), hash)).collect())
}

/// The last entry before a moment, if there is one. Entries follow one another in time, so their numbers lead there in a few steps.
///
/// # Errors
/// Fails when the database fails.
pub async fn last_before(connection: &mut SqliteConnection, moment: Moment) -> Result<Option<AuditId>, Error> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(id) FROM audit").fetch_one(&mut *connection).await?;
    // Entry `low` lies before the moment, entry `high` does not.
    let (mut low, mut high) = (0, last.unwrap_or(0) + 1);
    while 1 < high - low {
        let middle = low + (high - low) / 2;
        let at: Option<i64> =
            sqlx::query_scalar("SELECT at FROM audit WHERE id = $1").bind(middle).fetch_optional(&mut *connection).await?;
        if at.is_some_and(|it| it < moment.0) { low = middle } else { high = middle }
    }
    Ok((0 < low).then_some(AuditId(low)))
}

/// Counts the entries that a filter lets through.
///
/// # Errors
/// Fails when the database fails.
pub async fn count(connection: &mut SqliteConnection, query: &AuditQuery) -> Result<u64, Error> {
    let (kind, subject_id) = query.subject.map(subject_columns).unzip();
    let n: i64 = sqlx::query_scalar(led!(query, concat, "SELECT count(*) FROM audit WHERE ", ""))
        .bind(query.actor.map(|it| it.0))
        .bind(kind)
        .bind(subject_id)
        .bind(query.since.map(|it| it.0))
        .bind(query.until.map(|it| it.0))
        .bind(query.family.map(DeedFamily::code))
        .bind(query.people)
        .fetch_one(connection)
        .await?;
    Ok(n as u64)
}

/// Walks the whole chain and names the first entry that does not fit.
///
/// # Errors
/// Fails when the database fails.
pub async fn first_broken(connection: &mut SqliteConnection) -> Result<Option<AuditId>, Error> {
    let (mut before, mut last) = (Vec::new(), 0_i64);
    loop {
        let rows: Vec<(i64, i64, i64, String, String, Vec<u8>)> =
            sqlx::query_as("SELECT id, at, actor_id, deed, network, hash FROM audit WHERE id > $1 ORDER BY id LIMIT 5000")
                .bind(last)
                .fetch_all(&mut *connection)
                .await?;
        if rows.is_empty() {
            break;
        }
        for (id, at, actor, deed, network, hash) in rows {
            if id != last + 1 || hash != chained(&before, id, at, actor, &deed, &network) {
                return Ok(Some(AuditId(last + 1)));
            }
            (before, last) = (hash, id);
        }
    }
    let written: Option<i64> =
        sqlx::query_scalar("SELECT value FROM counters WHERE name = 'audit'").fetch_optional(connection).await?;
    Ok((written.unwrap_or(0) != last).then_some(AuditId(last + 1)))
}

/// SHA-256 over the hash before and the fields, each with its length so that none can run into the next.
fn chained(before: &[u8], id: i64, at: i64, actor: i64, deed: &str, network: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before);
    for number in [id, at, actor] {
        hash.update(number.to_be_bytes());
    }
    for text in [deed, network] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().to_vec()
}

fn subject_columns(subject: Subject) -> (&'static str, i64) {
    match subject {
        Subject::User(UserId(id)) => ("user", id),
        Subject::Role(RoleId(id)) => ("role", id),
        Subject::Contact(ContactId(id)) => ("contact", id),
        Subject::RecipientList(RecipientListId(id)) => ("list", id),
        Subject::Segment(SegmentId(id)) => ("segment", id),
        Subject::Template(TemplateId(id)) => ("template", id),
        Subject::Account(AccountId(id)) => ("account", id),
        Subject::Campaign(CampaignId(id)) => ("campaign", id),
        Subject::Message(MessageId(id)) => ("message", id),
    }
}

fn entry(row: Row) -> Result<AuditEntry, Error> {
    Ok(AuditEntry {
        id: AuditId(row.id),
        at: Moment(row.at),
        actor: (UserId(row.actor_id), row.actor),
        deed: serde_json::from_str(&row.deed)?,
        subject: row.subject.unwrap_or_default(),
        from: row.network,
        changes: Vec::new(),
    })
}
