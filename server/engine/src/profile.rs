//! What people change about themselves. Being signed in is enough for each of these calls: nobody needs a right to themselves.

use model::user::check_password;
use model::{Change, Deed, Fault, Faults, Profile, Refusal, SessionId, SessionRow};
use store::links::Holder;

use crate::session::password;
use crate::{Ctx, Error};

/// Changes one's name, signature and preferences.
///
/// # Errors
/// Refuses wrong fields; fails when the database fails.
pub async fn save(ctx: &Ctx, profile: Profile) -> Result<(), Error> {
    profile.check()?;
    let profile = Profile { name: profile.name.trim().to_owned(), ..profile };
    let mut tx = ctx.engine.store.write().await?;
    let user = store::users::get(&mut tx, ctx.actor.id).await?;
    let before = Profile { name: user.name, signature: user.signature, preferences: user.preferences };
    store::users::update_profile(&mut tx, ctx.actor.id, &profile).await?;
    ctx.log_changed(&mut tx, Deed::ProfileChanged, (&before, &profile)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Changes one's password and ends all one's other sessions and one's link.
///
/// # Errors
/// Refuses a wrong old password, too many tries at it, and a new one that is too short or too long; fails when the database fails.
pub async fn change_password(ctx: &Ctx, old: String, new: String) -> Result<(), Error> {
    let mut faults = Faults::default();
    check_password(&mut faults, "new", &new);
    faults.finish()?;
    let (engine, id, now) = (&ctx.engine, ctx.actor.id, ctx.now());
    let user = store::users::get(&mut *engine.store.read().await?, id).await?;
    // A stolen session must not be a place to guess the password at.
    let attempt = engine.doorkeeper.knock(&user.email.to_lowercase(), &ctx.network, now)?;
    if !password::verify(old, user.password.clone()).await? {
        let mut tx = engine.store.write().await?;
        ctx.log(&mut tx, Deed::SignInFailed).await?;
        tx.commit().await?;
        return Err(Refusal::field("old", Fault::WrongPassword).into());
    }
    attempt.welcome(now);
    let hash = password::hash(new).await?;

    let mut tx = engine.store.write().await?;
    if store::users::get(&mut tx, id).await?.password != user.password {
        return Err(Refusal::field("old", Fault::WrongPassword).into());
    }
    store::users::set_password(&mut tx, id, &hash).await?;
    store::sessions::delete_all(&mut tx, id, ctx.actor.session).await?;
    store::links::delete_of(&mut tx, Holder::User(id)).await?;
    ctx.log(&mut tx, Deed::PasswordChanged).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Lists one's own sessions, the newest first.
///
/// # Errors
/// Fails when the database fails.
pub async fn sessions(ctx: &Ctx) -> Result<Vec<SessionRow>, Error> {
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::sessions::list(&mut reader, ctx.actor.id, ctx.actor.session, ctx.now()).await?)
}

/// Ends one of one's own sessions.
///
/// # Errors
/// Refuses one that has ended or belongs to somebody else; fails when the database fails.
pub async fn revoke_session(ctx: &Ctx, id: SessionId) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    store::sessions::delete(&mut tx, ctx.actor.id, id).await?;
    ctx.log(&mut tx, Deed::SessionRevoked(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Ends all one's own sessions but the one that asks, and tells how many.
///
/// # Errors
/// Fails when the database fails.
pub async fn revoke_other_sessions(ctx: &Ctx) -> Result<u64, Error> {
    let mut tx = ctx.engine.store.write().await?;
    let ended = store::sessions::delete_all(&mut tx, ctx.actor.id, ctx.actor.session).await?;
    for id in &ended {
        ctx.log(&mut tx, Deed::SessionRevoked(*id)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(ended.len() as u64)
}
