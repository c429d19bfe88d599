//! Leasing what an account may carry now: of what waits for itself, and for those it stands in for.

use model::time::{hours, minutes};
use model::{AccountId, Deed, DeliveryId, Lane, MessageId, Moment};
use store::Tx;
use store::deliveries::{Claim, LANES, Leased, Wanted};

use super::shift::Shift;
use super::{letter, settle, throttle, ways};
use crate::{Ctx, Engine, Error};

/// How long a lease is good for: longer than the slowest relay may take for what one connection holds within the limits of RFC 5321.
const LEASE: i64 = hours(12);
/// How long what a stand-in cannot carry waits before the next look, in milliseconds.
const SOON: i64 = minutes(1);

/// What a claim met, whatever became of it.
#[derive(Clone, Copy, Default)]
pub(super) struct Met {
    /// How many deliveries.
    pub n: usize,
    /// Whether it left something to those it shares with.
    pub waits_for_equals: bool,
}

/// Leases up to `room` due deliveries of all that the account carries, the first lane first.
pub(super) async fn claim(shift: &Shift, room: usize) -> Result<Met, Error> {
    let (mut met, mut room) = (Met::default(), room as u32);
    let homes = shift.engine.ways.carried_by(shift.account.id);
    for lane in LANES {
        for home in &homes {
            let limit = room.min(limit(shift, *home, lane, &mut met));
            if limit == 0 {
                continue;
            }
            let (leased, n) = claim_of(shift, *home, lane, limit).await?;
            met.n += n;
            room -= leased.min(room);
        }
    }
    Ok(met)
}

/// How many deliveries of a lane of what waits for `home` this account may take now.
fn limit(shift: &Shift, home: AccountId, lane: Lane, met: &mut Met) -> u32 {
    let (engine, id) = (&shift.engine, shift.account.id);
    let now = engine.clock().now();
    if !ways::may_carry(engine, home, id, lane, now) {
        return 0;
    }
    let mut limit = engine.throttle.free(id, lane, now);
    if !engine.ways.carriers(home).is_empty() && !engine.connections.is_proven(id) {
        // Others could carry what a relay holds that turns out to be dead.
        limit = limit.min(u32::from(shift.lot.is_idle()));
    }
    match ways::share(engine, home, id, lane, now) {
        Some(share) => {
            met.waits_for_equals |= share == 0;
            limit.min(share)
        }
        None => limit,
    }
}

/// Leases up to `limit` due deliveries of one lane of what waits for `home`; tells how many it holds now and how many it met.
async fn claim_of(shift: &Shift, home: AccountId, lane: Lane, limit: u32) -> Result<(u32, usize), Error> {
    let (engine, id) = (&shift.engine, shift.account.id);
    let now = engine.clock().now();
    let mut tx = engine.store.write().await?;
    let wanted = Wanted { home, carrier: id, lane, until: now.plus(LEASE), limit };
    let claim = store::deliveries::claim_for(&mut tx, wanted, now).await?;
    if claim == Claim::default() {
        return Ok((0, 0));
    }
    let met = claim.leased.len() + claim.suppressed.len();
    end_suppressed(engine, &mut tx, &claim.suppressed).await?;
    let (leased, late) = engine.throttle.admit(id, lane, claim.leased, now);
    if home != id {
        let later: Vec<_> = late.iter().map(|it| (&it.0, look_again_at(it, now))).collect();
        store::deliveries::put_back(&mut tx, &later).await?;
    } else if !late.is_empty() {
        let slots: Vec<_> = late.iter().map(|it| (&it.0, it.1)).collect();
        store::deliveries::put_off(&mut tx, &slots).await?;
        throttle::keep_slots(engine, &mut tx, &shift.account, &late).await?;
    }
    tx.commit().await?;
    let n = leased.len() as u32;
    engine.throttle.reserve(id, lane, n);
    engine.ways.took(home, id, n, now);
    if 0 < n {
        engine.backoff.ask(id);
    }
    shift.carried(claim.suppressed.len() as u32);
    let keys = leased.clone();
    match letter::load(engine, leased, &shift.files).await {
        Ok(loads) => shift.lot.put(loads, lane == Lane::Single),
        Err(error) => {
            engine.throttle.released(id, &keys);
            let mut tx = engine.store.write().await?;
            store::deliveries::give_back(&mut tx, &keys.iter().collect::<Vec<_>>()).await?;
            tx.commit().await?;
            return Err(error);
        }
    }
    Ok((n, met))
}

/// When somebody looks again at what a stand-in cannot carry to its domain now: soon, since its own account may carry it then. Campaigns,
/// of which many wait, are not moved about more often than that.
fn look_again_at((leased, free_at): &(Leased, Moment), now: Moment) -> Moment {
    let soon = now.plus(SOON);
    if leased.lane == Lane::Campaign { soon } else { soon.min(*free_at) }
}

/// Notes what ended in the claim and moves its messages on.
async fn end_suppressed(engine: &Engine, tx: &mut Tx, ended: &[(DeliveryId, MessageId)]) -> Result<(), Error> {
    let ctx = Ctx::system(engine);
    let deeds: Vec<Deed> = ended.iter().map(|(delivery, message)| Deed::DeliverySuppressed(*message, *delivery)).collect();
    store::audit::write_all(tx, ctx.actor.id, &deeds, ctx.now()).await?;
    settle::messages(tx, &ended.iter().map(|it| it.1).collect::<Vec<_>>()).await
}
