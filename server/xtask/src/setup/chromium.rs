//! The browser that the browser tests drive.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::command::any_on_path;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ON_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Answers the path of Chromium: `POSEL_CHROMIUM`, or the one that is installed, or the one it installs.
pub fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("POSEL_CHROMIUM").map(PathBuf::from) {
        if !chosen.is_file() {
            bail!("POSEL_CHROMIUM names {}, which is not there", chosen.display());
        }
        return Ok(chosen);
    }
    if let Some(found) = installed() {
        return Ok(found);
    }
    apt::install(&["chromium"], "Chromium", "install Chromium or Chrome, or name its program in POSEL_CHROMIUM")?;
    installed().context("apt-get installed no Chromium: name the program in POSEL_CHROMIUM")
}

fn installed() -> Option<PathBuf> {
    any_on_path(&NAMES).or_else(|| Some(PathBuf::from(ON_MAC)).filter(|path| path.is_file()))
}
