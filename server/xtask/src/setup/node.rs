//! npm packages of the browser tests and of the editor, as their lock files say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::command::{on_path, run_quietly, say};
use crate::{pack, place};

/// Makes sure that every folder with npm packages holds what its lock file says.
pub fn npm_packages() -> Result<()> {
    npm_folders().iter().try_for_each(|folder| install(folder))
}

/// Lists the folders that have npm packages.
pub fn npm_folders() -> Vec<PathBuf> {
    let folders = [place::end2end(), place::root().join("frontend/editor")];
    folders.into_iter().filter(|folder| folder.join("package-lock.json").is_file()).collect()
}

fn install(folder: &Path) -> Result<()> {
    let npm = npm()?;
    let lock = fs::read(folder.join("package-lock.json"))?;
    let (stamp, expected) = (folder.join("node_modules/.installed-lock"), pack::hash(&lock));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == expected) {
        return Ok(());
    }
    say(&format!("npm packages of {}: npm ci", place::shown(folder)));
    let mut install = Command::new(npm);
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    run_quietly(install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    Ok(fs::write(stamp, expected)?)
}

fn npm() -> Result<PathBuf> {
    if let Some(found) = on_path("npm") {
        return Ok(found);
    }
    apt::install(&["nodejs", "npm"], "Node.js with npm", "install Node.js 20 or newer (https://nodejs.org)")?;
    on_path("npm").context("apt-get installed no npm: install Node.js 20 or newer (https://nodejs.org)")
}
