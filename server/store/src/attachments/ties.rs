//! Whose files are: who gets them, and who gives them up.

use model::{AttachmentId, MessageId, Noun, TemplateId, UserId};

use crate::error::{Error, found};
use crate::tx::Tx;

/// The statement that gives a loose file to whatever the column names.
macro_rules! loose_to {
    ($column:literal) => {
        concat!(
            "UPDATE attachments SET ",
            $column,
            " = $2, place = $3
             WHERE id = $1 AND owner_id = $4 AND message_id IS NULL AND template_id IS NULL AND campaign_id IS NULL
               AND content_id IS NULL"
        )
    };
}
pub(crate) use loose_to;

/// Gives a message exactly these files in this order; files taken out become loose.
///
/// # Errors
/// Refuses files that are not loose files of this owner or of this message already.
pub(crate) async fn tie(tx: &mut Tx, message: MessageId, owner: UserId, files: &[AttachmentId]) -> Result<(), Error> {
    sqlx::query("UPDATE attachments SET message_id = NULL WHERE message_id = $1").bind(message.0).execute(&mut **tx).await?;
    tie_loose(tx, loose_to!("message_id"), message.0, owner, files).await
}

/// Gives loose files of this owner away in this order, by a statement of `loose_to`.
///
/// # Errors
/// Refuses files that are not loose files of this owner.
pub(crate) async fn tie_loose(
    tx: &mut Tx,
    sql: &'static str,
    holder: i64,
    owner: UserId,
    files: &[AttachmentId],
) -> Result<(), Error> {
    for (place, id) in files.iter().enumerate() {
        let tied = sqlx::query(sql).bind(id.0).bind(holder).bind(place as i64).bind(owner.0);
        found((0 < tied.execute(&mut **tx).await?.rows_affected()).then_some(()), Noun::Attachment)?;
    }
    Ok(())
}

/// Gives a message more files behind those that it has.
///
/// # Errors
/// Refuses files that are not loose files of this owner.
pub async fn add(tx: &mut Tx, message: MessageId, owner: UserId, files: &[AttachmentId]) -> Result<(), Error> {
    for id in files {
        let rows = sqlx::query(
            "UPDATE attachments
             SET message_id = $2, place = (SELECT coalesce(max(place), -1) + 1 FROM attachments WHERE message_id = $2)
             WHERE id = $1 AND owner_id = $3 AND message_id IS NULL AND template_id IS NULL AND campaign_id IS NULL
               AND content_id IS NULL",
        )
        .bind(id.0)
        .bind(message.0)
        .bind(owner.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        found((0 < rows).then_some(()), Noun::Attachment)?;
    }
    Ok(())
}

/// Gives a template these files. They stay with it when it no longer carries them, because its earlier versions do.
///
/// # Errors
/// Refuses files that are neither loose files of this owner nor of this template already.
pub(crate) async fn tie_to_template(
    tx: &mut Tx,
    template: TemplateId,
    owner: UserId,
    files: impl Iterator<Item = AttachmentId>,
) -> Result<(), Error> {
    for id in files {
        let rows = sqlx::query(
            "UPDATE attachments SET template_id = $2
             WHERE id = $1 AND (template_id = $2 OR (template_id IS NULL AND message_id IS NULL AND owner_id = $3 AND campaign_id IS NULL
                                                    AND content_id IS NULL))",
        )
        .bind(id.0)
        .bind(template.0)
        .bind(owner.0)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        found((0 < rows).then_some(()), Noun::Attachment)?;
    }
    Ok(())
}

/// Takes the files away that a message alone carries.
///
/// # Errors
/// Fails when the database fails.
pub async fn drop_own(tx: &mut Tx, message: MessageId) -> Result<(), Error> {
    sqlx::query("DELETE FROM attachments WHERE message_id = $1").bind(message.0).execute(&mut **tx).await?;
    Ok(())
}
