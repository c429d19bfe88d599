//! What messages of a campaign were made from, frozen.

use model::{Account, Attachment, AttachmentId, CampaignId, Moment, TemplateDraft, TemplateId, TemplateRef};
use sqlx::SqliteConnection;

use crate::Store;
use crate::db::next_id;
use crate::error::Error;
use crate::messages::bodies::common_of;
use crate::tx::Tx;
use crate::vault::Place;

/// The content that a message `m` was made from or carries the files of. What was sent again was made when the first one was; once their
/// time is over only that is known of messages.
macro_rules! version_of {
    () => {
        "coalesce(m.files_id, iif(m.anonymized_at IS NULL, NULL, m.content_id),
                  (SELECT coalesce(o.files_id, iif(o.anonymized_at IS NULL, NULL, o.content_id)) FROM messages o WHERE o.id = m.resend_of))"
    };
}
pub(super) use version_of;

/// What is frozen.
pub struct NewContent<'a> {
    /// The template, if it is one.
    pub template: Option<TemplateRef>,
    /// The texts.
    pub draft: &'a TemplateDraft,
    /// What all messages have in common.
    pub common: &'a str,
    /// The account they leave by.
    pub account: &'a Account,
    /// Name of the sender.
    pub sender_name: &'a str,
    /// Address of the sender.
    pub sender_address: &'a str,
    /// The files they carry; copies are made.
    pub files: &'a [Attachment],
    /// A hash of all that.
    pub hash: &'a [u8],
}

/// What was frozen.
#[derive(Clone, Debug)]
pub struct Content {
    /// Which one.
    pub id: i64,
    /// Counts those of the campaign, from 1.
    pub version: u32,
    /// The template, if it was one, and the name it has or last had.
    pub template: Option<(TemplateRef, String)>,
    /// The texts.
    pub draft: TemplateDraft,
    /// What all messages have in common.
    pub common: String,
    /// The account they leave by.
    pub account: model::AccountId,
    /// Name of the sender.
    pub sender_name: String,
    /// Address of the sender.
    pub sender_address: String,
    /// Where answers go; may be empty.
    pub reply_to: String,
    /// The hash of all that went into it.
    pub hash: Vec<u8>,
    /// When it was frozen.
    pub at: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    template_id: Option<i64>,
    template_version: Option<i64>,
    template: Option<String>,
    draft: Vec<u8>,
    common: Vec<u8>,
    account_id: i64,
    sender_name: String,
    sender_address: String,
    reply_to: String,
    hash: Vec<u8>,
    at: i64,
}

/// Freezes a content, and makes messages from it from now on.
///
/// # Errors
/// Refuses files that are gone.
pub async fn freeze(store: &Store, tx: &mut Tx, id: CampaignId, new: &NewContent<'_>, now: Moment) -> Result<i64, Error> {
    let content = next_id(tx, "campaign_contents").await?;
    sqlx::query(
        "INSERT INTO campaign_contents (id, campaign_id, version, template_id, template_version, draft, common, account_id,
                                        sender_name, sender_address, reply_to, hash, at)
         VALUES ($1, $2, (SELECT coalesce(max(version), 0) + 1 FROM campaign_contents WHERE campaign_id = $2), $3, $4, $5, $6, $7, $8,
                 $9, $10, $11, $12)",
    )
    .bind(content)
    .bind(id.0)
    .bind(new.template.map(|it| it.id.0))
    .bind(new.template.map(|it| it.version))
    .bind(store.vault().seal(draft_of(content), &serde_json::to_vec(new.draft)?)?)
    .bind(store.vault().seal(common_of(content), new.common.as_bytes())?)
    .bind(new.account.id.0)
    .bind(new.sender_name)
    .bind(new.sender_address)
    .bind(&new.account.reply_to)
    .bind(new.hash)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    copy_files(store, tx, content, new.files, now).await?;
    sqlx::query("UPDATE campaigns SET content_id = $2 WHERE id = $1").bind(id.0).bind(content).execute(&mut **tx).await?;
    Ok(content)
}

/// Gives a frozen content copies of files, without keeping their contents twice.
async fn copy_files(store: &Store, tx: &mut Tx, content: i64, files: &[Attachment], now: Moment) -> Result<(), Error> {
    for (place, file) in files.iter().enumerate() {
        let id = AttachmentId(next_id(tx, "attachments").await?);
        sqlx::query(
            "INSERT INTO attachments (id, blob_id, owner_id, content_id, place, name, media_type, size, created_at, library_id)
             SELECT $1, blob_id, owner_id, $2, $3, $4, media_type, size, $5, library_id FROM attachments WHERE id = $6",
        )
        .bind(id.0)
        .bind(content)
        .bind(place as i64)
        .bind(store.vault().seal_text(crate::attachments::name_of(id), &file.name)?)
        .bind(now.0)
        .bind(file.id.0)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Gives a campaign another set of files for its messages: a content like the last one with these files; tells which.
///
/// # Errors
/// Fails when the database fails.
pub async fn refile(
    store: &Store,
    tx: &mut Tx,
    id: CampaignId,
    from: &Content,
    files: &[Attachment],
    hash: &[u8],
    now: Moment,
) -> Result<i64, Error> {
    let content = next_id(tx, "campaign_contents").await?;
    sqlx::query(
        "INSERT INTO campaign_contents (id, campaign_id, version, template_id, template_version, draft, common, account_id,
                                        sender_name, sender_address, reply_to, hash, at)
         SELECT $1, campaign_id, (SELECT max(version) + 1 FROM campaign_contents WHERE campaign_id = $2), template_id, template_version,
                $3, $4, account_id, sender_name, sender_address, reply_to, $5, $6
         FROM campaign_contents WHERE id = $7",
    )
    .bind(content)
    .bind(id.0)
    .bind(store.vault().seal(draft_of(content), &serde_json::to_vec(&from.draft)?)?)
    .bind(store.vault().seal(common_of(content), from.common.as_bytes())?)
    .bind(hash)
    .bind(now.0)
    .bind(from.id)
    .execute(&mut **tx)
    .await?;
    copy_files(store, tx, content, files, now).await?;
    sqlx::query("UPDATE campaigns SET content_id = $2 WHERE id = $1").bind(id.0).bind(content).execute(&mut **tx).await?;
    Ok(content)
}

/// Finds a frozen content.
///
/// # Errors
/// Names a damaged one.
pub async fn by_id(store: &Store, connection: &mut SqliteConnection, id: i64) -> Result<Content, Error> {
    let row: Row = sqlx::query_as(
        "SELECT c.version, c.template_id, c.template_version, t.name AS template, c.draft, c.common, c.account_id, c.sender_name,
                c.sender_address, c.reply_to, c.hash, c.at
         FROM campaign_contents c LEFT JOIN templates t ON t.id = c.template_id
         WHERE c.id = $1",
    )
    .bind(id)
    .fetch_one(connection)
    .await?;
    let template = row.template_id.zip(row.template_version);
    let template = template.map(|(id, version)| TemplateRef { id: TemplateId(id), version: version as u32 });
    let common = store.vault().open_value(common_of(id), &row.common)?;
    Ok(Content {
        id,
        version: row.version as u32,
        template: template.zip(row.template),
        draft: serde_json::from_slice(&store.vault().open_value(draft_of(id), &row.draft)?)?,
        common: String::from_utf8(common).map_err(|_| Error::Damaged {
            table: "campaign_contents",
            column: "common",
            row: id,
        })?,
        account: model::AccountId(row.account_id),
        sender_name: row.sender_name,
        sender_address: row.sender_address,
        reply_to: row.reply_to,
        hash: row.hash,
        at: Moment(row.at),
    })
}

fn draft_of(content: i64) -> Place {
    Place { table: "campaign_contents", column: "draft", row: content }
}

/// The files of a frozen content, in their order.
///
/// # Errors
/// Names a damaged one.
pub async fn files(store: &Store, connection: &mut SqliteConnection, id: i64) -> Result<Vec<Attachment>, Error> {
    crate::attachments::of_content(store, connection, id).await
}
