use engine::users::{delete_role, roles, save_role};
use model::{DeliveredRole, Fault, Noun, Role, RoleDraft, RoleId};

use super::*;

fn draft(name: &str, permissions: &[Permission]) -> RoleDraft {
    RoleDraft { name: name.into(), permissions: permissions.iter().copied().collect() }
}

async fn role(bed: &TestBed, id: RoleId) -> Option<Role> {
    roles(&bed.admin()).await.unwrap().into_iter().find(|it| it.id == id)
}

async fn delivered(bed: &TestBed, role: DeliveredRole) -> Role {
    roles(&bed.admin()).await.unwrap().into_iter().find(|it| it.delivered == Some(role)).unwrap()
}

#[tokio::test]
async fn a_role_is_made_changed_and_deleted() {
    let bed = TestBed::new().await;
    let (ctx, admin) = (bed.admin(), bed.admin().actor.id);
    let id = save_role(&ctx, None, draft(" Sklad ", &[Permission::Export])).await.unwrap();
    assert_eq!(role(&bed, id).await.unwrap().name, "Sklad");
    save_role(&ctx, Some(id), draft("Archív", &[Permission::RecordsView])).await.unwrap();
    let changed = role(&bed, id).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.permissions), ("Archív", [Permission::RecordsView].into()));
    delete_role(&ctx, id).await.unwrap();
    assert_eq!(role(&bed, id).await, None);
    let expected = [Deed::RoleDeleted(id), Deed::RoleChanged(id), Deed::RoleCreated(id)].map(|it| (admin, it));
    assert_eq!(log(&bed, 3).await, expected);
}

#[tokio::test]
async fn a_changed_role_counts_from_the_next_call_on() {
    let bed = TestBed::new().await;
    let eva = bed.user_with(&[Permission::Export]).await;
    let token = sign_in(&bed.guest(), "user0@example.sk".into(), PASSWORD.into()).await.unwrap().token;
    let [held] =
        roles(&bed.admin()).await.unwrap().into_iter().filter(|it| it.name == "Role 0").collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(held.holders, 1);
    save_role(&bed.admin(), Some(held.id), draft("Role 0", &[Permission::LogView])).await.unwrap();
    let ctx = enter(&bed, &token).await.unwrap();
    assert_eq!(ctx.actor.id, eva.actor.id);
    assert_eq!(ctx.actor.permissions, [Permission::LogView].into());
}

#[tokio::test]
async fn a_role_that_somebody_holds_cannot_be_deleted() {
    let bed = TestBed::new().await;
    bed.user_with(&[Permission::Export]).await;
    let held = roles(&bed.admin()).await.unwrap().into_iter().find(|it| it.name == "Role 0").unwrap();
    assert_eq!(refused(delete_role(&bed.admin(), held.id).await), Refusal::InUse(Noun::Role));
    assert!(role(&bed, held.id).await.is_some());
}

#[tokio::test]
async fn the_administrators_rights_cannot_be_changed() {
    let bed = TestBed::new().await;
    let administrator = delivered(&bed, DeliveredRole::Administrator).await;
    let answer = save_role(&bed.admin(), Some(administrator.id), draft("Menej", &[Permission::UsersManage])).await;
    assert_eq!(refused(answer), Refusal::BuiltIn(Noun::Role));
    assert_eq!(delivered(&bed, DeliveredRole::Administrator).await, administrator);
}

#[tokio::test]
async fn delivered_roles_change_their_rights_but_stay_and_keep_their_name() {
    let bed = TestBed::new().await;
    let reader = delivered(&bed, DeliveredRole::Reader).await;
    save_role(&bed.admin(), Some(reader.id), draft("Čitateľ", &[Permission::ContactsView])).await.unwrap();
    let changed = delivered(&bed, DeliveredRole::Reader).await;
    assert_eq!((changed.name, changed.permissions), (reader.name, [Permission::ContactsView].into()));
    assert_eq!(refused(delete_role(&bed.admin(), reader.id).await), Refusal::BuiltIn(Noun::Role));
}

#[tokio::test]
async fn two_roles_do_not_share_a_name() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let first = save_role(&ctx, None, draft("Sklad", &[Permission::Export])).await.unwrap();
    let second = save_role(&ctx, None, draft("Archív", &[Permission::Export])).await.unwrap();
    let taken = Refusal::field("name", Fault::Taken);
    assert_eq!(refused(save_role(&ctx, None, draft("SKLAD", &[Permission::Export])).await), taken);
    assert_eq!(refused(save_role(&ctx, Some(second), draft("sklad", &[Permission::Export])).await), taken);
    save_role(&ctx, Some(first), draft("SKLAD", &[Permission::Export])).await.unwrap();
}

#[tokio::test]
async fn faults_of_a_role_are_named() {
    let bed = TestBed::new().await;
    let ctx = bed.admin();
    let nameless = save_role(&ctx, None, draft(" ", &[Permission::Export])).await;
    assert_eq!(refused(nameless), Refusal::field("name", Fault::Missing));
    let empty = save_role(&ctx, None, draft("Sklad", &[])).await;
    assert_eq!(refused(empty), Refusal::field("permissions", Fault::Missing));
    let gone = save_role(&ctx, Some(RoleId(77)), draft("Sklad", &[Permission::Export])).await;
    assert_eq!(refused(gone), Refusal::NotFound(Noun::Role));
}

#[tokio::test]
async fn nobody_touches_a_role_with_a_right_that_they_lack() {
    let bed = TestBed::new().await;
    let clerk = bed.user_with(&[Permission::UsersManage, Permission::Export]).await;
    let lacking = Refusal::NotPermitted(Permission::LogView);
    let own = roles(&bed.admin()).await.unwrap().into_iter().find(|it| it.name == "Role 0").unwrap().id;
    let wider = draft("Role 0", &[Permission::UsersManage, Permission::Export, Permission::LogView]);
    assert_eq!(refused(save_role(&clerk, Some(own), wider).await), lacking);
    assert_eq!(refused(save_role(&clerk, None, draft("Nová", &[Permission::LogView])).await), lacking);
    let other = save_role(&bed.admin(), None, draft("Dozor", &[Permission::LogView])).await.unwrap();
    assert_eq!(refused(save_role(&clerk, Some(other), draft("Dozor", &[Permission::Export])).await), lacking);
    assert_eq!(refused(delete_role(&clerk, other).await), lacking);
    save_role(&clerk, None, draft("Vývoz", &[Permission::Export])).await.unwrap();
}
