//! Tokens: how they are fetched and renewed, and what providers may do instead of giving one.

use std::time::Duration;

use delivery::oauth::{Grant, OauthClient, Question, TokenFault, Tokens};
use delivery::testing::{HttpFault, HttpSaid, OauthServer};
use delivery::{HttpWay, Verdict};
use model::{ClientAuth, OauthFaultKind};
use secrecy::{ExposeSecret, SecretString};

const BACK: &str = "https://posel.firma.sk/oauth/callback";

fn client(server: &OauthServer, auth: ClientAuth) -> OauthClient {
    OauthClient {
        token_url: format!("{}/token", server.base()),
        client_id: server.client_id().to_owned(),
        client_secret: Some(SecretString::from(server.client_secret())),
        auth,
        way: HttpWay::default(),
    }
}

/// Lets a person agree as a browser does, and gives what they come back with.
fn agree(server: &OauthServer, verifier: &SecretString) -> Vec<(String, String)> {
    let url = Question {
        authorize_url: &format!("{}/authorize", server.base()),
        client_id: server.client_id(),
        redirect_uri: BACK,
        scope: "mail offline_access",
        state: "state-1",
        verifier,
        login_hint: "obchod@firma.sk",
        extras: &[],
    };
    let url = url.url().unwrap();
    let answer = server.visit(&url);
    let (address, query) = answer.split_once('?').unwrap();
    assert_eq!(address, BACK);
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn value(pairs: &[(String, String)], name: &str) -> String {
    pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
}

async fn signed_in(server: &OauthServer, client: &OauthClient) -> Tokens {
    let verifier = SecretString::from("a-verifier-that-only-we-know-0123456789-abcdef");
    let code = SecretString::from(value(&agree(server, &verifier), "code"));
    let grant = Grant::Code { code: &code, verifier: &verifier, redirect_uri: BACK };
    client.ask(&grant).await.ok().unwrap()
}

async fn fault(client: &OauthClient, grant: &Grant<'_>) -> TokenFault {
    client.ask(grant).await.err().unwrap()
}

#[tokio::test]
async fn a_code_becomes_tokens_once_and_with_the_right_verifier_alone() {
    let server = OauthServer::start(BACK).await;
    let client = client(&server, ClientAuth::Body);
    let (verifier, wrong) = (SecretString::from("v".repeat(43)), SecretString::from("w".repeat(43)));
    let pairs = agree(&server, &verifier);
    assert_eq!(value(&pairs, "state"), "state-1");
    let code = SecretString::from(value(&pairs, "code"));
    let foreign = fault(&client, &Grant::Code { code: &code, verifier: &wrong, redirect_uri: BACK }).await;
    assert_eq!(foreign.kind, OauthFaultKind::ConsentEnded);
    let again = fault(&client, &Grant::Code { code: &code, verifier: &verifier, redirect_uri: BACK }).await;
    assert_eq!(again.words, "invalid_grant: no such code");
    let code = SecretString::from(value(&agree(&server, &verifier), "code"));
    let tokens = client.ask(&Grant::Code { code: &code, verifier: &verifier, redirect_uri: BACK }).await.ok().unwrap();
    assert!(server.check().is_good(tokens.access.expose_secret()));
    assert_eq!((tokens.good_for_s, tokens.who.as_deref()), (3_600, Some("obchod@firma.sk")));
}

#[tokio::test]
async fn the_application_says_who_it_is_in_the_way_that_is_wanted() {
    for auth in [ClientAuth::Body, ClientAuth::Basic] {
        let server = OauthServer::start(BACK).await;
        server.wants(auth);
        let tokens = signed_in(&server, &client(&server, auth)).await;
        let other = if auth == ClientAuth::Body { ClientAuth::Basic } else { ClientAuth::Body };
        let refused = fault(&client(&server, other), &Grant::Refresh(&tokens.refresh.unwrap())).await;
        assert_eq!((refused.kind, refused.trouble().verdict()), (OauthFaultKind::Application, Verdict::AccountStopped));
    }
}

#[tokio::test]
async fn each_renewing_brings_another_refresh_token() {
    let server = OauthServer::start(BACK).await;
    let client = client(&server, ClientAuth::Body);
    let first = signed_in(&server, &client).await.refresh.unwrap();
    let second = client.ask(&Grant::Refresh(&first)).await.ok().unwrap().refresh.unwrap();
    assert_ne!(first.expose_secret(), second.expose_secret());
    let used_up = fault(&client, &Grant::Refresh(&first)).await;
    assert_eq!(used_up.words, "invalid_grant: The refresh token has been revoked.");
    assert!(client.ask(&Grant::Refresh(&second)).await.is_ok());
}

#[tokio::test]
async fn what_passes_by_itself_is_tried_again_and_told_without_secrets() {
    let server = OauthServer::start(BACK).await;
    let mut client = client(&server, ClientAuth::Body);
    let refresh = signed_in(&server, &client).await.refresh.unwrap();
    client.way.limits.head = Duration::from_millis(200);
    client.way.limits.body = Duration::from_millis(200);
    let echo = format!("down, {} and {}", refresh.expose_secret(), server.client_secret());
    for it in [
        HttpFault::Say(HttpSaid::new(503, echo)),
        HttpFault::Say(HttpSaid::new(200, "<html>Sign in to the network</html>")),
        HttpFault::Say(HttpSaid::new(302, "")),
        HttpFault::Close,
        HttpFault::EndlessAfter,
        HttpFault::NonsenseAfter,
        HttpFault::HangAfter,
        HttpFault::CutAfter(60),
        HttpFault::DripAfter(Duration::from_millis(20)),
    ] {
        server.http().fault("/token", it.clone());
        let met = fault(&client, &Grant::Refresh(&refresh)).await;
        assert_eq!((met.kind, met.trouble().verdict()), (OauthFaultKind::Unreachable, Verdict::AccountUnreachable), "{it:?}");
        assert!(!met.words.contains(refresh.expose_secret()) && !met.words.contains("application"), "{it:?}: {}", met.words);
    }
}

#[tokio::test]
async fn who_does_not_agree_comes_back_with_a_word() {
    let server = OauthServer::start(BACK).await;
    server.agrees(false);
    let pairs = agree(&server, &SecretString::from("v".repeat(43)));
    assert_eq!((value(&pairs, "error").as_str(), value(&pairs, "code").as_str()), ("access_denied", ""));
}
