//! `posel`: reads the command line, does it, and says how it went. Nobody else prints.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use server::commands::{self, Arguments};
use server::config::Environment;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Chosen once for the whole process; a second choice could only be the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let done = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(commands::perform(arguments, &Environment::of_process(), &say)),
        Err(error) => Err(commands::Fault::Threads(error)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            // When nobody reads what is said, there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "posel: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// Each line is out at once: whoever started this may wait for it.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
