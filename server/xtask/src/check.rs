//! Everything a reviewer should not have to look for: formatting, lints, licences, advisories, lock files.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{cargo, complain, run, run_quietly, say};
use crate::place;
use crate::setup::{self, WasmToolchain};

/// Runs every check; one that fails does not keep the later ones from running.
pub fn check() -> Result<()> {
    let toolchain = setup::wasm_toolchain()?;
    let steps: [(&str, &dyn Fn() -> Result<()>); 5] = [
        ("formatting", &|| run(cargo().args(["fmt", "--all", "--check"]))),
        ("lints of the server", &lint_server),
        ("lints of the browser's program", &|| lint_frontend(&toolchain)),
        ("licences, bans, sources, advisories", &dependencies),
        ("npm lock files and bundles", &npm),
    ];
    let mut failed = Vec::new();
    for (name, step) in steps {
        say(name);
        if let Err(fault) = step() {
            complain(&fault);
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join("; "));
    }
    say("all checks passed");
    Ok(())
}

fn lint_server() -> Result<()> {
    run(&mut clippy(&[]))?;
    run(&mut clippy(&["--package", "xtask"]))
}

fn lint_frontend(toolchain: &WasmToolchain) -> Result<()> {
    run(&mut clippy(&["--package", "frontend"]))?;
    if !toolchain.has_clippy() {
        say("lints of the browser's program for wasm: skipped, Debian's compiler has no clippy");
        return Ok(());
    }
    run(toolchain.cargo("clippy", &["--cfg=erase_components"]).args(["--", "-D", "warnings"]))
}

fn clippy(packages: &[&str]) -> Command {
    let mut clippy = cargo();
    clippy.arg("clippy").args(packages).args(["--all-targets", "--", "-D", "warnings"]);
    clippy
}

/// The database of advisories comes from the net; without it the other three checks still count.
fn dependencies() -> Result<()> {
    let deny = setup::cargo_deny()?;
    let has_advisories = run_quietly(deny_command(&deny).args(["fetch", "db"])).is_ok();
    let mut check = deny_command(&deny);
    check.args(["check", "licenses", "bans", "sources"]);
    if has_advisories {
        check.arg("advisories");
    } else {
        say("advisories: skipped, their database cannot be fetched");
    }
    run(&mut check)
}

fn deny_command(deny: &Path) -> Command {
    let mut command = Command::new(deny);
    command.current_dir(place::root()).args(["--config", "server/xtask/deny.toml"]);
    command
}

fn npm() -> Result<()> {
    setup::npm_packages()?;
    for folder in setup::npm_folders() {
        run_quietly(Command::new("npm").current_dir(&folder).args(["ci", "--dry-run", "--ignore-scripts", "--no-audit"]))?;
    }
    // Fails when the committed bundle is not what its sources make.
    run_quietly(Command::new("npm").current_dir(place::editor()).args(["run", "check"]))
}
