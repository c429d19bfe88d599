//! Calls of gateways for text messages. They come without a session; the secret in the path is all that lets them in.

use app::door;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use engine::sms::{Called, Caller};
use http::StatusCode;
use http::header::{self, HeaderMap};

use super::Shared;

/// Takes in what a gateway tells, as parameters or as a body; answers in its words once that is kept.
pub async fn sms(
    State(shared): State<Shared>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let query = query.unwrap_or_default();
    let caller = Caller { token: &token, query: &query, media_type, body: &body };
    match engine::sms::called(&shared.engine, &caller).await {
        Ok(Called::Kept(media_type, words)) => ([(header::CONTENT_TYPE, media_type)], words).into_response(),
        Ok(Called::Stranger) => StatusCode::NOT_FOUND.into_response(),
        Ok(Called::Unreadable) => StatusCode::BAD_REQUEST.into_response(),
        // Logged under its number; the gateway calls again.
        Err(error) => door::problem(error).0.into_response(),
    }
}
