//! The nevers of the house, read from the sources and the manifests. Each failure says the rule and where it was broken.

mod manifests;
mod rights;
mod sources;
mod tree;

use std::path::{Path, PathBuf};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Fails with the rule's sentence and every place that breaks it.
fn hold(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}\n  {}", broken.join("\n  "));
}
