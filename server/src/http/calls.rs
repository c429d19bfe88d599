//! The calls of the browser's program: POST of JSON to `/api/…`.

use app::Problem;
use axum::body::Body;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::{RequestExt, body};
use http::{StatusCode, header};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use model::Refusal;

use super::answer::Refused;
use super::{BODY_MAX, Shared};

/// Runs a call.
pub async fn call(State(shared): State<Shared>, request: Request) -> Response {
    match prepare(request).await {
        Ok(request) => {
            let context = move || provide_context(shared.engine.clone());
            let answer = leptos_axum::handle_server_fns_with_context(context, request).await;
            blame_caller(answer.into_response()).await
        }
        Err(refused) => refused.into_response(),
    }
}

/// The names of all calls with their paths, such as `/api/session/sign_in`.
pub fn paths() -> impl Iterator<Item = &'static str> {
    server_fn_paths().map(|(path, _)| path)
}

/// Lets through what is a call: a known path, JSON, and not too long.
async fn prepare(request: Request) -> Result<Request, Refused> {
    if !paths().any(|it| it == request.uri().path()) {
        return Err(Refused::not_understood(StatusCode::NOT_FOUND));
    }
    if !is_json(&request) {
        return Err(Refused::not_understood(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let (mut parts, body) = request.into_parts();
    // With these two, leptos would answer a form of a page without script by leading back to where it came from.
    parts.headers.remove(header::ACCEPT);
    parts.headers.remove(header::REFERER);
    let bytes = Request::from_parts(parts.clone(), body).extract::<body::Bytes, _>().await.map_err(unreadable)?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn is_json(request: &Request) -> bool {
    let named = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    named.split(';').next().is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"))
}

fn unreadable(rejection: BytesRejection) -> Refused {
    match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
            Refused(StatusCode::PAYLOAD_TOO_LARGE, Problem::Refused(Refusal::FileTooLarge { max: BODY_MAX as u64 }))
        }
        _ => Refused::not_understood(StatusCode::BAD_REQUEST),
    }
}

/// A body that is no input of the call comes back as a failure of the server; it is the caller's.
async fn blame_caller(mut answer: Response) -> Response {
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    let body = std::mem::take(answer.body_mut());
    match body::to_bytes(body, BODY_MAX).await {
        Ok(bytes) => {
            if serde_json::from_slice(&bytes).is_ok_and(|it: Problem| it == Problem::Unreachable) {
                *answer.status_mut() = StatusCode::BAD_REQUEST;
            }
            *answer.body_mut() = Body::from(bytes);
            answer
        }
        Err(_) => Refused::not_understood(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
