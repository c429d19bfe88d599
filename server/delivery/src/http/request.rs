//! What is asked and what comes back.

use hyper::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// One request. It may carry secrets anywhere, so it cannot be printed.
pub(crate) struct Request {
    pub method: hyper::Method,
    pub url: Url,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Vec<u8>,
}

/// A whole answer.
pub(crate) struct HttpAnswer {
    /// 100 to 599.
    pub status: u16,
    /// At most as long as the limits allow.
    pub body: Vec<u8>,
}

impl Request {
    /// Asks for something.
    pub fn get(url: Url) -> Self {
        Self { method: hyper::Method::GET, url, headers: Vec::new(), body: Vec::new() }
    }

    /// Posts a body.
    pub fn post(url: Url, media_type: &'static str, body: Vec<u8>) -> Self {
        let headers = vec![(hyper::header::CONTENT_TYPE, HeaderValue::from_static(media_type))];
        Self { method: hyper::Method::POST, url, headers, body }
    }

    /// Asks for JSON.
    pub fn accepting_json(mut self) -> Self {
        self.headers.push((hyper::header::ACCEPT, HeaderValue::from_static("application/json")));
        self
    }

    /// Adds a bearer token (RFC 6750 §2.1); one that cannot stand in a header is left out and will be refused.
    pub fn bearing(self, token: &SecretString) -> Self {
        self.authorized("Bearer", token)
    }

    /// Adds who asks, by a scheme of RFC 9110 §11; what cannot stand in a header is left out and will be refused.
    pub fn authorized(mut self, scheme: &str, credentials: &SecretString) -> Self {
        if let Ok(mut value) = HeaderValue::from_str(&format!("{scheme} {}", credentials.expose_secret())) {
            value.set_sensitive(true);
            self.headers.push((hyper::header::AUTHORIZATION, value));
        }
        self
    }
}

impl HttpAnswer {
    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}
