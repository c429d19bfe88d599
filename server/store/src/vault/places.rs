//! Everywhere a value lies that may be sealed under a data key, and the walk that seals all of them under the newest one.

use std::collections::BTreeMap;
use std::fmt;

use model::Moment;
use sqlx::SqliteConnection;

use super::keys::number_of;
use super::{Place, Vault};
use crate::Store;
use crate::error::Error;
use crate::tx::Tx;

/// How many rows are looked at in one step; of whole files one after the other.
fn rows_of(table: &str) -> i64 {
    match table {
        "blobs" | "captured" => 1,
        "archive_chunks" | "blob_chunks" | "import_chunks" => 8,
        _ => 200,
    }
}

/// The table whose row the values of this one are bound to.
fn bound_to(table: &'static str) -> &'static str {
    match table {
        // What messages say stood in their rows first.
        "message_texts" => "messages",
        _ => table,
    }
}

/// A column of sealed values.
struct Sealed {
    table: &'static str,
    column: &'static str,
    select: &'static str,
    update: &'static str,
    count: &'static str,
}

/// Every nonce is drawn anew, so a value stands nowhere twice and tells which row is meant where several share what they are bound to.
macro_rules! sealed {
    ($($table:literal $key:literal: $($column:literal),+;)+) => {
        &[$($(Sealed {
            table: $table,
            column: $column,
            select: concat!(
                "SELECT ", $key, ", ", $column, " FROM ", $table, " WHERE ", $key, " > $1 AND ", $key,
                " <= (SELECT max(k) FROM (SELECT ", $key, " AS k FROM ", $table, " WHERE ", $key, " > $1 ORDER BY ", $key, " LIMIT $2)) ORDER BY ", $key
            ),
            update: concat!("UPDATE ", $table, " SET ", $column, " = $2 WHERE ", $key, " = $1 AND ", $column, " = $3"),
            count: concat!(
                "SELECT substr(", $column, ", 1, 6), count(*) FROM ", $table, " WHERE ", $column, " IS NOT NULL GROUP BY 1"
            ),
        }),+),+]
    };
}

const PLACES: &[Sealed] = sealed! {
    "accounts" "id": "password";
    "archive_chunks" "id": "content";
    "archives" "id": "file";
    "attachments" "id": "name";
    "audit_changes" "audit_id": "changes";
    "blob_chunks" "id": "content";
    "blobs" "id": "content";
    "bounce_mailboxes" "account_id": "password";
    "bounces" "id": "words";
    "campaign_contents" "id": "draft", "common";
    "campaign_fills" "campaign_id": "value";
    "campaign_links" "id": "target";
    "campaigns" "id": "draft";
    "captured" "id": "subject", "content";
    "comments" "id": "text";
    "contacts" "id": "password";
    "copy_mailboxes" "account_id": "password";
    "dkim_keys" "id": "private_key";
    "import_changes" "id": "before";
    "import_chunks" "id": "content";
    "import_reports" "id": "content";
    "imports" "id": "file";
    "library" "id": "thumbnail";
    "message_texts" "message_id": "body_text", "body_html", "bodies";
    "messages" "id": "subject", "draft";
    "oauth_logins" "id": "client_secret", "access_token", "refresh_token";
    "oauth_questions" "id": "verifier";
    "sms_accounts" "account_id": "secrets", "callback";
    "template_versions" "id": "draft";
};

/// How far the walk has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    place: usize,
    behind: i64,
    changed: u64,
    /// How many values did not open; each is passed over.
    damaged: u64,
}

/// What a step of the walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is more to look at, and these values have to be sealed anew.
    Further(Vec<Resealed>),
    /// Nothing lies under an earlier key any more but so many values that do not open.
    Done(u64),
}

/// A value that was sealed anew and waits to be written.
#[derive(Clone, PartialEq, Eq)]
pub struct Resealed {
    update: &'static str,
    row: i64,
    before: Vec<u8>,
    anew: Vec<u8>,
}

impl fmt::Debug for Resealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Resealed(row {})", self.row)
    }
}

/// Seals the next values under the newest key; [`put_resealed`] writes them. A walk that changed something is followed by another one,
/// because values may have been sealed before the key was taken up and written behind the walk; the one that changes nothing is the last,
/// and nobody who writes waits for it. A value that does not open is counted and passed over. A kill costs nothing but the way.
///
/// # Errors
/// Fails when the database fails.
pub async fn step(store: &Store, connection: &mut SqliteConnection, walk: &mut Walk) -> Result<Step, Error> {
    let Some(it) = PLACES.get(walk.place) else {
        let walked = std::mem::take(walk);
        return Ok(if 0 < walked.changed { Step::Further(Vec::new()) } else { Step::Done(walked.damaged) });
    };
    let rows: Vec<(i64, Option<Vec<u8>>)> =
        sqlx::query_as(it.select).bind(walk.behind).bind(rows_of(it.table)).fetch_all(connection).await?;
    let Some(last) = rows.last().map(|it| it.0) else {
        *walk = Walk { place: walk.place + 1, behind: i64::MIN, ..*walk };
        return Ok(Step::Further(Vec::new()));
    };
    let mut all = Vec::new();
    for (row, sealed) in rows {
        let place = Place { table: bound_to(it.table), column: it.column, row };
        let Some(before) = sealed else { continue };
        match store.vault().data_keys.reseal(place, &before) {
            Ok(None) => {}
            Ok(Some(anew)) => all.push(Resealed { update: it.update, row, before, anew }),
            Err(Error::Damaged { .. }) => walk.damaged += 1,
            Err(error) => return Err(error),
        }
    }
    (walk.behind, walk.changed) = (last, walk.changed + all.len() as u64);
    Ok(Step::Further(all))
}

/// Writes what was sealed anew, unless somebody has written there meanwhile.
///
/// # Errors
/// Fails when the database fails.
pub async fn put_resealed(tx: &mut Tx, all: &[Resealed]) -> Result<(), Error> {
    for it in all {
        sqlx::query(it.update).bind(it.row).bind(&it.anew).bind(&it.before).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Notes that nothing lies under an earlier key any more.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_resealed(tx: &mut Tx, now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE vault_keys SET resealed_at = $1 WHERE resealed_at IS NULL AND taken_up_at IS NOT NULL")
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Whether values lie under earlier keys than the newest one, as far as is known.
///
/// # Errors
/// Fails when the database fails.
pub async fn is_unfinished(connection: &mut SqliteConnection) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM vault_keys WHERE taken_up_at IS NOT NULL AND resealed_at IS NULL)")
        .fetch_one(connection)
        .await?)
}

/// How many values of a column lie under which data key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedBy {
    /// Table and column.
    pub place: String,
    /// Number of the key, and how many values.
    pub keys: BTreeMap<u32, u64>,
}

/// What lies under which data key; columns without such values are left out.
///
/// # Errors
/// Fails when the database fails.
pub async fn sealed_by(connection: &mut SqliteConnection) -> Result<Vec<SealedBy>, Error> {
    let mut all = Vec::new();
    for it in PLACES {
        let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(it.count).fetch_all(&mut *connection).await?;
        let mut keys = BTreeMap::new();
        for (begin, n) in rows {
            if let Some(number) = number_of(&begin) {
                *keys.entry(number).or_default() += n as u64;
            }
        }
        if !keys.is_empty() {
            all.push(SealedBy { place: format!("{}.{}", it.table, it.column), keys });
        }
    }
    Ok(all)
}

impl Vault {
    /// The number of the key that seals now.
    pub fn newest_key(&self) -> u32 {
        self.data_keys.newest().0
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn sources(folder: &Path, found: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if !path.ends_with("vault/tests.rs") && !path.ends_with("vault/places.rs") {
                found.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn every_place_that_anything_is_sealed_for_is_walked() {
        // Under keys of persons alone.
        const PERSONAL: [(&str, &str); 1] = [("contact_changes", "changes")];
        let mut text = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
        let mut n = 0;
        for piece in text.split("Place { table: \"").skip(1) {
            let (table, rest) = piece.split_once('"').unwrap();
            let column = rest.split('"').nth(1).unwrap();
            let is_walked = PLACES.iter().any(|it| (bound_to(it.table), it.column) == (table, column));
            assert!(is_walked || PERSONAL.contains(&(table, column)), "{table}.{column}");
            n += 1;
        }
        assert!(20 < n, "the places were not found");
    }
}
