//! Calls about segments.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{ContactId, ContactRow, Explained, ListQuery, Page, Segment, SegmentDraft, SegmentId, SegmentRule};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of segments.
#[server(input = Json)]
pub async fn list_segments(query: ListQuery) -> Result<Page<Segment>, Problem> {
    door::answer(engine::segments::list(&door::enter().await?, query).await)
}

/// Opens a segment.
#[server(input = Json)]
pub async fn open_segment(id: SegmentId) -> Result<Segment, Problem> {
    door::answer(engine::segments::open(&door::enter().await?, id).await)
}

/// Makes a segment, or changes the one given if its revision is still the given one.
#[server(input = Json)]
pub async fn save_segment(key: Option<(SegmentId, i64)>, draft: SegmentDraft) -> Result<SegmentId, Problem> {
    door::answer(engine::segments::save(&door::enter().await?, key, draft).await)
}

/// Deletes a segment; the contacts stay.
#[server(input = Json)]
pub async fn delete_segment(id: SegmentId) -> Result<(), Problem> {
    door::answer(engine::segments::delete(&door::enter().await?, id).await)
}

/// Counts the contacts that a rule takes in, as it is while it is being built.
#[server(input = Json)]
pub async fn count_segment(rule: SegmentRule) -> Result<u64, Problem> {
    door::answer(engine::segments::count(&door::enter().await?, rule).await)
}

/// The first contacts that a rule takes in, by name.
#[server(input = Json)]
pub async fn preview_segment(rule: SegmentRule) -> Result<Vec<ContactRow>, Problem> {
    door::answer(engine::segments::preview(&door::enter().await?, rule).await)
}

/// Says of each place of a rule whether it holds of a contact.
#[server(input = Json)]
pub async fn explain_segment(rule: SegmentRule, contact: ContactId) -> Result<Explained, Problem> {
    door::answer(engine::segments::explain(&door::enter().await?, rule, contact).await)
}
