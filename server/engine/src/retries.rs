//! Use cases about how long what could not leave waits.

use model::{Change, Deed, Permission, RetryRules};

use crate::{Ctx, Error};

/// How long what could not leave waits.
///
/// # Errors
/// Refuses who may not manage accounts.
pub async fn rules(ctx: &Ctx) -> Result<RetryRules, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::sending::retry_rules(&mut reader).await?)
}

/// Changes how long what could not leave waits; what waits already keeps its time.
///
/// # Errors
/// Names wrong fields.
pub async fn save_rules(ctx: &Ctx, rules: RetryRules) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    rules.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let before = store::sending::retry_rules(&mut tx).await?;
    store::sending::set_retry_rules(&mut tx, &rules).await?;
    ctx.log_changed(&mut tx, Deed::RetryRulesChanged, (&before, &rules)).await?;
    tx.commit().await?;
    ctx.tell(Change::Accounts);
    Ok(())
}
