//! Files as pictures of a text that is being written: whose they are.

use model::{AttachmentId, CampaignId, MessageId, Noun, TemplateId, UserId};
use sqlx::SqliteConnection;

use crate::Error;
use crate::error::found;

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// To nothing yet but the person who put it up.
    Loose(UserId),
    /// To a message.
    Message(MessageId),
    /// To a template.
    Template(TemplateId),
    /// To a campaign, or to what its messages were made from.
    Campaign(CampaignId),
}

/// Owner, message, template and campaign.
type Owners = (i64, Option<i64>, Option<i64>, Option<i64>);

/// What a file belongs to.
///
/// # Errors
/// Refuses when there is none.
pub async fn belongs(connection: &mut SqliteConnection, id: AttachmentId) -> Result<Belongs, Error> {
    let row: Option<Owners> = sqlx::query_as(
        "SELECT owner_id, message_id, template_id,
                coalesce(campaign_id, (SELECT campaign_id FROM campaign_contents WHERE id = content_id))
         FROM attachments WHERE id = $1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    Ok(match found(row, Noun::Attachment)? {
        (_, Some(message), _, _) => Belongs::Message(MessageId(message)),
        (_, None, Some(template), _) => Belongs::Template(TemplateId(template)),
        (_, None, None, Some(campaign)) => Belongs::Campaign(CampaignId(campaign)),
        (owner, None, None, None) => Belongs::Loose(UserId(owner)),
    })
}
