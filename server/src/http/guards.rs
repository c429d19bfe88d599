//! What stands in front of every route: the same-origin check, the time limit, and the headers of every answer.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method, StatusCode};

use super::Shared;
use super::answer::Refused;

/// How long a request may take that is no upload. The longest is the test of an account, which waits for a slow relay.
const TIME_MAX: Duration = Duration::from_secs(60);

const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
     connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
);

const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), \
     microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()",
);

/// Puts the security headers on every answer, also on refusals; a route that knows better has set its own.
pub async fn harden(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let mut set = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    set(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    set(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    set(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    set(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if shared.public_url.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    answer
}

/// Refuses what another site makes a signed-in browser ask. Only what may change something is looked at.
pub async fn refuse_other_sites(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_safe || is_own(request.headers(), shared.public_url.origin()) {
        return next.run(request).await;
    }
    tracing::warn!(public_url = %shared.public_url, "refused a request from another site; does public_url name what users open?");
    Refused::not_understood(StatusCode::FORBIDDEN).into_response()
}

/// Browsers say where a request comes from (W3C Fetch Metadata); those that do not, because the address is not trustworthy to them,
/// say at least the origin. `Host` is never asked, since the sender chooses it.
fn is_own(headers: &HeaderMap, origin: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => headers.get(header::ORIGIN).is_some_and(|it| it == origin),
    }
}

/// Ends what takes too long; a use case that is dropped leaves nothing half done.
pub async fn limit_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME_MAX, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => Refused::not_understood(StatusCode::GATEWAY_TIMEOUT).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        let own = |pairs| is_own(&headers(pairs), "https://posel.example.sk");
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "none")]));
        assert!(own(&[("origin", "https://posel.example.sk")]));
        assert!(!own(&[]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("sec-fetch-site", "cross-site"), ("origin", "https://posel.example.sk")]));
        assert!(!own(&[("origin", "null")]));
        assert!(!own(&[("origin", "http://posel.example.sk")]));
        assert!(!own(&[("origin", "https://posel.example.sk.evil.example")]));
        assert!(!own(&[("host", "posel.example.sk")]));
    }
}
