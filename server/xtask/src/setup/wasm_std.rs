//! The standard library for wasm, built once from Debian's sources into a sysroot of our own.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::wasm_toolchain::{WASM, debian_environment};
use crate::command::{cargo, run_quietly};

const MANIFEST: &str = r#"[package]
name = "nothing"
edition = "2024"

[workspace]

[profile.release]
opt-level = "s"
panic = "abort"
codegen-units = 1
"#;

/// Builds the standard library and moves it, complete, to `sysroot`.
pub fn build(rustc: &Path, linker: &Path, sysroot: &Path) -> Result<()> {
    let work = sysroot.with_extension(std::process::id().to_string());
    let built = build_in(&work, rustc, linker).and_then(|made| {
        // Whoever comes second finds the work done; either result is the same.
        if sysroot.exists() { Ok(()) } else { Ok(fs::rename(made, sysroot)?) }
    });
    fs::remove_dir_all(&work).with_context(|| format!("{} cannot be removed", work.display()))?;
    built
}

/// Answers the finished sysroot within the working folder.
fn build_in(work: &Path, rustc: &Path, linker: &Path) -> Result<PathBuf> {
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("Cargo.toml"), MANIFEST)?;
    fs::write(work.join("src/lib.rs"), "")?;
    compile(rustc, linker, work)?;
    let made = work.join("sysroot");
    let libraries = made.join("lib/rustlib").join(WASM).join("lib");
    fs::create_dir_all(&libraries)?;
    copy_libraries(&work.join("target").join(WASM).join("release/deps"), &libraries)?;
    Ok(made)
}

fn compile(rustc: &Path, linker: &Path, work: &Path) -> Result<()> {
    let mut build = cargo();
    debian_environment(&mut build, rustc, linker);
    build.current_dir(work).env("CARGO_TARGET_DIR", work.join("target"));
    // Only here: build scripts rerun whenever this changes, so no other target folder may ever see it.
    build.env("RUSTC_BOOTSTRAP", "1").env("CARGO_ENCODED_RUSTFLAGS", "-Cembed-bitcode=yes");
    build.args(["build", "--release", "--target", WASM, "-Zbuild-std=std,panic_abort,panic_unwind,proc_macro"]);
    run_quietly(&mut build)
}

fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    let mut copied = 0;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name().filter(|_| path.extension().is_some_and(|it| it == "rlib")) else { continue };
        if !name.to_string_lossy().starts_with("libnothing-") {
            fs::copy(&path, to.join(name))?;
            copied += 1;
        }
    }
    if copied == 0 {
        bail!("the build of the standard library left no libraries in {}", from.display());
    }
    Ok(())
}
