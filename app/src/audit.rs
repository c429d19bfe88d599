//! Calls about the action log.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AuditEntry, AuditQuery, LogProof, NoticeTo, Page};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists entries, newest first.
#[server(input = Json)]
pub async fn list_audit(query: AuditQuery) -> Result<Page<AuditEntry>, Problem> {
    door::answer(engine::audit::list(&door::enter().await?, query).await)
}

/// Whom the daily mail about where the log ended goes to; nobody when it is off.
#[server(input = Json)]
pub async fn open_log_mail() -> Result<NoticeTo, Problem> {
    door::answer(engine::audit::mail(&door::enter().await?).await)
}

/// Changes whom the daily mail about where the log ended goes to; nobody switches it off.
#[server(input = Json)]
pub async fn save_log_mail(to: NoticeTo) -> Result<(), Problem> {
    door::answer(engine::audit::set_mail(&door::enter().await?, to).await)
}

/// By what the log and evidence sheets can be proved outside the program.
#[server(input = Json)]
pub async fn open_proof() -> Result<LogProof, Problem> {
    door::answer(engine::audit::proof(&door::enter().await?).await)
}
