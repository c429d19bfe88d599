//! Choosing a password by a one-time link, as one who was invited or who forgot it.

use model::user::check_password;
use model::{Change, Deed, Faults, Invitation, Moment, Refusal, UserState};
use store::links::Holder;
use store::users::User;

use super::{Admitted, begin, describe, password};
use crate::{Engine, Error, Guest, secret};

/// Says whom a one-time link invites; the link goes on working.
///
/// # Errors
/// Refuses a link that was used, replaced or is too old, and too many tries; fails when the database fails.
pub async fn invitation(guest: &Guest, token: String) -> Result<Invitation, Error> {
    let engine = &guest.engine;
    let user = invited(guest, &secret::hash(&token), engine.clock().now()).await?;
    let company = store::company::get(&mut *engine.store.read().await?).await?.unwrap_or_default();
    Ok(Invitation { name: user.name, email: user.email, company: company.name, language: user.preferences.language })
}

/// Chooses a password by a one-time link, ends all sessions of the user and signs in.
///
/// # Errors
/// Refuses a link that was used, replaced or is too old, a password that is too short or too long, and too many tries; fails when
/// the database fails.
pub async fn accept_invitation(guest: &Guest, token: String, password: String) -> Result<Admitted, Error> {
    let engine = &guest.engine;
    let now = engine.clock().now();
    let token_hash = secret::hash(&token);
    invited(guest, &token_hash, now).await?;
    let mut faults = Faults::default();
    check_password(&mut faults, "password", &password);
    faults.finish()?;
    let hash = password::hash(password).await?;

    let mut tx = engine.store.write().await?;
    let Some(Holder::User(id)) = store::links::take(&mut tx, &token_hash, now).await? else {
        return Err(Refusal::LinkExpired.into());
    };
    let user = store::users::get(&mut tx, id).await?;
    if user.state != UserState::Active {
        store::users::set_state(&mut tx, id, UserState::Invited, UserState::Active).await?;
    }
    store::users::set_password(&mut tx, id, &hash).await?;
    store::sessions::delete_all(&mut tx, id, None).await?;
    store::audit::write(&mut tx, id, &guest.network, &Deed::LinkUsed(id), now).await?;
    let token = begin(&mut tx, guest, id, now).await?;
    tx.commit().await?;
    engine.tell(Change::Settings);
    Ok(Admitted { me: describe(engine, id).await?, token })
}

/// The user whom a link lets in. Disabling a user ends their links, so that no link leads to one who may not sign in.
async fn invited(guest: &Guest, token_hash: &[u8], now: Moment) -> Result<User, Error> {
    let engine: &Engine = &guest.engine;
    let attempt = engine.doorkeeper.knock_with_link(&guest.network, now)?;
    let mut reader = engine.store.read().await?;
    let Some(Holder::User(id)) = store::links::by_hash(&mut reader, token_hash, now).await? else {
        return Err(Refusal::LinkExpired.into());
    };
    let user = store::users::get(&mut reader, id).await?;
    attempt.welcome(now);
    Ok(user)
}
