//! What travels over HTTP: the calls, the shell with its assets, files up and down, news, and the guards in front of it all.
//!
//! Nothing here holds a rule: a route finds who asks, calls one use case and answers.

mod answer;
mod archives;
mod assets;
mod callback;
mod calls;
mod downloads;
mod evidence;
mod guards;
mod health;
mod imports;
mod library;
mod listen;
mod live;
mod log;
mod public;
mod session;
mod shell;
mod uploads;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use engine::Engine;
use ipnet::IpNet;
use tokio::sync::{Semaphore, watch};

use crate::config::PublicUrl;

pub use assets::Files;
pub use listen::listen;

/// The largest body of a request that is no upload, in bytes.
const BODY_MAX: usize = 2 * 1024 * 1024;

/// The largest body of a request by somebody who is not signed in, in bytes.
const PUBLIC_BODY_MAX: usize = 4 * 1024;

/// The largest call of a gateway for text messages, in bytes.
const CALLBACK_BODY_MAX: usize = 64 * 1024;

/// How many files are taken in at the same time; each may fill the memory up to its limit.
const UPLOADS: usize = 8;

/// How many of those run at the same time that may take hours; they leave places for the others.
const LONG_UPLOADS: usize = 2;

/// What every route may need.
#[derive(Clone)]
pub struct Shared {
    engine: Engine,
    public_url: Arc<PublicUrl>,
    trusted_proxies: Arc<[IpNet]>,
    uploads: Arc<Semaphore>,
    long_uploads: Arc<Semaphore>,
    files: Files,
    stop: watch::Receiver<bool>,
}

impl Shared {
    /// Puts together what the routes need; `stop` becomes true when the server ends.
    pub fn new(engine: Engine, public_url: PublicUrl, trusted_proxies: Vec<IpNet>, stop: watch::Receiver<bool>) -> Self {
        Self {
            engine,
            public_url: Arc::new(public_url),
            trusted_proxies: trusted_proxies.into(),
            uploads: Arc::new(Semaphore::new(UPLOADS)),
            long_uploads: Arc::new(Semaphore::new(LONG_UPLOADS)),
            files: assets::built,
            stop,
        }
    }

    /// Serves another site than the one that was built.
    pub fn with_files(self, files: Files) -> Self {
        Self { files, ..self }
    }
}

/// All routes behind all guards.
///
/// Screens have paths of their own below some of these (`/messages/123` beside `/messages/123/html`); whatever no route
/// knows is the shell's.
pub fn router(shared: Shared) -> Router {
    let quick = Router::new()
        .route("/api/{*call}", post(calls::call))
        .route("/messages/{message}/html", get(downloads::message_html))
        .route("/messages/{message}/attachments/{attachment}", get(downloads::attachment))
        .route("/messages/{message}/mail.eml", get(evidence::mail))
        .route("/messages/{message}/deliveries/{delivery}/{file}", get(evidence::sheet))
        .route("/messages/export", post(evidence::messages))
        .route("/log/export", post(evidence::log))
        .route("/contacts/export", post(downloads::contacts))
        .route("/campaigns/export", post(downloads::campaign))
        .route("/campaigns/export.xml", post(downloads::campaigns))
        .route("/captured/{mail}/html", get(downloads::captured_html))
        .route("/preview", get(downloads::preview))
        .route("/pictures/{attachment}", get(downloads::picture))
        .route("/captured/{mail}/parts/{index}", get(downloads::captured_part))
        .route("/contacts/{contact}/person.zip", get(downloads::person))
        .route("/suppressions/export.csv", get(downloads::suppressions))
        .route("/imports/{import}/report.csv", get(imports::report))
        .route("/imports/{import}/bad-rows.csv", get(imports::bad_rows))
        .route("/library/files/{file}", get(library::file))
        .route("/library/files/{file}/picture", get(library::picture))
        .route("/library/files/{file}/thumbnail", get(library::thumbnail))
        .route("/live", get(live::live))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .fallback(get(shell::page))
        .layer(from_fn(guards::limit_time));
    // A large file over a slow line takes its time; `uploads` watches size and time itself.
    let slow = Router::new()
        .route("/attachments", post(uploads::upload).layer(DefaultBodyLimit::disable()))
        .route("/campaigns/import", post(uploads::campaigns).layer(DefaultBodyLimit::disable()))
        .route("/suppressions/file", post(uploads::suppressions).layer(DefaultBodyLimit::disable()))
        .route("/library/files", post(library::add).layer(DefaultBodyLimit::disable()))
        .route("/library/files/{file}", post(library::replace).layer(DefaultBodyLimit::disable()))
        .route("/imports", post(imports::upload).layer(DefaultBodyLimit::disable()))
        .route("/archives", post(archives::upload).layer(DefaultBodyLimit::disable()));
    // Who comes from a mail has no session that another site could misuse: the secret in the link is all that counts.
    let public = Router::new()
        .route("/consent/{token}", get(public::consent).post(public::confirm))
        .route("/sender/{token}", get(public::sender::page).post(public::sender::confirm))
        .route("/unsubscribe/{token}", get(public::unsubscribe::page).post(public::unsubscribe::leave))
        .route("/preferences/{token}", post(public::unsubscribe::choose))
        .route("/view/{token}", get(public::view))
        .route("/click/{token}", get(public::reactions::click))
        .route("/open/{token}", get(public::reactions::open))
        .layer(from_fn(guards::limit_time))
        .layer(DefaultBodyLimit::max(PUBLIC_BODY_MAX));
    let called = Router::new()
        .route("/callback/sms/{token}", get(callback::sms).post(callback::sms))
        .layer(from_fn(guards::limit_time))
        .layer(DefaultBodyLimit::max(CALLBACK_BODY_MAX));
    quick
        .merge(slow)
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(from_fn_with_state(shared.clone(), guards::refuse_other_sites))
        .merge(public)
        .merge(called)
        .layer(from_fn_with_state(shared.clone(), session::note_client))
        .layer(from_fn(log::log))
        .layer(from_fn_with_state(shared.clone(), guards::harden))
        .with_state(shared)
}
