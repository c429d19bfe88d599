//! Makes typed words out of `locales/{language}/{namespace}.json`; a text that misses in one language stops the build.
//!
//! Calls the code generator of `leptos_i18n` itself: the crate's own helper for build scripts would bring all of ICU's data tools.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;

const LANGUAGES: [&str; 3] = ["sk", "cs", "en"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    if env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm") {
        // Whoever cuts the program into chunks must know where functions are named.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let config = Config::new(LANGUAGES[0])?
        .add_locales(&LANGUAGES[1..])?
        .add_namespaces(namespaces()?)?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales(None, config)?;
    let mut faults: Vec<String> = parsed.diag.errors().iter().map(ToString::to_string).collect();
    faults.extend(parsed.diag.warnings().iter().map(ToString::to_string).filter(|it| !is_of_fractions(it)));
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    let attributes = "#![allow(missing_docs, dead_code, unused_imports, clippy::all, clippy::expect_used)]".parse()?;
    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, Some(&attributes), false)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"), code.to_string())?;
    Ok(())
}

/// The namespaces are the files of the first language.
fn namespaces() -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(PathBuf::from("locales").join(LANGUAGES[0]))? {
        let path = entry?.path();
        if let Some(name) = path.file_stem().and_then(|it| it.to_str()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Czech and Slovak have a form for fractions (`many`: 1,5 zprávy) that nothing here ever counts in.
fn is_of_fractions(warning: &str) -> bool {
    warning.contains("many")
}
