//! Running other programs, and failing with a sentence that holds the command line.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use crate::place;

/// Prints one line of progress.
pub fn say(line: &str) {
    println!("▸ {line}");
}

/// Prints what went wrong as sentences, without the way the program took to it.
pub fn complain(fault: &anyhow::Error) {
    eprintln!("✗ {fault:#}");
}

/// Answers a cargo command at the root of the repository, as if it had been typed there.
pub fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(place::root());
    // `cargo run` described this program in variables; build scripts that watch them would run again.
    let described = |name: &str| name == "CARGO" || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    env::vars_os().filter(|(name, _)| name.to_str().is_some_and(described)).for_each(|(name, _)| {
        command.env_remove(name);
    });
    if env::var_os("CARGO_TARGET_DIR").is_some() {
        command.env("CARGO_TARGET_DIR", place::target());
    }
    // A run in a fresh clone never builds a second time: what would make that quicker only fills the disk.
    if env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Runs a command to its end with its output passed through.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} does not start", line(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command without showing its output, unless it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    read(command).map(drop)
}

/// Runs a command and answers what it printed, without the last line break.
pub fn read(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{} does not start", line(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})\n{}", line(command), output.status, tail(&output));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// Finds a program on the search path.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Finds the first of several programs on the search path.
pub fn any_on_path(programs: &[&str]) -> Option<PathBuf> {
    programs.iter().find_map(|program| on_path(program))
}

/// Answers a command as one would type it, without the folder of its program.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn tail(output: &Output) -> String {
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
