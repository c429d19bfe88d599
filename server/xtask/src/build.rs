//! From the sources to `target/site` and `posel`.

use std::thread;

use anyhow::{Result, anyhow, bail};

use crate::command::{cargo, run, say};
use crate::pack::Effort;
use crate::site::{Manifest, Site};
use crate::{place, setup, style, wasm};

/// What the browser loads before it shows anything.
const FIRST_LOAD: [&str; 5] = ["app_bg.wasm", "app.js", "main.css", "inter.woff2", "icons.svg"];

/// The style sheets: of the first screen, and of all others.
const SHEETS: [&str; 2] = ["main.css", "screens.css"];

/// The most a release may ask of the first load, in bytes on the wire with brotli.
const FIRST_LOAD_LIMIT: u64 = 350_000;

/// Quick to build, or small and fast to use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Dev,
    Release,
}

impl Mode {
    /// Answers the folder of cargo's output for the server.
    pub fn profile_folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }

    fn effort(self) -> Effort {
        match self {
            Self::Dev => Effort { brotli: 5, gzip: 6 },
            Self::Release => Effort { brotli: 11, gzip: 9 },
        }
    }
}

/// Builds everything and says how much the first load weighs.
///
/// Fails for release when the first load is heavier than it may be.
pub fn build(mode: Mode) -> Result<()> {
    // In development the server reads the site when it runs, so both can be built at once; a release embeds it.
    std::fs::create_dir_all(place::site())?;
    let manifest = match mode {
        Mode::Dev => build_at_once()?,
        Mode::Release => build_site(mode).and_then(|manifest| build_server(mode).map(|()| manifest))?,
    };
    weigh(&manifest, mode)
}

/// Builds both halves beside each other and tells the faults of both.
fn build_at_once() -> Result<Manifest> {
    let (server, site) = thread::scope(|scope| {
        let server = scope.spawn(|| build_server(Mode::Dev));
        let site = build_site(Mode::Dev);
        (server.join().unwrap_or_else(|_| Err(anyhow!("the build of the server panicked"))), site)
    });
    match (server, site) {
        (Ok(()), site) => site,
        (Err(fault), Ok(_)) => Err(fault),
        (Err(fault), Err(other)) => Err(anyhow!("{fault:#}; {other:#}")),
    }
}

fn build_server(mode: Mode) -> Result<()> {
    let mut server = cargo();
    server.args(["build", "--package", "server"]);
    if mode == Mode::Release {
        server.arg("--release");
    }
    run(&mut server)
}

fn build_site(mode: Mode) -> Result<Manifest> {
    let program = wasm::build(mode, &setup::wasm_toolchain()?)?;
    let mut site = Site::open(&place::site(), mode.profile_folder(), mode.effort())?;
    for (name, bytes) in assets()? {
        site.add(&name, &bytes)?;
    }
    for name in SHEETS {
        let sheet = style::bundle(&place::root().join("style").join(name))?;
        let sheet = sheet.with_urls(|name| site.hashed(name))?;
        site.add(name, sheet.as_bytes())?;
    }
    program.publish(&mut site)?;
    site.finish()
}

/// Reads the files of `frontend/assets`, however deep they lie, by their bare names.
fn assets() -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let mut folders = vec![place::root().join("frontend/assets")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?));
            }
        }
    }
    Ok(files)
}

fn weigh(manifest: &Manifest, mode: Mode) -> Result<()> {
    let parts: Vec<_> = FIRST_LOAD.iter().filter_map(|&name| Some((name, manifest.get(name)?.on_the_wire()))).collect();
    let total: u64 = parts.iter().map(|(_, bytes)| bytes).sum();
    let listed: Vec<_> = parts.iter().map(|(name, bytes)| format!("{name} {}", kilobytes(*bytes))).collect();
    say(&format!("first load: {} with brotli ({})", kilobytes(total), listed.join(", ")));
    if mode == Mode::Release && FIRST_LOAD_LIMIT < total {
        bail!("the first load weighs {}, more than the {} it may", kilobytes(total), kilobytes(FIRST_LOAD_LIMIT));
    }
    Ok(())
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}
