//! Benchmarks: each prints a table and, with `--json`, one line of JSON as its last line. None of them is a test.

mod claim;
mod figures;
mod fill;
mod idle;
mod import;
mod lists;
mod segments;

use anyhow::Result;
use clap::{Parser, Subcommand};

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
    /// Memory at rest and time until ready.
    Idle {
        /// How many messages the database has.
        #[arg(long, default_value_t = 1_000_000)]
        n: u32,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let figures = match arguments.bench {
        Bench::Lists { n } => lists::run(n).await?,
        Bench::Claim { n } => claim::run(n).await?,
        Bench::Import { n } => import::run(n).await?,
        Bench::Idle { n } => idle::run(n).await?,
    };
    figures.print(arguments.json);
    Ok(())
}
