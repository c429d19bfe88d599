//! Use cases about the action log.

use model::{AuditEntry, AuditQuery, Page, Permission, Subject};

use crate::{Ctx, Error};

/// Lists entries, newest first. The log of one contact is open to whoever may see contacts.
///
/// # Errors
/// Refuses who may not see the log.
pub async fn list(ctx: &Ctx, query: AuditQuery) -> Result<Page<AuditEntry>, Error> {
    if !matches!(query.subject, Some(Subject::Contact(_))) || !ctx.may(Permission::ContactsView) {
        ctx.require(Permission::LogView)?;
    }
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::audit::page(&mut reader, &query).await?)
}
