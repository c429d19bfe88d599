//! Calls about the action log.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{AuditEntry, AuditQuery, LogProof, Page};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists entries, newest first.
#[server(input = Json)]
pub async fn list_audit(query: AuditQuery) -> Result<Page<AuditEntry>, Problem> {
    door::answer(engine::audit::list(&door::enter().await?, query).await)
}

/// By what the log and evidence sheets can be proved outside the program.
#[server(input = Json)]
pub async fn open_proof() -> Result<LogProof, Problem> {
    door::answer(engine::audit::proof(&door::enter().await?).await)
}
