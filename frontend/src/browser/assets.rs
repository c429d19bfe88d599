//! Where the shell says that assets are served from.

use std::sync::OnceLock;

static ICONS: OnceLock<String> = OnceLock::new();

/// The address of the icon sprite, read once from `<meta name="asset:icons">`.
pub fn icons() -> &'static str {
    ICONS.get_or_init(|| meta("asset:icons").unwrap_or_else(|| "/icons.svg".to_owned()))
}

/// The address of a file that is fetched when a screen needs it, such as `editor.js`.
pub fn named(name: &str) -> String {
    meta(&format!("asset:{name}")).unwrap_or_else(|| format!("/{name}"))
}

/// The content of a `<meta name>` of the shell.
fn meta(name: &str) -> Option<String> {
    let element = leptos::prelude::document().query_selector(&format!("meta[name=\"{name}\"]")).ok()??;
    element.get_attribute("content").filter(|it| !it.is_empty())
}
