use engine::session::{first_run_link, set_up};
use engine::testbed::{self, ADMIN_EMAIL, BEGIN, PASSWORD, TestBed, first_run, fresh, token};
use engine::{Engine, Phase};
use model::time::hours;
use model::{DeliveredRole, Fault, FieldFault, Permission, Refusal, RoleDraft, UserId, UserState};

use super::*;

#[tokio::test]
async fn the_first_run_makes_administrator_and_company_and_signs_in() {
    let (_folder, engine) = fresh().await;
    assert_eq!(engine.phase().await.unwrap(), Phase::Fresh);
    let link = first_run_link(&engine).await.unwrap().unwrap();
    assert!(link.url.starts_with("https://posel.example/first-run#"));
    assert_eq!(link.until, BEGIN.plus(hours(24)));
    let admitted = set_up(&testbed::guest(&engine), first_run(token(&link).to_owned())).await.unwrap();
    assert_eq!(engine.phase().await.unwrap(), Phase::Ready);
    let me = &admitted.me;
    assert_eq!((me.name.as_str(), me.email.as_str(), me.company.as_str()), ("Adam Správca", ADMIN_EMAIL, "Žltý kôň s. r. o."));
    assert_eq!(me.permissions.len(), Permission::ALL.len());
    assert!(me.capture_only);
    assert_eq!(me.attachments_max, model::settings::ATTACHMENTS_MAX);
    let ctx = engine::session::identify(&engine, &admitted.token, "192.0.2.1").await.unwrap();
    assert_eq!(ctx.actor.id, me.id);
    assert!(first_run_link(&engine).await.unwrap().is_none());
}

#[tokio::test]
async fn the_first_run_is_logged() {
    let bed = TestBed::new().await;
    let admin = bed.admin().actor.id;
    assert_eq!(log(&bed, 9).await, [(admin, Deed::SignedIn), (admin, Deed::Installed)]);
}

#[tokio::test]
async fn the_link_to_the_first_run_works_once() {
    let (_folder, engine) = fresh().await;
    let link = first_run_link(&engine).await.unwrap().unwrap();
    set_up(&testbed::guest(&engine), first_run(token(&link).to_owned())).await.unwrap();
    let again = set_up(&testbed::guest(&engine), first_run(token(&link).to_owned())).await;
    assert_eq!(refused(again), Refusal::LinkExpired);
}

#[tokio::test]
async fn a_later_link_to_the_first_run_replaces_the_earlier_one() {
    let (_folder, engine) = fresh().await;
    let earlier = first_run_link(&engine).await.unwrap().unwrap();
    first_run_link(&engine).await.unwrap().unwrap();
    let late = set_up(&testbed::guest(&engine), first_run(token(&earlier).to_owned())).await;
    assert_eq!(refused(late), Refusal::LinkExpired);
    assert_eq!(engine.phase().await.unwrap(), Phase::Fresh);
}

#[tokio::test]
async fn the_link_to_the_first_run_ends_after_a_day() {
    let (_folder, engine) = fresh().await;
    let link = first_run_link(&engine).await.unwrap().unwrap();
    engine.clock().advance(hours(24));
    let late = set_up(&testbed::guest(&engine), first_run(token(&link).to_owned())).await;
    assert_eq!(refused(late), Refusal::LinkExpired);
}

#[tokio::test]
async fn faults_of_the_first_run_are_told_only_to_who_has_the_link() {
    let (_folder, engine) = fresh().await;
    let link = first_run_link(&engine).await.unwrap().unwrap();
    let guest = testbed::guest(&engine);
    let with = |token: &str| {
        let mut input = first_run(token.to_owned());
        input.password = "short".to_owned();
        input
    };
    assert_eq!(refused(set_up(&guest, with("guessed")).await), Refusal::LinkExpired);
    let fault = FieldFault { field: "password".into(), fault: Fault::TooShort { min: 10 } };
    assert_eq!(refused(set_up(&guest, with(token(&link))).await), Refusal::Invalid(vec![fault]));
    set_up(&guest, first_run(token(&link).to_owned())).await.unwrap();
}

#[tokio::test]
async fn guessing_links_makes_one_wait() {
    let (_folder, engine) = fresh().await;
    let guest = testbed::guest(&engine);
    for _ in 0..30 {
        assert_eq!(refused(set_up(&guest, first_run("guessed".to_owned())).await), Refusal::LinkExpired);
    }
    assert_eq!(refused(set_up(&guest, first_run("guessed".to_owned())).await), Refusal::TooManyTries { wait_s: 5 });
}

#[tokio::test]
async fn a_fresh_installation_has_a_system_user_and_four_roles() {
    let bed = TestBed::new().await;
    let users = engine::users::list(&bed.admin()).await.unwrap();
    let system = users.iter().find(|it| it.id == UserId::SYSTEM).unwrap();
    assert_eq!((system.state, system.email.as_str()), (UserState::System, ""));
    let roles = engine::users::roles(&bed.admin()).await.unwrap();
    let delivered: Vec<_> = roles.iter().filter_map(|it| it.delivered).collect();
    use DeliveredRole::*;
    assert_eq!(delivered, [Administrator, Manager, Writer, Reader]);
    assert_eq!(roles[0].permissions.len(), Permission::ALL.len());
}

#[tokio::test]
async fn opening_again_delivers_nothing_twice_and_keeps_changed_roles() {
    let mut bed = TestBed::new().await;
    let reader = engine::users::roles(&bed.admin()).await.unwrap()[3].id;
    let narrower = RoleDraft { name: "Reader".into(), permissions: [Permission::ContactsView].into() };
    engine::users::save_role(&bed.admin(), Some(reader), narrower).await.unwrap();
    let before = (engine::users::roles(&bed.admin()).await.unwrap(), engine::users::list(&bed.admin()).await.unwrap());
    bed.crash().await;
    let after = (engine::users::roles(&bed.admin()).await.unwrap(), engine::users::list(&bed.admin()).await.unwrap());
    assert_eq!(after, before);
}

#[tokio::test]
async fn the_company_and_the_administrator_are_kept_without_blanks_around() {
    let (_folder, engine) = fresh().await;
    let link = first_run_link(&engine).await.unwrap().unwrap();
    let mut input = first_run(token(&link).to_owned());
    input.name = "  Eva Nová ".to_owned();
    input.company.name = " Firma ".to_owned();
    input.company.email = " info@Example.SK ".to_owned();
    let me = set_up(&testbed::guest(&engine), input).await.unwrap().me;
    assert_eq!((me.name.as_str(), me.company.as_str()), ("Eva Nová", "Firma"));
    let company = engine::settings::company(&Ctx::system(&engine)).await.unwrap();
    assert_eq!(company.email, "info@example.sk");
    let accounts = engine::accounts::list(&Ctx::system(&engine)).await.unwrap();
    assert_eq!(accounts[0].sender_address, "info@example.sk");
    assert_eq!(admin_password_fits(&engine).await, Ok(()));
}

async fn admin_password_fits(engine: &Engine) -> Result<(), String> {
    let guest = testbed::guest(engine);
    let admitted = sign_in(&guest, ADMIN_EMAIL.to_owned(), PASSWORD.to_owned()).await;
    admitted.map(drop).map_err(|it| it.to_string())
}
