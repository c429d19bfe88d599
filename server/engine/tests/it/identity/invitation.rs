use engine::session::{accept_invitation, invitation};
use engine::testbed::{first_run, token};
use engine::users::{disable, invite, list, renew_link, roles};
use model::time::{days, hours};
use model::{DeliveredRole, Fault, Invitation, Language, OneTimeLink, UserDraft, UserState};

use super::*;

async fn draft(bed: &TestBed) -> UserDraft {
    let roles = roles(&bed.admin()).await.unwrap();
    let reader = roles.iter().find(|it| it.delivered == Some(DeliveredRole::Reader)).unwrap();
    UserDraft { name: " Eva Nová ".into(), email: "eva@example.cz".into(), roles: vec![reader.id], language: Language::Cs }
}

async fn invited(bed: &TestBed) -> (UserId, OneTimeLink) {
    invite(&bed.admin(), draft(bed).await).await.unwrap()
}

async fn accept(bed: &TestBed, link: &OneTimeLink, password: &str) -> Result<Admitted, Error> {
    accept_invitation(&bed.guest(), token(link).to_owned(), password.to_owned()).await
}

async fn state(bed: &TestBed, id: UserId) -> UserState {
    list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap().state
}

#[tokio::test]
async fn an_invitation_leads_to_a_user_who_is_signed_in() {
    let bed = TestBed::new().await;
    let (id, link) = invited(&bed).await;
    assert!(link.url.starts_with("https://posel.example/invitation#"));
    assert_eq!(link.until, bed.engine.clock().now().plus(days(7)));
    assert_eq!(state(&bed, id).await, UserState::Invited);
    let seen = invitation(&bed.guest(), token(&link).to_owned()).await.unwrap();
    let expected = Invitation {
        name: "Eva Nová".into(),
        email: "eva@example.cz".into(),
        company: "Žltý kôň s. r. o.".into(),
        language: Language::Cs,
    };
    assert_eq!(seen, expected);
    let admitted = accept(&bed, &link, "modrá sliva").await.unwrap();
    assert_eq!((admitted.me.id, admitted.me.preferences.language), (id, Language::Cs));
    enter(&bed, &admitted.token).await.unwrap();
    assert_eq!(state(&bed, id).await, UserState::Active);
    sign_in(&bed.guest(), "eva@example.cz".into(), "modrá sliva".into()).await.unwrap();
}

#[tokio::test]
async fn inviting_and_accepting_are_logged() {
    let bed = TestBed::new().await;
    let (id, link) = invited(&bed).await;
    accept(&bed, &link, PASSWORD).await.unwrap();
    let admin = bed.admin().actor.id;
    assert_eq!(log(&bed, 3).await, [(id, Deed::SignedIn), (id, Deed::LinkUsed(id)), (admin, Deed::UserInvited(id))]);
}

#[tokio::test]
async fn who_has_not_accepted_cannot_sign_in() {
    let bed = TestBed::new().await;
    invited(&bed).await;
    let answer = sign_in(&bed.guest(), "eva@example.cz".into(), String::new()).await;
    assert_eq!(refused(answer), Refusal::WrongCredentials);
}

#[tokio::test]
async fn an_invitation_works_once() {
    let bed = TestBed::new().await;
    let (_, link) = invited(&bed).await;
    accept(&bed, &link, PASSWORD).await.unwrap();
    assert_eq!(refused(accept(&bed, &link, "other password").await), Refusal::LinkExpired);
    assert_eq!(refused(invitation(&bed.guest(), token(&link).to_owned()).await), Refusal::LinkExpired);
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_comes_in() {
    let bed = TestBed::new().await;
    let (_, link) = invited(&bed).await;
    let (first, second) = tokio::join!(accept(&bed, &link, PASSWORD), accept(&bed, &link, PASSWORD));
    assert_eq!([first.is_ok(), second.is_ok()].into_iter().filter(|it| *it).count(), 1);
}

#[tokio::test]
async fn an_invitation_ends_after_a_week() {
    let bed = TestBed::new().await;
    let (_, link) = invited(&bed).await;
    bed.advance(days(7));
    assert_eq!(refused(accept(&bed, &link, PASSWORD).await), Refusal::LinkExpired);
}

#[tokio::test]
async fn a_poor_password_leaves_the_link_as_it_is() {
    let bed = TestBed::new().await;
    let (_, link) = invited(&bed).await;
    let short = Refusal::field("password", Fault::TooShort { min: 10 });
    assert_eq!(refused(accept(&bed, &link, "short").await), short);
    let long = Refusal::field("password", Fault::TooLong { max: 200 });
    assert_eq!(refused(accept(&bed, &link, &"x".repeat(201)).await), long);
    accept(&bed, &link, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_renewed_link_replaces_the_earlier_one() {
    let bed = TestBed::new().await;
    let (id, earlier) = invited(&bed).await;
    let later = renew_link(&bed.admin(), id).await.unwrap();
    assert_eq!(log(&bed, 1).await, [(bed.admin().actor.id, Deed::LinkRenewed(id))]);
    assert_eq!(refused(accept(&bed, &earlier, PASSWORD).await), Refusal::LinkExpired);
    accept(&bed, &later, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_which_ends_all_sessions() {
    let bed = TestBed::new().await;
    let (id, link) = invited(&bed).await;
    let before = accept(&bed, &link, PASSWORD).await.unwrap().token;
    let link = renew_link(&bed.admin(), id).await.unwrap();
    assert_eq!(link.until, bed.engine.clock().now().plus(hours(24)));
    enter(&bed, &before).await.unwrap();
    let after = accept(&bed, &link, "nové heslo 2").await.unwrap().token;
    assert_eq!(refused(enter(&bed, &before).await), Refusal::SignedOut);
    enter(&bed, &after).await.unwrap();
    let old = sign_in(&bed.guest(), "eva@example.cz".into(), PASSWORD.into()).await;
    assert_eq!(refused(old), Refusal::WrongCredentials);
}

#[tokio::test]
async fn disabling_ends_the_link() {
    let bed = TestBed::new().await;
    let (id, link) = invited(&bed).await;
    disable(&bed.admin(), id).await.unwrap();
    assert_eq!(refused(accept(&bed, &link, PASSWORD).await), Refusal::LinkExpired);
    assert_eq!(refused(renew_link(&bed.admin(), id).await), Refusal::IllegalStep(model::Noun::User));
}

#[tokio::test]
async fn a_link_of_one_kind_does_not_open_the_other_door() {
    let (_folder, engine) = engine::testbed::fresh().await;
    let link = engine::session::first_run_link(&engine).await.unwrap().unwrap();
    let guest = engine::testbed::guest(&engine);
    assert_eq!(refused(invitation(&guest, token(&link).to_owned()).await), Refusal::LinkExpired);
    let accepted = accept_invitation(&guest, token(&link).to_owned(), PASSWORD.to_owned()).await;
    assert_eq!(refused(accepted), Refusal::LinkExpired);

    let bed = TestBed::new().await;
    let (_, link) = invited(&bed).await;
    let second = engine::session::set_up(&bed.guest(), first_run(token(&link).to_owned())).await;
    assert_eq!(refused(second), Refusal::LinkExpired);
}

#[tokio::test]
async fn an_address_is_invited_once() {
    let bed = TestBed::new().await;
    invited(&bed).await;
    let again = UserDraft { email: "EVA@example.cz".into(), ..draft(&bed).await };
    assert_eq!(refused(invite(&bed.admin(), again).await), Refusal::field("email", Fault::Taken));
}

#[tokio::test]
async fn whoever_holds_the_machine_can_make_a_link_for_anybody() {
    let bed = TestBed::new().await;
    let link = engine::users::recover(&bed.engine, " ADMIN@example.sk ").await.unwrap();
    assert_eq!(log(&bed, 1).await, [(UserId::SYSTEM, Deed::LinkRenewed(bed.admin().actor.id))]);
    accept(&bed, &link, "nové heslo 2").await.unwrap();
    let nobody = engine::users::recover(&bed.engine, "nobody@example.sk").await;
    assert_eq!(refused(nobody), Refusal::NotFound(model::Noun::User));
    assert!(matches!(refused(engine::users::recover(&bed.engine, "no address").await), Refusal::Invalid(_)));
}
