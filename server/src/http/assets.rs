//! The finished site: the browser's program, its style, fonts and pictures, under names made from their content.
//!
//! A release carries them inside; in development they are read from `target/site` each time, so that a new build shows at once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderValue};
use rust_embed::RustEmbed;
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Built;

/// Opens a file of the site by its name.
pub type Files = fn(&str) -> Option<Cow<'static, [u8]>>;

/// The site that was built.
pub fn built(name: &str) -> Option<Cow<'static, [u8]>> {
    Built::get(name).map(|it| it.data)
}

/// The site: each logical name, such as `app.js`, with what stands for it.
pub struct Site {
    files: Files,
    assets: BTreeMap<String, Asset>,
}

/// A file of the site.
#[derive(Clone, Debug, Deserialize)]
struct Asset {
    file: String,
    gzip: Option<u64>,
    brotli: Option<u64>,
}

impl Site {
    /// Reads the manifest; the site is empty when it was not built.
    pub fn read(files: Files) -> Self {
        let assets = files("manifest.json").and_then(|it| serde_json::from_slice(&it).ok());
        Self { files, assets: assets.unwrap_or_default() }
    }

    /// The address of a logical name, such as `/app-1f2e3d.js` for `app.js`.
    pub fn address(&self, name: &str) -> Option<String> {
        Some(format!("/{}", self.assets.get(name)?.file))
    }

    /// All logical names with their addresses.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, String)> {
        self.assets.iter().map(|(name, asset)| (name.as_str(), format!("/{}", asset.file)))
    }

    /// Answers a file of the site, if the path names one. The path is only compared, never opened.
    pub fn serve(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let (name, asset) = self.assets.iter().find(|(_, asset)| path.strip_prefix('/') == Some(asset.file.as_str()))?;
        let packing = Packing::choose(headers, asset);
        let tag = packing.tag(asset)?;
        if headers.get_all(header::IF_NONE_MATCH).iter().any(|it| names(it, &tag)) {
            return Some((StatusCode::NOT_MODIFIED, kept(tag)).into_response());
        }
        let content = content((self.files)(&format!("{}{}", asset.file, packing.ending()))?);
        let media_type = HeaderValue::from_static(media_type(name));
        let mut answer = (kept(tag), [(header::CONTENT_TYPE, media_type)], content).into_response();
        if let Some(encoding) = packing.encoding() {
            answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(answer)
    }
}

/// Under this name the content can never be another one.
fn kept(tag: HeaderValue) -> [(header::HeaderName, HeaderValue); 3] {
    [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
        (header::ETAG, tag),
    ]
}

fn content(bytes: Cow<'static, [u8]>) -> Body {
    match bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes).into(),
        Cow::Owned(bytes) => bytes.into(),
    }
}

fn names(header: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(header), Ok(tag)) = (header.to_str(), tag.to_str()) else { return false };
    header.split(',').map(|it| it.trim().trim_start_matches("W/")).any(|it| it == tag || it == "*")
}

/// How a file travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Brotli,
    Gzip,
    Plain,
}

impl Packing {
    fn choose(headers: &HeaderMap, asset: &Asset) -> Self {
        if asset.brotli.is_some() && accepts(headers, "br") {
            Self::Brotli
        } else if asset.gzip.is_some() && accepts(headers, "gzip") {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Plain => "",
        }
    }

    fn encoding(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }

    /// Each packing is another representation (RFC 9110 §8.8.3.3).
    fn tag(self, asset: &Asset) -> Option<HeaderValue> {
        HeaderValue::from_str(&format!("\"{}{}\"", asset.file, self.ending())).ok()
    }
}

/// Whether the browser takes this content coding (RFC 9110 §12.5.3); what it rates with 0 it does not.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|it| it.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let (name, rating) = item.split_once(';').unwrap_or((item, ""));
        let rating = rating.trim().strip_prefix("q=").and_then(|it| it.trim().parse::<f32>().ok()).unwrap_or(1.0);
        name.trim().eq_ignore_ascii_case(coding) && 0.0 < rating
    })
}

/// Browsers run a module or a wasm program only under its right type.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_packing_that_the_browser_takes_is_chosen() {
        let asset = Asset { file: "app-1.js".to_owned(), gzip: Some(2), brotli: Some(1) };
        let choose = |accepted: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            Packing::choose(&headers, &asset)
        };
        assert_eq!(choose("gzip, deflate, br, zstd"), Packing::Brotli);
        assert_eq!(choose("br;q=0, GZIP"), Packing::Gzip);
        assert_eq!(choose("br;q=0.0, gzip; q=0.5"), Packing::Gzip);
        assert_eq!(choose("identity, brave"), Packing::Plain);
        assert_eq!(Packing::choose(&HeaderMap::new(), &asset), Packing::Plain);
    }
}
