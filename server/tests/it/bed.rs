//! A server in a folder of its own, asked directly, without a socket; its clock stands until it is moved.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use engine::{Clock, Engine, Options};
use model::{Company, DeliveredRole, FirstRun, Language, Moment, OneTimeLink, Role, UserDraft, UserId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::config::PublicUrl;
use server::http::{Shared, router};
use store::MasterKey;
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;

/// Where users reach the server.
pub const URL: &str = "https://posel.example.sk";
/// Password of everybody.
pub const PASSWORD: &str = "správny kôň";
/// When the clock begins: 2026-05-28 20:26:40 UTC.
const BEGIN: Moment = Moment(1_780_000_000_000);

/// A server with its folder, gone when dropped.
pub struct Bed {
    pub engine: Engine,
    pub clock: Clock,
    router: Router,
    folder: TempDir,
    pub stop: watch::Sender<bool>,
}

/// The cookie of somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Session(pub String);

/// An answer that was read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    /// The session that the answer began.
    pub fn session(&self) -> Session {
        let cookie = self.header(SET_COOKIE.as_str());
        Session(cookie.split(';').next().unwrap().to_owned())
    }
}

impl Bed {
    /// A fresh installation.
    pub async fn fresh() -> Self {
        Self::fresh_at(BEGIN).await
    }

    /// A fresh installation at that time.
    pub async fn fresh_at(begin: Moment) -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Clock::standing_at(begin);
        let options = Options {
            data: folder.path().to_owned(),
            key: MasterKey::new([7; 32]),
            public_url: URL.to_owned(),
            helo_name: "posel.example.sk".to_owned(),
            trusted_certificates: None,
            clock: clock.clone(),
        };
        let engine = Engine::open(options).await.unwrap();
        let (stop, stopping) = watch::channel(false);
        let proxies = vec!["127.0.0.0/8".parse().unwrap()];
        let shared = Shared::new(engine.clone(), PublicUrl::parse(URL).unwrap(), proxies, stopping);
        let router = router(shared.with_files(site));
        Self { engine, clock, router, folder, stop }
    }

    /// An installation in use, with its administrator signed in.
    pub async fn ready() -> (Self, Session) {
        let bed = Self::fresh().await;
        let link = engine::session::first_run_link(&bed.engine).await.unwrap().unwrap();
        let first_run = FirstRun {
            token: token(&link).to_owned(),
            name: "Eva Nová".to_owned(),
            email: "eva@example.sk".to_owned(),
            password: PASSWORD.to_owned(),
            company: company(),
            language: Language::Sk,
        };
        let reply = bed.call("session/set_up", None, json!({ "first_run": first_run })).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let session = reply.session();
        (bed, session)
    }

    /// A new user in a delivered role, signed in.
    pub async fn user(&self, admin: &Session, role: DeliveredRole) -> Session {
        let roles: Vec<Role> = self.call("users/list_roles", Some(admin), json!({})).await.json();
        let role = roles.iter().find(|it| it.delivered == Some(role)).unwrap().id;
        let email = format!("role{role}@example.sk");
        let draft = UserDraft { name: "Ján Malý".to_owned(), email, roles: vec![role], language: Language::Sk };
        let invited = self.call("users/invite_user", Some(admin), json!({ "draft": draft })).await;
        let (_, link): (UserId, OneTimeLink) = invited.json();
        let input = json!({ "token": token(&link), "password": PASSWORD });
        let reply = self.call("session/accept_invitation", None, input).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        reply.session()
    }

    /// Makes a call as the browser's program would.
    pub async fn call(&self, call: &str, session: Option<&Session>, input: Value) -> Reply {
        let request = own(Method::POST, &format!("/api/app/{call}")).header(CONTENT_TYPE, "application/json");
        self.send(signed(request, session).body(Body::from(input.to_string())).unwrap()).await
    }

    /// Asks for a page or a file as a browser would.
    pub async fn get(&self, path: &str, session: Option<&Session>) -> Reply {
        self.send(signed(own(Method::GET, path), session).body(Body::empty()).unwrap()).await
    }

    /// Sends any request and reads the answer.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.open(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Sends any request and leaves the body to be read.
    pub async fn open(&self, mut request: Request<Body>) -> axum::response::Response {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Everything that lies in the database, byte for byte.
    pub fn database(&self) -> Vec<Vec<u8>> {
        ["posel.db", "posel.db-wal"].iter().map(|it| std::fs::read(self.folder().join(it)).unwrap_or_default()).collect()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// A small site, as the task runner builds a large one.
fn site(name: &str) -> Option<Cow<'static, [u8]>> {
    let content: &[u8] = match name {
        "manifest.json" => {
            br#"{
                "app.js": { "file": "app-0a1b.js", "raw": 5, "gzip": 2, "brotli": 1 },
                "app_bg.wasm": { "file": "app_bg-2c3d.wasm", "raw": 4, "gzip": null, "brotli": null },
                "editor.js": { "file": "editor-1f2e.js", "raw": 6, "gzip": 2, "brotli": 1 },
                "icons.svg": { "file": "icons-4e5f.svg", "raw": 6, "gzip": 2, "brotli": 1 },
                "inter.woff2": { "file": "inter-6a7b.woff2", "raw": 4, "gzip": null, "brotli": null },
                "main.css": { "file": "main-8c9d.css", "raw": 3, "gzip": 2, "brotli": 1 },
                "screens.css": { "file": "screens-7d8e.css", "raw": 3, "gzip": 2, "brotli": 1 }
            }"#
        }
        "app-0a1b.js" => b"plain",
        "app-0a1b.js.br" => b"brotli",
        "app-0a1b.js.gz" => b"gzip",
        "app_bg-2c3d.wasm" => b"wasm",
        "secret.txt" => b"not in the manifest",
        _ => return None,
    };
    Some(Cow::Borrowed(content))
}

/// A request that a page of our own makes.
pub fn own(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin")
}

/// The request of somebody who is signed in, or of a stranger.
pub fn signed(request: axum::http::request::Builder, session: Option<&Session>) -> axum::http::request::Builder {
    match session {
        Some(session) => request.header(COOKIE, &session.0),
        None => request,
    }
}

pub fn token(link: &OneTimeLink) -> &str {
    link.url.split_once('#').unwrap().1
}

pub fn company() -> Company {
    Company {
        name: "Skúška s. r. o.".to_owned(),
        email: "info@example.sk".to_owned(),
        attachments_max: 1_000_000,
        ..Company::default()
    }
}
