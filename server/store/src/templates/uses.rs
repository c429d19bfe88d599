//! What would miss a template.

use model::{CampaignId, MessageId, TemplateId, TemplateUse};
use sqlx::SqliteConnection;

use crate::codes::Code;
use crate::error::Error;

/// How many uses of each kind are told of.
const USES_MAX: i64 = 100;

/// What would miss the template, at most a hundred messages and a hundred campaigns.
///
/// # Errors
/// Fails when the database fails.
pub async fn uses(connection: &mut SqliteConnection, id: TemplateId) -> Result<Vec<TemplateUse>, Error> {
    let campaigns: Vec<(i64, String, String, String)> = sqlx::query_as(
        "SELECT c.id, c.name, c.state, u.name FROM campaigns c JOIN users u ON u.id = c.author_id
         WHERE c.template_id = $1 AND c.state IN ('draft', 'preparing', 'prepared', 'scheduled')
         ORDER BY c.id DESC LIMIT $2",
    )
    .bind(id.0)
    .bind(USES_MAX)
    .fetch_all(&mut *connection)
    .await?;
    let messages: Vec<(i64, String, String)> = sqlx::query_as(
        "SELECT m.id, m.state, u.name FROM messages m JOIN users u ON u.id = m.author_id
         WHERE m.template_id = $1 AND m.campaign_id IS NULL AND m.state IN ('draft', 'prepared')
         ORDER BY m.id DESC LIMIT $2",
    )
    .bind(id.0)
    .bind(USES_MAX)
    .fetch_all(connection)
    .await?;
    let campaign = |(id, name, state, author): (i64, String, String, String)| {
        Ok(TemplateUse::Campaign { id: CampaignId(id), name, state: Code::from_code(&state)?, author })
    };
    let message = |(id, state, author): (i64, String, String)| {
        Ok(TemplateUse::Message { id: MessageId(id), state: Code::from_code(&state)?, author })
    };
    campaigns.into_iter().map(campaign).chain(messages.into_iter().map(message)).collect()
}
