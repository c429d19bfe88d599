//! Inviting users, changing and disabling them, and their roles.
//!
//! Nobody gives away, takes away or touches a right that they do not hold themselves: whoever manages users without being an
//! administrator cannot become one by changing an administrator's address, making them a new link or giving away a role.

mod delivered;
mod role;

use model::time::{days, hours};
use model::{
    AddressFault, Change, Deed, DeliveredRole, EmailAddress, Fault, Noun, OneTimeLink, Permission, PermissionSet, Refusal,
    RoleId, UserDraft, UserId, UserRow, UserState,
};
use store::Tx;
use store::links::Holder;
use store::users::{NewUser, User};

use crate::session::link;
use crate::{Ctx, Engine, Error};

pub(crate) use delivered::deliver_roles;
pub use role::{delete_role, roles, save_role};

/// How long an invitation works.
const INVITATION_LIFE: i64 = days(7);
/// How long a link to choose a new password works.
const PASSWORD_LINK_LIFE: i64 = hours(24);

/// Lists all users by name, the system among them.
///
/// # Errors
/// Fails when the database fails.
pub async fn list(ctx: &Ctx) -> Result<Vec<UserRow>, Error> {
    ctx.require(Permission::UsersManage)?;
    Ok(store::users::list(&mut *ctx.engine.store.read().await?).await?)
}

/// Invites a user and makes the link by which they choose a password, valid for seven days.
///
/// # Errors
/// Refuses wrong fields, an address that somebody else signs in with, a role that is gone and one with a right that the actor
/// lacks; fails when the database fails.
pub async fn invite(ctx: &Ctx, draft: UserDraft) -> Result<(UserId, OneTimeLink), Error> {
    ctx.require(Permission::UsersManage)?;
    let email = draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let user =
        NewUser { name: draft.name.trim(), email: &email, password: None, state: UserState::Invited, language: draft.language };
    let id = store::users::insert(&mut tx, user, ctx.now()).await?;
    give(ctx, &mut tx, id, &draft.roles).await?;
    let link = link::make(&ctx.engine, &mut tx, Holder::User(id), INVITATION_LIFE).await?;
    ctx.log(&mut tx, Deed::UserInvited(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok((id, link))
}

/// Makes a new one-time link: seven days to be invited again, 24 hours to choose a new password. Earlier links stop working; the
/// old password works until the new one is chosen.
///
/// # Errors
/// Refuses the system, a disabled user and one who may do more than the actor; fails when the database fails.
pub async fn renew_link(ctx: &Ctx, id: UserId) -> Result<OneTimeLink, Error> {
    ctx.require(Permission::UsersManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let life = match manageable(ctx, &mut tx, id).await?.state {
        UserState::Invited => INVITATION_LIFE,
        UserState::Active => PASSWORD_LINK_LIFE,
        UserState::Disabled | UserState::System => return Err(Refusal::IllegalStep(Noun::User).into()),
    };
    let link = link::make(&ctx.engine, &mut tx, Holder::User(id), life).await?;
    ctx.log(&mut tx, Deed::LinkRenewed(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(link)
}

/// Makes a new one-time link for the user of that address, on behalf of the system: the way back in for whoever holds the machine.
///
/// # Errors
/// Refuses an address that nobody signs in with and a disabled user; fails when the database fails.
pub async fn recover(engine: &Engine, email: &str) -> Result<OneTimeLink, Error> {
    let ctx = Ctx::system(engine);
    let wrong = |fault: AddressFault| Refusal::field("email", Fault::Address { text: email.trim().to_owned(), fault });
    let address = EmailAddress::parse(email).map_err(wrong)?;
    let user = store::users::by_email(&mut *engine.store.read().await?, &address).await?;
    renew_link(&ctx, user.ok_or(Refusal::NotFound(Noun::User))?.id).await
}

/// Changes a user's name, address and roles. The language stays as the user chose it.
///
/// # Errors
/// Refuses wrong fields, the system, a user or a role with a right that the actor lacks, and to leave nobody who is administrator;
/// fails when the database fails.
pub async fn save(ctx: &Ctx, id: UserId, draft: UserDraft) -> Result<(), Error> {
    ctx.require(Permission::UsersManage)?;
    let email = draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    manageable(ctx, &mut tx, id).await?;
    let before = store::users::list(&mut tx).await?.into_iter().find(|it| it.id == id);
    store::users::update(&mut tx, id, draft.name.trim(), &email).await?;
    give(ctx, &mut tx, id, &draft.roles).await?;
    keep_administrator(&mut tx).await?;
    let after = store::users::list(&mut tx).await?.into_iter().find(|it| it.id == id);
    ctx.log_changed(&mut tx, Deed::UserChanged(id), (&before, &after)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Keeps a user from signing in, ends their sessions and links; what they did stays.
///
/// # Errors
/// Refuses the system, one who is disabled already or may do more than the actor, and the last administrator; fails when the
/// database fails.
pub async fn disable(ctx: &Ctx, id: UserId) -> Result<(), Error> {
    ctx.require(Permission::UsersManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let user = manageable(ctx, &mut tx, id).await?;
    if user.state == UserState::Disabled {
        return Err(Refusal::IllegalStep(Noun::User).into());
    }
    store::users::set_state(&mut tx, id, user.state, UserState::Disabled).await?;
    keep_administrator(&mut tx).await?;
    store::sessions::delete_all(&mut tx, id, None).await?;
    store::links::delete_of(&mut tx, Holder::User(id)).await?;
    ctx.log(&mut tx, Deed::UserDisabled(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Lets a disabled user sign in again; one who never chose a password is invited again and needs a new link.
///
/// # Errors
/// Refuses the system, one who is not disabled or may do more than the actor; fails when the database fails.
pub async fn enable(ctx: &Ctx, id: UserId) -> Result<(), Error> {
    ctx.require(Permission::UsersManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let user = manageable(ctx, &mut tx, id).await?;
    if user.state != UserState::Disabled {
        return Err(Refusal::IllegalStep(Noun::User).into());
    }
    let state = if user.password.is_some() { UserState::Active } else { UserState::Invited };
    store::users::set_state(&mut tx, id, UserState::Disabled, state).await?;
    ctx.log(&mut tx, Deed::UserEnabled(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// The user, if the actor may change them.
async fn manageable(ctx: &Ctx, tx: &mut Tx, id: UserId) -> Result<User, Error> {
    let user = store::users::get(tx, id).await?;
    if user.state == UserState::System {
        return Err(Refusal::BuiltIn(Noun::User).into());
    }
    within(ctx, &store::roles::permissions_of(tx, id).await?)?;
    Ok(user)
}

/// Gives a user these roles and no others.
async fn give(ctx: &Ctx, tx: &mut Tx, id: UserId, roles: &[RoleId]) -> Result<(), Error> {
    store::roles::give(tx, id, roles).await?;
    within(ctx, &store::roles::permissions_of(tx, id).await?)?;
    Ok(())
}

/// Refuses when the actor lacks one of the rights.
fn within(ctx: &Ctx, rights: &PermissionSet) -> Result<(), Refusal> {
    rights.iter().try_for_each(|it| ctx.require(*it))
}

/// Refuses what would leave nobody with the administrator's role: a right that nobody holds could never be given to anybody again.
async fn keep_administrator(tx: &mut Tx) -> Result<(), Error> {
    let role = store::roles::delivered(tx, DeliveredRole::Administrator).await?;
    let left = match role {
        Some(role) => store::roles::count_active_holders(tx, role).await?,
        None => 0,
    };
    if left == 0 { Err(Refusal::LastAdministrator.into()) } else { Ok(()) }
}
