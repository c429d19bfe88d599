//! Signing in and out, and telling who asks.

mod doorkeeper;
mod first_run;
mod invitation;
pub(crate) mod link;
pub(crate) mod password;

use model::time::minutes;
use model::{Deed, EmailAddress, Me, Moment, Refusal, UserId, UserState};
use store::Tx;
use store::sessions::{NewSession, Session};
use store::users::User;

use crate::{Actor, Ctx, Engine, Error, Guest, secret};

pub(crate) use doorkeeper::Doorkeeper;
pub use first_run::{first_run_link, set_up};
pub use invitation::{accept_invitation, invitation};

/// How exactly the last use is kept, so that reading does not write each time.
const SEEN_STEP: i64 = minutes(1);

/// Somebody who was let in.
pub struct Admitted {
    /// Who it is.
    pub me: Me,
    /// The secret of the new session, for the cookie.
    pub token: String,
}

/// Signs in with address and password, and begins a session with a secret of its own.
///
/// # Errors
/// Refuses wrong credentials without telling which part was wrong, in the same time for known and unknown addresses, and too
/// many tries; fails when the database fails.
pub async fn sign_in(guest: &Guest, email: String, password: String) -> Result<Admitted, Error> {
    let engine = &guest.engine;
    let now = engine.clock().now();
    let address = EmailAddress::parse(&email).ok();
    let name = address.as_ref().map_or_else(|| email.trim().to_lowercase(), EmailAddress::normalized);
    let attempt = engine.doorkeeper.knock(&name, &guest.network, now)?;
    let user = match &address {
        Some(address) => store::users::by_email(&mut *engine.store.read().await?, address).await?,
        None => None,
    };
    let fits = password::verify(password, user.as_ref().and_then(|it| it.password.clone())).await?;
    let mut tx = engine.store.write().await?;
    let Some(id) = still_welcome(&mut tx, user.as_ref(), fits).await? else {
        let actor = user.map_or(UserId::SYSTEM, |it| it.id);
        store::audit::write(&mut tx, actor, &guest.network, &Deed::SignInFailed, now).await?;
        tx.commit().await?;
        return Err(Refusal::WrongCredentials.into());
    };
    let token = begin(&mut tx, guest, id, now).await?;
    tx.commit().await?;
    attempt.welcome(now);
    Ok(Admitted { me: describe(engine, id).await?, token })
}

/// The user, if the password was theirs and neither they nor it changed while it was being checked.
async fn still_welcome(tx: &mut Tx, user: Option<&User>, fits: bool) -> Result<Option<UserId>, Error> {
    let Some(seen) = user.filter(|_| fits) else { return Ok(None) };
    let user = store::users::get(tx, seen.id).await?;
    Ok((user.state == UserState::Active && user.password == seen.password).then_some(user.id))
}

/// Begins a session and tells its secret.
async fn begin(tx: &mut Tx, guest: &Guest, user: UserId, now: Moment) -> Result<String, Error> {
    let token = secret::make()?;
    let session = NewSession { user, token_hash: &secret::hash(&token), device: &guest.device, network: &guest.network };
    store::sessions::insert(tx, session, now).await?;
    store::users::touch(tx, user, now).await?;
    store::audit::write(tx, user, &guest.network, &Deed::SignedIn, now).await?;
    Ok(token)
}

/// Tells who is behind a session's secret, and notes once a minute that the session is used.
///
/// What the person may do is read anew each time, so that a changed role counts from the next call on.
///
/// # Errors
/// Refuses as signed out when the secret is unknown, the session was unused for 12 hours or is 7 days old, or the user may not
/// sign in any more; fails when the database fails.
pub async fn identify(engine: &Engine, token: &str, network: &str) -> Result<Ctx, Error> {
    let now = engine.clock().now();
    let mut reader = engine.store.read().await?;
    let session = store::sessions::by_hash(&mut reader, &secret::hash(token), now).await?.ok_or(Refusal::SignedOut)?;
    let user = store::users::get(&mut reader, session.user).await?;
    if user.state != UserState::Active {
        return Err(Refusal::SignedOut.into());
    }
    let permissions = store::roles::permissions_of(&mut reader, user.id).await?;
    drop(reader);
    if SEEN_STEP <= now.since(session.seen_at)
        && let Err(error) = touch(engine, session, network, now).await
    {
        // A full disk must not keep anybody from reading.
        tracing::warn!(%error, session = %session.id, "the use of a session could not be noted");
    }
    let actor = Actor { id: user.id, name: user.name, permissions, session: Some(session.id) };
    Ok(Ctx { engine: engine.clone(), actor, network: network.to_owned() })
}

async fn touch(engine: &Engine, session: Session, network: &str, now: Moment) -> Result<(), Error> {
    let mut tx = engine.store.write().await?;
    store::sessions::touch(&mut tx, session.id, network, now).await?;
    store::users::touch(&mut tx, session.user, now).await?;
    Ok(tx.commit().await?)
}

/// Tells who is signed in. Everybody who is signed in may know that.
///
/// # Errors
/// Fails when the database fails.
pub async fn me(ctx: &Ctx) -> Result<Me, Error> {
    describe(&ctx.engine, ctx.actor.id).await
}

async fn describe(engine: &Engine, id: UserId) -> Result<Me, Error> {
    let mut reader = engine.store.read().await?;
    let user = store::users::get(&mut reader, id).await?;
    let company = store::company::get(&mut reader).await?.unwrap_or_default();
    Ok(Me {
        id,
        name: user.name,
        email: user.email,
        permissions: store::roles::permissions_of(&mut reader, id).await?,
        preferences: user.preferences,
        signature: user.signature,
        company: company.name,
        capture_only: !store::company::has_real_account(&mut reader).await?,
        put_back: store::put_back::is_undecided(&mut reader).await?,
        attachments_max: company.attachments_max,
        domain_checks: company.domain_checks,
    })
}

/// Ends the session that asks. Everybody who is signed in may do that.
///
/// # Errors
/// Refuses when it has ended already; fails when the database fails.
pub async fn sign_out(ctx: &Ctx) -> Result<(), Error> {
    let session = ctx.actor.session.ok_or(Refusal::SignedOut)?;
    let mut tx = ctx.engine.store.write().await?;
    store::sessions::delete(&mut tx, ctx.actor.id, session).await?;
    ctx.log(&mut tx, Deed::SignedOut).await?;
    tx.commit().await?;
    Ok(())
}
