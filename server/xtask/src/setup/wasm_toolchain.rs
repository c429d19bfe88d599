//! A compiler for wasm32-unknown-unknown: rustup's where it can download, else Debian's with a standard library built here.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{apt, wasm_std};
use crate::command::{cargo, on_path, read, run_quietly, say};
use crate::place;

/// The target of the browser's program.
pub const WASM: &str = "wasm32-unknown-unknown";

/// What compiles for the browser.
pub enum WasmToolchain {
    /// The toolchain that compiles the server knows wasm too.
    Same,
    /// Debian's compiler with its own sources, a standard library in the cache folder, and a linker.
    Debian { rustc: PathBuf, sysroot: PathBuf, linker: PathBuf },
}

impl WasmToolchain {
    /// Answers a cargo command for the browser's program, with its own target folder and these compiler flags.
    pub fn cargo(&self, task: &str, flags: &[&str]) -> Command {
        let mut flags: Vec<String> = flags.iter().map(|&flag| flag.to_owned()).collect();
        let mut command = cargo();
        command.env("CARGO_TARGET_DIR", place::front());
        if let Self::Debian { rustc, sysroot, linker } = self {
            flags.push(format!("--sysroot={}", sysroot.display()));
            debian_environment(&mut command, rustc, linker);
        }
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        command.args([task, "--package", "frontend", "--target", WASM]);
        command
    }

    /// Tells whether clippy belongs to this toolchain; Debian's has none.
    pub fn has_clippy(&self) -> bool {
        matches!(self, Self::Same)
    }
}

impl fmt::Display for WasmToolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => write!(f, "target {WASM} is installed"),
            Self::Debian { rustc, sysroot, .. } => write!(f, "{} with {}", rustc.display(), sysroot.display()),
        }
    }
}

/// Lets a cargo command compile for wasm with Debian's compiler.
pub fn debian_environment(command: &mut Command, rustc: &Path, linker: &Path) {
    command.env("RUSTC", rustc).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    // `cargo run` points this at the libraries of the other compiler.
    command.env_remove("LD_LIBRARY_PATH");
}

/// Finds a compiler for wasm, installing what is missing.
pub fn wasm_toolchain() -> Result<WasmToolchain> {
    let sysroot = PathBuf::from(read(Command::new("rustc").current_dir(place::root()).args(["--print", "sysroot"]))?);
    if knows_wasm(&sysroot) {
        return Ok(WasmToolchain::Same);
    }
    // A standard library that was built before means that downloading failed before.
    if let Some(ready) = debian(&sysroot).ok().flatten().filter(is_ready) {
        return Ok(ready);
    }
    if by_rustup(&sysroot) {
        return Ok(WasmToolchain::Same);
    }
    by_debian(&sysroot)
}

fn knows_wasm(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib").join(WASM).join("lib").is_dir()
}

fn is_ready(toolchain: &WasmToolchain) -> bool {
    matches!(toolchain, WasmToolchain::Debian { sysroot, .. } if knows_wasm(sysroot))
}

fn by_rustup(sysroot: &Path) -> bool {
    if on_path("rustup").is_none() {
        return false;
    }
    say(&format!("wasm: rustup target add {WASM}"));
    let added = run_quietly(Command::new("rustup").current_dir(place::root()).args(["target", "add", WASM]));
    added.is_ok() && knows_wasm(sysroot)
}

fn by_debian(sysroot: &Path) -> Result<WasmToolchain> {
    let advice = format!("run `rustup target add {WASM}` where rustup can download");
    if debian(sysroot)?.is_none() {
        apt::install(&["rustc-web", "rust-web-src"], "A compiler for wasm", &advice)?;
    }
    let Some(toolchain) = debian(sysroot)? else {
        bail!("apt-get installed no compiler that can build for wasm: {advice}");
    };
    if let WasmToolchain::Debian { rustc, sysroot, linker } = &toolchain
        && !knows_wasm(sysroot)
    {
        say("wasm: building the standard library (a minute or two, once)");
        wasm_std::build(rustc, linker, sysroot)?;
    }
    Ok(toolchain)
}

/// Answers Debian's compiler if it is there with its sources and is new enough for this workspace.
fn debian(sysroot: &Path) -> Result<Option<WasmToolchain>> {
    let rustc = PathBuf::from("/usr/bin/rustc");
    if !rustc.is_file() {
        return Ok(None);
    }
    let version = read(Command::new(&rustc).arg("-vV").env_remove("LD_LIBRARY_PATH"))?;
    let own = read(Command::new(&rustc).args(["--print", "sysroot"]).env_remove("LD_LIBRARY_PATH"))?;
    let has_sources = Path::new(&own).join("lib/rustlib/src/rust/library/Cargo.lock").is_file();
    if !has_sources || minor(&version) < minor(concat!("release: ", env!("CARGO_PKG_RUST_VERSION"))) {
        return Ok(None);
    }
    let sysroot_of_ours = place::cache().join(format!("wasm-std-{}", crate::pack::hash(version.as_bytes())));
    Ok(Some(WasmToolchain::Debian { rustc, sysroot: sysroot_of_ours, linker: linker(sysroot)? }))
}

/// Reads the minor number out of a line `release: 1.MINOR…`.
fn minor(version: &str) -> Option<u32> {
    let release = version.lines().find_map(|line| line.strip_prefix("release: 1."))?;
    release.split('.').next()?.parse().ok()
}

/// Finds a linker for wasm: rustup's toolchains carry one, Debian calls it wasm-ld.
fn linker(sysroot: &Path) -> Result<PathBuf> {
    let hosts = std::fs::read_dir(sysroot.join("lib/rustlib"))?;
    let carried = hosts.flatten().map(|host| host.path().join("bin/rust-lld")).find(|path| path.is_file());
    if let Some(found) = carried.or_else(|| on_path("wasm-ld")) {
        return Ok(found);
    }
    apt::install(&["lld"], "A linker for wasm", "install LLVM's lld")?;
    on_path("wasm-ld").context("apt-get installed no wasm-ld: install LLVM's lld")
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn the_minor_number_stands_in_the_release_line() {
        assert_eq!(minor("rustc 1.96.0 (ac68faa20 2026-05-25)\nbinary: rustc\nrelease: 1.96.0\nLLVM version: 22.1.8"), Some(96));
        assert_eq!(minor("release: 1.95"), Some(95));
    }
}
