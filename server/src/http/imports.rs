//! Files of contacts: in piece by piece, and the report and the wrong rows out again.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use engine::Ctx;
use http::{HeaderMap, StatusCode};
use model::{ExportFormat, ImportId};

use super::Shared;
use super::answer::Refused;
use super::downloads::leaving;
use super::session::SignedIn;
use super::uploads::{self, About, Pieces};

/// How long a file may take on its way.
const TIME_MAX: Duration = Duration::from_secs(60 * 60);

/// Takes a file in: `POST /imports?name=…` with the file as body; answers the id of the import.
pub async fn upload(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<ImportId>, Refused> {
    let _place = uploads::place(&shared, &headers, engine::imports::FILE_MAX).await?;
    let id = engine::imports::begin(&ctx, &about.name).await?;
    let taken = tokio::time::timeout(TIME_MAX, take(&ctx, id, body)).await;
    match taken.unwrap_or_else(|_| Err(Refused::not_understood(StatusCode::REQUEST_TIMEOUT))) {
        Ok(()) => {
            engine::imports::arrived(&ctx, id).await?;
            Ok(Json(id))
        }
        Err(refused) => {
            engine::imports::forget(&ctx, id).await?;
            Err(refused)
        }
    }
}

async fn take(ctx: &Ctx, id: ImportId, body: Body) -> Result<(), Refused> {
    let mut pieces = Pieces::of(body, engine::imports::PIECE);
    while let Some(piece) = pieces.next().await? {
        engine::imports::put(ctx, id, &piece).await?;
    }
    Ok(())
}

/// Hands out the whole report.
pub async fn report(SignedIn(ctx): SignedIn, Path(id): Path<i64>) -> Result<Response, Refused> {
    Ok(leaving("report.csv", ExportFormat::Csv.media_type(), engine::imports::report_file(&ctx, ImportId(id)).await?))
}

/// Hands out the wrong rows alone.
pub async fn bad_rows(SignedIn(ctx): SignedIn, Path(id): Path<i64>) -> Result<Response, Refused> {
    Ok(leaving("bad-rows.csv", ExportFormat::Csv.media_type(), engine::imports::bad_rows(&ctx, ImportId(id)).await?))
}
