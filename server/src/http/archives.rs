//! Files of old archives on their way in, piece by piece.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use engine::Ctx;
use http::HeaderMap;
use model::ArchiveId;

use super::Shared;
use super::answer::Refused;
use super::session::SignedIn;
use super::uploads::{self, About, Carried};

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
    // The right is asked for before the first byte is read.
    let id = engine::archives::begin(&ctx, &about.name).await?;
    match carry(&shared, &headers, (&ctx, id), body).await {
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

async fn carry(shared: &Shared, headers: &HeaderMap, (ctx, id): (&Ctx, ArchiveId), body: Body) -> Result<(), Refused> {
    let _place = uploads::long_place(shared, headers, engine::archives::FILE_MAX).await?;
    let mut body = Carried::new(body, TIME_MAX);
    while let Some(piece) = body.next().await? {
        engine::archives::put(ctx, id, &piece).await?;
    }
    Ok(())
}
