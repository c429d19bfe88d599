//! A campaign to the relay: how fast, at what cost, and what a kill half way leaves.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use model::DeliveryState;
use serde_json::{Map, Value, json};

use crate::figures::Figures;
use crate::peers::{self, Line, Peer};
use crate::sending::{Running, Stage, speed};

/// What is sent, and over what line.
#[derive(Args)]
pub struct Campaign {
    /// How many messages.
    #[arg(long, default_value_t = 50_000)]
    n: u32,
    /// Connections to the relay.
    #[arg(long, default_value_t = 10)]
    connections: u8,
    /// Milliseconds before each answer of the relay.
    #[arg(long, default_value_t = 0)]
    delay_ms: u64,
    /// Kills the server half way and starts it again.
    #[arg(long)]
    kill: bool,
    /// Lets the server believe that the disk has written what it has not: what durability costs is the difference.
    #[arg(long)]
    no_durability: bool,
    /// Lets others send over the same line into the same kind of sink: so many letters each.
    #[arg(long, default_value_t = 0)]
    peers: u32,
}

/// Sends a campaign and reads the figures from the sink, the process and the database.
pub async fn run(campaign: Campaign) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let mut figures = Figures::new("campaign", campaign.n);
    let begin = Instant::now();
    let rules = [("delay-ms", campaign.delay_ms)];
    let mut stage = Stage::set(folder.path(), campaign.n, campaign.connections, &rules).await?;
    stage.index().await?;
    stage.preload = campaign.no_durability.then(peers::without_fsync).transpose()?;
    figures.row("filling", format!("{:.0} s", begin.elapsed().as_secs_f64()));
    let sink = stage.start_sink()?;
    let mut server = stage.start_server()?;
    if campaign.kill {
        until(&stage, |copies| campaign.n as usize / 2 <= copies).await?;
        drop(server);
        server = stage.start_server()?;
    }
    let mut still = (0, Instant::now());
    until(&stage, |copies| {
        if copies != still.0 {
            still = (copies, Instant::now());
        }
        // After a kill some may never come: what is uncertain is not sent again.
        campaign.n as usize <= copies || Duration::from_secs(10) < still.1.elapsed()
    })
    .await?;
    let process = Process::of(&server)?;
    end(&server)?;
    let status = server.0.wait()?;
    figures.row("end of the server", status.to_string());
    drop(sink);
    let speed = tell(&mut figures, &stage, &process).await?;
    if 0 < campaign.peers {
        let line = Line { n: campaign.peers, connections: campaign.connections, delay_ms: campaign.delay_ms };
        compare(&mut figures, folder.path(), speed, &line)?;
    }
    Ok(figures)
}

/// Tells how many times faster than each of the peers the campaign was.
fn compare(figures: &mut Figures, folder: &Path, speed: f64, line: &Line) -> Result<()> {
    let mut ratios = Map::new();
    for peer in Peer::ALL {
        let of_peer = peers::send(peer, folder, line)?;
        figures.row(peer.name(), format!("{of_peer:.0} messages per second; {:.2} times that", speed / of_peer));
        ratios.insert(peer.name().to_owned(), json!(speed / of_peer));
    }
    figures.key("ratio_to", Value::Object(ratios));
    Ok(())
}

/// Waits until so many copies are there that `enough` says so.
async fn until(stage: &Stage, mut enough: impl FnMut(usize) -> bool) -> Result<()> {
    // Every line has nearly the same length, so the file need not be read to be counted.
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let about = stage.copies_length() / 36;
        if enough(if u64::from(stage.n) <= about * 2 { stage.copies()?.len() } else { about as usize }) {
            return Ok(());
        }
    }
}

/// Puts down what became of the campaign, and tells how many messages left a second.
async fn tell(figures: &mut Figures, stage: &Stage, process: &Process) -> Result<f64> {
    let copies = stage.copies()?;
    let (speed, seconds) = speed(&copies);
    let ends = stage.ends().await?;
    let mut counted = std::collections::HashMap::new();
    copies.iter().for_each(|it| *counted.entry(it.1.as_str()).or_insert(0_u32) += 1);
    let lost = ends.accepted.iter().filter(|it| !counted.contains_key(it.as_str())).count();
    let doubled = counted.values().filter(|it| 1 < **it).count();
    let unknown = ends.by_state.get(&DeliveryState::Unknown).copied().unwrap_or(0);
    let (wrong, checked) = stage.wrong_bodies()?;
    let n = f64::from(stage.n);
    let size = database(stage)? as f64 / n;
    figures.row("messages per second", format!("{speed:.0} ({seconds:.1} s)"));
    figures.row("CPU seconds per 1,000", format!("{:.2}", process.cpu_s * 1_000.0 / n));
    figures.row("peak memory", format!("{:.0} MB", process.peak_mb));
    figures.row("written per message", format!("{:.0} bytes", process.written / n));
    figures.row("database per message", format!("{size:.0} bytes"));
    figures.row("lost, doubled, unknown", format!("{lost}, {doubled}, {unknown}"));
    figures.row("bodies that differ", format!("{wrong} of {checked} checked"));
    for (key, value) in [
        ("seconds", seconds),
        ("messages_per_s", speed),
        ("cpu_s_per_1000", process.cpu_s * 1_000.0 / n),
        ("rss_peak_mb", process.peak_mb),
        ("bytes_written_per_message", process.written / n),
        ("bytes_per_message", size),
        ("lost", lost as f64),
        ("doubled", doubled as f64),
        ("unknown", f64::from(unknown)),
        ("wrong", f64::from(wrong)),
    ] {
        figures.key(key, value);
    }
    Ok(speed)
}

/// What the kernel says of a process.
struct Process {
    cpu_s: f64,
    peak_mb: f64,
    written: f64,
}

impl Process {
    fn of(server: &Running) -> Result<Self> {
        let file = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", server.0.id()));
        let (stat, status, io) = (file("stat")?, file("status")?, file("io")?);
        let ticks: Vec<f64> =
            stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(|it| it.parse().unwrap_or(0.0)).collect();
        let (user, system) = ticks.get(11).zip(ticks.get(12)).context("no times")?;
        Ok(Self {
            cpu_s: (user + system) / 100.0,
            peak_mb: figure(&status, "VmHWM:").context("no VmHWM")? / 1_024.0,
            written: figure(&io, "write_bytes:").context("no write_bytes")?,
        })
    }
}

fn figure(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|it| it.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

fn database(stage: &Stage) -> Result<u64> {
    Ok(std::fs::metadata(stage.data.join("posel.db"))?.len())
}

/// Asks the server to end as systemd does.
pub fn end(server: &Running) -> Result<()> {
    signal(server, "-TERM")
}

/// Sends a signal.
pub fn signal(process: &Running, signal: &str) -> Result<()> {
    std::process::Command::new("kill").args([signal, &process.0.id().to_string()]).status()?;
    Ok(())
}
