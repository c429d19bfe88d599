//! npm packages of the browser tests and of the editor, as their lock files say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::command::{on_path, read, run_quietly, say};
use crate::{pack, place};

const OLDEST_NODE: u32 = 20;
const ADVICE: &str = "install Node.js 20 or newer (https://nodejs.org)";

/// Makes sure that every folder with npm packages holds what its lock file says.
pub fn npm_packages() -> Result<()> {
    npm_folders().iter().try_for_each(|folder| install(folder))
}

/// Lists the folders that have npm packages.
pub fn npm_folders() -> Vec<PathBuf> {
    let folders = [place::end2end(), place::editor()];
    folders.into_iter().filter(|folder| folder.join("package-lock.json").is_file()).collect()
}

fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    let (stamp, expected) = (folder.join("node_modules/.installed-lock"), pack::hash(&lock));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == expected) {
        return Ok(());
    }
    say(&format!("npm packages of {}: npm ci", place::shown(folder)));
    let mut install = Command::new(npm()?);
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    run_quietly(install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    Ok(fs::write(stamp, expected)?)
}

/// Finds npm beside a Node.js that Playwright accepts.
fn npm() -> Result<PathBuf> {
    if on_path("npm").is_none() {
        apt::install(&["nodejs", "npm"], "Node.js with npm", ADVICE)?;
    }
    let npm = on_path("npm").with_context(|| format!("npm is missing: {ADVICE}"))?;
    let version = read(Command::new("node").arg("--version"))?;
    if major(&version) < Some(OLDEST_NODE) {
        bail!("Node.js {version} is too old: {ADVICE}");
    }
    Ok(npm)
}

/// Reads the major number out of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_number_comes_first() {
        assert_eq!(major("v20.20.2"), Some(20));
    }
}
