//! Calls about how long messages are kept, and about the bin.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{BinFilter, BinRow, CampaignId, Cursor, MessageId, Page, Retention, RetentionRules};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// How long messages are kept, and what was last done about it.
#[server(input = Json)]
pub async fn open_retention() -> Result<Retention, Problem> {
    door::answer(engine::retention::open(&door::enter().await?).await)
}

/// Changes how long messages are kept if the revision is still the given one, and answers the new one; nothing is done by itself until
/// somebody has looked at the new periods.
#[server(input = Json)]
pub async fn save_retention(revision: i64, rules: RetentionRules) -> Result<i64, Problem> {
    door::answer(engine::retention::save_rules(&door::enter().await?, revision, rules).await)
}

/// Lets what has had its time go into the bin each night, or no longer.
#[server(input = Json)]
pub async fn switch_retention(nightly: bool) -> Result<(), Problem> {
    door::answer(engine::retention::switch(&door::enter().await?, nightly).await)
}

/// Begins to count what has had its time, and changes nothing.
#[server(input = Json)]
pub async fn look_at_retention() -> Result<(), Problem> {
    door::answer(engine::retention::look(&door::enter().await?).await)
}

/// Begins to put what has had its time into the bin.
#[server(input = Json)]
pub async fn apply_retention() -> Result<(), Problem> {
    door::answer(engine::retention::apply(&door::enter().await?).await)
}

/// Begins to destroy everything that lies in the bin now.
#[server(input = Json)]
pub async fn empty_bin() -> Result<(), Problem> {
    door::answer(engine::retention::empty_bin(&door::enter().await?).await)
}

/// Keeps all messages of a campaign that is over as proof, or no longer; tells how many that changed.
#[server(input = Json)]
pub async fn keep_campaign_as_proof(id: CampaignId, is_proof: bool) -> Result<u64, Problem> {
    door::answer(engine::retention::keep_campaign_as_proof(&door::enter().await?, id, is_proof).await)
}

/// Stops walking through messages; what went into the bin or lost its content stays so.
#[server(input = Json)]
pub async fn stop_retention() -> Result<(), Problem> {
    door::answer(engine::retention::stop(&door::enter().await?).await)
}

/// Lists one page of the bin, what came last first.
#[server(input = Json)]
pub async fn list_bin(filter: BinFilter, after: Option<Cursor>) -> Result<Page<BinRow>, Problem> {
    door::answer(engine::retention::bin(&door::enter().await?, filter, after).await)
}

/// Puts messages into the bin, all or none.
#[server(input = Json)]
pub async fn delete_messages(ids: Vec<MessageId>) -> Result<(), Problem> {
    door::answer(engine::retention::delete(&door::enter().await?, ids).await)
}

/// Takes messages out of the bin, all or none.
#[server(input = Json)]
pub async fn restore_messages(ids: Vec<MessageId>) -> Result<(), Problem> {
    door::answer(engine::retention::restore(&door::enter().await?, ids).await)
}

/// Keeps messages as proof, or no longer.
#[server(input = Json)]
pub async fn keep_messages_as_proof(ids: Vec<MessageId>, is_proof: bool) -> Result<(), Problem> {
    door::answer(engine::retention::keep_as_proof(&door::enter().await?, ids, is_proof).await)
}
