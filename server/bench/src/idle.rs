//! Memory at rest and time until ready, of the real program as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::figures::Figures;
use crate::{fill, prepare, sending};

/// Fills a database, starts the server on it and looks at the process.
pub async fn run(n: u32) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let mut figures = Figures::new("idle", n);
    let empty = start(&folder.path().join("empty"), None)?;
    figures.row("ready, empty folder", format!("{:.0} ms", empty.ready.as_secs_f64() * 1_000.0));
    figures.row("memory at rest, empty folder", format!("{:.1} MB", empty.rss_mb));
    let full = folder.path().join("full");
    std::fs::create_dir(&full)?;
    let begin = Instant::now();
    // The system user comes first.
    prepare::open(&full).await?.close().await;
    let store = fill::open(&full).await?;
    fill::messages(&store, n).await?;
    store.close().await;
    // A server that still takes texts into the search is not at rest.
    sending::index(&full).await?;
    figures.row("filling", format!("{:.0} s", begin.elapsed().as_secs_f64()));
    let full = start(&full, Some(fill::KEY))?;
    figures.row(&format!("ready, {n} messages"), format!("{:.0} ms", full.ready.as_secs_f64() * 1_000.0));
    figures.row(&format!("memory, {n} messages"), format!("{:.1} MB", full.rss_mb));
    figures.key("ready_ms", full.ready.as_secs_f64() * 1_000.0);
    figures.key("rss_peak_mb", empty.rss_mb);
    Ok(figures)
}

struct Start {
    ready: Duration,
    rss_mb: f64,
}

/// The server's program as a process of its own: this one holds it whole, so that what is measured is what was just built.
pub fn program() -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("program");
    Ok(command)
}

fn start(data: &Path, key: Option<&str>) -> Result<Start> {
    let begin = Instant::now();
    let mut command = program()?;
    command.args(["serve", "--listen", "127.0.0.1:0", "--public-url", "http://localhost", "--data"]).arg(data);
    if let Some(key) = key {
        command.env("POSEL_KEY", key);
    }
    let mut child = Running(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?);
    let lines = BufReader::new(child.0.stdout.take().context("no output")?).lines();
    for line in lines {
        if line?.contains("listens on") {
            let ready = begin.elapsed();
            // A moment of rest, so that what was needed only for the start is given back.
            std::thread::sleep(Duration::from_secs(2));
            return Ok(Start { ready, rss_mb: rss_mb(child.0.id())? });
        }
    }
    bail!("the server ended before it was ready")
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn rss_mb(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|it| it.starts_with("VmRSS:")).context("no VmRSS")?;
    let kb: f64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
    Ok(kb / 1_024.0)
}
