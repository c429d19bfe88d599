//! Files of the library on their way up and down.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use engine::{Arriving, Ctx};
use http::HeaderMap;
use http::header::{self, HeaderName, HeaderValue};
use model::{LibraryDraft, LibraryId, LibraryItem};
use serde::Deserialize;
use tokio::sync::SemaphorePermit;

use super::Shared;
use super::answer::Refused;
use super::downloads::{SEALED, flowing, saved_whole};
use super::session::SignedIn;
use super::uploads;

/// What the address says about a new file.
#[derive(Deserialize)]
pub struct About {
    name: String,
    #[serde(default)]
    folder: String,
}

/// Takes a new file in: `POST /library/files?name=…&folder=…` with the file as body.
pub async fn add(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    Query(about): Query<About>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<LibraryItem>, Refused> {
    let (file, _place) = carried(&shared, &ctx, &headers, body).await?;
    Ok(Json(engine::library::add(&ctx, LibraryDraft { name: about.name, folder: about.folder }, file).await?))
}

/// What the address says about a file that takes another one's place.
#[derive(Deserialize)]
pub struct Replacing {
    name: String,
    revision: i64,
}

/// Takes another content of a file in: `POST /library/files/7?name=…&revision=…`.
pub async fn replace(
    State(shared): State<Shared>,
    SignedIn(ctx): SignedIn,
    Path(id): Path<i64>,
    Query(about): Query<Replacing>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<LibraryItem>, Refused> {
    let (file, _place) = carried(&shared, &ctx, &headers, body).await?;
    Ok(Json(engine::library::replace(&ctx, LibraryId(id), about.revision, about.name, file).await?))
}

/// Takes a file in, piece by piece, in a place among the few that come at a time.
async fn carried<'a>(
    shared: &'a Shared,
    ctx: &Ctx,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Arriving, SemaphorePermit<'a>), Refused> {
    // The right is asked for before the first byte is read.
    let mut file = engine::library::begin(ctx)?;
    let place = uploads::place(shared, headers, file.max()).await?;
    match uploads::carry(&mut file, body).await {
        Ok(()) => Ok((file, place)),
        Err(refused) => {
            file.forget().await?;
            Err(refused)
        }
    }
}

/// Hands a file out to be saved.
pub async fn file(SignedIn(ctx): SignedIn, Path(id): Path<i64>) -> Result<Response, Refused> {
    let (item, content) = engine::library::open(&ctx, LibraryId(id)).await?;
    Ok(saved_whole(&item.name, &item.media_type, content.size(), content))
}

/// Shows a picture.
pub async fn picture(SignedIn(ctx): SignedIn, Path(id): Path<i64>) -> Result<Response, Refused> {
    let (item, content) = engine::library::picture(&ctx, LibraryId(id)).await?;
    Ok(shown(&item.media_type, flowing(content)))
}

/// Shows the small picture of a picture.
pub async fn thumbnail(SignedIn(ctx): SignedIn, Path(id): Path<i64>) -> Result<Response, Refused> {
    let content = engine::library::thumbnail(&ctx, LibraryId(id)).await?;
    let media_type = if content.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
    Ok(shown(media_type, Body::from(content)))
}

/// A picture that was made here is shown in our pages only, and is no page by itself.
fn shown(media_type: &str, content: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"))),
        (header::CONTENT_SECURITY_POLICY, SEALED),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    (headers, content).into_response()
}
