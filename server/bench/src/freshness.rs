//! How long a message takes from its commit until it is found by its words: at rest, and while a campaign leaves.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use engine::{Ctx, Engine, history, indexer, messages, worker};
use model::{MessageDraft, MessageFilter};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::figures::{Figures, Times};
use crate::prepare;
use crate::sending::Stage;

/// How long from one message to the next.
const EACH: Duration = Duration::from_millis(100);
/// How long from one look to the next.
const LOOK: Duration = Duration::from_millis(10);
/// Whoever is not found by then is lost.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes `n` messages at rest and `n` while a campaign of so many messages leaves.
pub async fn run(n: u32, campaign: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let mut figures = Figures::new("freshness", n);
    let stage = Stage::set(folder.path(), campaign, 10, &[]).await?;
    let _sink = stage.start_sink()?;
    let engine = prepare::open(&stage.data).await?;
    while 0 < indexer::turn(&engine).await? {}
    let (stop, stopped) = watch::channel(false);
    let mut work = JoinSet::new();
    work.spawn(indexer::run(engine.clone(), stopped.clone()));
    let rest = measure(&engine, "pokoj", n).await?;
    figures.row("at rest", told(&rest));
    figures.key("p50_ms", rest.share(0.5));
    figures.key("p99_ms", rest.share(0.99));
    work.spawn(worker::run(engine.clone(), stopped));
    let busy = measure(&engine, "kampan", n).await?;
    let sent = stage.copies()?.len();
    figures.row("while a campaign leaves", format!("{}; {sent} of {campaign} had left", told(&busy)));
    figures.key("busy_p99_ms", busy.share(0.99));
    stop.send(true)?;
    while work.join_next().await.is_some() {}
    engine.close().await;
    Ok(figures)
}

fn told(times: &Times) -> String {
    format!("p50 {:.0} ms, p99 {:.0} ms", times.share(0.5), times.share(0.99))
}

/// Writes messages one after the other and looks for each until it is found.
async fn measure(engine: &Engine, name: &str, n: u32) -> Result<Times> {
    let mut looking = JoinSet::new();
    for i in 0..n {
        looking.spawn(one(Ctx::system(engine), format!("{name}{i}x")));
        tokio::time::sleep(EACH).await;
    }
    let mut times = Times::default();
    while let Some(took) = looking.join_next().await {
        times.add(took??);
    }
    Ok(times)
}

async fn one(ctx: Ctx, word: String) -> Result<Duration> {
    let draft = MessageDraft {
        to: "eva@firma.sk".into(),
        subject: "Správa".into(),
        body: word.as_str().into(),
        ..MessageDraft::default()
    };
    messages::prepare(&ctx, None, draft).await?;
    let begin = Instant::now();
    let filter = MessageFilter { words: format!("\"{word}\""), ..MessageFilter::default() };
    while history::count(&ctx, filter.clone()).await? == 0 {
        if PATIENCE < begin.elapsed() {
            bail!("a message was not found");
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(begin.elapsed())
}
