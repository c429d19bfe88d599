//! Roles as sets of rights.

use model::{Change, Deed, DeliveredRole, Fault, Noun, Permission, Refusal, Role, RoleDraft, RoleId, collate};

use super::within;
use crate::{Ctx, Error};

/// Lists all roles, the delivered ones first.
///
/// # Errors
/// Fails when the database fails.
pub async fn roles(ctx: &Ctx) -> Result<Vec<Role>, Error> {
    ctx.require(Permission::UsersManage)?;
    Ok(store::roles::list(&mut *ctx.engine.store.read().await?).await?)
}

/// Makes a role, or changes the one given. Who holds it may do so from their next call on. A delivered role keeps its name, which the
/// screens translate.
///
/// # Errors
/// Refuses wrong fields, a name that another role has, a role with a right that the actor lacks, before or after the change, and to
/// change the administrator's role; fails when the database fails.
pub async fn save_role(ctx: &Ctx, id: Option<RoleId>, draft: RoleDraft) -> Result<RoleId, Error> {
    ctx.require(Permission::UsersManage)?;
    draft.check()?;
    within(ctx, &draft.permissions)?;
    let mut tx = ctx.engine.store.write().await?;
    let roles = store::roles::list(&mut tx).await?;
    let name = draft.name.trim();
    let same = |it: &Role| it.delivered.is_none() && collate::key(&it.name) == collate::key(name);
    let taken = roles.iter().any(|it| Some(it.id) != id && same(it));
    let mut before = None;
    let (id, deed) = match id {
        None if taken => return Err(Refusal::field("name", Fault::Taken).into()),
        None => {
            let id = store::roles::insert(&mut tx, name, &draft.permissions, None).await?;
            (id, Deed::RoleCreated(id))
        }
        Some(id) => {
            let role = roles.into_iter().find(|it| it.id == id).ok_or(Refusal::NotFound(Noun::Role))?;
            before = Some(role.clone());
            within(ctx, &role.permissions)?;
            let name = match role.delivered {
                Some(DeliveredRole::Administrator) => return Err(Refusal::BuiltIn(Noun::Role).into()),
                Some(_) => &role.name,
                None if taken => return Err(Refusal::field("name", Fault::Taken).into()),
                None => name,
            };
            store::roles::update(&mut tx, id, name, &draft.permissions).await?;
            (id, Deed::RoleChanged(id))
        }
    };
    match before {
        Some(before) => {
            let after = store::roles::get(&mut tx, id).await?;
            ctx.log_changed(&mut tx, deed, (&before, &after)).await?
        }
        None => ctx.log(&mut tx, deed).await?,
    };
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(id)
}

/// Deletes a role.
///
/// # Errors
/// Refuses one that somebody holds, a delivered one and one with a right that the actor lacks; fails when the database fails.
pub async fn delete_role(ctx: &Ctx, id: RoleId) -> Result<(), Error> {
    ctx.require(Permission::UsersManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let role = store::roles::get(&mut tx, id).await?;
    if role.delivered.is_some() {
        return Err(Refusal::BuiltIn(Noun::Role).into());
    }
    within(ctx, &role.permissions)?;
    store::roles::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::RoleDeleted(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}
