//! Files on their way up, before they belong to a message.

use std::time::Duration;

use app::Problem;
use axum::Json;
use axum::body::{Body, BodyDataStream};
use axum::extract::{Query, State};
use futures::StreamExt;
use http::{HeaderMap, StatusCode, header};
use model::{Attachment, CampaignImported, Refusal};
use serde::Deserialize;
use tokio::sync::SemaphorePermit;

use super::Shared;
use super::answer::Refused;
use super::session::SignedIn;

/// How long a file may take on its way.
const TIME_MAX: Duration = Duration::from_secs(15 * 60);

/// What the address says about the file.
#[derive(Deserialize)]
pub struct About {
    pub(super) name: String,
}

/// A body in pieces of one size, the last one shorter.
pub(super) struct Pieces {
    chunks: BodyDataStream,
    piece: Vec<u8>,
    size: usize,
}

impl Pieces {
    pub(super) fn of(body: Body, size: usize) -> Self {
        Self { chunks: body.into_data_stream(), piece: Vec::with_capacity(size), size }
    }

    /// The next piece; nothing at the end. Refuses a body that ends before it is whole.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, Refused> {
        while self.piece.len() < self.size {
            let Some(chunk) = self.chunks.next().await else { break };
            self.piece.extend_from_slice(&chunk.map_err(|_| Refused::not_understood(StatusCode::BAD_REQUEST))?);
        }
        let rest = self.piece.split_off(self.size.min(self.piece.len()));
        let piece = std::mem::replace(&mut self.piece, rest);
        Ok((!piece.is_empty()).then_some(piece))
    }
}

/// Takes a file in: `POST /attachments?name=…` with the file as body.
pub async fn upload(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Attachment>, Refused> {
    // The right is asked for before the first byte is read.
    let max = engine::attachments::limit(&ctx).await?;
    let content = received(&shared, &headers, body, max).await?;
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    Ok(Json(engine::attachments::put(&ctx, &about.name, media_type, content).await?))
}

/// Takes campaigns in: `POST /campaigns/import` with the XML as body; answers what each became.
pub async fn campaigns(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Vec<CampaignImported>>, Refused> {
    // The right is asked for before the first byte is read.
    let max = engine::campaigns::take_in_limit(&ctx)?;
    let content = received(&shared, &headers, body, max).await?;
    Ok(Json(engine::campaigns::take_in(&ctx, content).await?))
}

/// Reads the body of an upload, no more than so many bytes and a few at the same time.
///
/// # Errors
/// Refuses what is larger, and what takes too long.
pub(super) async fn received(shared: &Shared, headers: &HeaderMap, body: Body, max: u64) -> Result<Vec<u8>, Refused> {
    let _place = place(shared, headers, max).await?;
    let reading = tokio::time::timeout(TIME_MAX, read(body, max));
    reading.await.map_err(|_| Refused::not_understood(StatusCode::REQUEST_TIMEOUT))?
}

/// Waits for a place among the few uploads that run at a time; it is kept until the answer is dropped.
///
/// # Errors
/// Refuses what says that it is larger.
pub(super) async fn place<'a>(shared: &'a Shared, headers: &HeaderMap, max: u64) -> Result<SemaphorePermit<'a>, Refused> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|it| max < it) {
        return Err(too_large(max));
    }
    shared.uploads.acquire().await.map_err(|_| Refused::not_understood(StatusCode::SERVICE_UNAVAILABLE))
}

async fn read(body: Body, max: u64) -> Result<Vec<u8>, Refused> {
    let mut content = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refused::not_understood(StatusCode::BAD_REQUEST))?;
        if max < (content.len() + chunk.len()) as u64 {
            return Err(too_large(max));
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

fn too_large(max: u64) -> Refused {
    Refused(StatusCode::PAYLOAD_TOO_LARGE, Problem::Refused(Refusal::FileTooLarge { max }))
}
