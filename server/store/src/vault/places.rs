//! Everywhere a value lies that may be sealed under a data key, and the walk that seals all of them under the newest one.

use std::collections::BTreeMap;

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
        "archive_chunks" | "import_chunks" => 8,
        _ => 200,
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
    "dkim_keys" "id": "private_key";
    "import_changes" "id": "before";
    "import_chunks" "id": "content";
    "import_reports" "id": "content";
    "imports" "id": "file";
    "library" "id": "thumbnail";
    "messages" "id": "subject", "body_text", "body_html", "bodies", "draft";
    "sms_accounts" "account_id": "secrets", "callback";
    "template_versions" "id": "draft";
};

/// How far the walk has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    place: usize,
    behind: i64,
    changed: u64,
}

/// What a step of the walk found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many values were sealed anew, and there is more to look at.
    Further(u64),
    /// Nothing lies under an earlier key any more.
    Done,
}

/// Seals the next values under the newest key. A walk that changed something is followed by another one, because values may have been sealed
/// before the key was taken up and written behind the walk; the one that changes nothing is the last. A kill costs nothing but the way.
///
/// # Errors
/// Names a value that does not open.
pub async fn step(store: &Store, tx: &mut Tx, walk: &mut Walk, now: Moment) -> Result<Step, Error> {
    let Some(it) = PLACES.get(walk.place) else {
        if 0 < std::mem::take(walk).changed {
            return Ok(Step::Further(0));
        }
        sqlx::query("UPDATE vault_keys SET resealed_at = $1 WHERE resealed_at IS NULL AND taken_up_at IS NOT NULL")
            .bind(now.0)
            .execute(&mut **tx)
            .await?;
        return Ok(Step::Done);
    };
    let rows: Vec<(i64, Option<Vec<u8>>)> =
        sqlx::query_as(it.select).bind(walk.behind).bind(rows_of(it.table)).fetch_all(&mut **tx).await?;
    let Some(last) = rows.last().map(|it| it.0) else {
        *walk = Walk { place: walk.place + 1, behind: i64::MIN, changed: walk.changed };
        return Ok(Step::Further(0));
    };
    let mut n = 0;
    for (row, sealed) in rows {
        let place = Place { table: it.table, column: it.column, row };
        let Some(sealed) = sealed else { continue };
        if let Some(anew) = store.vault().data_keys.reseal(place, &sealed)? {
            sqlx::query(it.update).bind(row).bind(anew).bind(sealed).execute(&mut **tx).await?;
            n += 1;
        }
    }
    (walk.behind, walk.changed) = (last, walk.changed + n);
    Ok(Step::Further(n))
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
            let is_walked = PLACES.iter().any(|it| (it.table, it.column) == (table, column));
            assert!(is_walked || PERSONAL.contains(&(table, column)), "{table}.{column}");
            n += 1;
        }
        assert!(20 < n, "the places were not found");
    }
}
