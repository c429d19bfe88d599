//! Use cases about what waits to leave.

use std::collections::HashMap;

use model::{
    Account, AccountState, Change, Channel, Decision, Deed, DeliveryId, Hold, Lane, MessageFilter, MessageId, Moment, Noun,
    Outbox, OutboxAccount, OutboxEvidence, OutboxQuery, OutboxRow, OutboxWay, Page, Permission, Refusal,
};

use crate::worker::{CarriedBy, load_limits, load_ways, may_carry, who_carry};
use crate::{Ctx, Error};

/// Tells what waits, where and why, and when it will have left.
///
/// # Errors
/// Refuses who may not manage the outbox.
pub async fn look(ctx: &Ctx) -> Result<Outbox, Error> {
    ctx.require(Permission::OutboxManage)?;
    let now = ctx.now();
    let mut reader = ctx.engine.store.read().await?;
    let paused = store::sending::paused(&mut reader).await?;
    let put_back = store::put_back::get(&mut reader, now).await?;
    let is_held = paused.is_some() || put_back.is_some();
    let counts = store::deliveries::outbox_counts(&mut reader, now).await?;
    let due = store::deliveries::next_due(&mut reader).await?;
    load_ways(&ctx.engine, &mut reader).await?;
    let mut accounts = Vec::new();
    let all = store::accounts::all(&mut reader, now.plus(-model::time::hours(1))).await?;
    for account in all.clone() {
        if account.waiting == 0 && account.state == AccountState::Active {
            continue;
        }
        load_limits(&ctx.engine, &account).await?;
        let due: Vec<(Lane, Moment)> = due.iter().filter(|it| it.0 == account.id).map(|it| (it.1, it.2)).collect();
        let is_stopped = store::sms_accounts::is_stopped(&mut reader, account.id).await?;
        let (bulk, _) = store::deliveries::waiting_by_lane(&mut reader, account.id).await?;
        let done_at = if is_held || is_stopped { None } else { forecast(ctx, &mut reader, &all, &account, bulk).await? };
        accounts.push(OutboxAccount {
            id: account.id,
            hold: if is_stopped && account.state == AccountState::Active { Hold::Credit } else { hold(ctx, &account, &due) },
            done_at: done_at.filter(|_| 0 < bulk),
            ways: ways(ctx, &all, &account, &due).await?,
            answers: store::deliveries::answers(&mut reader, account.id, now.plus(-model::time::hours(1))).await?,
            name: account.name,
            waiting: account.waiting,
            sent_last_hour: account.sent_last_hour,
            hourly_limit: account.hourly_limit,
        });
    }
    let campaigns = store::deliveries::campaigns_on_their_way(&mut reader).await?;
    Ok(Outbox { paused, put_back, counts, accounts, campaigns })
}

/// When so many bulk messages that wait for an account will have left, by itself or with its stand-ins, as far as can be told.
async fn forecast(
    ctx: &Ctx,
    reader: &mut store::Reader,
    all: &[Account],
    account: &Account,
    bulk: u64,
) -> Result<Option<Moment>, Error> {
    let (engine, now) = (&ctx.engine, ctx.now());
    let Some(window) = engine.ways.window(account.id) else {
        let is_active = account.state == AccountState::Active;
        return Ok(is_active
            .then(|| engine.throttle.forecast(account.id, bulk, now, engine.connections.ms_each(account.id)))
            .flatten());
    };
    let mut carriers = Vec::new();
    for id in who_carry(engine, account.id) {
        let Some(carrier) = all.iter().find(|it| it.id == id) else { continue };
        load_limits(engine, carrier).await?;
        let own = if id == account.id { 0 } else { store::deliveries::waiting_by_lane(reader, id).await?.0 };
        carriers.push(CarriedBy { id, own, ms_each: engine.connections.ms_each(id) });
    }
    Ok(engine.throttle.forecast_together(&carriers, window, bulk, now))
}

/// By whom what waits for the account may leave, and who carries it now.
async fn ways(ctx: &Ctx, all: &[Account], home: &Account, due: &[(Lane, Moment)]) -> Result<Vec<OutboxWay>, Error> {
    let now = ctx.now();
    let mut ways = Vec::new();
    for carrier in ctx.engine.ways.carriers(home.id) {
        let Some(account) = all.iter().find(|it| it.id == carrier.id) else { continue };
        load_limits(&ctx.engine, account).await?;
        let hold = hold(ctx, account, due);
        let may = |it: &&(Lane, Moment)| it.1 <= now && may_carry(&ctx.engine, home.id, account.id, it.0, now);
        let carries = hold == Hold::None && due.iter().any(|it| may(&it));
        ways.push(OutboxWay { id: account.id, name: account.name.clone(), hold, carries });
    }
    Ok(ways)
}

/// Why the next delivery does not leave now.
fn hold(ctx: &Ctx, account: &Account, due: &[(Lane, Moment)]) -> Hold {
    let now = ctx.now();
    match &account.state {
        AccountState::Paused => return Hold::Paused,
        AccountState::Trouble { reply, .. } => return Hold::Trouble(reply.clone()),
        AccountState::Active => {}
    }
    let rests = ctx.engine.backoff.until(account.id);
    if now < rests {
        return Hold::Rests(rests);
    }
    let ready: Vec<Lane> = due.iter().filter(|it| it.1 <= now).map(|it| it.0).collect();
    let next = ready.iter().map(|it| ctx.engine.throttle.free_at(account.id, *it, now)).min();
    let opens = account.pace.window.next_open(now);
    match next {
        Some(at) if now < opens && opens <= at && (ready == [Lane::Campaign] || account.channel() == Channel::Sms) => {
            Hold::Closed(at)
        }
        Some(at) if now < at => Hold::Limit(at),
        _ => Hold::None,
    }
}

/// Lists one part of the outbox, what is due first comes first. Subjects are told to whoever may see the messages.
///
/// # Errors
/// Refuses who may not manage the outbox.
pub async fn list(ctx: &Ctx, query: OutboxQuery) -> Result<Page<OutboxRow>, Error> {
    ctx.require(Permission::OutboxManage)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let mut page = store::deliveries::outbox(&mut reader, &query, ctx.now()).await?;
    // Whoever may see no messages still sees what waits.
    let Ok(scope) = crate::history::scope(ctx) else { return Ok(page) };
    let ids: Vec<MessageId> = page.rows.iter().map(|it| it.message).collect();
    let messages = store::messages::rows(store, &mut reader, &ids, &MessageFilter::default(), scope).await?;
    let subjects: HashMap<MessageId, String> = messages.into_iter().map(|it| (it.id, it.subject)).collect();
    for row in &mut page.rows {
        // One message may go to several addresses.
        row.subject = subjects.get(&row.message).cloned();
    }
    Ok(page)
}

/// What is known about one delivery: its tries, the relay, the protection, the literal answers.
///
/// # Errors
/// Refuses who may not manage the outbox, and what is not there.
pub async fn evidence(ctx: &Ctx, id: DeliveryId) -> Result<OutboxEvidence, Error> {
    ctx.require(Permission::OutboxManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let (message, state) = store::deliveries::by_id(&mut reader, id).await?;
    let handed_at = store::deliveries::handed_at(&mut reader, id).await?;
    let all = store::deliveries::of_message(&mut reader, message).await?;
    let found = all.into_iter().find(|it| it.id == id).ok_or(Refusal::NotFound(Noun::Delivery))?;
    Ok(OutboxEvidence { address: found.address, state, handed_at, attempts: found.attempts })
}

/// Decides about deliveries whose end is unknown, as [`crate::messages::decide`] does about one; tells how many were still unknown.
///
/// # Errors
/// Refuses who may not manage the outbox.
pub async fn decide(ctx: &Ctx, ids: Vec<DeliveryId>, decision: Decision) -> Result<u64, Error> {
    ctx.require(Permission::OutboxManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let mut n = 0;
    for id in ids {
        match crate::messages::decide_one(ctx, &mut tx, id, decision).await {
            Ok(()) => n += 1,
            // Somebody decided, or an answer came, meanwhile.
            Err(Error::Refused(Refusal::NotFound(_) | Refusal::IllegalStep(_) | Refusal::Stale(_))) => {}
            Err(error) => return Err(error),
        }
    }
    tx.commit().await?;
    changed(ctx);
    Ok(n)
}

/// Brings waiting deliveries forward: they leave as soon as the limits let them. Tells how many were still waiting.
///
/// # Errors
/// Refuses who may not manage the outbox.
pub async fn send_now(ctx: &Ctx, ids: Vec<DeliveryId>) -> Result<u64, Error> {
    ctx.require(Permission::OutboxManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let hastened = store::deliveries::hasten(&mut tx, &ids, ctx.now()).await?;
    for (delivery, message) in &hastened {
        ctx.log(&mut tx, Deed::DeliveryHastened(*message, *delivery)).await?;
    }
    tx.commit().await?;
    changed(ctx);
    Ok(hastened.len() as u64)
}

/// Takes deliveries out that have not been handed over; they never leave. Tells how many it were.
///
/// # Errors
/// Refuses who may not manage the outbox.
pub async fn remove(ctx: &Ctx, ids: Vec<DeliveryId>) -> Result<u64, Error> {
    ctx.require(Permission::OutboxManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let removed = store::deliveries::remove(&mut tx, &ids, ctx.now()).await?;
    for (delivery, message) in &removed {
        ctx.log(&mut tx, Deed::DeliveryRemoved(*message, *delivery)).await?;
        crate::messages::settle(&mut tx, *message, None).await?;
    }
    tx.commit().await?;
    changed(ctx);
    Ok(removed.len() as u64)
}

/// Holds everything: nothing leaves until somebody resumes, whatever the accounts do.
///
/// # Errors
/// Refuses who may not manage the outbox.
pub async fn pause(ctx: &Ctx) -> Result<(), Error> {
    ctx.require(Permission::OutboxManage)?;
    set_paused(ctx, Some((ctx.now(), ctx.actor.id)), Deed::SendingPaused).await
}

/// Lets everything leave again.
///
/// # Errors
/// Refuses who may not manage the outbox.
pub async fn resume(ctx: &Ctx) -> Result<(), Error> {
    ctx.require(Permission::OutboxManage)?;
    set_paused(ctx, None, Deed::SendingResumed).await
}

async fn set_paused(ctx: &Ctx, paused: Option<(Moment, model::UserId)>, deed: Deed) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    if store::sending::set_paused(&mut tx, paused).await? {
        ctx.log(&mut tx, deed).await?;
    }
    tx.commit().await?;
    changed(ctx);
    Ok(())
}

fn changed(ctx: &Ctx) {
    ctx.engine.bell.ring();
    ctx.tell(Change::Messages);
}
