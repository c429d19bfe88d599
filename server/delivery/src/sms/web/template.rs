//! Requests with placeholders. A value is escaped for the place it stands in, so no text can become part of the request around it.

use std::{collections::BTreeMap, fmt::Write};

use base64::{Engine, prelude::BASE64_STANDARD};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{
    fault::SettingsFault,
    settings::{BodyKind, Method, RequestTemplate},
};
use crate::http::Request;

/// Secrets by name, for the placeholder `secret.NAME`.
pub type Secrets = BTreeMap<String, SecretString>;

/// A request template that is known to be right.
#[derive(Clone, Debug)]
pub(super) struct Template {
    method: Method,
    url: Vec<Piece>,
    /// How many segments the path has, whatever the values.
    depth: usize,
    headers: Vec<(HeaderName, Vec<Piece>)>,
    login: Option<(String, String)>,
    body: Option<(BodyKind, Vec<Piece>)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(String),
}

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    Url,
    Header,
    Body(BodyKind),
}

/// The values of one request.
pub(super) struct Values<'a> {
    pub secrets: &'a Secrets,
    pub plain: Vec<(&'static str, String)>,
}

impl Values<'_> {
    fn get(&self, name: &str) -> &str {
        match name.strip_prefix("secret.") {
            Some(name) => self.secrets.get(name).map(ExposeSecret::expose_secret).unwrap_or_default(),
            None => self.plain.iter().find(|it| it.0 == name).map(|it| it.1.as_str()).unwrap_or_default(),
        }
    }
}

impl Template {
    /// Reads a template that may use these placeholders and these secrets.
    pub fn new(settings: &RequestTemplate, names: &[&str], secrets: &Secrets) -> Result<Self, SettingsFault> {
        let known = |it: &str| match it.strip_prefix("secret.") {
            Some(name) => secrets.contains_key(name),
            None => names.contains(&it),
        };
        let url = pieces(&settings.url, &known)?;
        let mut headers = Vec::new();
        for (name, value) in &settings.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| SettingsFault::Header(name.clone()))?;
            headers.push((name, pieces(value, &known)?));
        }
        let body = match &settings.body {
            Some(body) => Some((body.kind, pieces(&body.text, &known)?)),
            None => None,
        };
        for name in settings.login.iter().flat_map(|it| [&it.0, &it.1]) {
            if !secrets.contains_key(name) {
                return Err(SettingsFault::Placeholder(format!("secret.{name}")));
            }
        }
        let login = settings.login.clone();
        let mut template = Self { method: settings.method, url, depth: 0, headers, login, body };
        template.depth = template.check(names, secrets)?;
        Ok(template)
    }

    /// Tries the template with values that would break a place that is not escaped; says how deep the path is.
    fn check(&self, names: &[&str], secrets: &Secrets) -> Result<usize, SettingsFault> {
        let host_is_fixed = match self.url.first() {
            Some(Piece::Text(text)) => {
                let begin = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
                begin.is_some_and(|it| self.url.len() == 1 || it.contains(['/', '?']))
            }
            _ => false,
        };
        let sample = |name: &'static str| (name, if name == "text" { "a\"\\\n<&>'č" } else { "1" }.to_owned());
        let plain = ["number", "text", "sender", "reference", "alphabet", "segments", "flash", "validity", "id"];
        let values = Values { secrets, plain: plain.into_iter().filter(|it| names.contains(it)).map(sample).collect() };
        // A name and a password in the address would be kept in the open, and not be sent.
        let fits = |it: &Url| host_is_fixed && it.username().is_empty() && it.password().is_none();
        let url = Url::parse(&self.filled(&self.url, Place::Url, &values)).ok().filter(fits);
        let depth = depth(&url.ok_or(SettingsFault::Url)?);
        if let Some((BodyKind::Json, body)) = &self.body {
            let text = self.filled(body, Place::Body(BodyKind::Json), &values);
            serde_json::from_str::<serde_json::Value>(&text).map_err(|_| SettingsFault::Json)?;
        }
        Ok(depth)
    }

    /// Whether the template uses a placeholder.
    pub fn uses(&self, name: &str) -> bool {
        let all = [&self.url].into_iter().chain(self.headers.iter().map(|it| &it.1)).chain(self.body.iter().map(|it| &it.1));
        all.flatten().any(|it| matches!(it, Piece::Placeholder(it) if it == name))
    }

    /// The request with its values; none if a value cannot stand in a header, or is `..` in the path, which no encoding can hide.
    pub fn request(&self, values: &Values<'_>) -> Option<Request> {
        let method = match self.method {
            Method::Get => hyper::Method::GET,
            Method::Post => hyper::Method::POST,
            Method::Put => hyper::Method::PUT,
        };
        let url = Url::parse(&self.filled(&self.url, Place::Url, values)).ok().filter(|it| depth(it) == self.depth)?;
        let mut headers = Vec::new();
        let mut body = Vec::new();
        if let Some((kind, pieces)) = &self.body {
            body = self.filled(pieces, Place::Body(*kind), values).into_bytes();
            headers.push((CONTENT_TYPE, HeaderValue::from_static(kind.media_type())));
        }
        if let Some((user, password)) = &self.login {
            let secret = |name| values.secrets.get(name).map(ExposeSecret::expose_secret).unwrap_or_default();
            let pair = BASE64_STANDARD.encode(format!("{}:{}", secret(user), secret(password)));
            let mut value = HeaderValue::from_str(&format!("Basic {pair}")).ok()?;
            value.set_sensitive(true);
            headers.push((AUTHORIZATION, value));
        }
        for (name, pieces) in &self.headers {
            headers.retain(|it| it.0 != *name);
            let mut value = HeaderValue::from_bytes(self.filled(pieces, Place::Header, values).as_bytes()).ok()?;
            value.set_sensitive(true);
            headers.push((name.clone(), value));
        }
        Some(Request { method, url, headers, body })
    }

    fn filled(&self, pieces: &[Piece], place: Place, values: &Values<'_>) -> String {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Placeholder(name) => escape(values.get(name), place, &mut out),
            }
        }
        out
    }
}

impl BodyKind {
    fn media_type(self) -> &'static str {
        match self {
            Self::Form => "application/x-www-form-urlencoded",
            Self::Json => "application/json",
            Self::Xml => "application/xml; charset=utf-8",
        }
    }
}

fn depth(url: &Url) -> usize {
    url.path_segments().map_or(0, Iterator::count)
}

/// Cuts a text at its placeholders `{{name}}`.
fn pieces(text: &str, known: &dyn Fn(&str) -> bool) -> Result<Vec<Piece>, SettingsFault> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or_else(|| SettingsFault::Placeholder(after.chars().take(40).collect()))?;
        let name = name.trim();
        if !known(name) {
            return Err(SettingsFault::Placeholder(name.chars().take(40).collect()));
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Placeholder(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

fn escape(value: &str, place: Place, out: &mut String) {
    match place {
        Place::Url => percent(value, out),
        Place::Header => out.push_str(value),
        Place::Body(BodyKind::Form) => out.extend(url::form_urlencoded::byte_serialize(value.as_bytes())),
        Place::Body(BodyKind::Json) => {
            let quoted = serde_json::Value::from(value).to_string();
            out.push_str(&quoted[1..quoted.len() - 1]);
        }
        Place::Body(BodyKind::Xml) => value.chars().for_each(|it| xml(it, out)),
    }
}

/// RFC 3986 §2.3: everything but unreserved characters is encoded, so a value is one segment or one parameter.
fn percent(value: &str, out: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
}

/// XML 1.0 §2.2: characters that no document may have become spaces.
fn xml(it: char, out: &mut String) {
    match it {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        '\r' => out.push_str("&#13;"),
        '\t' | '\n' => out.push(it),
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(' '),
        _ => out.push(it),
    }
}
