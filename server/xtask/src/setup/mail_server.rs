//! A Python with what nobody here wrote and the tests need: aiosmtpd, which they send to, and dkimpy, which checks signatures.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::command::{on_path, read, run_quietly, say};
use crate::{pack, place};

/// trustme makes the certificate that aiosmtpd offers on STARTTLS; PyNaCl lets dkimpy check Ed25519.
const PACKAGES: [&str; 4] = ["aiosmtpd==1.4.6", "trustme==1.2.1", "dkimpy==1.1.8", "pynacl==1.6.2"];

/// Answers a Python interpreter that can import all of them: `POSEL_TEST_AIOSMTPD`, or one of our own.
pub fn mail_server_python() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("POSEL_TEST_AIOSMTPD") {
        return Ok(chosen.into());
    }
    let python = python()?;
    let version = read(Command::new(&python).arg("--version"))?;
    let folder = place::cache().join(format!("aiosmtpd-{}", pack::hash(format!("{version} {PACKAGES:?}").as_bytes())));
    if let Some(ready) = ready(&folder) {
        return Ok(ready);
    }
    say("test mail server: pip install aiosmtpd dkimpy");
    install(&python, &folder)?;
    ready(&folder)
        .with_context(|| format!("{} cannot import aiosmtpd and dkimpy; remove that folder and start again", folder.display()))
}

fn python() -> Result<PathBuf> {
    if let Some(found) = on_path("python3") {
        return Ok(found);
    }
    apt::install(&["python3", "python3-venv"], "Python 3", "install Python 3 (https://www.python.org)")?;
    on_path("python3").context("apt-get installed no python3")
}

/// Answers the interpreter once it imports what it must; a half-made folder is not ready.
fn ready(folder: &Path) -> Option<PathBuf> {
    let python = folder.join("bin/python");
    let works = python.is_file() && read(Command::new(&python).args(["-c", "import aiosmtpd, dkim, nacl, trustme"])).is_ok();
    works.then_some(python)
}

/// Debian parts venv and pip from Python, so each of the two may be missing.
fn install(python: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    if venv(python, folder).is_err() {
        if read(Command::new(python).args(["-m", "pip", "--version"])).is_ok() {
            return into_folder(python, folder);
        }
        apt::install(&["python3-venv"], "Python's venv", "install venv or pip for Python 3")?;
        venv(python, folder)?;
    }
    run_quietly(pip(&folder.join("bin/python")).args(PACKAGES))
}

fn venv(python: &Path, folder: &Path) -> Result<()> {
    run_quietly(Command::new(python).args(["-m", "venv", "--clear"]).arg(folder))
}

/// Without venv, a folder of packages and a small wrapper do as well.
fn into_folder(python: &Path, folder: &Path) -> Result<()> {
    let packages = folder.join("packages");
    fs::create_dir_all(folder.join("bin"))?;
    run_quietly(pip(python).arg("--target").arg(&packages).args(PACKAGES))?;
    wrapper(python, &packages, &folder.join("bin/python"))
}

fn pip(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip
}

fn wrapper(python: &Path, packages: &Path, wrapper: &Path) -> Result<()> {
    fs::write(wrapper, format!("#!/bin/sh\nPYTHONPATH='{}' exec '{}' \"$@\"\n", packages.display(), python.display()))?;
    run_quietly(Command::new("chmod").arg("+x").arg(wrapper))
}
