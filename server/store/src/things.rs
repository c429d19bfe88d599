//! Everything that has a name beside messages, for the full text: what of it changed, what is new, by which words it is found, and how
//! it is shown where it was found.

mod texts;

use model::palette::ThingKind;
use sqlx::SqliteConnection;

pub use texts::{ThingTexts, texts};

use crate::codes::Code;
use crate::error::Error;
use crate::tx::Tx;

/// One job: its number, and what the full text has to take in again, or to forget when it is gone.
pub type Job = (i64, ThingKind, i64);

/// The next jobs behind `last`, at most `limit`, oldest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn jobs_after(connection: &mut SqliteConnection, last: i64, limit: i64) -> Result<Vec<Job>, Error> {
    let rows: Vec<(i64, String, i64)> =
        sqlx::query_as("SELECT id, kind, thing_id FROM thing_jobs WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(last)
            .bind(limit)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|(job, kind, id)| Ok((job, Code::from_code(&kind)?, id))).collect()
}

/// Forgets the jobs up to `last`, which the full text holds durably.
///
/// # Errors
/// Fails when the database fails.
pub async fn done(tx: &mut Tx, last: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM thing_jobs WHERE id <= $1").bind(last).execute(&mut **tx).await?;
    Ok(())
}

/// The number of the last job ever given out, 0 before the first; and of the oldest one that is still there.
///
/// # Errors
/// Fails when the database fails.
pub async fn given(connection: &mut SqliteConnection) -> Result<(i64, Option<i64>), Error> {
    Ok(sqlx::query_as(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'thing_jobs'), 0), (SELECT min(id) FROM thing_jobs)",
    )
    .fetch_one(connection)
    .await?)
}

/// The ids of a kind behind one, at most `limit`, upwards.
///
/// # Errors
/// Fails when the database fails.
pub async fn behind(connection: &mut SqliteConnection, kind: ThingKind, id: i64, limit: i64) -> Result<Vec<i64>, Error> {
    let sql = match kind {
        ThingKind::Contact => "SELECT id FROM contacts WHERE id > $1 ORDER BY id LIMIT $2",
        ThingKind::Campaign => "SELECT id FROM campaigns WHERE id > $1 ORDER BY id LIMIT $2",
        ThingKind::Template => "SELECT id FROM templates WHERE id > $1 ORDER BY id LIMIT $2",
        ThingKind::List => "SELECT id FROM recipient_lists WHERE id > $1 ORDER BY id LIMIT $2",
        ThingKind::Segment => "SELECT id FROM segments WHERE id > $1 ORDER BY id LIMIT $2",
        ThingKind::File => "SELECT id FROM library WHERE id > $1 ORDER BY id LIMIT $2",
        ThingKind::User => "SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2",
        // They have jobs and an index of their own.
        ThingKind::Message => return Ok(Vec::new()),
    };
    Ok(sqlx::query_scalar(sql).bind(id).bind(limit).fetch_all(connection).await?)
}

/// The highest id of a kind ever given out, 0 before the first.
///
/// # Errors
/// Fails when the database fails.
pub async fn last_given(connection: &mut SqliteConnection, kind: ThingKind) -> Result<i64, Error> {
    let table = match kind {
        ThingKind::Contact => "contacts",
        ThingKind::Campaign => "campaigns",
        ThingKind::Template => "templates",
        ThingKind::List => "recipient_lists",
        ThingKind::Segment => "segments",
        ThingKind::File => "library",
        ThingKind::User => "users",
        ThingKind::Message => return Ok(0),
    };
    let last: Option<i64> =
        sqlx::query_scalar("SELECT value FROM counters WHERE name = $1").bind(table).fetch_optional(connection).await?;
    Ok(last.unwrap_or(0))
}

/// How many the full text still has to take in: jobs behind `last_job`, and what lies behind the walk through each kind.
///
/// # Errors
/// Fails when the database fails.
pub async fn waiting(connection: &mut SqliteConnection, last_job: i64, walked: &[(ThingKind, i64)]) -> Result<u64, Error> {
    let mut n: i64 =
        sqlx::query_scalar("SELECT count(*) FROM thing_jobs WHERE id > $1").bind(last_job).fetch_one(&mut *connection).await?;
    for (kind, id) in walked {
        let sql = match kind {
            ThingKind::Contact => "SELECT count(*) FROM contacts WHERE id > $1",
            ThingKind::Campaign => "SELECT count(*) FROM campaigns WHERE id > $1",
            ThingKind::Template => "SELECT count(*) FROM templates WHERE id > $1",
            ThingKind::List => "SELECT count(*) FROM recipient_lists WHERE id > $1",
            ThingKind::Segment => "SELECT count(*) FROM segments WHERE id > $1",
            ThingKind::File => "SELECT count(*) FROM library WHERE id > $1",
            ThingKind::User => "SELECT count(*) FROM users WHERE id > $1",
            ThingKind::Message => continue,
        };
        n += sqlx::query_scalar::<_, i64>(sql).bind(id).fetch_one(&mut *connection).await?;
    }
    Ok(n as u64)
}

/// How things of a kind are shown: id, name, and what tells each from others of that name. They come in the order asked for; those that
/// are gone are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn shown(connection: &mut SqliteConnection, kind: ThingKind, ids: &[i64]) -> Result<Vec<(i64, String, String)>, Error> {
    let sql = match kind {
        ThingKind::Contact => {
            "SELECT c.id, c.name, CASE WHEN c.email <> '' THEN c.email WHEN c.nature = 'person' THEN c.company_name ELSE c.city END
             FROM json_each($1) j CROSS JOIN contacts c ON c.id = j.value ORDER BY j.key"
        }
        ThingKind::Campaign => {
            "SELECT c.id, c.name, u.name
             FROM json_each($1) j CROSS JOIN campaigns c ON c.id = j.value JOIN users u ON u.id = c.author_id ORDER BY j.key"
        }
        ThingKind::Template => {
            "SELECT t.id, t.name, t.hint
             FROM json_each($1) j CROSS JOIN templates t ON t.id = j.value WHERE t.deleted_at IS NULL ORDER BY j.key"
        }
        ThingKind::List => {
            "SELECT l.id, l.name, '' FROM json_each($1) j CROSS JOIN recipient_lists l ON l.id = j.value ORDER BY j.key"
        }
        ThingKind::Segment => {
            "SELECT s.id, s.name, '' FROM json_each($1) j CROSS JOIN segments s ON s.id = j.value ORDER BY j.key"
        }
        ThingKind::File => "SELECT f.id, f.name, f.folder FROM json_each($1) j CROSS JOIN library f ON f.id = j.value ORDER BY j.key",
        ThingKind::User => {
            "SELECT u.id, u.name, u.email FROM json_each($1) j CROSS JOIN users u ON u.id = j.value
             WHERE u.state <> 'system' ORDER BY j.key"
        }
        ThingKind::Message => return Ok(Vec::new()),
    };
    Ok(sqlx::query_as(sql).bind(serde_json::to_string(ids)?).fetch_all(connection).await?)
}
