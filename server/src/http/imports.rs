//! Files of contacts: in piece by piece, and the report and the wrong rows out again.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use engine::Ctx;
use http::HeaderMap;
use model::{ExportFormat, ImportId};

use super::Shared;
use super::answer::Refused;
use super::downloads::leaving;
use super::session::SignedIn;
use super::uploads::{self, About, Carried};

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
    // The right is asked for before the first byte is read.
    let id = engine::imports::begin(&ctx, &about.name).await?;
    match carry(&shared, &headers, (&ctx, id), body).await {
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

async fn carry(shared: &Shared, headers: &HeaderMap, (ctx, id): (&Ctx, ImportId), body: Body) -> Result<(), Refused> {
    let _place = uploads::long_place(shared, headers, engine::imports::FILE_MAX).await?;
    let mut body = Carried::new(body, TIME_MAX);
    while let Some(piece) = body.next().await? {
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
