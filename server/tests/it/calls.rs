//! The calls over HTTP: who may come in at all, and what a call refuses before it begins.

mod table;

use app::Problem;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{Method, StatusCode};
use model::{AuditEntry, ContactFilter, Deed, DeliveredRole, FirstRun, Me, MessageFilter, Page, Refusal};
use serde_json::{Value, json};

use crate::bed::{Bed, PASSWORD, Session, company, own, signed};
pub use table::{CALLS, Door};

/// The paths of all calls that the program registers.
pub fn registered() -> Vec<String> {
    let mut paths: Vec<String> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    paths.sort();
    paths
}

#[test]
fn every_call_is_in_the_table_of_rights() {
    let mut listed: Vec<String> = CALLS.iter().map(|it| format!("/api/app/{}", it.path)).collect();
    listed.sort();
    assert_eq!(registered(), listed, "each call needs a line in tests/it/calls/table.rs that says who may make it");
}

#[test]
fn every_call_is_a_post() {
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}");
    }
}

#[tokio::test]
async fn without_a_session_every_call_answers_401_and_changes_nothing() {
    let (bed, admin) = Bed::ready().await;
    let before = bed.database();
    for call in CALLS.iter().filter(|it| it.door != Door::Open) {
        let reply = bed.call(call.path, None, (call.input)()).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{}: {}", call.path, reply.text());
        assert_eq!(reply.json::<Problem>(), Problem::Refused(Refusal::SignedOut), "{}", call.path);
        assert!(before == bed.database(), "{} wrote", call.path);
    }
    let forged = Session("__Host-posel=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned());
    for call in CALLS.iter().filter(|it| it.door != Door::Open) {
        let reply = bed.call(call.path, Some(&forged), (call.input)()).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{}: {}", call.path, reply.text());
        assert!(before == bed.database(), "{} wrote", call.path);
    }
    let me: Me = bed.call("session/who_am_i", Some(&admin), json!({})).await.json();
    assert_eq!(me.email, "eva@example.sk");
}

#[tokio::test]
async fn a_wrong_secret_answers_401_and_leaves_at_most_an_entry_of_the_log() {
    let (bed, admin) = Bed::ready().await;
    let before = everything(&bed, &admin).await;
    for call in CALLS.iter().filter(|it| it.door == Door::Open) {
        let reply = bed.call(call.path, None, (call.input)()).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{}: {}", call.path, reply.text());
        assert_eq!(reply.headers.get(SET_COOKIE), None, "{}", call.path);
    }
    assert_eq!(everything(&bed, &admin).await, before);
    let log: Page<AuditEntry> = bed.call("audit/list_audit", Some(&admin), json!({ "query": {} })).await.json();
    let deeds: Vec<Deed> = log.rows.into_iter().map(|it| it.deed).collect();
    assert_eq!(deeds, [Deed::SignInFailed, Deed::SignedIn, Deed::Installed]);
}

/// What an administrator sees of everything that can change.
async fn everything(bed: &Bed, admin: &Session) -> Vec<Value> {
    let questions = [
        ("users/list_users", json!({})),
        ("users/list_roles", json!({})),
        ("profile/list_sessions", json!({})),
        ("accounts/list_accounts", json!({})),
        ("settings/open_company", json!({})),
        ("capture/list_captured", json!({ "after": null })),
        ("contacts/count_contacts", json!({ "filter": ContactFilter::default() })),
        ("history/count_messages", json!({ "filter": MessageFilter::default() })),
    ];
    let mut answers = Vec::new();
    for (call, input) in questions {
        let reply = bed.call(call, Some(admin), input).await;
        assert_eq!(reply.status, StatusCode::OK, "{call}: {}", reply.text());
        answers.push(reply.json());
    }
    answers
}

#[tokio::test]
async fn a_fresh_installation_is_not_set_up_without_its_link() {
    let bed = Bed::fresh().await;
    let before = bed.database();
    let first_run = FirstRun {
        token: "guessed".to_owned(),
        name: "Eva Nová".to_owned(),
        email: "eva@example.sk".to_owned(),
        password: PASSWORD.to_owned(),
        company: company(),
        ..FirstRun::default()
    };
    let reply = bed.call("session/set_up", None, json!({ "first_run": first_run })).await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    assert!(before == bed.database());
}

#[tokio::test]
async fn the_cookie_of_a_session_stays_with_this_site_and_away_from_scripts() {
    let (bed, _) = Bed::ready().await;
    let reply = bed.call("session/sign_in", None, json!({ "email": "eva@example.sk", "password": PASSWORD })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let cookie = reply.header("set-cookie");
    let mut parts = cookie.split("; ");
    let (name, secret) = parts.next().unwrap().split_once('=').unwrap();
    assert!(name.starts_with("__Host-") && 43 <= secret.len(), "{cookie}");
    let attributes: Vec<&str> = parts.collect();
    for attribute in ["Path=/", "HttpOnly", "Secure", "SameSite=Strict"] {
        assert!(attributes.contains(&attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn who_signs_out_is_out_even_with_the_old_cookie() {
    let (bed, admin) = Bed::ready().await;
    let reply = bed.call("session/sign_out", Some(&admin), json!({})).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.header("set-cookie").contains("Max-Age=0"), "{:?}", reply.headers);
    assert_eq!(bed.call("session/who_am_i", Some(&admin), json!({})).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_disabled_user_is_out_at_the_next_call() {
    let (bed, admin) = Bed::ready().await;
    let writer = bed.user(&admin, DeliveredRole::Writer).await;
    let me: Me = bed.call("session/who_am_i", Some(&writer), json!({})).await.json();
    assert_eq!(bed.call("users/disable_user", Some(&admin), json!({ "id": me.id })).await.status, StatusCode::OK);
    assert_eq!(bed.call("session/who_am_i", Some(&writer), json!({})).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down_by_the_address_behind_our_proxy() {
    let (bed, _) = Bed::ready().await;
    let guess = |client: &'static str| {
        let request = own(Method::POST, "/api/app/session/sign_in")
            .header(CONTENT_TYPE, "application/json")
            .header("x-forwarded-for", client)
            .body(Body::from(json!({ "email": "nobody@example.sk", "password": "guessed" }).to_string()));
        bed.send(request.unwrap())
    };
    for _ in 0..5 {
        assert_eq!(guess("198.51.100.1").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(guess("198.51.100.1").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn what_is_no_input_of_a_call_is_the_callers_fault() {
    let (bed, admin) = Bed::ready().await;
    let before = bed.database();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in ["", "{", "[]", "null", "{\"id\":\"seven\"}", "{\"id\":1e99}", deep.as_str()] {
        let reply = post(&bed, &admin, "application/json", body.to_owned()).await;
        assert_eq!(reply, StatusCode::BAD_REQUEST, "{}", &body[..body.len().min(40)]);
    }
    assert!(before == bed.database());
}

#[tokio::test]
async fn a_call_takes_json_and_nothing_else() {
    let (bed, admin) = Bed::ready().await;
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/cbor", ""] {
        let reply = post(&bed, &admin, media_type, "{\"id\":1}".to_owned()).await;
        assert_eq!(reply, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{media_type}");
    }
    assert_eq!(post(&bed, &admin, "Application/JSON; charset=utf-8", "{\"id\":1}".to_owned()).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_call_takes_no_more_than_two_megabytes() {
    let (bed, admin) = Bed::ready().await;
    let long = format!("{{\"id\":1,\"x\":\"{}\"}}", "a".repeat(2 * 1024 * 1024));
    assert_eq!(post(&bed, &admin, "application/json", long).await, StatusCode::PAYLOAD_TOO_LARGE);
    let chunks = (0..3_000).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1024]));
    let request =
        signed(own(Method::POST, "/api/app/contacts/open_contact"), Some(&admin)).header(CONTENT_TYPE, "application/json");
    let reply = bed.send(request.body(Body::from_stream(futures::stream::iter(chunks))).unwrap()).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_call_that_does_not_exist_is_not_found() {
    let (bed, admin) = Bed::ready().await;
    for call in ["contacts/open_contacts", "contacts", "", "../healthz", "contacts/open_contact/1"] {
        assert_eq!(bed.call(call, Some(&admin), json!({})).await.status, StatusCode::NOT_FOUND, "{call}");
    }
}

#[tokio::test]
async fn a_call_leads_nowhere_else() {
    let (bed, admin) = Bed::ready().await;
    let request = signed(own(Method::POST, "/api/app/session/who_am_i"), Some(&admin))
        .header(CONTENT_TYPE, "application/json")
        .header("accept", "text/html")
        .header("referer", "https://evil.example/");
    let reply = bed.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("location"), "");
}

async fn post(bed: &Bed, session: &Session, media_type: &str, body: String) -> StatusCode {
    let request = signed(own(Method::POST, "/api/app/contacts/open_contact"), Some(session)).header(CONTENT_TYPE, media_type);
    bed.send(request.body(Body::from(body)).unwrap()).await.status
}
