//! What lies at the top, and the source files with what is not code taken away.

use std::fs;
use std::path::Path;

use super::{hold, root};

/// A file of the product's own code.
pub struct Source {
    /// Path from the root, with slashes.
    pub path: String,
    /// Lines as they stand, each with its number.
    pub lines: Vec<(usize, String)>,
}

impl Source {
    /// Whether the file lies in that folder, or is that file.
    pub fn is_in(&self, place: &str) -> bool {
        self.path == place || self.path.starts_with(&format!("{place}/"))
    }

    /// The lines that are code of the product: no comments, no tests.
    pub fn code(&self) -> impl Iterator<Item = &(usize, String)> {
        // By our style the tests of a file come last.
        let end = self.lines.windows(2).position(|it| it[0].1.trim() == "#[cfg(test)]" && it[1].1.starts_with("mod "));
        let end = end.unwrap_or(self.lines.len());
        self.lines[..end].iter().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The places of the code that contain one of these.
    pub fn places(&self, words: &[&str]) -> Vec<String> {
        let hits = self.code().filter(|(_, line)| words.iter().any(|it| line.contains(it)));
        hits.map(|(n, line)| format!("{}:{n}: {}", self.path, line.trim())).collect()
    }
}

/// All Rust files that are no tests.
pub fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    for room in ["app", "server", "frontend"] {
        walk(&root().join(room), &mut found);
    }
    assert!(100 < found.len(), "the sources were not found");
    found
}

fn walk(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "tests" | "node_modules" | "target") {
                walk(&path, found);
            }
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.to_owned())).collect();
            let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            found.push(Source { path, lines });
        }
    }
}

#[test]
fn the_top_level_holds_what_was_agreed_and_nothing_else() {
    let agreed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "app",
        "server",
        "frontend",
        "style",
        "end2end",
    ];
    // What builds and tools leave behind is not part of the tree.
    let left = ["target", "data", "node_modules"];
    let broken: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|it| !it.starts_with('.') && !agreed.contains(&it.as_str()) && !left.contains(&it.as_str()))
        .collect();
    hold(
        "The top level is exactly Cargo.toml, Cargo.lock, README.md, the licences, app, server, frontend, style and end2end.",
        &broken,
    );
    let missing: Vec<String> =
        agreed.iter().filter(|it| !root().join(it).exists()).map(|it| format!("{it} is missing")).collect();
    hold("The top level is complete.", &missing);
}

#[test]
fn nothing_is_left_for_later() {
    let mut broken = Vec::new();
    // Written apart, so that this file does not name them.
    let words =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("unimplement", "ed!"), concat!("to", "do!(")];
    each_text(&root(), &mut |path, text| {
        for (n, line) in text.lines().enumerate() {
            if words.iter().any(|it| line.contains(it)) {
                broken.push(format!("{path}:{}: {}", n + 1, line.trim()));
            }
        }
    });
    hold("What is written is finished.", &broken);
}

/// Reads every text that people write.
fn each_text(folder: &Path, look: &mut dyn FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "node_modules" | "target" | "data" | "results" | "dist") && !name.starts_with('.') {
                each_text(&path, look);
            }
        } else if [".rs", ".toml", ".css", ".ts", ".sql", ".md", ".py"].iter().any(|it| name.ends_with(it)) {
            let shown = path.strip_prefix(root()).unwrap().display().to_string();
            look(&shown, &fs::read_to_string(&path).unwrap());
        }
    }
}
