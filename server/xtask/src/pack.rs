//! Names made from content, and files packed for the wire.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// How hard to pack: little in development, all it takes for release.
#[derive(Clone, Copy)]
pub struct Effort {
    /// Quality of brotli, 0 to 11.
    pub brotli: i32,
    /// Level of gzip, 0 to 9.
    pub gzip: u32,
}

/// Answers twelve hexadecimal digits that stand for this content.
pub fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(6).fold(String::new(), |mut text, byte| {
        // Writing to a String never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Tells whether a file gets smaller on the wire; fonts and pictures are packed already.
pub fn shrinks(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    matches!(ending, "bin" | "css" | "js" | "json" | "svg" | "txt" | "wasm")
}

/// Writes `path.br` and `path.gz` beside a file, each only if it is not there yet.
pub fn write_packed(path: &Path, bytes: &[u8], effort: Effort) -> Result<()> {
    let (brotli, gzip) = (with_ending(path, "br"), with_ending(path, "gz"));
    if !brotli.exists() {
        fs::write(&brotli, brotlied(bytes, effort.brotli)?)?;
    }
    if !gzip.exists() {
        fs::write(&gzip, gzipped(bytes, effort.gzip)?)?;
    }
    Ok(())
}

/// Answers `name.ext.ENDING` for `name.ext`.
pub fn with_ending(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn brotlied(bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
    Ok(packed)
}

fn gzipped(bytes: &[u8], level: u32) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
