//! The mark: a small file beside the database that says how far it was written.
//!
//! It is written after each commit, so it is never ahead of the database that it belongs to, whatever is killed and whenever the current
//! fails: what is lost of it then only makes it less exact. A database that is behind its mark is a copy that was made earlier and put back.
//! It holds nothing secret; a tag binds it to the key of the data, so that the mark of other data is not taken for theirs.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

use model::Moment;
use sqlx::{Connection, SqliteConnection};

use crate::error::Error;
use crate::vault::{MarkKey, Vault, random};

/// Begin and version.
const KIND: &str = "posel-mark-1";
/// By how much ids that left the house go on behind those that the lost part of the history may have given out: a bounce, a receipt or a
/// link that comes back for one of those must meet nothing that is new.
const IDS_LEFT_OUT: i64 = 10_000_000;

/// The name of a line of history: 128 random bits.
type Name = [u8; 16];

/// How far a database was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// How many commits there were.
    pub commits: i64,
    /// How many deliveries were handed over.
    pub handed: i64,
}

/// What lies beside a database.
enum Found {
    Nothing,
    /// Of other data, or damaged.
    Foreign,
    /// Of this data, written until then.
    Own(Name, Written, Option<Moment>),
}

/// The mark of an open database.
pub(crate) struct Mark {
    file: File,
    key: MarkKey,
    name: Name,
    /// Whether it was told that the file cannot be written.
    failed: AtomicBool,
}

impl Mark {
    /// Holds a database against its mark, notes in it when it is a copy that was put back, and begins to keep its mark.
    ///
    /// # Errors
    /// Fails when the database fails, or the mark cannot be read or written.
    pub(crate) async fn begin(database: &Path, vault: &Vault, connection: &mut SqliteConnection) -> Result<Self, Error> {
        let (path, key) = (database.with_extension("mark"), vault.mark_key().clone());
        let found = read(&path, &key).map_err(Error::Mark)?;
        let (mut name, mut written) = of(connection).await?;
        // Where there is no message, as in a new database, nothing can leave twice.
        let is_used: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM messages)").fetch_one(&mut *connection).await?;
        if is_used && is_behind(&found, name, written) {
            note(connection, &found, name, written).await?;
            (name, written) = of(connection).await?;
        }
        let said = line(&key, name, written);
        // A full disk has no room for a new file, but the one that is there can be written over.
        let file = make(database, &path, &said).or_else(|error| over(&path, &said).map_err(|_| error)).map_err(Error::Mark)?;
        Ok(Self { file, key, name, failed: AtomicBool::new(false) })
    }

    /// Says how far the database is written now. Without it nothing is lost but the sign of an older copy, so it fails silently.
    pub(crate) fn write(&self, written: Written) {
        let result = self.file.write_all_at(line(&self.key, self.name, written).as_bytes(), 0);
        if let Err(error) = result
            && !self.failed.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(%error, "the mark beside the database cannot be written; a copy that is put back would not be noticed");
        }
    }
}

/// Which database it is, and how far it was written.
async fn of(connection: &mut SqliteConnection) -> Result<(Name, Written), Error> {
    let (name, commits, handed): (Vec<u8>, i64, i64) =
        sqlx::query_as("SELECT name, commits, handed FROM lineage").fetch_one(connection).await?;
    let name = Name::try_from(name).map_err(|_| Error::UnknownCode("name of the lineage".to_owned()))?;
    Ok((name, Written { commits, handed }))
}

/// Whether more was written than the database knows, or it cannot be told. One that was never counted comes from before there were marks.
fn is_behind(found: &Found, name: Name, written: Written) -> bool {
    match found {
        Found::Nothing => 0 < written.commits,
        Found::Foreign => true,
        Found::Own(own, last, _) => *own != name || written.commits < last.commits,
    }
}

/// Notes that the database is a copy that was put back: what waits in it may have left. From here on it is another line of history.
async fn note(connection: &mut SqliteConnection, found: &Found, name: Name, written: Written) -> Result<(), Error> {
    let (commits, left_since, ran_until) = match found {
        Found::Own(own, last, until) => (last.commits, (*own == name).then_some((last.handed - written.handed).max(0)), *until),
        Found::Nothing | Found::Foreign => (0, None, None),
    };
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(
        "UPDATE lineage
         SET name = $1, commits = max(commits, $2) + 1, ran_until = $3, left_since = $4, noticed_at = NULL,
             made_at = max(coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), 0),
                           coalesce((SELECT max(handed_at) FROM deliveries WHERE handed_at IS NOT NULL), 0)),
             last_delivery = coalesce((SELECT max(id) FROM deliveries), 0)",
    )
    .bind(random::<16>()?.as_slice())
    .bind(commits)
    .bind(ran_until.map(|it| it.0))
    .bind(left_since)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE counters SET value = value + $1 WHERE name IN ('messages', 'deliveries', 'campaign_links')")
        .bind(IDS_LEFT_OUT)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    tracing::warn!("the database is a copy that was made earlier: nothing leaves until somebody decides about it in the outbox");
    Ok(())
}

fn read(path: &Path, key: &MarkKey) -> io::Result<Found> {
    let text = match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).unwrap_or_default(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    let Some((name, written)) = parse(&text).filter(|(name, written)| line(key, *name, *written) == text) else {
        return Ok(Found::Foreign);
    };
    let written_at = fs::metadata(path)?.modified()?;
    let until = written_at.duration_since(UNIX_EPOCH).ok().and_then(|it| i64::try_from(it.as_millis()).ok()).map(Moment);
    Ok(Found::Own(name, written, until))
}

fn parse(text: &str) -> Option<(Name, Written)> {
    let mut words = text.split_ascii_whitespace().skip(1);
    let name = u128::from_str_radix(words.next()?, 16).ok()?.to_be_bytes();
    let mut number = || i64::from_str_radix(words.next()?, 16).ok();
    Some((name, Written { commits: number()?, handed: number()? }))
}

/// The content of a mark, always of the same length, so that it is written over in its place, within one sector of the disk.
fn line(key: &MarkKey, name: Name, written: Written) -> String {
    let name = u128::from_be_bytes(name);
    let said = format!("{KIND} {name:032x} {:016x} {:016x}", written.commits, written.handed);
    let tag = u128::from_be_bytes(key.tag(&said));
    format!("{said} {tag:032x}\n")
}

/// Makes the file anew at once, and keeps it open for what comes. Only its owner may read it, as all that lies in the folder; it belongs to
/// whom the database belongs to, also when another one, such as root, runs a command beside.
fn make(database: &Path, path: &Path, line: &str) -> io::Result<File> {
    let new = path.with_extension("mark-new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    let (owner, own) = (fs::metadata(database)?, file.metadata()?);
    if (owner.uid(), owner.gid()) != (own.uid(), own.gid()) {
        fchown(&file, Some(owner.uid()), Some(owner.gid()))?;
    }
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    File::open(path.parent().filter(|it| !it.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned))?
        .sync_all()?;
    Ok(file)
}

/// Writes over the mark that is there.
fn over(path: &Path, line: &str) -> io::Result<File> {
    let file = OpenOptions::new().write(true).open(path)?;
    file.write_all_at(line.as_bytes(), 0)?;
    file.sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Name = [7; 16];

    fn key(byte: u8) -> MarkKey {
        MarkKey::new([byte; 32].into())
    }

    fn written(commits: i64) -> Written {
        Written { commits, handed: 3 }
    }

    #[test]
    fn a_mark_is_read_as_it_was_written_and_only_by_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("posel.mark");
        assert!(matches!(read(&path, &key(1)).unwrap(), Found::Nothing));
        let file = make(folder.path(), &path, &line(&key(1), NAME, written(4))).unwrap();
        let mark = Mark { file, key: key(1), name: NAME, failed: AtomicBool::new(false) };
        mark.write(written(70_000));
        assert!(matches!(read(&path, &key(1)).unwrap(), Found::Own(NAME, it, Some(_)) if it == written(70_000)));
        assert!(matches!(read(&path, &key(2)).unwrap(), Found::Foreign));
        fs::write(&path, "").unwrap();
        assert!(matches!(read(&path, &key(1)).unwrap(), Found::Foreign));
    }

    #[test]
    fn behind_is_what_knows_less_than_its_mark() {
        let own = |commits| Found::Own(NAME, written(commits), None);
        for (found, commits, expected) in [
            (own(5), 5, false),
            // Killed between the commit and the mark.
            (own(5), 6, false),
            (own(5), 4, true),
            (Found::Own([8; 16], written(5), None), 9, true),
            (Found::Foreign, 5, true),
            (Found::Nothing, 5, true),
            // The first start of a version that keeps marks.
            (Found::Nothing, 0, false),
        ] {
            assert_eq!(is_behind(&found, NAME, written(commits)), expected);
        }
    }
}
