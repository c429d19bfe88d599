use engine::profile::{change_password, revoke_other_sessions, revoke_session, save, sessions};
use engine::session::me;
use engine::testbed::token;
use engine::users::renew_link;
use model::{Density, Fault, Language, Noun, Preferences, Profile, SessionId, Theme};

use super::*;

async fn change(ctx: &Ctx, old: &str, new: &str) -> Result<(), Error> {
    change_password(ctx, old.to_owned(), new.to_owned()).await
}

#[tokio::test]
async fn a_profile_is_kept_and_logged() {
    let bed = TestBed::new().await;
    let eva = bed.user_with(&[Permission::ContactsView]).await;
    let preferences = Preferences { language: Language::En, theme: Theme::Dark, density: Density::Compact };
    let profile = Profile { name: " Eva Nová ".into(), signature: "S pozdravom\nEva".into(), preferences };
    save(&eva, profile).await.unwrap();
    let me = me(&eva).await.unwrap();
    assert_eq!((me.name.as_str(), me.signature.as_str(), me.preferences), ("Eva Nová", "S pozdravom\nEva", preferences));
    assert_eq!(log(&bed, 1).await, [(eva.actor.id, Deed::ProfileChanged)]);
}

#[tokio::test]
async fn faults_of_a_profile_are_named() {
    let bed = TestBed::new().await;
    let answer = save(&bed.admin(), Profile { name: " ".into(), ..Profile::default() }).await;
    assert_eq!(refused(answer), Refusal::field("name", Fault::Missing));
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions_and_the_link() {
    let bed = TestBed::new().await;
    let here = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let elsewhere = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let link = renew_link(&bed.admin(), bed.admin().actor.id).await.unwrap();
    let ctx = enter(&bed, &here).await.unwrap();
    change(&ctx, PASSWORD, "nové heslo 2").await.unwrap();
    enter(&bed, &here).await.unwrap();
    assert_eq!(refused(enter(&bed, &elsewhere).await), Refusal::SignedOut);
    assert_eq!(refused(admin_signs_in(&bed.guest(), PASSWORD).await), Refusal::WrongCredentials);
    admin_signs_in(&bed.guest(), "nové heslo 2").await.unwrap();
    let opened = engine::session::invitation(&bed.guest(), token(&link).to_owned()).await;
    assert_eq!(refused(opened), Refusal::LinkExpired);
}

#[tokio::test]
async fn a_changed_password_is_logged() {
    let bed = TestBed::new().await;
    change(&bed.admin(), PASSWORD, "nové heslo 2").await.unwrap();
    assert_eq!(log(&bed, 1).await, [(bed.admin().actor.id, Deed::PasswordChanged)]);
}

#[tokio::test]
async fn the_old_password_is_asked_for() {
    let bed = TestBed::new().await;
    let answer = change(&bed.admin(), "wrong password", "nové heslo 2").await;
    assert_eq!(refused(answer), Refusal::field("old", Fault::WrongPassword));
    assert_eq!(log(&bed, 1).await, [(bed.admin().actor.id, Deed::SignInFailed)]);
    admin_signs_in(&bed.guest(), PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_stolen_session_is_no_place_to_guess_the_password() {
    let bed = TestBed::new().await;
    for _ in 0..5 {
        change(&bed.admin(), "wrong password", "nové heslo 2").await.unwrap_err();
    }
    let answer = change(&bed.admin(), PASSWORD, "nové heslo 2").await;
    assert_eq!(refused(answer), Refusal::TooManyTries { wait_s: 5 });
}

#[tokio::test]
async fn a_poor_new_password_is_refused() {
    let bed = TestBed::new().await;
    let answer = change(&bed.admin(), PASSWORD, "short").await;
    assert_eq!(refused(answer), Refusal::field("new", Fault::TooShort { min: 10 }));
}

#[tokio::test]
async fn one_sees_ones_own_sessions_and_which_one_asks() {
    let bed = TestBed::new().await;
    bed.user_with(&[Permission::ContactsView]).await;
    bed.advance(1_000);
    let token = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let list = sessions(&enter(&bed, &token).await.unwrap()).await.unwrap();
    assert_eq!(list.iter().map(|it| it.current).collect::<Vec<_>>(), [true, false]);
    assert_eq!((list[0].device.as_str(), list[0].from.as_str()), ("Firefox", "192.0.2.1"));
}

#[tokio::test]
async fn a_revoked_session_is_over() {
    let bed = TestBed::new().await;
    let token = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let id = enter(&bed, &token).await.unwrap().actor.session.unwrap();
    revoke_session(&bed.admin(), id).await.unwrap();
    assert_eq!(refused(enter(&bed, &token).await), Refusal::SignedOut);
    assert_eq!(log(&bed, 1).await, [(bed.admin().actor.id, Deed::SessionRevoked(id))]);
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    let bed = TestBed::new().await;
    let eva = bed.user_with(Permission::ALL).await;
    let theirs = eva.actor.session.unwrap();
    for id in [theirs, SessionId(77)] {
        assert_eq!(refused(revoke_session(&bed.admin(), id).await), Refusal::NotFound(Noun::Session));
    }
    assert_eq!(sessions(&eva).await.unwrap().len(), 1);
}

#[tokio::test]
async fn all_other_sessions_end_at_once() {
    let bed = TestBed::new().await;
    let kept = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    let ended = admin_signs_in(&bed.guest(), PASSWORD).await.unwrap().token;
    assert_eq!(revoke_other_sessions(&enter(&bed, &kept).await.unwrap()).await.unwrap(), 2);
    enter(&bed, &kept).await.unwrap();
    assert_eq!(refused(enter(&bed, &ended).await), Refusal::SignedOut);
    assert!(log(&bed, 2).await.iter().all(|it| matches!(it.1, Deed::SessionRevoked(_))));
}
