use engine::testbed::token;
use engine::users::{delete_role, disable, enable, invite, list, renew_link, roles, save, save_role};
use model::{DeliveredRole, Fault, Language, Noun, Role, RoleDraft, RoleId, UserDraft, UserRow, UserState};

use super::*;

async fn row(bed: &TestBed, id: UserId) -> UserRow {
    list(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id).unwrap()
}

async fn delivered(bed: &TestBed, role: DeliveredRole) -> Role {
    roles(&bed.admin()).await.unwrap().into_iter().find(|it| it.delivered == Some(role)).unwrap()
}

fn draft(name: &str, email: &str, roles: &[RoleId]) -> UserDraft {
    UserDraft { name: name.into(), email: email.into(), roles: roles.to_vec(), language: Language::Sk }
}

async fn signed_in(bed: &TestBed, email: &str) -> Result<Admitted, Error> {
    sign_in(&bed.guest(), email.to_owned(), PASSWORD.to_owned()).await
}

#[tokio::test]
async fn managing_users_needs_the_right_and_changes_nothing_without_it() {
    let bed = TestBed::new().await;
    let eva = bed.user_with(&all_but(Permission::UsersManage)).await;
    let (id, role) = (bed.admin().actor.id, delivered(&bed, DeliveredRole::Reader).await.id);
    let rights = RoleDraft { name: "Nová".into(), permissions: [Permission::Export].into() };
    let before = (list(&bed.admin()).await.unwrap(), roles(&bed.admin()).await.unwrap(), log_length(&bed).await);
    let answers = [
        list(&eva).await.err(),
        roles(&eva).await.err(),
        invite(&eva, draft("Ivan", "ivan@example.sk", &[role])).await.err(),
        renew_link(&eva, id).await.err(),
        save(&eva, id, draft("Ivan", "ivan@example.sk", &[role])).await.err(),
        disable(&eva, id).await.err(),
        enable(&eva, id).await.err(),
        save_role(&eva, None, rights).await.err(),
        delete_role(&eva, role).await.err(),
    ];
    for answer in answers {
        assert_eq!(refused(answer.map_or(Ok(()), Err)), Refusal::NotPermitted(Permission::UsersManage));
    }
    let after = (list(&bed.admin()).await.unwrap(), roles(&bed.admin()).await.unwrap(), log_length(&bed).await);
    assert_eq!(before, after);
}

#[tokio::test]
async fn name_address_and_roles_of_a_user_change_at_once() {
    let bed = TestBed::new().await;
    let eva = bed.user_with(&[Permission::Export]).await;
    let id = eva.actor.id;
    let token = signed_in(&bed, &row(&bed, id).await.email).await.unwrap().token;
    assert!(enter(&bed, &token).await.unwrap().may(Permission::Export));
    let reader = delivered(&bed, DeliveredRole::Reader).await.id;
    save(&bed.admin(), id, draft(" Eva Nová ", "eva@example.cz", &[reader])).await.unwrap();
    let changed = row(&bed, id).await;
    assert_eq!((changed.name.as_str(), changed.email.as_str()), ("Eva Nová", "eva@example.cz"));
    assert_eq!(changed.roles, [reader]);
    let ctx = enter(&bed, &token).await.unwrap();
    assert!(!ctx.may(Permission::Export) && ctx.may(Permission::ContactsView));
    assert_eq!(ctx.actor.name, "Eva Nová");
    signed_in(&bed, "eva@example.cz").await.unwrap();
    assert!(log(&bed, 2).await.contains(&(bed.admin().actor.id, Deed::UserChanged(id))));
}

#[tokio::test]
async fn faults_of_a_user_are_named() {
    let bed = TestBed::new().await;
    let eva = bed.user_with(&[Permission::Export]).await.actor.id;
    let reader = delivered(&bed, DeliveredRole::Reader).await.id;
    let taken = save(&bed.admin(), eva, draft("Eva", ADMIN_EMAIL, &[reader])).await;
    assert_eq!(refused(taken), Refusal::field("email", Fault::Taken));
    let gone = save(&bed.admin(), eva, draft("Eva", "eva@example.cz", &[RoleId(77)])).await;
    assert_eq!(refused(gone), Refusal::field("roles", Fault::Gone));
    let without = invite(&bed.admin(), draft("Ivan", "ivan@example.sk", &[])).await;
    assert_eq!(refused(without), Refusal::field("roles", Fault::Missing));
    let nobody = save(&bed.admin(), UserId(77), draft("Eva", "eva@example.cz", &[reader])).await;
    assert_eq!(refused(nobody), Refusal::NotFound(Noun::User));
}

#[tokio::test]
async fn a_disabled_user_is_out_at_once_and_cannot_come_back() {
    let bed = TestBed::new().await;
    let id = bed.user_with(&[Permission::Export]).await.actor.id;
    let email = row(&bed, id).await.email;
    let token = signed_in(&bed, &email).await.unwrap().token;
    disable(&bed.admin(), id).await.unwrap();
    assert_eq!(refused(enter(&bed, &token).await), Refusal::SignedOut);
    assert_eq!(refused(signed_in(&bed, &email).await), Refusal::WrongCredentials);
    assert_eq!(row(&bed, id).await.state, UserState::Disabled);
    assert_eq!(log(&bed, 2).await[1], (bed.admin().actor.id, Deed::UserDisabled(id)));
}

#[tokio::test]
async fn an_enabled_user_signs_in_anew() {
    let bed = TestBed::new().await;
    let id = bed.user_with(&[Permission::Export]).await.actor.id;
    let email = row(&bed, id).await.email;
    let token = signed_in(&bed, &email).await.unwrap().token;
    disable(&bed.admin(), id).await.unwrap();
    enable(&bed.admin(), id).await.unwrap();
    assert_eq!(log(&bed, 1).await, [(bed.admin().actor.id, Deed::UserEnabled(id))]);
    assert_eq!(refused(enter(&bed, &token).await), Refusal::SignedOut);
    signed_in(&bed, &email).await.unwrap();
}

#[tokio::test]
async fn who_never_chose_a_password_is_invited_again() {
    let bed = TestBed::new().await;
    let reader = delivered(&bed, DeliveredRole::Reader).await.id;
    let (id, _) = invite(&bed.admin(), draft("Ivan", "ivan@example.sk", &[reader])).await.unwrap();
    disable(&bed.admin(), id).await.unwrap();
    enable(&bed.admin(), id).await.unwrap();
    assert_eq!(row(&bed, id).await.state, UserState::Invited);
    let link = renew_link(&bed.admin(), id).await.unwrap();
    engine::session::accept_invitation(&bed.guest(), token(&link).to_owned(), PASSWORD.to_owned()).await.unwrap();
}

#[tokio::test]
async fn a_user_is_disabled_and_enabled_once() {
    let bed = TestBed::new().await;
    let id = bed.user_with(&[Permission::Export]).await.actor.id;
    assert_eq!(refused(enable(&bed.admin(), id).await), Refusal::IllegalStep(Noun::User));
    disable(&bed.admin(), id).await.unwrap();
    assert_eq!(refused(disable(&bed.admin(), id).await), Refusal::IllegalStep(Noun::User));
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let bed = TestBed::new().await;
    let admin = bed.admin();
    let (id, reader) = (admin.actor.id, delivered(&bed, DeliveredRole::Reader).await.id);
    bed.user_with(Permission::ALL).await;
    assert_eq!(refused(disable(&admin, id).await), Refusal::LastAdministrator);
    let stripped = save(&admin, id, draft("Adam", ADMIN_EMAIL, &[reader])).await;
    assert_eq!(refused(stripped), Refusal::LastAdministrator);
    assert_eq!((row(&bed, id).await.name.as_str(), row(&bed, id).await.state), ("Adam Správca", UserState::Active));
}

#[tokio::test]
async fn one_of_two_administrators_may_go() {
    let bed = TestBed::new().await;
    let administrator = delivered(&bed, DeliveredRole::Administrator).await.id;
    let second = bed.user_with(&[Permission::Export]).await;
    let address = row(&bed, second.actor.id).await.email;
    save(&bed.admin(), second.actor.id, draft("Druhá", &address, &[administrator])).await.unwrap();
    disable(&bed.admin(), bed.admin().actor.id).await.unwrap();
    let token = signed_in(&bed, &address).await.unwrap().token;
    let left = enter(&bed, &token).await.unwrap();
    assert_eq!(refused(disable(&left, second.actor.id).await), Refusal::LastAdministrator);
}

#[tokio::test]
async fn an_administrator_who_has_not_accepted_yet_does_not_count() {
    let bed = TestBed::new().await;
    let administrator = delivered(&bed, DeliveredRole::Administrator).await.id;
    invite(&bed.admin(), draft("Druhá", "druha@example.sk", &[administrator])).await.unwrap();
    assert_eq!(refused(disable(&bed.admin(), bed.admin().actor.id).await), Refusal::LastAdministrator);
}

#[tokio::test]
async fn the_system_user_cannot_be_changed() {
    let bed = TestBed::new().await;
    let (admin, system) = (bed.admin(), UserId::SYSTEM);
    let reader = delivered(&bed, DeliveredRole::Reader).await.id;
    let built_in = Refusal::BuiltIn(Noun::User);
    assert_eq!(refused(save(&admin, system, draft("Ja", "ja@example.sk", &[reader])).await), built_in);
    assert_eq!(refused(disable(&admin, system).await), built_in);
    assert_eq!(refused(enable(&admin, system).await), built_in);
    assert_eq!(refused(renew_link(&admin, system).await), built_in);
}

#[tokio::test]
async fn nobody_gives_a_right_away_that_they_lack() {
    let bed = TestBed::new().await;
    let clerk = bed.user_with(&[Permission::UsersManage, Permission::Export]).await;
    let administrator = delivered(&bed, DeliveredRole::Administrator).await.id;
    let lacking = Refusal::NotPermitted(Permission::MessagesViewOwn);
    let invited = invite(&clerk, draft("Ivan", "ivan@example.sk", &[administrator])).await;
    assert_eq!(refused(invited), lacking);
    let promoted = save(&clerk, clerk.actor.id, draft("Ja", "ja@example.sk", &[administrator])).await;
    assert_eq!(refused(promoted), lacking);
    assert!(list(&bed.admin()).await.unwrap().iter().all(|it| it.email != "ivan@example.sk"));
    invite(&clerk, draft("Ivan", "ivan@example.sk", &row(&bed, clerk.actor.id).await.roles)).await.unwrap();
}

#[tokio::test]
async fn nobody_takes_over_who_may_do_more() {
    let bed = TestBed::new().await;
    let clerk = bed.user_with(&[Permission::UsersManage, Permission::Export]).await;
    let (admin, own) = (bed.admin().actor.id, row(&bed, clerk.actor.id).await.roles);
    let lacking = Refusal::NotPermitted(Permission::MessagesViewOwn);
    assert_eq!(refused(renew_link(&clerk, admin).await), lacking);
    assert_eq!(refused(save(&clerk, admin, draft("Adam", "moje@example.sk", &own)).await), lacking);
    assert_eq!(refused(disable(&clerk, admin).await), lacking);
    let stronger = bed.user_with(&[Permission::LogView]).await.actor.id;
    disable(&bed.admin(), stronger).await.unwrap();
    assert_eq!(refused(enable(&clerk, stronger).await), Refusal::NotPermitted(Permission::LogView));
}
