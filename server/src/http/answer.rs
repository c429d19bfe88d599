//! What a route answers when it cannot do what was asked: the same JSON problem as a call.

use app::Problem;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use model::Refusal;

/// A problem with its status.
#[derive(Debug)]
pub struct Refused(pub StatusCode, pub Problem);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

impl From<engine::Error> for Refused {
    fn from(error: engine::Error) -> Self {
        let (status, problem) = app::door::problem(error);
        Self(status, problem)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        engine::Error::from(refusal).into()
    }
}

impl Refused {
    /// A request that this server does not understand.
    pub fn not_understood(status: StatusCode) -> Self {
        Self(status, Problem::Unreachable)
    }
}
