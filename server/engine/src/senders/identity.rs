//! Under whose name and address the messages of a person leave.

use model::{Change, Deed, Identity, OwnSender, Permission};
use serde::Serialize;
use store::Tx;

use super::require_usable;
use crate::{Ctx, Error};

/// What the action log compares.
#[derive(Serialize)]
struct Told {
    identity: Identity,
}

/// How one writes oneself.
///
/// # Errors
/// Refuses who may not write messages.
pub async fn own(ctx: &Ctx) -> Result<OwnSender, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut reader = ctx.engine.store.read().await?;
    let address = store::users::get(&mut reader, ctx.actor.id).await?.email;
    Ok(OwnSender {
        identity: store::senders::identity(&mut reader, ctx.actor.id).await?,
        is_usable: store::senders::is_usable(&mut reader, &address).await?,
        address,
    })
}

/// Changes under which name and address one's messages leave.
///
/// # Errors
/// Refuses one's own address before it is confirmed or answered for.
pub async fn set_own(ctx: &Ctx, identity: Identity) -> Result<(), Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    if identity == Identity::Own {
        let address = store::users::get(&mut tx, ctx.actor.id).await?.email;
        require_usable(&mut tx, &address, "identity").await?;
    }
    let before = Told { identity: store::senders::identity(&mut tx, ctx.actor.id).await? };
    store::senders::set_identity(&mut tx, ctx.actor.id, identity).await?;
    ctx.log_changed(&mut tx, Deed::ProfileChanged, (&before, &Told { identity })).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Name and address that a message of this person leaves under; empty ones stand for the account's.
pub(crate) async fn of_author(ctx: &Ctx, tx: &mut Tx) -> Result<(String, String), Error> {
    match store::senders::identity(tx, ctx.actor.id).await? {
        Identity::Account => Ok(Default::default()),
        Identity::Own => {
            let user = store::users::get(tx, ctx.actor.id).await?;
            Ok((user.name, user.email))
        }
    }
}
