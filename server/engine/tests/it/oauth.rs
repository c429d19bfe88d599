//! Signing in by OAuth: from a person at the provider to a message at the relay, and everything that may come between.

mod meanwhile;

use std::path::Path;

use delivery::testing::{HttpFault, HttpSaid, OauthServer, Options, ScriptedServer};
use engine::testbed::TestBed;
use engine::{Ctx, Error, accounts, bounces, history, messages, oauth, worker};
use model::message::UNDO_MS;
use model::time::{minutes, seconds};
use model::{
    AccountDraft, AccountId, AccountState, DeliveryState, MailboxDraft, MailboxProtocol, MailboxSettings, MessageDraft,
    MessageId, OauthDraft, OauthEndpoints, OauthFaultKind, OauthLogin, OauthOutcome, OauthProvider, OauthReturn, OauthSettings,
    OauthState, OauthUse, Pace, ProbeStage, Refusal, Security, SmtpSettings,
};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// The mailbox that sends.
const USER: &str = "obchod@firma.sk";

/// A bed with a relay that lets in by token alone, and the server that gives them.
struct Scene {
    bed: TestBed,
    tokens: OauthServer,
    relay: ScriptedServer,
    account: AccountId,
}

impl Scene {
    /// Every message takes a connection of its own, so that each has to sign in.
    async fn new(connections: u8) -> Self {
        let bed = TestBed::new().await;
        let tokens = OauthServer::start("https://posel.example/oauth/callback").await;
        let options = Options { tokens: Some(tokens.check()), mechanisms: "PLAIN XOAUTH2".to_owned(), ..Options::default() };
        let relay = ScriptedServer::start_with(options).await;
        let pace = Pace { connections, messages_per_connection: 1, ..Pace::default() };
        let draft = AccountDraft { hourly_limit: None, pace, ..account_draft(&relay) };
        let account = accounts::save(&bed.admin(), None, draft).await.unwrap();
        let scene = Self { bed, tokens, relay, account };
        scene.save(scene.draft()).await;
        scene
    }

    fn draft(&self) -> OauthDraft {
        let endpoints = OauthEndpoints {
            authorize_url: format!("{}/authorize", self.tokens.base()),
            token_url: format!("{}/token", self.tokens.base()),
            scope: "mail.send offline_access".to_owned(),
            ..OauthEndpoints::default()
        };
        let settings = OauthSettings { provider: OauthProvider::Other(endpoints), client_id: self.tokens.client_id().to_owned() };
        OauthDraft { settings, client_secret: Some(self.tokens.client_secret().to_owned()) }
    }

    async fn save(&self, draft: OauthDraft) {
        oauth::save(&self.bed.admin(), self.account, OauthUse::Relay, draft).await.unwrap();
    }

    /// Goes to the provider and gives what one comes back with.
    async fn leave(&self, ctx: &Ctx, used_for: OauthUse) -> OauthReturn {
        let url = oauth::begin(ctx, self.account, used_for).await.unwrap();
        let back = self.tokens.visit(&url);
        let query = back.strip_prefix("https://posel.example/oauth/callback?").unwrap();
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let value = |name: &str| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default();
        OauthReturn {
            state: value("state"),
            code: value("code"),
            error: value("error"),
            error_description: value("error_description"),
        }
    }

    async fn sign_in(&self) -> OauthOutcome {
        let ctx = self.bed.admin();
        let back = self.leave(&ctx, OauthUse::Relay).await;
        oauth::finish(&ctx, back).await.unwrap()
    }

    async fn login(&self) -> OauthLogin {
        oauth::page(&self.bed.admin(), self.account, OauthUse::Relay).await.unwrap().login.unwrap()
    }

    async fn send(&self, n: usize) -> Vec<MessageId> {
        let mut ids = Vec::new();
        for i in 0..n {
            let to = format!("osoba{i}@example.sk");
            let draft = MessageDraft { to, subject: "Ponuka".into(), body: "Dobrý deň".into(), ..MessageDraft::default() };
            ids.push(messages::send(&self.bed.admin(), None, draft).await.unwrap().id);
        }
        self.bed.advance(UNDO_MS);
        ids
    }

    /// Sends one message and carries it; tells how it stands then.
    async fn sent(&self) -> DeliveryState {
        let id = self.send(1).await[0];
        worker::turn(&self.bed.engine).await.unwrap();
        self.state(id).await
    }

    async fn state(&self, id: MessageId) -> DeliveryState {
        history::open(&self.bed.admin(), id).await.unwrap().deliveries[0].state
    }

    async fn account_state(&self) -> AccountState {
        let accounts = accounts::list(&self.bed.admin()).await.unwrap();
        accounts.into_iter().find(|it| it.id == self.account).unwrap().state
    }
}

fn account_draft(relay: &ScriptedServer) -> AccountDraft {
    AccountDraft {
        name: "Relay".into(),
        smtp: SmtpSettings {
            host: "127.0.0.1".into(),
            port: relay.address().port(),
            security: Security::None,
            user_name: USER.into(),
        },
        sender_address: USER.into(),
        ..AccountDraft::default()
    }
}

fn refusal<T>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        _ => panic!("not refused"),
    }
}

#[tokio::test]
async fn an_account_signs_in_by_the_token_that_a_person_agreed_to() {
    let scene = Scene::new(1).await;
    assert_eq!(scene.login().await.state, OauthState::SignedOut);
    let outcome = scene.sign_in().await;
    assert_eq!(outcome, OauthOutcome { account: scene.account, used_for: OauthUse::Relay, fault: None });
    let login = scene.login().await;
    assert_eq!((login.state, login.signed_in_as.as_str(), login.has_secret), (OauthState::SignedIn, USER, true));
    assert_eq!(scene.sent().await, DeliveryState::Accepted);
    assert_eq!(scene.relay.mails()[0].user.as_deref(), Some(USER));
    assert_eq!(scene.tokens.n_given(), 1);
    let steps = accounts::test(&scene.bed.admin(), Some(scene.account), account_draft(&scene.relay)).await.unwrap();
    assert!(steps.iter().all(|it| it.passed) && steps.iter().any(|it| it.stage == ProbeStage::Login), "{steps:?}");
}

#[tokio::test]
async fn a_token_is_not_given_away_to_another_server() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    let stranger = ScriptedServer::start_with(Options { tokens: Some(scene.tokens.check()), ..Options::default() }).await;
    accounts::test(&scene.bed.admin(), Some(scene.account), account_draft(&stranger)).await.unwrap();
    accounts::save(&scene.bed.admin(), Some(scene.account), account_draft(&stranger)).await.unwrap();
    assert_eq!((scene.login().await.state, scene.sent().await), (OauthState::SignedOut, DeliveryState::Waiting));
    assert!(stranger.commands().iter().all(|it| !it.1.contains("XOAUTH2 ")), "{:?}", stranger.commands());
}

#[tokio::test]
async fn a_token_is_renewed_before_it_runs_out_also_after_a_crash() {
    let mut scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.bed.advance(minutes(54));
    assert_eq!((scene.sent().await, scene.tokens.n_given()), (DeliveryState::Accepted, 1));
    scene.bed.advance(minutes(2));
    assert_eq!((scene.sent().await, scene.tokens.n_given()), (DeliveryState::Accepted, 2));
    scene.bed.crash().await;
    // The token before the last is worth nothing any more: the rotated one was kept.
    scene.bed.advance(minutes(120));
    assert_eq!((scene.sent().await, scene.tokens.n_given()), (DeliveryState::Accepted, 3));
    assert_eq!(scene.relay.mails().len(), 3);
}

#[tokio::test]
async fn a_provider_may_keep_its_refresh_token_and_give_short_lived_tokens() {
    let scene = Scene::new(1).await;
    scene.tokens.rotates_no_more();
    scene.tokens.set_lifetime(60);
    scene.sign_in().await;
    for n in 1..4 {
        assert_eq!((scene.sent().await, scene.tokens.n_given()), (DeliveryState::Accepted, n));
        scene.bed.advance(seconds(45));
    }
}

#[tokio::test]
async fn a_token_that_the_relay_refuses_is_renewed_once_and_a_fresh_connection_tried() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.tokens.end_access();
    assert_eq!((scene.sent().await, scene.tokens.n_given()), (DeliveryState::Accepted, 2));
    assert_eq!(scene.relay.n_connections(), 2);
    // A relay that takes no token at all is not asked for ever.
    scene.tokens.gives_bad_tokens();
    scene.tokens.end_access();
    assert_eq!((scene.sent().await, scene.tokens.n_given()), (DeliveryState::Waiting, 3));
    assert!(matches!(scene.account_state().await, AccountState::Trouble { reply, .. } if reply.starts_with("535")));
}

#[tokio::test]
async fn many_connections_that_need_a_token_make_one_renewal() {
    let scene = Scene::new(5).await;
    scene.sign_in().await;
    scene.bed.advance(minutes(90));
    let ids = scene.send(20).await;
    worker::turn(&scene.bed.engine).await.unwrap();
    for id in ids {
        assert_eq!(scene.state(id).await, DeliveryState::Accepted);
    }
    assert_eq!((scene.tokens.n_given(), scene.relay.mails().len()), (2, 20));
    // Also when all of them hear that theirs is refused.
    scene.tokens.end_access();
    scene.send(20).await;
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!((scene.tokens.n_given(), scene.relay.mails().len()), (3, 40));
}

#[tokio::test]
async fn an_ended_consent_stops_the_account_until_somebody_signs_in_again() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.tokens.end_consent();
    let id = scene.send(1).await[0];
    worker::turn(&scene.bed.engine).await.unwrap();
    let AccountState::Trouble { reply, .. } = scene.account_state().await else { panic!("it still sends") };
    assert!(reply.contains("invalid_grant: The refresh token has been revoked."), "{reply}");
    let login = scene.login().await;
    assert_eq!((login.state, login.fault.map(|it| it.kind)), (OauthState::Ended, Some(OauthFaultKind::ConsentEnded)));
    // Nobody asks the provider again and again.
    let asked = scene.tokens.http().asked().len();
    accounts::resume(&scene.bed.admin(), scene.account).await.unwrap();
    scene.bed.advance(minutes(60));
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!(scene.tokens.http().asked().len(), asked);
    assert_eq!(scene.state(id).await, DeliveryState::Waiting);
    scene.sign_in().await;
    assert_eq!(scene.account_state().await, AccountState::Active);
    scene.bed.advance(minutes(60));
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!(scene.state(id).await, DeliveryState::Accepted);
}

#[tokio::test]
async fn a_provider_that_cannot_be_asked_is_tried_again_and_stops_nothing() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    // While the token lasts, a renewal that fails harms nobody.
    scene.bed.advance(minutes(56));
    scene.tokens.http().fault("/token", HttpFault::Say(HttpSaid::new(503, "maintenance")));
    assert_eq!(scene.sent().await, DeliveryState::Accepted);
    assert_eq!(scene.login().await.fault.map(|it| it.kind), Some(OauthFaultKind::Unreachable));
    // Once it is over, messages wait without a try of their own, and the provider is left alone for a while.
    scene.bed.advance(minutes(10));
    scene.tokens.http().fault("/token", HttpFault::Close);
    let id = scene.send(1).await[0];
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!((scene.state(id).await, scene.account_state().await), (DeliveryState::Waiting, AccountState::Active));
    scene.bed.advance(minutes(60));
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!((scene.state(id).await, scene.login().await.fault), (DeliveryState::Accepted, None));
}

#[tokio::test]
async fn a_wrong_secret_is_mended_without_agreeing_anew() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.save(OauthDraft { client_secret: Some("old".into()), ..scene.draft() }).await;
    scene.bed.advance(minutes(90));
    let id = scene.send(1).await[0];
    worker::turn(&scene.bed.engine).await.unwrap();
    let login = scene.login().await;
    assert_eq!((login.state, login.fault.map(|it| it.kind)), (OauthState::Ended, Some(OauthFaultKind::Application)));
    scene.save(scene.draft()).await;
    assert_eq!(scene.account_state().await, AccountState::Active);
    scene.bed.advance(minutes(60));
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!((scene.state(id).await, scene.login().await.state), (DeliveryState::Accepted, OauthState::SignedIn));
}

#[tokio::test]
async fn another_application_has_to_be_agreed_to_anew() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    let mut draft = OauthDraft { client_secret: None, ..scene.draft() };
    scene.save(draft.clone()).await;
    assert_eq!((scene.login().await.state, scene.login().await.has_secret), (OauthState::SignedIn, true));
    draft.settings.client_id = "another".into();
    scene.save(draft).await;
    let login = scene.login().await;
    assert_eq!((login.state, login.has_secret, login.signed_in_as.as_str()), (OauthState::SignedOut, false, ""));
}

#[tokio::test]
async fn coming_back_counts_once_and_only_in_the_session_and_time_that_it_began_in() {
    let scene = Scene::new(1).await;
    let (admin, other) = (scene.bed.admin(), scene.bed.user_with(&[model::Permission::AccountsManage]).await);
    let back = scene.leave(&admin, OauthUse::Relay).await;
    let wrong = OauthReturn { state: format!("{}x", back.state), ..back.clone() };
    assert_eq!(refusal(oauth::finish(&admin, wrong).await), Refusal::Stale(model::Noun::Account));
    assert_eq!(refusal(oauth::finish(&other, back.clone()).await), Refusal::Stale(model::Noun::Account));
    assert_eq!(oauth::finish(&admin, back.clone()).await.unwrap().fault, None);
    assert_eq!(refusal(oauth::finish(&admin, back).await), Refusal::Stale(model::Noun::Account));
    let late = scene.leave(&admin, OauthUse::Relay).await;
    scene.bed.advance(minutes(15));
    assert_eq!(refusal(oauth::finish(&admin, late).await), Refusal::Stale(model::Noun::Account));
    let overtaken = scene.leave(&admin, OauthUse::Relay).await;
    oauth::sign_out(&admin, scene.account, OauthUse::Relay).await.unwrap();
    assert_eq!(refusal(oauth::finish(&admin, overtaken).await), Refusal::Stale(model::Noun::Account));
    let long = OauthReturn { state: "x".repeat(5_000), ..OauthReturn::default() };
    assert_eq!(refusal(oauth::finish(&admin, long).await), Refusal::Stale(model::Noun::Account));
}

#[tokio::test]
async fn a_no_at_the_provider_takes_nothing_away() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.tokens.agrees(false);
    assert_eq!(scene.sign_in().await.fault, Some(OauthFaultKind::Denied));
    let login = scene.login().await;
    assert_eq!((login.state, login.fault.unwrap().words), (OauthState::SignedIn, "access_denied: The person said no.".into()));
    assert_eq!(scene.sent().await, DeliveryState::Accepted);
}

#[tokio::test]
async fn signing_out_destroys_the_tokens_and_removing_leads_back_to_the_password() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    oauth::sign_out(&scene.bed.admin(), scene.account, OauthUse::Relay).await.unwrap();
    assert_eq!(scene.login().await.state, OauthState::SignedOut);
    assert_eq!(scene.sent().await, DeliveryState::Waiting);
    assert!(matches!(scene.account_state().await, AccountState::Trouble { .. }));
    oauth::remove(&scene.bed.admin(), scene.account, OauthUse::Relay).await.unwrap();
    assert_eq!(scene.account_state().await, AccountState::Active);
    let page = oauth::page(&scene.bed.admin(), scene.account, OauthUse::Relay).await.unwrap();
    assert_eq!((page.login, page.redirect_uri.as_str()), (None, "https://posel.example/oauth/callback"));
    let again = oauth::remove(&scene.bed.admin(), scene.account, OauthUse::Relay).await;
    assert_eq!(refusal(again), Refusal::Stale(model::Noun::Account));
}

/// A POP3 server that lets in by token alone.
async fn post_box(tokens: &OauthServer) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, check) = (listener.local_addr().unwrap().port(), tokens.check());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            let mut answer = "+OK ready\r\n".to_owned();
            loop {
                write.write_all(answer.as_bytes()).await.unwrap();
                let Ok(Some(line)) = lines.next_line().await else { break };
                answer = match line.as_str() {
                    "CAPA" => "-ERR\r\n".to_owned(),
                    "AUTH XOAUTH2" => "+ \r\n".to_owned(),
                    "STAT" => "+OK 7 700\r\n".to_owned(),
                    "QUIT" => break,
                    // The challenge's answer.
                    "" => "-ERR [AUTH] no\r\n".to_owned(),
                    response => match response == xoauth2("vratene", &tokens_good(&check, response)) {
                        true => "+OK welcome\r\n".to_owned(),
                        false => "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n".to_owned(),
                    },
                };
            }
        }
    });
    port
}

/// The token that stands in a response, if it is good.
fn tokens_good(check: &delivery::testing::TokenCheck, response: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let text = String::from_utf8(BASE64_STANDARD.decode(response).unwrap_or_default()).unwrap_or_default();
    let token = text.split_once("auth=Bearer ").map_or("", |it| it.1).trim_end_matches('\u{1}').to_owned();
    if check.is_good(&token) { token } else { String::new() }
}

fn xoauth2(user: &str, token: &str) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    BASE64_STANDARD.encode(format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"))
}

#[tokio::test]
async fn a_bounce_mailbox_has_a_sign_in_of_its_own() {
    let scene = Scene::new(1).await;
    let ctx = scene.bed.admin();
    let settings = MailboxSettings {
        address: "vratene@example.sk".into(),
        protocol: MailboxProtocol::Pop3,
        host: "127.0.0.1".into(),
        port: post_box(&scene.tokens).await,
        security: Security::None,
        user_name: "vratene".into(),
        ..MailboxSettings::default()
    };
    let draft = MailboxDraft { settings, password: None };
    bounces::save_mailbox(&ctx, scene.account, draft.clone()).await.unwrap();
    oauth::save(&ctx, scene.account, OauthUse::Mailbox, scene.draft()).await.unwrap();
    let probe = bounces::test_mailbox(&ctx, scene.account, draft.clone()).await.unwrap();
    assert_eq!(probe.trouble.unwrap().1, "nobody is signed in at the provider");
    let back = scene.leave(&ctx, OauthUse::Mailbox).await;
    assert_eq!(oauth::finish(&ctx, back).await.unwrap().used_for, OauthUse::Mailbox);
    assert_eq!(bounces::test_mailbox(&ctx, scene.account, draft.clone()).await.unwrap().mails, Some(7));
    scene.tokens.end_access();
    assert_eq!(bounces::test_mailbox(&ctx, scene.account, draft.clone()).await.unwrap().mails, Some(7));
    assert_eq!(scene.tokens.n_given(), 2);
    bounces::remove_mailbox(&ctx, scene.account).await.unwrap();
    assert_eq!(oauth::page(&ctx, scene.account, OauthUse::Mailbox).await.unwrap().login, None);
}

fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { bytes_below(&path) } else { std::fs::read(&path).unwrap() });
    }
    all
}

#[tokio::test]
async fn no_token_and_no_secret_lies_in_the_folder_or_in_the_action_log() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.bed.advance(minutes(90));
    scene.sent().await;
    let away = scene.leave(&scene.bed.admin(), OauthUse::Relay).await;
    let given = scene.tokens.given();
    assert!(5 <= given.len());
    let all = bytes_below(scene.bed.folder());
    let lies = |text: &str| all.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(lies(USER), "the folder was not read");
    for secret in given.iter().map(String::as_str).chain([scene.tokens.client_secret(), &away.state]) {
        assert!(!lies(secret), "{secret}");
    }
    let page = oauth::page(&scene.bed.admin(), scene.account, OauthUse::Relay).await.unwrap();
    let told = serde_json::to_string(&page).unwrap();
    assert!(given.iter().all(|it| !told.contains(it)) && !told.contains(scene.tokens.client_secret()), "{told}");
}
