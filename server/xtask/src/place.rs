//! Where things lie: the sources, what is built from them, and what outlives a clean checkout.

use std::env;
use std::path::{Path, PathBuf};

/// Answers the root of the repository.
pub fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.join("../..").canonicalize().unwrap_or(package)
}

/// Answers cargo's target folder, wherever the user has put it.
pub fn target() -> PathBuf {
    // This program lies in TARGET/debug.
    let own = env::current_exe().ok().and_then(|program| Some(program.parent()?.parent()?.to_owned()));
    own.unwrap_or_else(|| root().join("target"))
}

/// Answers the target folder of the browser's program: one folder per toolchain, or host macros would be built again and again.
pub fn front() -> PathBuf {
    target().join("front")
}

/// Answers the folder of finished assets that the server embeds.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// Answers the folder for what is slow to make and the same for every checkout.
pub fn cache() -> PathBuf {
    let base = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache");
    base.unwrap_or_else(home).join("posel")
}

/// Answers the folder of the browser tests.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// Answers the folder of the sources of the editor's bundle.
pub fn editor() -> PathBuf {
    root().join("frontend/editor")
}

/// Answers the path of a program that cargo built, e.g. `posel`.
pub fn built(profile: &str, program: &str) -> PathBuf {
    target().join(profile).join(format!("{program}{}", env::consts::EXE_SUFFIX))
}

/// Answers a path as the user knows it, relative to the root of the repository.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
