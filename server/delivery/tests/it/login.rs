//! Cases 21–25: signing in.

use delivery::{
    Connection, Credentials, Outcome, Phase, Relay, TroubleKind, Verdict,
    testing::{Moment, OauthServer, Options, Rule, ScriptedServer},
};
use secrecy::SecretString;

use crate::support::{not_sent, send, trouble_of_opening};

async fn server(mechanisms: &str) -> ScriptedServer {
    let login = Some(("eva@firma.sk".to_owned(), "heslo č. 1".to_owned()));
    ScriptedServer::start_with(Options { login, mechanisms: mechanisms.to_owned(), ..Options::default() }).await
}

fn password(user: &str, password: &str) -> Option<Credentials> {
    Some(Credentials::Password { user: user.to_owned(), password: SecretString::from(password) })
}

#[tokio::test]
async fn a_password_signs_in_by_plain_or_login() {
    for mechanisms in ["PLAIN LOGIN", "LOGIN", "CRAM-MD5 PLAIN"] {
        let server = server(mechanisms).await;
        let mut connection = Connection::open(&server.relay()).await.unwrap();
        assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
        assert_eq!(server.mails()[0].user.as_deref(), Some("eva@firma.sk"));
    }
}

#[tokio::test]
async fn a_server_that_overlooks_the_initial_response_gets_it_again() {
    let server = server("PLAIN").await;
    server.rule(Rule::at(Moment::Auth).answer("334 ").once());
    assert!(Connection::open(&server.relay()).await.is_ok());
}

#[tokio::test]
async fn a_token_signs_in_by_xoauth2() {
    let server = server("PLAIN XOAUTH2").await;
    let token = |text: &str| Some(Credentials::Token { user: "eva@firma.sk".to_owned(), token: SecretString::from(text) });
    assert!(Connection::open(&Relay { credentials: token("heslo č. 1"), ..server.relay() }).await.is_ok());
    let trouble = trouble_of_opening(&Relay { credentials: token("old"), ..server.relay() }).await;
    assert_eq!(trouble.reply.as_ref().map(|it| it.code), Some(535));
    assert_eq!(trouble.verdict(), Verdict::AccountStopped);
}

#[tokio::test]
async fn a_token_signs_in_by_the_standard_where_it_is_offered() {
    let tokens = OauthServer::start("https://posel.firma.sk/oauth/callback").await;
    let options =
        |mechanisms: &str| Options { tokens: Some(tokens.check()), mechanisms: mechanisms.to_owned(), ..Options::default() };
    let bad = Some(Credentials::Token { user: "eva,=@firma.sk".to_owned(), token: SecretString::from("old") });
    for (mechanisms, first) in [("PLAIN XOAUTH2 OAUTHBEARER", "AUTH OAUTHBEARER "), ("LOGIN XOAUTH2", "AUTH XOAUTH2 ")] {
        let server = ScriptedServer::start_with(options(mechanisms)).await;
        let trouble = trouble_of_opening(&Relay { credentials: bad.clone(), ..server.relay() }).await;
        assert_eq!((trouble.kind, trouble.verdict()), (TroubleKind::TokenRefused, Verdict::AccountStopped));
        assert_eq!(trouble.reply.as_ref().map(|it| it.code), Some(535), "{trouble}");
        assert!(["401", "invalid_token"].contains(&trouble.detail.as_str()), "{trouble}");
        assert!(server.commands().iter().any(|it| it.1.starts_with(first)), "{:?}", server.commands());
    }
}

#[tokio::test]
async fn a_relay_that_takes_no_login_at_all_is_not_asked_with_another_token() {
    let server = server("XOAUTH2").await;
    server.rule(Rule::at(Moment::Auth).answer("535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox"));
    let credentials = Some(Credentials::Token { user: "eva@firma.sk".to_owned(), token: SecretString::from("good") });
    let trouble = trouble_of_opening(&Relay { credentials, ..server.relay() }).await;
    assert_eq!((trouble.kind, trouble.verdict()), (TroubleKind::Answered, Verdict::AccountStopped));
}

#[tokio::test]
async fn a_relay_that_cannot_check_a_token_now_is_tried_later() {
    let server = server("XOAUTH2").await;
    server.rule(Rule::at(Moment::Auth).answer("454 4.7.0 Temporary authentication failure"));
    let credentials = Some(Credentials::Token { user: "eva@firma.sk".to_owned(), token: SecretString::from("good") });
    let trouble = trouble_of_opening(&Relay { credentials, ..server.relay() }).await;
    assert_eq!((trouble.kind, trouble.verdict()), (TroubleKind::Answered, Verdict::AccountUnreachable));
}

#[tokio::test]
async fn a_wrong_password_stops_the_account() {
    for mechanisms in ["PLAIN", "LOGIN"] {
        let server = server(mechanisms).await;
        let trouble = trouble_of_opening(&Relay { credentials: password("eva@firma.sk", "wrong"), ..server.relay() }).await;
        assert_eq!((trouble.phase, trouble.kind), (Phase::Login, TroubleKind::Answered));
        assert_eq!(trouble.verdict(), Verdict::AccountStopped);
        assert!(!format!("{trouble:?}").contains("wrong\""), "{trouble:?}");
    }
}

#[tokio::test]
async fn a_login_that_cannot_be_checked_now_is_tried_later() {
    let server = server("PLAIN").await;
    server.rule(Rule::at(Moment::Auth).answer("454 4.7.0 Temporary authentication failure"));
    assert_eq!(trouble_of_opening(&server.relay()).await.verdict(), Verdict::AccountUnreachable);
}

#[tokio::test]
async fn a_missing_mechanism_is_named_and_stops_the_account() {
    let server = server("GSSAPI CRAM-MD5").await;
    let trouble = trouble_of_opening(&server.relay()).await;
    assert_eq!((trouble.kind, trouble.detail.as_str()), (TroubleKind::LoginMethodMissing, "GSSAPI CRAM-MD5"));
    assert_eq!(trouble.verdict(), Verdict::AccountStopped);
}

#[tokio::test]
async fn credentials_for_a_relay_without_login_stop_the_account() {
    let server = ScriptedServer::start().await;
    let trouble = trouble_of_opening(&Relay { credentials: password("a", "b"), ..server.relay() }).await;
    assert_eq!(trouble.kind, TroubleKind::LoginNotOffered);
    assert_eq!(trouble.verdict(), Verdict::AccountStopped);
}

#[tokio::test]
async fn a_sender_refused_after_login_stops_the_account() {
    let server = server("PLAIN").await;
    server.rule(Rule::at(Moment::Mail).answer("530 5.7.0 Authentication required"));
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert_eq!(send(&mut connection).await.verdict(), Verdict::AccountStopped);
}

#[tokio::test]
async fn credentials_that_change_meanwhile_stop_the_account_at_the_next_connection() {
    let server = server("PLAIN").await;
    let mut connection = Connection::open(&server.relay()).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    server.rule(Rule::at(Moment::Mail).on_connection(0).answer("421 4.7.0 session ended").close());
    server.rule(Rule::at(Moment::Auth).answer("535 5.7.8 wrong user or password"));
    let outcome = send(&mut connection).await;
    assert_eq!((not_sent(&outcome), outcome.verdict()), (TroubleKind::Stale, Verdict::AtOnce));
    assert_eq!(trouble_of_opening(&server.relay()).await.verdict(), Verdict::AccountStopped);
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_null_byte_cannot_split_the_credentials() {
    let server = server("PLAIN").await;
    let trouble = trouble_of_opening(&Relay { credentials: password("a\0b", "c"), ..server.relay() }).await;
    assert_eq!(trouble.kind, TroubleKind::UnsafeSetting);
    assert!(server.commands().iter().all(|(_, line)| !line.starts_with("AUTH")));
}
