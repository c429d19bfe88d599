//! Files of old archives on their way in, piece by piece.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use engine::Ctx;
use http::{HeaderMap, StatusCode};
use model::ArchiveId;

use super::Shared;
use super::answer::Refused;
use super::session::SignedIn;
use super::uploads::{self, About, Pieces};

/// How long a file may take on its way.
const TIME_MAX: Duration = Duration::from_secs(4 * 60 * 60);

/// Takes a file in: `POST /archives?name=…` with the file as body; answers the id of the archive.
pub async fn upload(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<ArchiveId>, Refused> {
    let _place = uploads::place(&shared, &headers, engine::archives::FILE_MAX).await?;
    let id = engine::archives::begin(&ctx, &about.name).await?;
    let taken = tokio::time::timeout(TIME_MAX, take(&ctx, id, body)).await;
    match taken.unwrap_or_else(|_| Err(Refused::not_understood(StatusCode::REQUEST_TIMEOUT))) {
        Ok(()) => {
            engine::archives::arrived(&ctx, id).await?;
            Ok(Json(id))
        }
        Err(refused) => {
            engine::archives::forget(&ctx, id).await?;
            Err(refused)
        }
    }
}

async fn take(ctx: &Ctx, id: ArchiveId, body: Body) -> Result<(), Refused> {
    let mut pieces = Pieces::of(body, engine::archives::PIECE);
    while let Some(piece) = pieces.next().await? {
        engine::archives::put(ctx, id, &piece).await?;
    }
    Ok(())
}
