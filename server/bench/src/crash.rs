//! The server, the sink or both killed at random moments of a campaign, and the server stopped for a while: nothing may be lost or doubled.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;
use model::DeliveryState;

use crate::campaign::{end, signal};
use crate::figures::Figures;
use crate::sending::{Running, Stage};

/// What one connection may have marked as handed at once.
const TOGETHER: u64 = 4;

/// How often the server is stopped until it does not stand in the middle of a transaction.
const SLEEPS: u32 = 20;

/// What was done besides killing the server.
#[derive(Default)]
struct Done {
    sinks: u64,
    both: u64,
    sleeps: u64,
}

/// How often, and over what.
#[derive(Args)]
pub struct Crash {
    /// How many kills.
    #[arg(long, default_value_t = 500)]
    kills: u32,
    /// How many messages for each kill.
    #[arg(long, default_value_t = 200)]
    per_kill: u32,
    /// Connections to the relay.
    #[arg(long, default_value_t = 10)]
    connections: u8,
    /// Where the random moments begin.
    #[arg(long, default_value_t = 88_172_645_463_325_252)]
    seed: u64,
}

/// Kills as often as told, lets the rest leave, and compares what the database says with what the sink has.
pub async fn run(crash: Crash) -> Result<Figures> {
    let folder = tempfile::tempdir()?;
    let n = crash.kills * crash.per_kill;
    let mut figures = Figures::new("crash", n);
    let rules = [("refuse", 1_009), ("defer", 499), ("drop", 2_003), ("delay-ms", 1)];
    let stage = Stage::set(folder.path(), n, crash.connections, &rules).await?;
    let mut random = Random(crash.seed);
    let (mut sink, mut done) = (stage.start_sink()?, Done::default());
    for _ in 0..crash.kills {
        let server = stage.start_server()?;
        random.pause(300).await;
        match random.below(10) {
            0 => {
                drop(sink);
                random.pause(100).await;
                sink = stage.start_sink()?;
                random.pause(100).await;
                drop(server);
                done.sinks += 1;
            }
            1 => {
                done.sleeps += u64::from(sleep(&stage, &server, &mut random).await?);
                random.pause(100).await;
                drop(server);
            }
            2 => {
                drop(server);
                drop(sink);
                sink = stage.start_sink()?;
                done.both += 1;
            }
            _ => drop(server),
        }
    }
    let breaks = u64::from(crash.kills) + done.sinks + done.both + done.sleeps;
    let in_flight = breaks * u64::from(crash.connections) * TOGETHER;
    let server = stage.start_server()?;
    settle(&stage).await?;
    end(&server)?;
    drop(server);
    drop(sink);
    figures.row("of them with the sink, before or after it", format!("{}, {}", done.both, done.sinks));
    figures.row("after a sleep longer than the leases", done.sleeps.to_string());
    tell(&mut figures, &stage, &crash, in_flight).await?;
    Ok(figures)
}

/// Stops the server, ends its leases as if they had run out, and lets it go on; says no when it held the database whenever it was stopped.
async fn sleep(stage: &Stage, server: &Running, random: &mut Random) -> Result<bool> {
    for _ in 0..SLEEPS {
        signal(server, "-STOP")?;
        let ended = stage.end_leases().await?;
        signal(server, "-CONT")?;
        if ended {
            return Ok(true);
        }
        random.pause(10).await;
    }
    Ok(false)
}

/// Waits until nothing has left for a while; what the sink put off waits longer than that.
async fn settle(stage: &Stage) -> Result<()> {
    let mut before = u64::MAX;
    loop {
        let now = stage.copies_length();
        if now == before && stage.open_deliveries().await? <= u64::from(stage.n) / 100 {
            return Ok(());
        }
        before = now;
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
}

async fn tell(figures: &mut Figures, stage: &Stage, crash: &Crash, in_flight: u64) -> Result<()> {
    let copies = stage.copies()?;
    let mut counted: HashMap<&str, u32> = HashMap::new();
    copies.iter().for_each(|it| *counted.entry(it.1.as_str()).or_default() += 1);
    let ends = stage.ends().await?;
    let of = |state| ends.by_state.get(&state).copied().unwrap_or(0);
    let lost = ends.accepted.iter().filter(|it| !counted.contains_key(it.as_str())).count();
    let doubled = counted.values().filter(|it| 1 < **it).count();
    let unknown: HashSet<&str> = ends.unknown.iter().map(String::as_str).collect();
    let arrived = unknown.iter().filter(|it| counted.contains_key(**it)).count();
    let sum: u32 = ends.by_state.values().sum();
    // Besides kills, the sink itself drops connections after the final dot; each is one more of which nobody knows.
    let dropped = copies.len() as u64 / 2_003 + 1;
    figures.row("kills", crash.kills.to_string());
    figures.row("accepted", of(DeliveryState::Accepted).to_string());
    figures.row("refused", of(DeliveryState::Rejected).to_string());
    figures.row("put off, still waiting", of(DeliveryState::Waiting).to_string());
    figures.row("unknown", format!("{} ({arrived} arrived), at most {} in flight", unknown.len(), in_flight + dropped));
    figures.row("lost, doubled", format!("{lost}, {doubled}"));
    for (key, value) in [
        ("kills", u64::from(crash.kills)),
        ("lost", lost as u64),
        ("doubled", doubled as u64),
        ("unknown", unknown.len() as u64),
        ("in_flight_max", in_flight + dropped),
    ] {
        figures.key(key, value);
    }
    ensure!(sum == stage.n, "{sum} deliveries of {}", stage.n);
    ensure!(lost == 0 && doubled == 0, "{lost} lost, {doubled} doubled");
    ensure!(unknown.len() as u64 <= in_flight + dropped, "more unknown than can have been in flight");
    Ok(())
}

/// xorshift: the same moments for the same seed.
struct Random(u64);

impl Random {
    /// Waits for some milliseconds, fewer than `most`.
    async fn pause(&mut self, most: u64) {
        tokio::time::sleep(Duration::from_millis(self.below(most))).await;
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}
