//! cargo-deny, built once into the cache folder.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{cargo, on_path, run, say};
use crate::place;

const VERSION: &str = "0.20.2";

/// Answers the path of cargo-deny: the one on the search path, or the one it builds.
pub fn cargo_deny() -> Result<PathBuf> {
    if let Some(found) = on_path("cargo-deny") {
        return Ok(found);
    }
    let folder = place::cache().join(format!("cargo-deny-{VERSION}"));
    let program = folder.join("bin/cargo-deny");
    if !program.is_file() {
        say("cargo-deny: cargo install (some minutes, once)");
        let mut install = cargo();
        install.args(["install", "cargo-deny", "--locked", "--version", VERSION, "--root"]).arg(&folder);
        install.env("CARGO_TARGET_DIR", folder.join("target"));
        run(&mut install)?;
        std::fs::remove_dir_all(folder.join("target"))?;
    }
    Ok(program)
}
