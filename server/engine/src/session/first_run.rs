//! The first run: administrator, company, language.

use model::time::hours;
use model::{Change, Deed, DeliveredRole, FirstRun, Noun, OneTimeLink, Refusal, UserState};
use store::links::Holder;
use store::users::NewUser;

use super::{Admitted, begin, describe, link, password};
use crate::{Engine, Error, Guest, secret, settings};

/// How long the link to the first run works.
const LINK_LIFE: i64 = hours(24);

/// Makes the link to the first run of a fresh installation, valid for 24 hours; an earlier one stops working. Nothing once there
/// is an administrator.
///
/// # Errors
/// Fails when the database fails.
pub async fn first_run_link(engine: &Engine) -> Result<Option<OneTimeLink>, Error> {
    let mut tx = engine.store.write().await?;
    if store::company::get(&mut tx).await?.is_some() {
        return Ok(None);
    }
    let link = link::make(engine, &mut tx, Holder::FirstRun, LINK_LIFE).await?;
    tx.commit().await?;
    Ok(Some(link))
}

/// Creates the administrator, the company and the Capture account of a fresh installation, and signs the administrator in.
///
/// # Errors
/// Refuses a link that does not work, before it looks at anything else, and wrong fields; fails when the database fails.
pub async fn set_up(guest: &Guest, first_run: FirstRun) -> Result<Admitted, Error> {
    let engine = &guest.engine;
    let now = engine.clock().now();
    let attempt = engine.doorkeeper.knock_with_link(&guest.network, now)?;
    let token_hash = secret::hash(&first_run.token);
    let mut reader = engine.store.read().await?;
    if store::links::by_hash(&mut reader, &token_hash, now).await? != Some(Holder::FirstRun) {
        return Err(Refusal::LinkExpired.into());
    }
    drop(reader);
    attempt.welcome(now);
    let email = first_run.check()?;
    let company = settings::checked(first_run.company)?;
    let hash = password::hash(first_run.password).await?;

    let mut tx = engine.store.write().await?;
    if store::links::take(&mut tx, &token_hash, now).await? != Some(Holder::FirstRun) {
        return Err(Refusal::LinkExpired.into());
    }
    let user = NewUser {
        name: first_run.name.trim(),
        email: &email,
        password: Some(&hash),
        state: UserState::Active,
        language: first_run.language,
    };
    let id = store::users::insert(&mut tx, user, now).await?;
    let role = store::roles::delivered(&mut tx, DeliveredRole::Administrator).await?;
    store::roles::give(&mut tx, id, &[role.ok_or(Refusal::NotFound(Noun::Role))?]).await?;
    store::company::save(&mut tx, &company.data).await?;
    store::accounts::create_capture(&mut tx, &company.data.name, &company.email, now).await?;
    crate::templates::delivered::deliver(engine, &mut tx, company.data.language).await?;
    store::audit::write(&mut tx, id, &guest.network, &Deed::Installed, now).await?;
    let token = begin(&mut tx, guest, id, now).await?;
    tx.commit().await?;
    engine.tell(Change::Settings);
    Ok(Admitted { me: describe(engine, id).await?, token })
}
