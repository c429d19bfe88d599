//! Calls about what waits to leave.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Decision, DeliveryId, Outbox, OutboxEvidence, OutboxQuery, OutboxRow, Page, PutBackDecision, RetryRules};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Tells what waits, where and why, and when it will have left.
#[server(input = Json)]
pub async fn look_at_outbox() -> Result<Outbox, Problem> {
    door::answer(engine::outbox::look(&door::enter().await?).await)
}

/// Lists one part of the outbox, what is due first comes first.
#[server(input = Json)]
pub async fn list_outbox(query: OutboxQuery) -> Result<Page<OutboxRow>, Problem> {
    door::answer(engine::outbox::list(&door::enter().await?, query).await)
}

/// Brings waiting deliveries forward and tells how many were still waiting.
#[server(input = Json)]
pub async fn send_deliveries_now(ids: Vec<DeliveryId>) -> Result<u64, Problem> {
    door::answer(engine::outbox::send_now(&door::enter().await?, ids).await)
}

/// Takes deliveries out that have not been handed over and tells how many it were.
#[server(input = Json)]
pub async fn remove_deliveries(ids: Vec<DeliveryId>) -> Result<u64, Problem> {
    door::answer(engine::outbox::remove(&door::enter().await?, ids).await)
}

/// What is known about one delivery: its tries, the relay, the protection, the literal answers.
#[server(input = Json)]
pub async fn open_delivery(id: DeliveryId) -> Result<OutboxEvidence, Problem> {
    door::answer(engine::outbox::evidence(&door::enter().await?, id).await)
}

/// Decides about deliveries whose end is unknown and tells how many still were.
#[server(input = Json)]
pub async fn decide_deliveries(ids: Vec<DeliveryId>, decision: Decision) -> Result<u64, Problem> {
    door::answer(engine::outbox::decide(&door::enter().await?, ids, decision).await)
}

/// Holds everything.
#[server(input = Json)]
pub async fn pause_sending() -> Result<(), Problem> {
    door::answer(engine::outbox::pause(&door::enter().await?).await)
}

/// Lets everything leave again.
#[server(input = Json)]
pub async fn resume_sending() -> Result<(), Problem> {
    door::answer(engine::outbox::resume(&door::enter().await?).await)
}

/// Decides about a copy of the database that was put back; after that messages leave again.
#[server(input = Json)]
pub async fn decide_put_back(decision: PutBackDecision) -> Result<(), Problem> {
    door::answer(engine::put_back::decide(&door::enter().await?, decision).await)
}

/// How long what could not leave waits.
#[server(input = Json)]
pub async fn open_retry_rules() -> Result<RetryRules, Problem> {
    door::answer(engine::retries::rules(&door::enter().await?).await)
}

/// Changes how long what could not leave waits.
#[server(input = Json)]
pub async fn save_retry_rules(rules: RetryRules) -> Result<(), Problem> {
    door::answer(engine::retries::save_rules(&door::enter().await?, rules).await)
}
