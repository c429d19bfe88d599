//! Files as pictures of a text that is being written: whose they are, and their contents.

use model::{AttachmentId, MessageId, Noun, TemplateId, UserId};
use sqlx::SqliteConnection;

use crate::attachments::open_blob;
use crate::error::found;
use crate::{Error, Store};

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// To nothing yet but the person who put it up.
    Loose(UserId),
    /// To a message.
    Message(MessageId),
    /// To a template.
    Template(TemplateId),
}

/// What a file belongs to.
///
/// # Errors
/// Refuses when there is none.
pub async fn belongs(connection: &mut SqliteConnection, id: AttachmentId) -> Result<Belongs, Error> {
    let row: Option<(i64, Option<i64>, Option<i64>)> =
        sqlx::query_as("SELECT owner_id, message_id, template_id FROM attachments WHERE id = $1")
            .bind(id.0)
            .fetch_optional(connection)
            .await?;
    Ok(match found(row, Noun::Attachment)? {
        (_, Some(message), _) => Belongs::Message(MessageId(message)),
        (_, None, Some(template)) => Belongs::Template(TemplateId(template)),
        (owner, None, None) => Belongs::Loose(UserId(owner)),
    })
}

/// The content of a file.
///
/// # Errors
/// Refuses when there is none; names a damaged one.
pub async fn content(store: &Store, connection: &mut SqliteConnection, id: AttachmentId) -> Result<Vec<u8>, Error> {
    let blob: Option<i64> =
        sqlx::query_scalar("SELECT blob_id FROM attachments WHERE id = $1").bind(id.0).fetch_optional(&mut *connection).await?;
    open_blob(store, connection, found(blob, Noun::Attachment)?).await
}
