//! For those who watch over the server: does it run, and can it work?

use axum::extract::State;
use http::StatusCode;

use super::Shared;

/// The process runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers, and the server is not about to end.
pub async fn readyz(State(shared): State<Shared>) -> (StatusCode, &'static str) {
    if *shared.stop.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match shared.engine.ready().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
