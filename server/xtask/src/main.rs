//! Builds, runs, tests and checks Posel: `cargo xtask run` and `cargo xtask test` are all the set-up there is.
//!
//! Each command first asks `setup` for what it needs. Nothing here is part of the product.

mod bench;
mod build;
mod check;
mod command;
mod pack;
mod place;
mod run;
mod setup;
mod site;
mod split;
mod style;
mod test;
mod wasm;
mod watch;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::build::Mode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs, tests and checks Posel.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Installs everything the other tasks need, or says which command to run.
    Setup,
    /// Builds the browser's program, its style and the server that carries them.
    Build {
        /// Makes the small and fast build that is shipped.
        #[arg(long)]
        release: bool,
    },
    /// Builds and starts the server on http://localhost:8080 with its data in `data`.
    Run {
        /// Flags of `posel serve`, or another `posel` command as a whole.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Like `run`, and again after each change of a source file.
    Watch {
        /// Flags of `posel serve`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Runs all tests, or only those of one kind.
    Test {
        kind: Option<test::Kind>,
        /// Arguments of the runner: a filter for `cargo test`, or files and flags for Playwright.
        #[arg(last = true, requires = "kind")]
        args: Vec<String>,
    },
    /// Checks formatting, lints, licences, advisories and committed bundles.
    Check,
    /// Builds for release and runs one benchmark.
    Bench {
        name: String,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            command::complain(&fault);
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    match task {
        Task::Setup => setup::everything(),
        Task::Build { release } => build::build(if release { Mode::Release } else { Mode::Dev }),
        Task::Run { args } => run::run(&args),
        Task::Watch { args } => watch::watch(&args),
        Task::Test { kind, args } => test::test(kind, &args),
        Task::Check => check::check(),
        Task::Bench { name, args } => bench::bench(&name, &args),
    }
}
