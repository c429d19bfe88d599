//! Debian's packages, where there are any and we may install them.

use std::env;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{on_path, read, run_quietly, say};

/// Installs Debian packages when this is root on a Debian-like system; otherwise fails with the command to run.
///
/// `what` names what is missing, `elsewhere` says what to do on other systems.
pub fn install(packages: &[&str], what: &str, elsewhere: &str) -> Result<()> {
    if on_path("apt-get").is_none() {
        bail!("{what} is missing: {elsewhere}");
    }
    let names = packages.join(" ");
    if !is_root() {
        bail!("{what} is missing: run `sudo apt-get update && sudo apt-get install -y {names}` and start again, or {elsewhere}");
    }
    say(&format!("{what}: apt-get install {names}"));
    run_quietly(Command::new("apt-get").arg("update"))?;
    run_quietly(
        Command::new("apt-get")
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

fn is_root() -> bool {
    env::consts::OS == "linux" && read(Command::new("id").arg("-u")).is_ok_and(|user| user == "0")
}
