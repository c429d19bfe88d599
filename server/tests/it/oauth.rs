//! Coming back from a provider of OAuth: into the same session, once, and to nowhere but our own pages.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use delivery::testing::OauthServer;
use model::{
    AccountDraft, AccountId, DeliveredRole, OauthDraft, OauthEndpoints, OauthOutcome, OauthPage, OauthProvider, OauthReturn,
    OauthSettings, OauthState,
};
use serde_json::json;

use crate::bed::{Bed, Reply, Session, URL};

/// An account that signs in by OAuth.
async fn account(bed: &Bed, admin: &Session, tokens: &OauthServer) -> AccountId {
    let mut draft = AccountDraft { name: "Relay".into(), sender_address: "info@example.sk".into(), ..AccountDraft::default() };
    draft.smtp.host = "127.0.0.1".into();
    let id = bed.call("accounts/save_account", Some(admin), json!({ "id": null, "draft": draft })).await.json();
    let endpoints = OauthEndpoints {
        authorize_url: format!("{}/authorize", tokens.base()),
        token_url: format!("{}/token", tokens.base()),
        ..OauthEndpoints::default()
    };
    let draft = OauthDraft {
        settings: OauthSettings { provider: OauthProvider::Other(endpoints), client_id: tokens.client_id().to_owned() },
        client_secret: Some(tokens.client_secret().to_owned()),
    };
    let saved = bed.call("oauth/save_oauth", Some(admin), json!({ "account": id, "used_for": "Relay", "draft": draft })).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    id
}

/// Agrees at the provider and tells what one comes back with.
async fn leave(bed: &Bed, session: &Session, tokens: &OauthServer, id: AccountId) -> OauthReturn {
    let url: String = bed.call("oauth/begin_oauth", Some(session), json!({ "account": id, "used_for": "Relay" })).await.json();
    let back = tokens.visit(&url);
    let query = back.strip_prefix(&format!("{URL}/oauth/callback?")).expect("the provider leads to us");
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let value = |name: &str| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
    OauthReturn { state: value("state"), code: value("code"), ..OauthReturn::default() }
}

async fn finish(bed: &Bed, session: Option<&Session>, back: &OauthReturn) -> Reply {
    bed.call("oauth/finish_oauth", session, json!({ "back": back })).await
}

#[tokio::test]
async fn who_comes_back_into_another_session_or_again_is_refused() {
    let (bed, admin) = Bed::ready().await;
    let tokens = OauthServer::start(&format!("{URL}/oauth/callback")).await;
    let id = account(&bed, &admin, &tokens).await;
    let other = bed.user(&admin, DeliveredRole::Administrator).await;
    let back = leave(&bed, &admin, &tokens, id).await;
    assert_eq!(finish(&bed, None, &back).await.status, StatusCode::UNAUTHORIZED);
    let wrong = OauthReturn { state: "guessed".into(), ..back.clone() };
    for (session, back) in [(&admin, &wrong), (&other, &back)] {
        let reply = finish(&bed, Some(session), back).await;
        assert!(reply.status.is_client_error() && reply.text().contains("Stale"), "{}", reply.text());
    }
    let page = async || -> OauthPage {
        bed.call("oauth/open_oauth", Some(&admin), json!({ "account": id, "used_for": "Relay" })).await.json()
    };
    assert_eq!(page().await.login.unwrap().state, OauthState::SignedOut);
    let outcome: OauthOutcome = finish(&bed, Some(&admin), &back).await.json();
    assert_eq!((outcome.account, outcome.fault), (id, None));
    assert_eq!(page().await.login.unwrap().state, OauthState::SignedIn);
    assert!(finish(&bed, Some(&admin), &back).await.text().contains("Stale"));
    assert_eq!(tokens.n_given(), 1);
}

#[tokio::test]
async fn the_page_that_one_comes_back_to_leads_nowhere_and_tells_nobody() {
    let (bed, _) = Bed::ready().await;
    let path = "/oauth/callback?code=c&state=s&redirect_uri=https://evil.example&next=//evil.example";
    let reply = bed.send(Request::builder().method(Method::GET).uri(path).body(Body::empty()).unwrap()).await;
    assert_eq!((reply.status, reply.header("location")), (StatusCode::OK, ""));
    assert_eq!(reply.header("referrer-policy"), "no-referrer");
    assert!(!reply.text().contains("evil.example"));
}
