//! Who may depend on whom. What a manifest does not list, its crate cannot use.

use std::collections::BTreeMap;
use std::fs;

use super::{hold, root};

/// Each crate of the house with its folder and everything it lists as a dependency of the product, of its build or of its tests.
struct Manifest {
    folder: String,
    all: Vec<String>,
    /// Without those of tests.
    used: Vec<String>,
}

fn manifests() -> BTreeMap<String, Manifest> {
    let workspace: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let members = workspace["workspace"]["members"].as_array().unwrap().iter().map(|it| it.as_str().unwrap());
    members.map(read).collect()
}

fn read(folder: &str) -> (String, Manifest) {
    let table: toml::Table = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap().parse().unwrap();
    let names = |kind: &str| -> Vec<String> {
        table.get(kind).and_then(|it| it.as_table()).map(|it| it.keys().cloned().collect()).unwrap_or_default()
    };
    let used = [names("dependencies"), names("build-dependencies")].concat();
    let all = [used.clone(), names("dev-dependencies")].concat();
    (table["package"]["name"].as_str().unwrap().to_owned(), Manifest { folder: folder.to_owned(), all, used })
}

/// The crates that list one of these although only those owners may.
fn strangers(names: &[&str], owners: &[&str]) -> Vec<String> {
    let mut broken = Vec::new();
    for (package, manifest) in manifests() {
        if owners.contains(&package.as_str()) {
            continue;
        }
        for name in manifest.all.iter().filter(|it| names.iter().any(|name| is_of(it, name))) {
            broken.push(format!("{}/Cargo.toml lists {name}", manifest.folder));
        }
    }
    broken
}

/// `leptos` stands for its whole family.
fn is_of(listed: &str, name: &str) -> bool {
    listed == name || (name.ends_with('*') && listed.starts_with(name.trim_end_matches('*')))
}

/// What these crates list of what they must not.
fn forbidden(packages: &[&str], names: &[&str]) -> Vec<String> {
    let manifests = manifests();
    let mut broken = Vec::new();
    for package in packages.iter().filter(|it| manifests.contains_key(**it)) {
        let manifest = &manifests[*package];
        for listed in manifest.used.iter().filter(|it| *it != package && names.iter().any(|name| is_of(it, name))) {
            broken.push(format!("{}/Cargo.toml lists {listed}", manifest.folder));
        }
    }
    broken
}

#[test]
fn only_the_store_knows_sql() {
    hold("Only `store` lists sqlx.", &strangers(&["sqlx*", "rusqlite", "libsqlite3-sys", "diesel"], &["store"]));
}

#[test]
fn only_search_knows_the_full_text() {
    hold("Only `search` lists tantivy.", &strangers(&["tantivy*"], &["search"]));
}

#[test]
fn only_render_knows_the_rewriters_of_html() {
    hold("Only `render` lists lol_html and css-inline.", &strangers(&["lol_html", "css-inline", "ammonia"], &["render"]));
}

#[test]
fn only_tables_knows_the_formats_of_tables() {
    let formats = ["csv", "csv-core", "encoding_rs", "chardetng", "calamine", "calcard", "rust_xlsxwriter"];
    hold("Only `tables` lists what reads and writes tables.", &strangers(&formats, &["tables"]));
    // The words inside files stand in XML, too.
    hold("Only `tables` and `files` list what reads XML.", &strangers(&["quick-xml"], &["tables", "files"]));
}

#[test]
fn only_files_reads_pictures() {
    hold("Only `files` lists what reads and writes pictures.", &strangers(&["image", "gif", "zune-jpeg"], &["files"]));
}

#[test]
fn only_documents_knows_the_makers_of_pdf() {
    hold("Only `documents` lists typst and lopdf.", &strangers(&["typst*", "lopdf"], &["documents"]));
}

#[test]
fn only_delivery_knows_mail_and_clients_of_http() {
    hold("Only `delivery` lists lettre and the HTTP client.", &strangers(&["lettre", "reqwest", "mail-send"], &["delivery"]));
}

#[test]
fn the_rooms_of_the_server_do_not_know_one_another() {
    let rooms = ["store", "search", "render", "documents", "delivery", "files", "tables"];
    let others = ["store", "search", "render", "documents", "delivery", "files", "tables", "engine", "app", "server", "frontend"];
    hold(
        "`store`, `search`, `render`, `documents`, `delivery`, `files` and `tables` never know one another, nor `engine`.",
        &forbidden(&rooms, &others),
    );
}

#[test]
fn model_and_content_stand_on_nothing_that_acts() {
    let acting = ["leptos*", "axum*", "http*", "hyper*", "sqlx*", "tokio*", "reqwest", "lettre", "web-sys", "js-sys", "tracing*"];
    let house = ["store", "search", "render", "documents", "delivery", "files", "tables", "engine", "app", "server", "frontend"];
    hold("`model` and `content` never do I/O and never know Leptos, HTTP or SQL.", &forbidden(&["model", "content"], &acting));
    hold("`model` and `content` know no other room.", &forbidden(&["model", "content"], &house));
}

#[test]
fn the_engine_does_not_know_the_web() {
    let web = ["axum*", "leptos*", "http", "hyper*", "tower*", "cookie", "server_fn", "app", "server", "frontend"];
    hold("`engine` never knows axum, Leptos, cookies or HTTP status.", &forbidden(&["engine"], &web));
}

#[test]
fn the_calls_reach_the_engine_alone() {
    let below = ["store", "search", "render", "documents", "delivery", "files", "tables", "sqlx*", "tantivy*", "lettre"];
    hold("`app` calls use cases and nothing below them.", &forbidden(&["app"], &below));
}

#[test]
fn nothing_of_the_server_reaches_the_browser() {
    let server = [
        "engine",
        "store",
        "search",
        "render",
        "documents",
        "delivery",
        "files",
        "tables",
        "server",
        "sqlx*",
        "tantivy*",
        "lettre",
        "tokio",
    ];
    hold("`frontend` depends on `app`, `model` and `content` alone.", &forbidden(&["frontend"], &server));
    let text = fs::read_to_string(root().join("frontend/Cargo.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let features = table["dependencies"]["app"].get("features").and_then(|it| it.as_array()).cloned().unwrap_or_default();
    assert!(features.is_empty(), "`frontend` depends on `app` without features, so that the engine never reaches wasm.");
    let app: toml::Table = fs::read_to_string(root().join("app/Cargo.toml")).unwrap().parse().unwrap();
    let engine = &app["dependencies"]["engine"];
    assert_eq!(
        engine.get("optional").and_then(toml::Value::as_bool),
        Some(true),
        "`app` depends on `engine` only under `app/ssr`."
    );
}

#[test]
fn one_library_of_cryptography_serves_tls() {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap());
    let foreign = ["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls"];
    let broken: Vec<String> = packages.filter(|it| foreign.contains(it)).map(|it| format!("Cargo.lock holds {it}")).collect();
    hold("TLS is rustls with ring and nothing else.", &broken);
}
