//! Who asks, and from where.

use model::{AuditId, Change, Deed, Moment, Permission, PermissionSet, Refusal, SessionId, UserId};
use serde::Serialize;
use store::Tx;

use crate::{Engine, Error};

/// The person (or the system) on whose behalf a use case runs.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who it is.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// What they may do.
    pub permissions: PermissionSet,
    /// The session they ask in; the system has none.
    pub session: Option<SessionId>,
}

/// What a use case needs to know about its caller.
#[derive(Clone)]
pub struct Ctx {
    /// The engine.
    pub engine: Engine,
    /// Who asks.
    pub actor: Actor,
    /// Network address they ask from; empty for the background.
    pub network: String,
}

/// Somebody who is not signed in.
#[derive(Clone)]
pub struct Guest {
    /// The engine.
    pub engine: Engine,
    /// Network address they ask from.
    pub network: String,
    /// Browser and system, as the browser names itself; at most 200 characters.
    pub device: String,
}

impl Ctx {
    /// The system itself, which may do everything and cannot sign in.
    pub fn system(engine: &Engine) -> Self {
        let permissions = Permission::ALL.iter().copied().collect();
        let actor = Actor { id: UserId::SYSTEM, name: String::new(), permissions, session: None };
        Self { engine: engine.clone(), actor, network: String::new() }
    }

    /// Whether the actor has the right.
    pub fn may(&self, permission: Permission) -> bool {
        self.actor.permissions.contains(&permission)
    }

    /// Lets through who has the right.
    ///
    /// # Errors
    /// Refuses everybody else and names the right.
    pub fn require(&self, permission: Permission) -> Result<(), Refusal> {
        if self.may(permission) { Ok(()) } else { Err(Refusal::NotPermitted(permission)) }
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        self.engine.clock().now()
    }

    /// Writes an entry of the action log into the transaction of the change, and tells which one it is.
    pub(crate) async fn log(&self, tx: &mut Tx, deed: Deed) -> Result<AuditId, Error> {
        Ok(store::audit::write(tx, self.actor.id, &self.network, &deed, self.now()).await?)
    }

    /// Like [`Ctx::log`], with what a thing was before and is after the change.
    pub(crate) async fn log_changed<T: Serialize>(
        &self,
        tx: &mut Tx,
        deed: Deed,
        (before, after): (&T, &T),
    ) -> Result<AuditId, Error> {
        let entry = self.log(tx, deed).await?;
        let changes = crate::alterations::between(before, after)?;
        if !changes.is_empty() {
            store::alterations::note(&self.engine.store, tx, entry, &changes).await?;
        }
        Ok(entry)
    }

    /// Tells open screens what changed, after the commit.
    pub(crate) fn tell(&self, change: Change) {
        self.engine.tell(change);
    }
}
