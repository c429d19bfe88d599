//! Use cases about stand-ins: who carries what waits for an account, beside it or when it cannot.

use model::{Account, AccountId, Change, Deed, Noun, Permission, Refusal, StandIns, Transport};

use crate::{Ctx, Error};

/// The stand-ins of an account, by rank.
///
/// # Errors
/// Refuses who may not manage accounts, and an account that is not there.
pub async fn get(ctx: &Ctx, id: AccountId) -> Result<StandIns, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::stand_ins::of_account(&mut reader, id).await?)
}

/// Sets the stand-ins of an account. What waits goes by them from now on; what somebody carries already is not touched.
///
/// # Errors
/// Names wrong fields; refuses accounts that are not there or have no relay.
pub async fn save(ctx: &Ctx, id: AccountId, stand_ins: StandIns) -> Result<(), Error> {
    ctx.require(Permission::AccountsManage)?;
    stand_ins.check(id)?;
    let mut tx = ctx.engine.store.write().await?;
    for account in std::iter::once(id).chain(stand_ins.others.iter().map(|it| it.account)) {
        require_relay(&store::accounts::for_sending(&mut tx, account).await?)?;
    }
    let before = store::stand_ins::of_account(&mut tx, id).await?;
    if before == stand_ins {
        return Ok(());
    }
    store::stand_ins::put(&mut tx, id, &stand_ins).await?;
    let after = store::stand_ins::of_account(&mut tx, id).await?;
    ctx.log_changed(&mut tx, Deed::StandInsChanged(id), (&before, &after)).await?;
    tx.commit().await?;
    ctx.engine.bell.ring();
    ctx.tell(Change::Accounts);
    Ok(())
}

fn require_relay(account: &Account) -> Result<(), Error> {
    match account.transport {
        Transport::Smtp(_) => Ok(()),
        Transport::Capture | Transport::Sms(_) => Err(Refusal::BuiltIn(Noun::Account).into()),
    }
}
