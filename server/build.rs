//! A release carries the site inside, so it is compiled again when the site is another one.
#![allow(clippy::print_stdout, reason = "cargo is told by lines on the standard output")]

fn main() {
    let is_release = std::env::var("PROFILE").is_ok_and(|it| it == "release");
    let watched = if is_release { "../target/site/manifest.json" } else { "build.rs" };
    println!("cargo::rerun-if-changed={watched}");
}
