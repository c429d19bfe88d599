//! One line per request: what kind of request, how it ended and how long it took. Never an address, a query or a token.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use super::calls;

/// Logs a request when its answer begins.
pub async fn log(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = route(&request);
    let answer = next.run(request).await;
    let status = answer.status().as_u16();
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    // Pages, assets and probes come often and say nothing that the calls do not say.
    if matches!(route.as_str(), PAGE | "/healthz" | "/readyz") {
        tracing::debug!(%method, route, status, ms, "answered");
    } else {
        tracing::info!(%method, route, status, ms, "answered");
    }
    answer
}

/// The shell and its assets.
const PAGE: &str = "(page)";

/// The route as it was written, or the name of the call: nothing that a user typed.
fn route(request: &Request) -> String {
    let path = request.uri().path();
    let matched = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    calls::paths().find(|it| *it == path).or(matched).unwrap_or(PAGE).to_owned()
}
