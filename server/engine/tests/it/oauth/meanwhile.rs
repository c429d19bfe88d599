//! What somebody changes about a login while it is used.

use std::time::Duration;

use delivery::testing::{HttpFault, Moment as At, Rule};
use engine::{accounts, oauth, worker};
use model::time::minutes;
use model::{AccountState, DeliveryState, OauthFaultKind, OauthUse, ProbeHint};

use super::{Scene, account_draft};

#[tokio::test]
async fn whoever_signs_in_while_a_token_is_renewed_stops_nothing() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.bed.advance(minutes(90));
    scene.tokens.http().fault("/token", HttpFault::DripAfter(Duration::from_millis(5)));
    let (ctx, account, draft) = (scene.bed.admin(), scene.account, account_draft(&scene.relay));
    let trial = tokio::spawn(async move { accounts::test(&ctx, Some(account), draft).await });
    let asked = || scene.tokens.http().asked().iter().filter(|it| it.path() == "/token").count();
    while asked() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(scene.sign_in().await.fault, None);
    let steps = trial.await.unwrap().unwrap();
    assert!(steps.iter().all(|it| it.passed), "{steps:?}");
    assert_eq!((scene.sent().await, scene.account_state().await), (DeliveryState::Accepted, AccountState::Active));
}

#[tokio::test]
async fn a_no_at_the_provider_while_it_cannot_be_asked_stops_nothing() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.bed.advance(minutes(90));
    scene.tokens.http().fault("/token", HttpFault::Close);
    assert_eq!(scene.sent().await, DeliveryState::Waiting);
    scene.tokens.agrees(false);
    assert_eq!(scene.sign_in().await.fault, Some(OauthFaultKind::Denied));
    let steps = accounts::test(&scene.bed.admin(), Some(scene.account), account_draft(&scene.relay)).await.unwrap();
    assert_eq!(steps.last().unwrap().hint, Some(ProbeHint::LoginNotNow), "{steps:?}");
    assert_eq!(scene.account_state().await, AccountState::Active);
}

#[tokio::test]
async fn another_way_to_sign_in_ends_what_was_begun_with_the_old_one_and_stops_nothing() {
    let scene = Scene::new(1).await;
    scene.sign_in().await;
    scene.relay.rule(Rule::at(At::Mail).hang());
    let id = scene.send(1).await[0];
    let engine = scene.bed.engine.clone();
    let turn = tokio::spawn(async move { worker::turn(&engine).await });
    while !scene.relay.commands().iter().any(|it| it.1.starts_with("MAIL")) {
        tokio::task::yield_now().await;
    }
    oauth::save(&scene.bed.admin(), scene.account, OauthUse::Relay, scene.draft()).await.unwrap();
    scene.relay.behave();
    turn.await.unwrap().unwrap();
    worker::turn(&scene.bed.engine).await.unwrap();
    assert_eq!((scene.state(id).await, scene.account_state().await), (DeliveryState::Accepted, AccountState::Active));
}
