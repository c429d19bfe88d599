//! Templates and their versions.

mod list;
mod uses;
mod versions;

use model::{
    Delivered, Moment, Noun, Refusal, Template, TemplateAttachment, TemplateDraft, TemplateId, UserId, VersionHow, collate,
};
use sqlx::SqliteConnection;

pub use list::{offers, page};
pub use uses::uses;
pub use versions::{damaged, version, versions};

use crate::Store;
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found, moved};
use crate::recipient_lists::{folded, taken};
use crate::tx::Tx;

/// When and how a version comes to be.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    /// How.
    pub how: VersionHow,
    /// By whom.
    pub author: UserId,
    /// When.
    pub at: Moment,
}

/// A template that came with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveredKey<'a>(pub &'a str);

/// Makes a template with its first version.
///
/// # Errors
/// Refuses a name that another template has, and files that belong elsewhere.
pub async fn create(
    store: &Store,
    tx: &mut Tx,
    draft: &TemplateDraft,
    delivered: Option<DeliveredKey<'_>>,
    author: UserId,
    now: Moment,
) -> Result<TemplateId, Error> {
    let id = TemplateId(next_id(tx, "templates").await?);
    sqlx::query(
        "INSERT INTO templates (id, name, sort_name, description, hint, words, channel, record, languages, is_active, is_for_some,
                                delivered, delivered_version, version, revision, changed_by, created_at, updated_at)
         VALUES ($1, '', '', '', '', '', $2, '', '', 0, 0, $3, $4, 0, 0, $5, $6, $6)",
    )
    .bind(id.0)
    .bind(draft.channel.code())
    .bind(delivered.map(|it| it.0))
    .bind(delivered.map(|_| 1))
    .bind(author.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let how = if delivered.is_some() { VersionHow::Delivered } else { VersionHow::Saved };
    save(store, tx, (id, 0), draft, Stamp { how, author, at: now }).await?;
    Ok(id)
}

/// Makes a new version, unless somebody else has changed the template since that revision; tells which one it is.
///
/// # Errors
/// Refuses a stale revision, a name that another template has, and files that belong elsewhere.
pub async fn save(
    store: &Store,
    tx: &mut Tx,
    (id, revision): (TemplateId, i64),
    draft: &TemplateDraft,
    stamp: Stamp,
) -> Result<u32, Error> {
    let languages: String = draft.texts.iter().map(|it| format!(" {}", it.language.code())).collect();
    let version: Option<i64> = sqlx::query_scalar(
        "UPDATE templates
         SET name = $3, sort_name = $4, folded_name = $5, description = $6, hint = $7, words = $8, record = $9, languages = $10,
             is_active = $11, is_for_some = $12, changed_by = $13, updated_at = $14, version = version + 1, revision = revision + 1
         WHERE id = $1 AND revision = $2 AND deleted_at IS NULL
         RETURNING version",
    )
    .bind(id.0)
    .bind(revision)
    .bind(draft.name.trim())
    .bind(collate::key(draft.name.trim()))
    .bind(folded(&draft.name))
    .bind(draft.description.trim())
    .bind(draft.hint.trim())
    .bind(crate::contacts::words::of(&format!("{} {} {}", draft.name, draft.description, draft.hint)))
    .bind(draft.record.as_ref().map_or("", |it| it.0.as_str()))
    .bind(format!("{languages} "))
    .bind(draft.is_active)
    .bind(!draft.offered_to.is_empty())
    .bind(stamp.author.0)
    .bind(stamp.at.0)
    .fetch_optional(&mut **tx)
    .await
    .map_err(taken)?;
    let version = version.ok_or(Refusal::Stale(Noun::Template))? as u32;
    write_users(tx, id, &draft.offered_to).await?;
    let files = draft.attachments.iter().filter_map(|it| match it {
        TemplateAttachment::File(file) => Some(*file),
        TemplateAttachment::Document(_) => None,
    });
    crate::attachments::tie_to_template(tx, id, stamp.author, files).await?;
    versions::write(store, tx, (id, version), draft, stamp).await?;
    Ok(version)
}

/// Switches a template on or off, unless somebody else has changed it since that revision.
///
/// # Errors
/// Refuses a stale revision.
pub async fn switch(
    tx: &mut Tx,
    (id, revision): (TemplateId, i64),
    is_active: bool,
    author: UserId,
    now: Moment,
) -> Result<(), Error> {
    let rows = sqlx::query(
        "UPDATE templates SET is_active = $3, changed_by = $4, updated_at = $5, revision = revision + 1
         WHERE id = $1 AND revision = $2 AND deleted_at IS NULL",
    )
    .bind(id.0)
    .bind(revision)
    .bind(is_active)
    .bind(author.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    moved(rows, Noun::Template)
}

/// Notes that the newest version holds the text as it is delivered.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_untouched(tx: &mut Tx, id: TemplateId) -> Result<(), Error> {
    sqlx::query("UPDATE templates SET delivered_version = version WHERE id = $1").bind(id.0).execute(&mut **tx).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    is_active: bool,
    delivered: Option<String>,
    delivered_version: Option<i64>,
    version: i64,
    revision: i64,
    changed_by: String,
    created_at: i64,
    updated_at: i64,
    messages: i64,
}

/// Opens a template.
///
/// # Errors
/// Refuses when there is none; names a damaged one.
pub async fn by_id(store: &Store, connection: &mut SqliteConnection, id: TemplateId) -> Result<Template, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT t.is_active, t.delivered, t.delivered_version, t.version, t.revision, u.name AS changed_by, t.created_at,
                t.updated_at, (SELECT count(*) FROM messages WHERE template_id = t.id) AS messages
         FROM templates t JOIN users u ON u.id = t.changed_by
         WHERE t.id = $1 AND t.deleted_at IS NULL",
    )
    .bind(id.0)
    .fetch_optional(&mut *connection)
    .await?;
    let row = found(row, Noun::Template)?;
    let draft =
        TemplateDraft { is_active: row.is_active, ..versions::version(store, &mut *connection, id, row.version as u32).await? };
    let files = crate::attachments::of_template(store, &mut *connection, id).await?;
    let carried = |it: &model::Attachment| draft.attachments.contains(&TemplateAttachment::File(it.id));
    Ok(Template {
        id,
        files: files.into_iter().filter(carried).collect(),
        draft,
        revision: row.revision,
        version: row.version as u32,
        delivered: row.delivered.map(|key| Delivered { key, is_untouched: row.delivered_version == Some(row.version) }),
        uses: uses(connection, id).await?,
        messages: row.messages as u64,
        created_at: Moment(row.created_at),
        changed_by: row.changed_by,
        updated_at: Moment(row.updated_at),
    })
}

/// Deletes a template. When messages were made from it, its versions stay out of sight and its name is free again.
///
/// # Errors
/// Refuses when something would miss it, and when there is none.
pub async fn delete(tx: &mut Tx, id: TemplateId, now: Moment) -> Result<(), Error> {
    if !uses(tx, id).await?.is_empty() {
        return Err(Refusal::InUse(Noun::Template).into());
    }
    let has_messages: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE template_id = $1)
             OR EXISTS (SELECT 1 FROM campaign_contents WHERE template_id = $1)
             OR EXISTS (SELECT 1 FROM campaigns WHERE template_id = $1)",
    )
    .bind(id.0)
    .fetch_one(&mut **tx)
    .await?;
    let rows = if has_messages {
        sqlx::query("UPDATE attachments SET template_id = NULL WHERE template_id = $1").bind(id.0).execute(&mut **tx).await?;
        sqlx::query("UPDATE templates SET deleted_at = $2, folded_name = NULL WHERE id = $1 AND deleted_at IS NULL")
            .bind(id.0)
            .bind(now.0)
            .execute(&mut **tx)
            .await?
    } else {
        sqlx::query("DELETE FROM templates WHERE id = $1").bind(id.0).execute(&mut **tx).await?
    };
    found((0 < rows.rows_affected()).then_some(()), Noun::Template)
}

/// The template of a delivered text, when there is one.
///
/// # Errors
/// Fails when the database fails.
pub async fn delivered(connection: &mut SqliteConnection, key: DeliveredKey<'_>) -> Result<Option<TemplateId>, Error> {
    let id: Option<i64> =
        sqlx::query_scalar("SELECT id FROM templates WHERE delivered = $1").bind(key.0).fetch_optional(connection).await?;
    Ok(id.map(TemplateId))
}

/// The addresses that somebody last sent a test to, as typed.
///
/// # Errors
/// Fails when the database fails.
pub async fn test_addresses(
    connection: &mut SqliteConnection,
    user: UserId,
    channel: model::Channel,
) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("SELECT addresses FROM test_addresses WHERE user_id = $1 AND channel = $2")
        .bind(user.0)
        .bind(channel.code())
        .fetch_optional(connection)
        .await?)
}

/// Remembers the addresses that somebody sends a test to.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_test_addresses(tx: &mut Tx, user: UserId, channel: model::Channel, addresses: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO test_addresses (user_id, channel, addresses) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, channel) DO UPDATE SET addresses = excluded.addresses",
    )
    .bind(user.0)
    .bind(channel.code())
    .bind(addresses)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn write_users(tx: &mut Tx, id: TemplateId, users: &[UserId]) -> Result<(), Error> {
    sqlx::query("DELETE FROM template_users WHERE template_id = $1").bind(id.0).execute(&mut **tx).await?;
    for user in users {
        sqlx::query("INSERT OR IGNORE INTO template_users (template_id, user_id) VALUES ($1, $2)")
            .bind(id.0)
            .bind(user.0)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
