//! `posel serve`: from the start to the graceful end.

use std::time::Duration;

use engine::{Clock, Engine};
use sd_notify::NotifyState;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Fault;
use crate::config::Config;
use crate::{boot, http};

/// How long the end may take; what is not finished by then is picked up at the next start.
const END_MAX: Duration = Duration::from_secs(9);

/// Serves until a signal comes.
pub async fn serve(config: Config, say: &(dyn Fn(&str) + Sync)) -> Result<(), Fault> {
    // First of all: a signal must find somebody who listens, and a taken port must leave no new folder behind.
    let asked_to_end = ask_to_end()?;
    let listener = TcpListener::bind(config.listen).await;
    let listener = listener.map_err(|error| boot::Fault::Listen { listen: config.listen, error })?;
    let address = listener.local_addr().unwrap_or(config.listen);
    let (engine, _folder) = boot::open(&config, Clock::machine()).await?;
    if let Some(link) = engine::session::first_run_link(&engine).await? {
        say(&format!("Open this link to set Posel up: {}", link.url));
    }
    let (stop, stopping) = watch::channel(false);
    let mut parts = background(&engine, &stopping);
    let shared = http::Shared::new(engine.clone(), config.public_url, config.trusted_proxies, stopping.clone());
    let (router, heard) = (http::router(shared), stopping.clone());
    parts.spawn(async move {
        http::listen(listener, router, heard).await;
        "answering connections"
    });
    say(&format!("Posel listens on http://{address}"));
    notify(&[NotifyState::Ready]);
    let ended = tokio::select! {
        () = asked_to_end => Ok(()),
        part = parts.join_next() => Err(Fault::Background(part.and_then(Result::ok).unwrap_or("a part of the server"))),
    };
    tracing::info!("ending");
    notify(&[NotifyState::Stopping]);
    stop.send_replace(true);
    let all = async { while parts.join_next().await.is_some() {} };
    if tokio::time::timeout(END_MAX, all).await.is_err() {
        tracing::warn!("some work was not finished in time; it goes on after the next start");
        parts.shutdown().await;
    }
    engine.close().await;
    ended
}

/// Everything that goes on without being asked. Each gives back its name when it ends.
fn background(engine: &Engine, stopping: &watch::Receiver<bool>) -> JoinSet<&'static str> {
    let mut parts = JoinSet::new();
    let (worker, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::worker::run(worker, stop).await;
        "sending"
    });
    let (indexer, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::indexer::run(indexer, stop).await;
        "taking in for the search"
    });
    let (things, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::things::run(things, stop).await;
        "taking in what has a name"
    });
    let (log, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::audit::index(log, stop).await;
        "taking in for the search of the log"
    });
    let (importer, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::imports::run(importer, stop).await;
        "taking in imports"
    });
    let (archivist, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::archives::run(archivist, stop).await;
        "taking old archives in"
    });
    let (bounces, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::bounces::run(bounces, stop).await;
        "reading bounce mailboxes"
    });
    let (copies, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::copies::run(copies, stop).await;
        "putting copies away"
    });
    let (gateways, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::sms::run(gateways, stop).await;
        "asking gateways for text messages"
    });
    let (campaigns, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::campaigns::run(campaigns, stop).await;
        "working for campaigns"
    });
    let (keeper, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::retention::run(keeper, stop).await;
        "letting messages go"
    });
    let (reactions, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::reactions::run(reactions, stop).await;
        "counting reactions"
    });
    let (keys, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::keys::run(keys, stop).await;
        "sealing under new keys"
    });
    let (janitor, stop) = (engine.clone(), stopping.clone());
    parts.spawn(async move {
        engine::janitor::run(janitor, stop).await;
        "sweeping"
    });
    parts
}

/// Begins to listen for Ctrl-C and for systemd's wish; what comes back waits for one of them.
fn ask_to_end() -> Result<impl Future<Output = ()>, Fault> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Fault::Signals)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(Fault::Signals)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Without systemd nobody listens, which is fine.
fn notify(state: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(state) {
        tracing::debug!(%error, "systemd was not told");
    }
}
