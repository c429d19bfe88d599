//! How long the calls behind the screens take while a campaign leaves.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use engine::{Ctx, audit, campaigns, contacts, history, messages, outbox, overview, palette, worker};
use model::{AuditQuery, CampaignQuery, ContactQuery, MessageDraft, MessageId, MessageQuery, Moment, OutboxQuery};
use tokio::sync::watch;

use crate::figures::{Figures, Times};
use crate::sending::Stage;
use crate::{fill, prepare};

/// How long from one round of calls to the next.
const PAUSE: Duration = Duration::from_millis(50);
/// A campaign that does not go on for so long has perhaps ended.
const STILL: Duration = Duration::from_millis(200);
/// A campaign that does not go on for so long is stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// What somebody does at a screen.
#[derive(Clone, Copy, Debug)]
enum Call {
    Overview,
    Outbox,
    OutboxPage,
    Messages,
    Message,
    Contacts,
    Campaigns,
    Log,
    Palette,
    NewMessage,
}

/// Lets so many messages leave and asks meanwhile for what screens show.
pub async fn run(n: u32) -> Result<Figures> {
    const CALLS: [Call; 10] = [
        Call::Overview,
        Call::Outbox,
        Call::OutboxPage,
        Call::Messages,
        Call::Message,
        Call::Contacts,
        Call::Campaigns,
        Call::Log,
        Call::Palette,
        Call::NewMessage,
    ];
    let folder = tempfile::tempdir()?;
    let mut figures = Figures::new("screens", n);
    let stage = Stage::set(folder.path(), n, 10, &[]).await?;
    let store = fill::open(&stage.data).await?;
    fill::contacts(&store, n).await?;
    store.close().await;
    stage.index().await?;
    let engine = prepare::open(&stage.data).await?;
    let _sink = stage.start_sink()?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(worker::run(engine.clone(), stopped));
    let ctx = Ctx::system(&engine);
    let (mut times, mut all) = (CALLS.map(|_| Times::default()), Times::default());
    let mut still = (0, Instant::now());
    loop {
        let length = stage.copies_length();
        if length != still.0 {
            still = (length, Instant::now());
        }
        // The file of copies is long: it is read only when nothing more seems to come.
        if STILL < still.1.elapsed() && n as usize <= stage.copies()?.len() {
            break;
        }
        if PATIENCE < still.1.elapsed() {
            bail!("the campaign is stuck");
        }
        for (call, times) in CALLS.iter().zip(&mut times) {
            let begin = Instant::now();
            call.ask(&ctx).await?;
            let took = begin.elapsed();
            times.add(took);
            all.add(took);
        }
        tokio::time::sleep(PAUSE).await;
    }
    let (speed, seconds) = crate::sending::speed(&stage.copies()?);
    stop.send(true)?;
    worker.await?;
    engine.close().await;
    figures.row("messages per second meanwhile", format!("{speed:.0} ({seconds:.1} s)"));
    for (call, times) in CALLS.iter().zip(&times) {
        figures.row(&format!("{call:?}"), times.text());
    }
    figures.row("all of them", all.text());
    figures.key("messages_per_s", speed);
    figures.key("p50_ms", all.share(0.5));
    figures.key("p95_ms", all.share(0.95));
    figures.key("p99_ms", all.share(0.99));
    Ok(figures)
}

impl Call {
    async fn ask(self, ctx: &Ctx) -> Result<()> {
        match self {
            Self::Overview => drop(overview::open(ctx, Moment(0)).await?),
            Self::Outbox => drop(outbox::look(ctx).await?),
            Self::OutboxPage => drop(outbox::list(ctx, OutboxQuery::default()).await?),
            Self::Messages => drop(history::list(ctx, MessageQuery::default()).await?),
            Self::Message => drop(history::open(ctx, MessageId(1)).await?),
            Self::Contacts => drop(contacts::list(ctx, ContactQuery::default()).await?),
            Self::Campaigns => drop(campaigns::list(ctx, CampaignQuery::default()).await?),
            Self::Log => drop(audit::list(ctx, AuditQuery::default()).await?),
            Self::Palette => drop(palette::find(ctx, "ponuka 77".to_owned()).await?),
            Self::NewMessage => drop(messages::prepare(ctx, None, draft()).await?),
        }
        Ok(())
    }
}

fn draft() -> MessageDraft {
    MessageDraft { to: "eva@firma.sk".into(), subject: "Správa".into(), body: "Dobrý deň".into(), ..MessageDraft::default() }
}
