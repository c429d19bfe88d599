//! The document itself: language, brightness, title and what the shell said.

use leptos::prelude::{document, window};
use model::{Density, Language, Theme};

/// Whether the shell says that the installation has no administrator yet.
pub fn is_fresh_installation() -> bool {
    root_attribute("data-installation").as_deref() == Some("fresh")
}

/// Notes that the installation has its administrator now.
pub fn set_installed() {
    set_root_attribute("data-installation", "ready");
}

/// The language in which the shell was served.
pub fn served_language() -> Option<Language> {
    Language::from_code(&root_attribute("lang")?)
}

/// The language that the browser asks for first among ours.
pub fn preferred_language() -> Option<Language> {
    window().navigator().languages().iter().find_map(|it| Language::from_code(it.as_string()?.get(..2)?))
}

/// Tells the document its language.
pub fn set_language(language: Language) {
    set_root_attribute("lang", language.code());
}

/// Makes the document bright or dark, or lets the machine decide.
pub fn set_theme(theme: Theme) {
    set_root_attribute(
        "data-theme",
        match theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        },
    );
}

/// Whether the document is dark now, whoever decided it.
pub fn is_dark() -> bool {
    match root_attribute("data-theme").as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|it| it.matches()),
    }
}

/// Sets the height of table rows.
pub fn set_density(density: Density) {
    set_root_attribute(
        "data-density",
        match density {
            Density::Compact => "compact",
            Density::Normal => "normal",
            Density::Comfortable => "comfortable",
        },
    );
}

/// Names the page in the tab of the browser.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Takes away the note that the shell shows while the program loads.
pub fn remove_loading_note() {
    if let Some(app) = document().get_element_by_id("app") {
        app.set_text_content(None);
    }
}

/// The element that the program is mounted into: `#app`, or the body.
pub fn mount_point() -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    match document().get_element_by_id("app") {
        Some(app) => app.dyn_into().ok(),
        None => document().body(),
    }
}

fn root_attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}

fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}
