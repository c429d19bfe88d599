//! One account's part of a turn: how many may leave, over which connection.

use std::collections::{BTreeSet, HashMap};
use std::sync::PoisonError;

use delivery::smtp::Pipelining;
use delivery::{Connection, Relay};
use model::time::hours;
use model::{Account, AccountId, AccountState, Deed, DeliveryId, MessageId, Moment, Transport};
use store::Tx;
use store::deliveries::{Claim, Leased};
use tokio::sync::{Mutex, watch};

use super::carry::{self, Cargo, Carried};
use crate::{Ctx, Engine, Error};

/// How many deliveries are leased in one go.
const BATCH: u32 = 20;
/// How long a lease is good for: longer than the slowest relay may take for a batch within the time limits of RFC 5321.
const LEASE: i64 = hours(12);

/// Open connections that wait for the next message, one for each account, and what was learned about the relays.
#[derive(Default)]
pub(crate) struct Connections {
    warm: Mutex<HashMap<AccountId, Connection>>,
    pipelining: std::sync::Mutex<HashMap<AccountId, Pipelining>>,
}

impl Connections {
    /// Takes the account's connection out.
    pub(super) async fn take(&self, id: AccountId) -> Option<Connection> {
        self.warm.lock().await.remove(&id)
    }

    /// Keeps a connection for later.
    pub(super) async fn keep(&self, id: AccountId, connection: Connection) {
        self.warm.lock().await.insert(id, connection);
    }

    /// Drops the account's connection at once, because its settings changed.
    pub(crate) fn forget(&self, id: AccountId) {
        if let Ok(mut warm) = self.warm.try_lock() {
            warm.remove(&id);
        }
        self.pipelining.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// Whether commands go to this relay in groups; all its connections share what one of them found out.
    fn pipelining(&self, id: AccountId) -> Pipelining {
        self.pipelining.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default().clone()
    }

    /// Says goodbye on all connections.
    pub(crate) async fn close(&self) {
        for (_, connection) in self.warm.lock().await.drain() {
            connection.quit().await;
        }
    }
}

/// Carries what is due for one account until nothing is, the limit is reached or the account has to rest.
pub(super) async fn serve(engine: &Engine, id: AccountId, stop: &watch::Receiver<bool>) -> Result<u32, Error> {
    let mut carried = 0;
    loop {
        let (account, relay) = open(engine, id).await?;
        let now = engine.clock().now();
        let allowed = account.hourly_limit.map_or(u64::from(BATCH), |it| u64::from(it).saturating_sub(account.sent_last_hour));
        let limit = u32::try_from(allowed).unwrap_or(BATCH).min(BATCH);
        if account.state != AccountState::Active || limit == 0 || *stop.borrow() {
            return Ok(carried);
        }
        let mut tx = engine.store.write().await?;
        let claim = store::deliveries::claim(&mut tx, id, now, now.plus(LEASE), limit).await?;
        end_suppressed(engine, &mut tx, &claim.suppressed).await?;
        tx.commit().await?;
        if claim == Claim::default() {
            return Ok(carried);
        }
        let (n, go_on) = batch(engine, &account, relay.as_ref(), &claim.leased, stop).await?;
        carried += n + claim.suppressed.len() as u32;
        if !go_on {
            return Ok(carried);
        }
    }
}

/// Notes what ended in the claim and moves its messages on.
async fn end_suppressed(engine: &Engine, tx: &mut Tx, ended: &[(DeliveryId, MessageId)]) -> Result<(), Error> {
    let ctx = Ctx::system(engine);
    for (delivery, message) in ended {
        ctx.log(tx, Deed::DeliverySuppressed(*message, *delivery)).await?;
    }
    // Several addresses of one message may have ended together; it moves on once.
    for message in ended.iter().map(|it| it.1).collect::<BTreeSet<MessageId>>() {
        crate::messages::settle(tx, message, None).await?;
    }
    Ok(())
}

/// Carries a batch; gives back what it may not carry any more.
async fn batch(
    engine: &Engine,
    account: &Account,
    relay: Option<&Relay>,
    leased: &[Leased],
    stop: &watch::Receiver<bool>,
) -> Result<(u32, bool), Error> {
    let mut cargo = Cargo::default();
    for (n, it) in leased.iter().enumerate() {
        let rest = if *stop.borrow() {
            Some((n, engine.clock().now()))
        } else {
            match carry::one(engine, account, relay, it, &mut cargo).await {
                Ok(Carried::Settled) => None,
                Ok(Carried::AccountRests(until)) => Some((n + 1, until)),
                Err(error) => {
                    give_back(engine, &leased[n..], engine.clock().now()).await?;
                    return Err(error);
                }
            }
        };
        if let Some((n, until)) = rest {
            give_back(engine, &leased[n..], until).await?;
            return Ok((n as u32, false));
        }
    }
    Ok((leased.len() as u32, true))
}

/// Lets leased deliveries wait again; one that was handed already is left as it is.
async fn give_back(engine: &Engine, leased: &[Leased], due_at: Moment) -> Result<(), Error> {
    let mut tx = engine.store.write().await?;
    store::deliveries::give_back(&mut tx, leased, due_at).await?;
    tx.commit().await?;
    Ok(())
}

/// The account as it is now, and its relay with the password.
async fn open(engine: &Engine, id: AccountId) -> Result<(Account, Option<Relay>), Error> {
    let mut reader = engine.store.read().await?;
    let account = store::accounts::by_id(&mut reader, id, engine.clock().now().plus(-hours(1))).await?;
    let relay = match &account.transport {
        Transport::Capture => None,
        Transport::Smtp(smtp) => {
            let password = store::accounts::password(&engine.store, &mut reader, id).await?;
            let pipelining = engine.connections.pipelining(id);
            Some(Relay { pipelining, ..crate::accounts::relay(engine, smtp, password) })
        }
    };
    Ok((account, relay))
}

/// When the hourly limit of the account lets the next delivery go; the begin of time when it does now.
pub(super) async fn free_at(engine: &Engine, reader: &mut store::Reader, id: AccountId) -> Result<Moment, Error> {
    let now = engine.clock().now();
    let account = store::accounts::by_id(reader, id, now.plus(-hours(1))).await?;
    match account.hourly_limit {
        Some(limit) if u64::from(limit) <= account.sent_last_hour => {
            let oldest = store::deliveries::nth_last_handed(reader, id, limit).await?;
            Ok(oldest.map_or(now, |it| it.plus(hours(1))))
        }
        _ => Ok(Moment(i64::MIN)),
    }
}
