//! The history of a campaign: what was done to it, and the messages that were made or left meanwhile.

use model::{AuditId, AuditQuery, CampaignEntry, CampaignId, CampaignRun, Cursor, MessageRow, Page, RunQuery, RunSpan, Subject};
use store::Connection;
use store::campaigns::runs;
use store::messages::Scope;

use super::require_sight;
use crate::{Ctx, Error};

/// Lists one page of what was done to a campaign, newest first, with what each entry changed. Whoever may see its messages is told which
/// runs of them an entry opens to.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn history(ctx: &Ctx, id: CampaignId, after: Option<Cursor>) -> Result<Page<CampaignEntry>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    let query = AuditQuery { subject: Some(Subject::Campaign(id)), after, ..AuditQuery::default() };
    let mut page = store::audit::page(&mut reader, &query).await?;
    crate::audit::add_changes(ctx, &mut reader, &mut page.rows).await?;
    let spans =
        if sees_messages(ctx, &mut reader, id).await? { RunSpan::all(&runs::deeds(&mut reader, id).await?) } else { Vec::new() };
    let mut rows = Vec::with_capacity(page.rows.len());
    for entry in page.rows {
        let runs = runs_of(&mut reader, id, &spans, entry.id).await?;
        rows.push(CampaignEntry { entry, runs });
    }
    Ok(Page { rows, next: page.next })
}

/// The runs that an entry opens to.
async fn runs_of(
    reader: &mut Connection,
    id: CampaignId,
    spans: &[(AuditId, RunSpan)],
    entry: AuditId,
) -> Result<Vec<CampaignRun>, Error> {
    let mut found = Vec::new();
    for (_, span) in spans.iter().filter(|it| it.0 == entry) {
        let messages = runs::count(reader, id, span).await?;
        if 0 < messages {
            found.push(CampaignRun { span: *span, messages });
        }
    }
    Ok(found)
}

/// Whether the person may see the messages of a campaign: all messages, or those of their own campaigns.
async fn sees_messages(ctx: &Ctx, reader: &mut Connection, id: CampaignId) -> Result<bool, Error> {
    match crate::history::scope(ctx) {
        Ok(Scope::All(_)) => Ok(true),
        Ok(Scope::Own(me)) => Ok(store::campaigns::by_id(&ctx.engine.store, reader, id).await?.author.0 == me),
        Err(_) => Ok(false),
    }
}

/// Lists one page of the messages of a run, those that were made or left last first.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns, and who may see no messages.
pub async fn run_messages(ctx: &Ctx, query: RunQuery) -> Result<Page<MessageRow>, Error> {
    require_sight(ctx)?;
    let scope = crate::history::scope(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::messages::page_of_run(&ctx.engine.store, &mut reader, &query, scope).await?)
}
