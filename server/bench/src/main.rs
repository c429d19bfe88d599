//! Benchmarks: each prints a table and, with `--json`, one line of JSON as its last line. None of them is a test.

mod campaign;
mod claim;
mod crash;
mod figures;
mod fill;
mod freshness;
mod idle;
mod import;
mod language;
mod lists;
mod log;
mod peers;
mod prepare;
mod screens;
mod search;
mod segments;
mod sending;
mod sink;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use server::config::Environment;

/// Measures Posel on this machine.
#[derive(Parser)]
struct Arguments {
    /// What to measure.
    #[command(subcommand)]
    bench: Bench,
    /// Ends with one line of JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Bench {
    /// Pages of long lists, at the server's side of the call.
    Lists {
        /// How many contacts and how many messages the lists have.
        #[arg(long, default_value_t = 1_000_000)]
        n: u32,
    },
    /// The claim of the worker from a long queue with many whom nobody may write to.
    Claim {
        /// How many deliveries wait.
        #[arg(long, default_value_t = 1_000_000)]
        n: u32,
    },
    /// A long file of contacts, by the program itself.
    Import {
        /// How many rows the file has.
        #[arg(long, default_value_t = 1_000_000)]
        n: u32,
    },
    /// How well the full text knows the forms of Slovak and Czech words.
    Language {
        /// Where the spelling dictionaries lie.
        #[arg(long, default_value = "/usr/share/hunspell")]
        folder: PathBuf,
        /// Takes only each so many-th word.
        #[arg(long, default_value_t = 1)]
        every: usize,
    },
    /// The full text among many messages, and beside it SQLite FTS5 and PostgreSQL.
    Search {
        /// How many messages there are.
        #[arg(long, default_value_t = 1_000_000)]
        n: u32,
        /// Address of an empty PostgreSQL database, as `psql` takes it.
        #[arg(long)]
        postgres: Option<String>,
    },
    /// The action log: finding by words, verifying.
    Log {
        /// How many entries it has.
        #[arg(long, default_value_t = 1_000_000)]
        n: u32,
    },
    /// From the commit of a message until it is found.
    Freshness {
        /// How many messages are looked for, at rest and again while a campaign leaves.
        #[arg(long, default_value_t = 200)]
        n: u32,
        /// How many messages the campaign has.
        #[arg(long, default_value_t = 50_000)]
        campaign: u32,
    },
    /// Memory at rest and time until ready.
    Idle {
        /// How many messages the database has.
        #[arg(long, default_value_t = 1_000_000)]
        n: u32,
    },
    /// What screens ask for while a campaign leaves.
    Screens {
        /// How many messages the campaign has, and how many contacts there are.
        #[arg(long, default_value_t = 50_000)]
        n: u32,
    },
    /// A campaign to the relay.
    Campaign(campaign::Campaign),
    /// Preparing a campaign, and looking through it.
    Prepare {
        /// How many contacts there are.
        #[arg(long, default_value_t = 100_000)]
        n: u32,
    },
    /// The server killed again and again during a campaign.
    Crash(crash::Crash),
    /// The relay of those two.
    #[command(hide = true)]
    Sink(sink::Rules),
    /// The server's program itself, which some benchmarks start.
    #[command(hide = true)]
    Program(server::commands::Arguments),
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let figures = match arguments.bench {
        Bench::Lists { n } => lists::run(n).await?,
        Bench::Claim { n } => claim::run(n).await?,
        Bench::Import { n } => import::run(n).await?,
        Bench::Language { folder, every } => language::run(&folder, every)?,
        Bench::Search { n, postgres } => search::run(n, postgres.as_deref())?,
        Bench::Log { n } => log::run(n).await?,
        Bench::Freshness { n, campaign } => freshness::run(n, campaign).await?,
        Bench::Idle { n } => idle::run(n).await?,
        Bench::Screens { n } => screens::run(n).await?,
        Bench::Campaign(campaign) => campaign::run(campaign).await?,
        Bench::Prepare { n } => prepare::run(n).await?,
        Bench::Crash(crash) => crash::run(crash).await?,
        Bench::Sink(rules) => return sink::run(rules).await,
        Bench::Program(arguments) => {
            return Ok(server::commands::perform(arguments, &Environment::of_process(), &|line| println!("{line}")).await?);
        }
    };
    figures.print(arguments.json);
    Ok(())
}
