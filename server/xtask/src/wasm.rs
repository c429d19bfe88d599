//! The browser's program: cargo for wasm, a cut into chunks, then wasm-bindgen.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::Mode;
use crate::command::run;
use crate::place;
use crate::setup::WasmToolchain;
use crate::site::Site;
use crate::split;

/// What was made: `app.js`, `app_bg.wasm`, perhaps `snippets/`, and in `cut/` the chunks with their loader.
pub struct Program {
    folder: PathBuf,
}

/// Compiles `frontend` and binds it to JavaScript; a program that has not changed is left alone.
pub fn build(mode: Mode, toolchain: &WasmToolchain) -> Result<Program> {
    run(&mut cargo_build(mode, toolchain))?;
    let profile = if mode == Mode::Dev { "debug" } else { "wasm-release" };
    let compiled = place::front().join("wasm32-unknown-unknown").join(profile).join("frontend.wasm");
    let program = Program { folder: place::front().join("bound").join(profile) };
    let (stamp, expected) = (program.folder.join("bound-from"), identity(&compiled)?);
    if fs::read_to_string(&stamp).is_ok_and(|it| it == expected) {
        return Ok(program);
    }
    bind(mode, &compiled, &program.folder).context("wasm-bindgen")?;
    fs::write(stamp, expected)?;
    Ok(program)
}

fn cargo_build(mode: Mode, toolchain: &WasmToolchain) -> std::process::Command {
    // Erased types halve the time that the compiler spends on views, and make the program smaller.
    let mut cargo = toolchain.cargo("build", &["--cfg=erase_components"]);
    if mode == Mode::Release {
        cargo.args(["--profile", "wasm-release"]);
    }
    cargo
}

fn bind(mode: Mode, compiled: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let is_release = mode == Mode::Release;
    let main = split::cut(compiled, &folder.join("cut"))?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(main).web(true)?.typescript(false).out_name("app");
    // The chunks call the main part through what the linker exported.
    bindgen.keep_lld_exports(true).demangle(false);
    // The address of the program is written in by `publish`, under its final name.
    bindgen.omit_default_module_path(true);
    bindgen.remove_name_section(is_release).remove_producers_section(is_release);
    bindgen.generate(folder)
}

/// Answers what tells one build from the next; not only whether it is newer, for cargo also brings older ones back.
fn identity(compiled: &Path) -> Result<String> {
    let metadata = fs::metadata(compiled).with_context(|| format!("{} was not built", place::shown(compiled)))?;
    Ok(format!("{:?} {}", metadata.modified()?, metadata.len()))
}

impl Program {
    /// Adds the program to the site as one module that starts by itself when a page names it in a `<script>`.
    pub fn publish(&self, site: &mut Site) -> Result<()> {
        let mut script = fs::read_to_string(self.folder.join("app.js"))?;
        for snippet in self.snippets()? {
            // Every crate calls its first snippet inline0.js; the folder tells them apart.
            let name = snippet.trim_start_matches("snippets/").replace('/', "-");
            let file = site.add(&name, &fs::read(self.folder.join(&snippet))?)?;
            if !script.contains(&format!("./{snippet}")) {
                bail!("app.js does not import {snippet} as wasm-bindgen used to write it");
            }
            script = script.replace(&format!("./{snippet}"), &format!("./{file}"));
        }
        let script = split::publish(&self.folder.join("cut"), &script, site)?;
        let program = site.add("app_bg.wasm", &fs::read(self.folder.join("app_bg.wasm"))?)?;
        site.add("app.js", format!("{script}{}", start(&program)).as_bytes())?;
        Ok(())
    }

    /// Lists the files that `inline_js` and `module` left, as paths within the folder.
    fn snippets(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.join("snippets")];
        while let Some(folder) = folders.pop().filter(|folder| folder.exists()) {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let inner = path.strip_prefix(&self.folder).map_err(|_| anyhow!("{} lies elsewhere", path.display()))?;
                    found.push(inner.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Answers the last lines of `app.js`: they load the program, so that the page needs no inline script.
fn start(program: &str) -> String {
    format!("\n__wbg_init({{ module_or_path: new URL(\"{program}\", import.meta.url) }});\n")
}
