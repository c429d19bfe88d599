//! Measured links and pictures of mails: the one leads on, the other is a point that nobody sees.

use app::door::ClientAddress;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Response};
use engine::reactions::Looking;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode};

use super::super::Shared;
use super::{ROBOTS, guest, refused};

/// One transparent point (GIF89a).
const POINT: [u8; 43] =
    *b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// Leads to where a link of a mail leads, and counts it.
pub async fn click(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    method: Method,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    let guest = guest(&shared, client, &headers);
    let target = engine::reactions::follow(&guest, &token, looking(&method, &headers)).await;
    let target = match target {
        Ok(target) => HeaderValue::from_str(&target).map_err(|_| engine::Error::Refused(model::Refusal::LinkExpired)),
        Err(error) => Err(error),
    };
    match target {
        Ok(target) => {
            let mut answer = StatusCode::FOUND.into_response();
            answer.headers_mut().insert(header::LOCATION, target);
            answer.headers_mut().insert(ROBOTS, HeaderValue::from_static("noindex"));
            answer
        }
        Err(error) => refused(error, &headers, |it| it.link_title),
    }
}

/// The point, whoever asks for whichever: a wrong address tells nothing.
pub async fn open(
    State(shared): State<Shared>,
    Extension(client): Extension<ClientAddress>,
    method: Method,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Response {
    let guest = guest(&shared, client, &headers);
    engine::reactions::opened(&guest, &token, looking(&method, &headers));
    let mut answer = POINT.into_response();
    let answered = answer.headers_mut();
    answered.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/gif"));
    answered.insert(ROBOTS, HeaderValue::from_static("noindex"));
    // Mail programs in browsers show it on pages of their own.
    let shared = HeaderValue::from_static("cross-origin");
    answered.insert(HeaderName::from_static("cross-origin-resource-policy"), shared);
    answer
}

/// Whoever only asks for the head, or says that it fetches ahead, has not looked yet.
fn looking(method: &Method, headers: &HeaderMap) -> Looking {
    let purposes = ["purpose", "sec-purpose", "x-purpose", "x-moz"];
    let said = purposes.iter().filter_map(|it| headers.get(*it)?.to_str().ok());
    let is_ahead = said.into_iter().any(|it| {
        let it = it.to_ascii_lowercase();
        it.contains("prefetch") || it.contains("prerender") || it.contains("preview")
    });
    if *method == Method::GET && !is_ahead { Looking::Now } else { Looking::Ahead }
}
