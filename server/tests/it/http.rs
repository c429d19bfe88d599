//! What every answer carries and every request must: headers, origin, and the way to the shell and its assets.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{HeaderName, Method, Request, StatusCode};
use model::{OneTimeLink, UserRow};
use serde_json::json;

use crate::bed::{Bed, Session, URL, own, signed};

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
                      font-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; \
                      frame-ancestors 'none'; form-action 'self'";

/// A call of somebody who is signed in, with these headers of its sender.
async fn send(bed: &Bed, session: &Session, headers: &[(&'static str, &str)]) -> StatusCode {
    let mut request = Request::builder().method(Method::POST).uri("/api/app/session/who_am_i");
    request = request.header(CONTENT_TYPE, "application/json").header(COOKIE, &session.0);
    for (name, value) in headers {
        request = request.header(HeaderName::from_static(name), *value);
    }
    bed.send(request.body(Body::from("{}")).unwrap()).await.status
}

#[tokio::test]
async fn only_pages_of_our_own_may_change_something() {
    let (bed, admin) = Bed::ready().await;
    let fine: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "same-origin"), ("host", "evil.example")],
        &[("origin", URL)],
        &[("origin", URL), ("host", "evil.example")],
    ];
    for headers in fine {
        assert_eq!(send(&bed, &admin, headers).await, StatusCode::OK, "{headers:?}");
    }
    let foreign: [&[(&str, &str)]; 7] = [
        &[],
        &[("host", "posel.example.sk")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "cross-site"), ("origin", URL)],
        &[("origin", "https://evil.example"), ("host", "evil.example")],
        &[("origin", "null")],
    ];
    for headers in foreign {
        assert_eq!(send(&bed, &admin, headers).await, StatusCode::FORBIDDEN, "{headers:?}");
    }
}

#[tokio::test]
async fn every_route_refuses_what_another_site_sends() {
    let (bed, admin) = Bed::ready().await;
    let before = bed.database();
    for path in ["/attachments?name=a.txt", "/live", "/messages/1/html", "/contacts", "/healthz", "/api/app/session/sign_out"] {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            let request = Request::builder().method(method.clone()).uri(path).header(COOKIE, &admin.0);
            let reply = bed.send(request.header("sec-fetch-site", "cross-site").body(Body::from("x")).unwrap()).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{method} {path}");
            assert_eq!(reply.header("access-control-allow-origin"), "", "{method} {path}");
        }
    }
    assert!(before == bed.database());
}

#[tokio::test]
async fn every_answer_is_hardened() {
    let (bed, admin) = Bed::ready().await;
    for path in [
        "/",
        "/contacts/7",
        "/healthz",
        "/api/app/session/who_am_i",
        "/nothing.js",
        "/live",
        "/messages/999/html",
        "/attachments",
    ] {
        let session = (path != "/live").then_some(&admin);
        let reply = bed.get(path, session).await;
        assert_eq!(reply.header("content-security-policy"), POLICY, "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("strict-transport-security"), "max-age=31536000", "{path}");
        assert!(reply.header("permissions-policy").contains("camera=()"), "{path}");
        assert!(matches!(reply.header("cache-control"), "no-store" | "no-cache"), "{path}");
    }
}

#[tokio::test]
async fn a_call_cannot_be_made_by_an_address_alone() {
    let (bed, admin) = Bed::ready().await;
    for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE] {
        let request = signed(own(method.clone(), "/api/app/session/sign_out"), Some(&admin));
        let reply = bed.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    assert_eq!(bed.call("session/who_am_i", Some(&admin), json!({})).await.status, StatusCode::OK);
}

#[tokio::test]
async fn health_needs_no_session_and_tells_nothing() {
    let bed = Bed::fresh().await;
    for (path, text) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let reply = bed.get(path, None).await;
        assert_eq!((reply.status, reply.text().as_str()), (StatusCode::OK, text), "{path}");
    }
    bed.stop.send_replace(true);
    assert_eq!(bed.get("/healthz", None).await.status, StatusCode::OK);
    assert_eq!(bed.get("/readyz", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_server_that_lost_its_database_says_that_it_is_not_ready() {
    let bed = Bed::fresh().await;
    bed.engine.close().await;
    assert_eq!(bed.get("/healthz", None).await.status, StatusCode::OK);
    assert_eq!(bed.get("/readyz", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_no_route_knows_is_never_a_file_of_the_machine() {
    let bed = Bed::fresh().await;
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    for path in [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/....//....//etc/passwd",
        "/%2fetc%2fpasswd",
        "//etc/passwd",
        "/manifest.json",
        "/secret.txt",
        "/app-0a1b.js.br",
        "/..%5cCargo.toml",
        "/app.js%00.html",
        "/Cargo.toml",
        "/posel.key",
        "/posel.db",
    ] {
        let reply = bed.get(path, None).await;
        assert!(!reply.text().contains("root:"), "{path}");
        assert!(passwd.is_empty() || reply.text() != passwd, "{path}");
        assert!(!reply.text().contains("[workspace"), "{path}");
        let is_shell = reply.header("content-type").starts_with("text/html");
        assert!(is_shell || reply.status == StatusCode::NOT_FOUND, "{path}: {}", reply.status);
    }
}

#[tokio::test]
async fn a_file_that_is_gone_is_not_answered_with_a_page() {
    let bed = Bed::fresh().await;
    for path in ["/app-000000000000.js", "/main.css", "/contacts/picture.png"] {
        assert_eq!(bed.get(path, None).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let wanted = own(Method::GET, "/contacts").header("sec-fetch-dest", "script").body(Body::empty()).unwrap();
    assert_eq!(bed.send(wanted).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_screen_answers_the_shell_that_knows_whether_posel_is_set_up() {
    let bed = Bed::fresh().await;
    for path in ["/", "/contacts", "/contacts/7?tab=history", "/messages/123", "/first-run", "/invitation", "/no/such/screen"] {
        let reply = bed.get(path, None).await;
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"), "{path}");
        assert_eq!(reply.header("cache-control"), "no-cache", "{path}");
        assert!(reply.text().contains("<html lang=\"sk\" data-installation=\"fresh\">"), "{path}");
    }
    let (bed, _) = Bed::ready().await;
    assert!(bed.get("/", None).await.text().contains("data-installation=\"ready\""));
}

#[tokio::test]
async fn the_shell_names_each_asset_by_its_content_and_runs_nothing_inline() {
    let bed = Bed::fresh().await;
    let html = bed.get("/", None).await.text();
    for part in [
        "<link rel=\"stylesheet\" href=\"/main-8c9d.css\">",
        "<script type=\"module\" src=\"/app-0a1b.js\"></script>",
        "<link rel=\"preload\" href=\"/inter-6a7b.woff2\" as=\"font\" type=\"font/woff2\" crossorigin>",
        "<link rel=\"preload\" href=\"/app_bg-2c3d.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>",
        "<meta name=\"asset:icons\" content=\"/icons-4e5f.svg\">",
        "<meta name=\"asset:editor.js\" content=\"/editor-1f2e.js\">",
        "<meta name=\"asset:screens.css\" content=\"/screens-7d8e.css\">",
        "<div id=\"app\">",
        "<noscript>",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    let preload = "<link rel=\"preload\" href=\"/screens-7d8e.css\" as=\"style\">";
    assert!(!html.contains(preload), "the overview does without");
    assert!(bed.get("/contacts", None).await.text().contains(preload));
    assert_eq!(html.matches("<script").count(), 1);
    assert!(!html.contains("style="), "{html}");
}

#[tokio::test]
async fn an_asset_is_kept_for_ever_and_travels_packed() {
    let bed = Bed::fresh().await;
    for (accepted, content, encoding) in [
        ("gzip, deflate, br, zstd", "brotli", "br"),
        ("gzip", "gzip", "gzip"),
        ("identity", "plain", ""),
        ("br;q=0", "plain", ""),
    ] {
        let request = own(Method::GET, "/app-0a1b.js").header("accept-encoding", accepted).body(Body::empty()).unwrap();
        let reply = bed.send(request).await;
        assert_eq!((reply.status, reply.text().as_str()), (StatusCode::OK, content), "{accepted}");
        assert_eq!(reply.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(reply.header("vary"), "accept-encoding");
    }
    let wasm = bed.get("/app_bg-2c3d.wasm", None).await;
    assert_eq!((wasm.header("content-type"), wasm.header("content-encoding")), ("application/wasm", ""));
}

#[tokio::test]
async fn an_asset_that_the_browser_has_is_not_sent_again() {
    let bed = Bed::fresh().await;
    let tag = bed.get("/app-0a1b.js", None).await.header("etag").to_owned();
    for (given, status) in [(tag.as_str(), 304), (&format!("\"other\", W/{tag}"), 304), ("*", 304), ("\"other\"", 200)] {
        let request = own(Method::GET, "/app-0a1b.js").header("if-none-match", given).body(Body::empty()).unwrap();
        let reply = bed.send(request).await;
        assert_eq!(reply.status.as_u16(), status, "{given}");
        assert_eq!(reply.body.is_empty(), status == 304, "{given}");
    }
}

#[tokio::test]
async fn a_link_never_leads_to_the_host_that_a_request_names() {
    let (bed, admin) = Bed::ready().await;
    let users: Vec<UserRow> = bed.call("users/list_users", Some(&admin), json!({})).await.json();
    let id = users.iter().find(|it| it.email == "eva@example.sk").unwrap().id;
    let request = signed(own(Method::POST, "/api/app/users/renew_link"), Some(&admin))
        .header(CONTENT_TYPE, "application/json")
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example");
    let reply = bed.send(request.body(Body::from(json!({ "id": id }).to_string())).unwrap()).await;
    let link: OneTimeLink = reply.json();
    assert!(link.url.starts_with("https://posel.example.sk/invitation#"), "{}", link.url);
}
