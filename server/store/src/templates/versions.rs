//! What templates said, version by version.

use model::{Moment, Noun, TemplateDraft, TemplateId, TemplateVersion, VersionHow};
use sqlx::SqliteConnection;

use super::Stamp;
use crate::Store;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::tx::Tx;
use crate::vault::Place;

/// How many versions are listed.
const VERSIONS_MAX: i64 = 500;

/// Keeps a version.
pub(super) async fn write(
    store: &Store,
    tx: &mut Tx,
    (template, version): (TemplateId, u32),
    draft: &TemplateDraft,
    stamp: Stamp,
) -> Result<(), Error> {
    let id = next_id(tx, "template_versions").await?;
    let (how, restored) = match stamp.how {
        VersionHow::Delivered => ("delivered", None),
        VersionHow::Saved => ("saved", None),
        VersionHow::Restored(version) => ("restored", Some(version)),
        VersionHow::Reset => ("reset", None),
    };
    sqlx::query(
        "INSERT INTO template_versions (id, template_id, version, draft, how, restored, made_by, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(template.0)
    .bind(version)
    .bind(store.vault().seal(place(id), &serde_json::to_vec(draft)?)?)
    .bind(how)
    .bind(restored)
    .bind(stamp.author.0)
    .bind(stamp.at.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A version as it was saved; also of a template that was deleted.
///
/// # Errors
/// Refuses when there is none; names a damaged one.
pub async fn version(
    store: &Store,
    connection: &mut SqliteConnection,
    template: TemplateId,
    version: u32,
) -> Result<TemplateDraft, Error> {
    let row: Option<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, draft FROM template_versions WHERE template_id = $1 AND version = $2")
            .bind(template.0)
            .bind(version)
            .fetch_optional(connection)
            .await?;
    let (id, sealed) = found(row, Noun::Template)?;
    Ok(serde_json::from_slice(&store.vault().open_value(place(id), &sealed)?)?)
}

/// The versions of a template, newest first; at most five hundred.
///
/// # Errors
/// Fails when the database fails.
pub async fn versions(connection: &mut SqliteConnection, template: TemplateId) -> Result<Vec<TemplateVersion>, Error> {
    let rows: Vec<(i64, String, Option<i64>, String, i64, i64)> = sqlx::query_as(
        "SELECT v.version, v.how, v.restored, u.name, v.at,
                (SELECT count(*) FROM messages WHERE template_id = v.template_id AND template_version = v.version)
         FROM template_versions v JOIN users u ON u.id = v.made_by
         WHERE v.template_id = $1 ORDER BY v.version DESC LIMIT $2",
    )
    .bind(template.0)
    .bind(VERSIONS_MAX)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(version, how, restored, by, at, messages)| {
            let how = match (how.as_str(), restored) {
                ("delivered", _) => VersionHow::Delivered,
                ("saved", _) => VersionHow::Saved,
                ("restored", Some(version)) => VersionHow::Restored(version as u32),
                ("reset", _) => VersionHow::Reset,
                _ => return Err(Error::UnknownCode(how)),
            };
            Ok(TemplateVersion { version: version as u32, how, at: Moment(at), by, messages: messages as u64 })
        })
        .collect()
}

/// Opens every version and answers a sentence for each damaged one.
///
/// # Errors
/// Fails when the database fails.
pub async fn damaged(store: &Store) -> Result<Vec<String>, Error> {
    let (mut faults, mut last) = (Vec::new(), 0_i64);
    let mut reader = store.read().await?;
    loop {
        let rows: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT id, draft FROM template_versions WHERE id > $1 ORDER BY id LIMIT 100")
                .bind(last)
                .fetch_all(&mut *reader)
                .await?;
        let Some((newest, _)) = rows.last() else { return Ok(faults) };
        last = *newest;
        faults.extend(
            rows.iter().filter_map(|(id, sealed)| store.vault().open_value(place(*id), sealed).err()).map(|it| it.to_string()),
        );
    }
}

fn place(id: i64) -> Place {
    Place { table: "template_versions", column: "draft", row: id }
}
