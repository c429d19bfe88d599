//! The one HTML page. Every screen has an address of its own, and all of them answer this page; the program inside looks at the address.

use axum::extract::{Request, State};
use axum::response::{Html, IntoResponse, Response};
use engine::Phase;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::Shared;
use super::answer::Refused;
use super::assets::Site;

/// What the program fetches when a screen needs it: it is named here and not loaded.
const LATER: [&str; 4] = ["editor.js", "source.js", "editor.css", "screens.css"];

/// Answers an asset of the site, or the page for whatever else is asked.
pub async fn page(State(shared): State<Shared>, request: Request) -> Response {
    let site = Site::read(shared.files);
    let path = request.uri().path();
    if let Some(asset) = site.serve(path, request.headers()) {
        return asset;
    }
    if looks_like_a_file(path) || belongs_to_programs(request.headers()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match shared.engine.phase().await {
        Ok(phase) => shell(phase, path, &site),
        Err(error) => Refused::from(error).into_response(),
    }
}

/// A page is never answered where a script, a sheet or a picture was asked for: after an update, an old tab asks for files that went.
fn looks_like_a_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|it| it.contains('.')) || path.starts_with("/api/")
}

fn belongs_to_programs(headers: &HeaderMap) -> bool {
    let wants = headers.get("sec-fetch-dest").and_then(|it| it.to_str().ok());
    wants.is_some_and(|it| !matches!(it, "document" | "iframe"))
}

fn shell(phase: Phase, path: &str, site: &Site) -> Response {
    match markup(phase, path, site) {
        Some(html) => {
            // The next version has other names for its files, so the page itself must be asked for each time.
            let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
            (headers, Html(html)).into_response()
        }
        None => (StatusCode::SERVICE_UNAVAILABLE, "The site was not built: run `cargo xtask build`.\n").into_response(),
    }
}

fn markup(phase: Phase, path: &str, site: &Site) -> Option<String> {
    let installation = match phase {
        Phase::Fresh => "fresh",
        Phase::Ready => "ready",
    };
    let (script, program, sheet) = (site.address("app.js")?, site.address("app_bg.wasm")?, site.address("main.css")?);
    let mut head = String::new();
    if let Some(font) = site.address("inter.woff2") {
        head.push_str(&format!("<link rel=\"preload\" href=\"{font}\" as=\"font\" type=\"font/woff2\" crossorigin>\n"));
    }
    // The overview does without; elsewhere it is on its way before the program asks for it.
    if let Some(sheet) = site.address("screens.css").filter(|_| path != "/") {
        head.push_str(&format!("<link rel=\"preload\" href=\"{sheet}\" as=\"style\">\n"));
    }
    if let Some(icon) = site.address("favicon.svg") {
        head.push_str(&format!("<link rel=\"icon\" href=\"{icon}\" type=\"image/svg+xml\">\n"));
    }
    for (name, address) in site.addresses() {
        let named = name.strip_suffix(".svg").or_else(|| LATER.contains(&name).then_some(name));
        if let Some(name) = named {
            head.push_str(&format!("<meta name=\"asset:{name}\" content=\"{address}\">\n"));
        }
    }
    Some(format!(
        "<!DOCTYPE html>\n\
         <html lang=\"sk\" data-installation=\"{installation}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>Posel</title>\n\
         <link rel=\"stylesheet\" href=\"{sheet}\">\n\
         <link rel=\"preload\" href=\"{program}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         <script type=\"module\" src=\"{script}\"></script>\n\
         {head}\
         </head>\n\
         <body>\n\
         <div id=\"app\"><p class=\"loading\" role=\"status\">Posel…</p></div>\n\
         <noscript>\n\
         <p lang=\"sk\">Posel potrebuje JavaScript. Zapnite ho, prosím, v nastaveniach prehliadača.</p>\n\
         <p lang=\"cs\">Posel potřebuje JavaScript. Zapněte ho, prosím, v nastavení prohlížeče.</p>\n\
         <p lang=\"en\">Posel needs JavaScript. Please switch it on in the settings of your browser.</p>\n\
         </noscript>\n\
         </body>\n\
         </html>\n"
    ))
}
