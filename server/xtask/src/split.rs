//! Cuts the program into chunks that are fetched when a screen first needs them, at the functions that `frontend` marks with `wasm_split`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::place;
use crate::site::Site;

/// The module that the main part imports its loaders from; it is merged into `app.js`.
const LOADER: &str = "./__wasm_split.js";

/// Cuts the compiled program and answers the main part, which wasm-bindgen works on.
pub fn cut(compiled: &Path, folder: &Path) -> Result<PathBuf> {
    let input = fs::read(compiled).with_context(|| format!("{} was not built", place::shown(compiled)))?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = "./app.js";
    fs::create_dir_all(folder)?;
    transform(options).map_err(|fault| anyhow!("cutting the program into chunks: {fault:?}"))?;
    Ok(main)
}

/// What screens share falls into hundreds of chunks; those up to this many bytes travel together, as one request for each would cost more
/// than their bytes.
const PACKED_MAX: usize = 16 * 1024;

/// The small chunks behind one another.
const PACK: &str = "chunks.bin";

/// Adds the chunks to the site and answers `app.js` with their loader inside.
pub fn publish(folder: &Path, script: &str, site: &mut Site) -> Result<String> {
    let mut loader = fs::read_to_string(folder.join(LOADER))?;
    let mut pack = Vec::new();
    for name in chunks(folder)? {
        let bytes = fs::read(folder.join(&name))?;
        let fetch = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        if !loader.contains(&fetch) {
            bail!("{LOADER} does not fetch {name} as wasm_split used to write it");
        }
        let other = if name.starts_with("chunk_") && bytes.len() <= PACKED_MAX {
            let from = pack.len();
            pack.extend(bytes);
            format!("packed({from}, {})", pack.len())
        } else {
            format!("fetch(new URL(\"./{}\", import.meta.url))", site.add(&format!("chunk-{name}"), &bytes)?)
        };
        loader = loader.replace(&fetch, &other);
    }
    let pack = site.add(PACK, &pack)?;
    merge(script, &format!("{}{loader}", unpacking(&pack)))
}

/// Answers single chunks of the pack as if each had been fetched; a pack that could not be fetched is asked for again by the next.
fn unpacking(pack: &str) -> String {
    format!(
        r#"let pack;
const packed = (from, to) => {{
    pack ??= fetch(new URL("./{pack}", import.meta.url)).then((it) => it.ok ? it.arrayBuffer() : Promise.reject(new Error(it.statusText)));
    const own = pack;
    own.catch(() => {{ if (pack === own) pack = undefined; }});
    return own.then((it) => new Response(new Uint8Array(it, from, to - from), {{ headers: {{ "content-type": "application/wasm" }} }}));
}};
"#
    )
}

/// The chunks in the folder, by name.
fn chunks(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".wasm") && name != "main.wasm" {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Puts the loader in the place of its import. As modules the two would import each other, and neither could bear a name made of its
/// content.
fn merge(script: &str, loader: &str) -> Result<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut first = None;
    for line in script.lines() {
        match (namespace(line), first) {
            (None, _) => lines.push(line.to_owned()),
            // Each split point imports it anew. All must share one, or what is shared would be fetched and linked by each again.
            (Some(name), Some(first)) => lines.push(format!("const {name} = {first};")),
            (Some(name), None) => {
                lines.push(inside(name, loader));
                first = Some(name);
            }
        }
    }
    if first.is_none() {
        bail!("app.js does not import {LOADER} as wasm-bindgen used to write it");
    }
    Ok(lines.join("\n"))
}

/// The name in `import * as NAME from "./__wasm_split.js"`.
fn namespace(line: &str) -> Option<&str> {
    let (name, from) = line.strip_prefix("import * as ")?.split_once(" from ")?;
    from.contains(LOADER).then_some(name)
}

/// The loader's module as an object; `initSync`, which it would import, is a function of `app.js` itself.
fn inside(name: &str, loader: &str) -> String {
    let mut exported = Vec::new();
    let mut body = String::new();
    for line in loader.lines().filter(|line| !line.starts_with("import ")) {
        match line.strip_prefix("export const ") {
            Some(rest) => {
                exported.extend(rest.split_once(" =").map(|it| it.0.to_owned()));
                body.push_str(&format!("const {rest}\n"));
            }
            None => body.push_str(&format!("{line}\n")),
        }
    }
    format!("const {name} = (() => {{\n{body}return {{ {} }};\n}})();", exported.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_takes_the_place_of_its_import() {
        let script = "import * as star0 from \"./__wasm_split.js\"\nimport * as star1 from \"./__wasm_split.js\"\n\
                      imports[\"./__wasm_split.js\"] = star0;";
        let loader = "import { initSync } from \"./app.js\";\nfunction f() {}\nexport const load_a = f(() => {\n});\nexport const load_b = f();\n";
        let merged = merge(script, loader).unwrap();
        assert_eq!(
            merged,
            "const star0 = (() => {\nfunction f() {}\nconst load_a = f(() => {\n});\nconst load_b = f();\nreturn { load_a, load_b };\n})();\n\
             const star1 = star0;\nimports[\"./__wasm_split.js\"] = star0;"
        );
    }

    #[test]
    fn a_script_without_the_import_is_refused() {
        assert!(merge("const a = 1;", "").is_err());
    }
}
