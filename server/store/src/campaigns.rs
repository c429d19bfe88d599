//! Campaigns: what is typed, how far they are, what was prepared, and how it left.

mod approval;
pub mod audience;
pub mod contents;
mod list;
pub mod names;
pub mod outcomes;
pub mod prepared;
pub mod report;
pub mod review;
pub mod running;
pub mod runs;
pub mod work;

use model::{
    ApprovalState, AttachmentId, CampaignContent, CampaignDraft, CampaignId, CampaignPace, CampaignState, CampaignWork, Moment,
    Noun, Refusal, UserId, collate,
};
use sqlx::SqliteConnection;

pub use approval::{Decided, approval_rule, break_approval, set_approval_rule, set_decided, set_requested};
pub use list::page;
pub use work::Gather;

use crate::Store;
use crate::attachments::{loose_to, tie_loose};
use crate::codes::Code;
use crate::db::next_id;
use crate::error::{Error, found};
use crate::step::step;
use crate::tx::Tx;
use crate::vault::Place;

/// A campaign as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Which campaign.
    pub id: CampaignId,
    /// What is typed.
    pub draft: CampaignDraft,
    /// Counts every change of what is typed.
    pub revision: i64,
    /// How far it has come.
    pub state: CampaignState,
    /// What the background does for it.
    pub work: Option<CampaignWork>,
    /// The place up to which that is done.
    pub work_after: i64,
    /// How far the audience was gathered, while it is.
    pub gather: Option<Gather>,
    /// When the audience was last resolved, and which revision it was then.
    pub checked: Option<(Moment, i64)>,
    /// The content that messages are made from.
    pub content: Option<i64>,
    /// How fast it leaves.
    pub pace: CampaignPace,
    /// Before then no slot is free under its own pace.
    pub next_slot: Moment,
    /// How far the approval is, as it was last decided.
    pub approval: ApprovalState,
    /// What was approved.
    pub approved_hash: Option<Vec<u8>>,
    /// Who asked for approval, and when.
    pub requested: Option<(UserId, String, Moment)>,
    /// Who decided, and when.
    pub decided: Option<(UserId, String, Moment)>,
    /// What was said last.
    pub comment: String,
    /// When it begins.
    pub starts_at: Option<Moment>,
    /// When it began.
    pub started_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// The campaign it was copied from, while that is there.
    pub copy_of: Option<(CampaignId, String)>,
    /// Who made it.
    pub author: (UserId, String),
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed or moved on.
    pub updated_at: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    draft: Vec<u8>,
    revision: i64,
    state: String,
    work: Option<String>,
    work_after: i64,
    work_done: i64,
    work_of: i64,
    gather: Option<String>,
    checked_at: Option<i64>,
    checked_revision: Option<i64>,
    content_id: Option<i64>,
    pace: String,
    next_slot: i64,
    approval: String,
    approved_hash: Option<Vec<u8>>,
    requested_by: Option<i64>,
    requested_name: Option<String>,
    requested_at: Option<i64>,
    decided_by: Option<i64>,
    decided_name: Option<String>,
    decided_at: Option<i64>,
    comment: String,
    starts_at: Option<i64>,
    started_at: Option<i64>,
    ended_at: Option<i64>,
    copy_of: Option<i64>,
    copy_name: Option<String>,
    author_id: i64,
    author: String,
    created_at: i64,
    updated_at: i64,
}

/// Makes a campaign.
///
/// # Errors
/// Refuses files that belong elsewhere.
pub async fn create(
    store: &Store,
    tx: &mut Tx,
    draft: &CampaignDraft,
    copy_of: Option<CampaignId>,
    author: UserId,
    now: Moment,
) -> Result<CampaignId, Error> {
    let id = CampaignId(next_id(tx, "campaigns").await?);
    sqlx::query(
        "INSERT INTO campaigns (id, name, sort_name, words, channel, kind, classification, draft, revision, state, pace, copy_of,
                                author_id, created_at, updated_at)
         VALUES ($1, '', '', '', $2, '', '', x'', 0, 'draft', '', $3, $4, $5, $5)",
    )
    .bind(id.0)
    .bind(draft.channel.code())
    .bind(copy_of.map(|it| it.0))
    .bind(author.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    save(store, tx, (id, 0), draft, author, now).await?;
    Ok(id)
}

/// Changes what is typed, unless somebody else has since that revision; answers the new one.
///
/// # Errors
/// Refuses a stale revision and files that belong elsewhere.
pub async fn save(
    store: &Store,
    tx: &mut Tx,
    (id, revision): (CampaignId, i64),
    draft: &CampaignDraft,
    author: UserId,
    now: Moment,
) -> Result<i64, Error> {
    let new: Option<i64> = sqlx::query_scalar(
        "UPDATE campaigns
         SET name = $3, sort_name = $4, words = $5, kind = $6, classification = $7, draft = $8, pace = $9, updated_at = $10,
             template_id = $11, revision = revision + 1
         WHERE id = $1 AND revision = $2
         RETURNING revision",
    )
    .bind(id.0)
    .bind(revision)
    .bind(draft.name.trim())
    .bind(collate::key(draft.name.trim()))
    .bind(crate::contacts::words::of(&[&*draft.name, &draft.classification, &draft.note].join(" ")))
    .bind(draft.kind.code())
    .bind(draft.classification.trim())
    .bind(store.vault().seal(draft_of(id), &serde_json::to_vec(draft)?)?)
    .bind(serde_json::to_string(&draft.pace)?)
    .bind(now.0)
    .bind(match draft.content {
        CampaignContent::Template(id) => Some(id.0),
        CampaignContent::Own(_) => None,
    })
    .fetch_optional(&mut **tx)
    .await?;
    let new = new.ok_or(Refusal::Stale(Noun::Campaign))?;
    tie(tx, id, author, &draft.attachments).await?;
    Ok(new)
}

/// Gives a campaign exactly these files; those taken out are loose again.
async fn tie(tx: &mut Tx, id: CampaignId, author: UserId, files: &[AttachmentId]) -> Result<(), Error> {
    sqlx::query("UPDATE attachments SET campaign_id = NULL, owner_id = $2 WHERE campaign_id = $1")
        .bind(id.0)
        .bind(author.0)
        .execute(&mut **tx)
        .await?;
    tie_loose(tx, loose_to!("campaign_id"), id.0, author, files).await
}

/// Finds a campaign.
///
/// # Errors
/// Refuses when there is none; names a damaged one.
pub async fn by_id(store: &Store, connection: &mut SqliteConnection, id: CampaignId) -> Result<Stored, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT c.draft, c.revision, c.state, c.work, c.work_after, c.work_done, c.work_of, c.gather, c.checked_at,
                c.checked_revision, c.content_id, c.pace, c.next_slot, c.approval, c.approved_hash, c.requested_by,
                r.name AS requested_name, c.requested_at, c.decided_by, d.name AS decided_name, c.decided_at, c.comment, c.starts_at,
                c.started_at, c.ended_at, c.copy_of, o.name AS copy_name, c.author_id, a.name AS author, c.created_at, c.updated_at
         FROM campaigns c
         JOIN users a ON a.id = c.author_id
         LEFT JOIN users r ON r.id = c.requested_by
         LEFT JOIN users d ON d.id = c.decided_by
         LEFT JOIN campaigns o ON o.id = c.copy_of
         WHERE c.id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    let row = found(row, Noun::Campaign)?;
    let draft = store.vault().open_value(draft_of(id), &row.draft)?;
    let who = |id: Option<i64>, name: Option<String>, at: Option<i64>| Some((UserId(id?), name?, Moment(at?)));
    let work = work::of(row.work.as_deref(), row.work_done, row.work_of)?;
    Ok(Stored {
        id,
        draft: serde_json::from_slice(&draft)?,
        revision: row.revision,
        state: Code::from_code(&row.state)?,
        work,
        work_after: row.work_after,
        gather: row.gather.as_deref().map(serde_json::from_str).transpose()?,
        checked: row.checked_at.map(Moment).zip(row.checked_revision),
        content: row.content_id,
        pace: serde_json::from_str(&row.pace)?,
        next_slot: Moment(row.next_slot),
        approval: Code::from_code(&row.approval)?,
        approved_hash: row.approved_hash,
        requested: who(row.requested_by, row.requested_name, row.requested_at),
        decided: who(row.decided_by, row.decided_name, row.decided_at),
        comment: row.comment,
        starts_at: row.starts_at.map(Moment),
        started_at: row.started_at.map(Moment),
        ended_at: row.ended_at.map(Moment),
        copy_of: row.copy_of.map(CampaignId).zip(row.copy_name),
        author: (UserId(row.author_id), row.author),
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
    })
}

/// Moves a campaign on, unless somebody else has moved it first.
///
/// # Errors
/// Refuses as stale when it is not in the state `from`.
pub async fn set_state(tx: &mut Tx, id: CampaignId, from: CampaignState, to: CampaignState, now: Moment) -> Result<(), Error> {
    step(tx, "UPDATE campaigns SET state = $3 WHERE id = $1 AND state = $2", id.0, (from, to), Noun::Campaign).await?;
    sqlx::query(
        "UPDATE campaigns
         SET updated_at = $2, started_at = CASE WHEN state = 'running' THEN coalesce(started_at, $2) ELSE started_at END,
             ended_at = CASE WHEN state IN ('finished', 'cancelled') THEN $2 END
         WHERE id = $1",
    )
    .bind(id.0)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sets when it begins, once it is scheduled.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_start(tx: &mut Tx, id: CampaignId, at: Option<Moment>) -> Result<(), Error> {
    sqlx::query("UPDATE campaigns SET starts_at = $2 WHERE id = $1")
        .bind(id.0)
        .bind(at.map(|it| it.0))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Sets how fast it leaves.
///
/// # Errors
/// Fails when the database fails.
pub async fn set_pace(tx: &mut Tx, id: CampaignId, pace: &CampaignPace, now: Moment) -> Result<(), Error> {
    sqlx::query("UPDATE campaigns SET pace = $2, next_slot = 0, updated_at = $3 WHERE id = $1")
        .bind(id.0)
        .bind(serde_json::to_string(pace)?)
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Deletes a campaign that has no messages.
///
/// # Errors
/// Refuses one with messages, and when there is none.
pub async fn delete(tx: &mut Tx, id: CampaignId) -> Result<(), Error> {
    let has_messages: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM messages WHERE campaign_id = $1)")
        .bind(id.0)
        .fetch_one(&mut **tx)
        .await?;
    if has_messages {
        return Err(Refusal::InUse(Noun::Campaign).into());
    }
    sqlx::query("UPDATE campaigns SET content_id = NULL WHERE id = $1").bind(id.0).execute(&mut **tx).await?;
    sqlx::query("DELETE FROM campaign_links WHERE campaign_id = $1").bind(id.0).execute(&mut **tx).await?;
    let rows = sqlx::query("DELETE FROM campaigns WHERE id = $1").bind(id.0).execute(&mut **tx).await?.rows_affected();
    found((0 < rows).then_some(()), Noun::Campaign)
}

/// The campaign that a message belongs to.
///
/// # Errors
/// Fails when the database fails.
pub async fn of_message(connection: &mut SqliteConnection, message: model::MessageId) -> Result<Option<CampaignId>, Error> {
    let id: Option<Option<i64>> =
        sqlx::query_scalar("SELECT campaign_id FROM messages WHERE id = $1").bind(message.0).fetch_optional(connection).await?;
    Ok(id.flatten().map(CampaignId))
}

fn draft_of(id: CampaignId) -> Place {
    Place { table: "campaigns", column: "draft", row: id.0 }
}
