//! Use cases about stand-ins: who carries what waits for an account, beside it or when it cannot.

use model::{Account, AccountId, Change, Deed, Noun, Permission, Refusal, StandIns, Transport};
use serde::Serialize;

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

/// What the action log compares, with the names of the accounts.
#[derive(Serialize)]
struct Told {
    own_weight: u8,
    overflows: bool,
    /// By rank, each with its part: `2. Relay × 1`.
    others: Vec<String>,
}

impl Told {
    fn of(it: &StandIns, accounts: &[Account]) -> Self {
        let mut others: Vec<_> = it.others.iter().map(|it| (it.rank, it.account.0, it.weight)).collect();
        others.sort_unstable();
        let name = |id: i64| accounts.iter().find(|it| it.id.0 == id).map_or("", |it| it.name.as_str());
        let others = others.into_iter().map(|(rank, id, weight)| format!("{rank}. {} × {weight}", name(id))).collect();
        Self { own_weight: it.own_weight, overflows: it.overflows, others }
    }
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
    let accounts = store::accounts::all(&mut tx, ctx.now()).await?;
    let told = (&Told::of(&before, &accounts), &Told::of(&stand_ins, &accounts));
    ctx.log_changed(&mut tx, Deed::StandInsChanged(id), told).await?;
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
