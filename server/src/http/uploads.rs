//! Files on their way up, before they belong to a message.

use std::pin::Pin;
use std::time::Duration;

use app::Problem;
use axum::Json;
use axum::body::{Body, BodyDataStream};
use axum::extract::{Query, State};
use engine::{Arriving, PIECE};
use futures::StreamExt;
use futures::stream::Fuse;
use http::{HeaderMap, StatusCode, header};
use model::{Attachment, CampaignImported, Refusal, SuppressionFile};
use serde::Deserialize;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Sleep;

use super::Shared;
use super::answer::Refused;
use super::session::SignedIn;

/// How long a file may take on its way.
const TIME_MAX: Duration = Duration::from_secs(15 * 60);

/// How long an upload waits for its place.
const PLACE_MAX: Duration = Duration::from_secs(30);

/// What the address says about the file.
#[derive(Deserialize)]
pub struct About {
    pub(super) name: String,
}

/// The body of an upload in pieces of one size, the last one shorter.
pub(super) struct Carried {
    chunks: Fuse<BodyDataStream>,
    held: Vec<u8>,
    /// Over when the body has taken too long.
    deadline: Pin<Box<Sleep>>,
}

impl Carried {
    /// Begins to take a body in that may take so long.
    pub(super) fn new(body: Body, time_max: Duration) -> Self {
        Self {
            chunks: body.into_data_stream().fuse(),
            held: Vec::with_capacity(PIECE),
            deadline: Box::pin(tokio::time::sleep(time_max)),
        }
    }

    /// The next piece; nothing behind the last one. Refuses a body that ends before it is whole or takes too long.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<u8>>, Refused> {
        while self.held.len() < PIECE {
            let chunk = tokio::select! {
                chunk = self.chunks.next() => chunk,
                () = &mut self.deadline => return Err(Refused::not_understood(StatusCode::REQUEST_TIMEOUT)),
            };
            match chunk {
                Some(chunk) => {
                    let chunk = chunk.map_err(|_| Refused::not_understood(StatusCode::BAD_REQUEST))?;
                    self.held.extend_from_slice(&chunk);
                }
                None => return Ok(Some(std::mem::take(&mut self.held)).filter(|it| !it.is_empty())),
            }
        }
        let rest = self.held.split_off(PIECE);
        Ok(Some(std::mem::replace(&mut self.held, rest)))
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
    let mut arriving = engine::attachments::begin(&ctx, &about.name).await?;
    let _place = place(&shared, &headers, arriving.file().max()).await?;
    match carry(arriving.file(), body).await {
        Ok(()) => {
            let media_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
            Ok(Json(arriving.finish(media_type).await?))
        }
        Err(refused) => {
            arriving.forget().await?;
            Err(refused)
        }
    }
}

/// Takes a body in, piece by piece.
///
/// # Errors
/// Refuses what is larger, and what takes too long.
pub(super) async fn carry(arriving: &mut Arriving, body: Body) -> Result<(), Refused> {
    let mut body = Carried::new(body, TIME_MAX);
    while let Some(piece) = body.next().await? {
        arriving.put(piece).await?;
    }
    Ok(())
}

/// Takes campaigns in: `POST /campaigns/import` with the XML as body; answers what each became.
pub async fn campaigns(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Vec<CampaignImported>>, Refused> {
    // The right is asked for before the first byte is read.
    let mut coming = engine::campaigns::take_in(&ctx)?;
    let _place = place(&shared, &headers, coming.max()).await?;
    let mut body = Carried::new(body, TIME_MAX);
    while let Some(piece) = body.next().await? {
        coming.put(piece).await?;
    }
    Ok(Json(coming.finish().await?))
}

/// Reads those whom we must not write to out of a file: `POST /suppressions/file?name=…` with the file as body. Nothing is written.
pub async fn suppressions(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<SuppressionFile>, Refused> {
    // The right is asked for before the first byte is read.
    let max = engine::suppressions::file_limit(&ctx)?;
    let content = received(&shared, &headers, body, max).await?;
    Ok(Json(engine::suppressions::read_file(&ctx, &about.name, content).await?))
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
/// Refuses what says that it is larger, and when no place becomes free.
pub(super) async fn place<'a>(shared: &'a Shared, headers: &HeaderMap, max: u64) -> Result<SemaphorePermit<'a>, Refused> {
    if announced(headers).is_some_and(|it| max < it) {
        return Err(too_large(max));
    }
    among(&shared.uploads).await
}

/// Waits for a place among the very few uploads that may take hours.
///
/// # Errors
/// Refuses what says that it is larger, and when no place becomes free.
pub(super) async fn long_place<'a>(shared: &'a Shared, headers: &HeaderMap, max: u64) -> Result<SemaphorePermit<'a>, Refused> {
    if announced(headers).is_some_and(|it| max < it) {
        return Err(too_large(max));
    }
    among(&shared.long_uploads).await
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok())
}

async fn among(places: &Semaphore) -> Result<SemaphorePermit<'_>, Refused> {
    let full = || Refused::not_understood(StatusCode::SERVICE_UNAVAILABLE);
    tokio::time::timeout(PLACE_MAX, places.acquire()).await.map_err(|_| full())?.map_err(|_| full())
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
