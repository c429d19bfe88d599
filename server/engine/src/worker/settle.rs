//! Writing down how a try ended.

use delivery::{Outcome, Relay, Verdict};
use model::{Account, AccountState, AttemptOutcome, Change, Deed, DeliveryState, DeliveryStep, Moment};
use store::Tx;
use store::deliveries::{Leased, Settlement};

use super::carry::Carried;
use super::retry;
use crate::{Ctx, Engine, Error};

/// How far the try had come in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    /// Nothing can have left.
    Leased,
    /// *Handed* was committed.
    Handed,
}

/// How a try ended.
pub(super) struct End {
    verdict: Verdict,
    reached: Reached,
    began_at: Moment,
    relay: String,
    reply: String,
    tls: String,
}

impl End {
    /// The message was taken over.
    pub(super) fn accepted(began_at: Moment, relay: &str, reply: String, tls: String) -> Self {
        Self { verdict: Verdict::Accepted, reached: Reached::Handed, began_at, relay: relay.to_owned(), reply, tls }
    }

    /// The message cannot be sent at all.
    pub(super) fn rejected(reached: Reached, began_at: Moment, fault: &str) -> Self {
        let (relay, tls) = (String::new(), String::new());
        Self { verdict: Verdict::MessageNever, reached, began_at, relay, reply: fault.to_owned(), tls }
    }

    /// What the relay's answer or the trouble means.
    pub(super) fn of(outcome: &Outcome, reached: Reached, began_at: Moment, relay: &Relay, tls: String) -> Self {
        let reply = match (outcome.reply(), outcome) {
            (Some(reply), _) => reply.to_string(),
            (None, Outcome::NotSent { trouble }) => trouble.to_string(),
            (None, Outcome::Unknown { evidence }) => evidence.trouble.to_string(),
            (None, _) => String::new(),
        };
        let relay = format!("{}:{}", relay.host, relay.port);
        Self { verdict: outcome.verdict(), reached, began_at, relay, reply, tls }
    }

    fn step(&self) -> DeliveryStep {
        match self.verdict {
            Verdict::Accepted => DeliveryStep::Accept,
            Verdict::Unknown => DeliveryStep::Lose,
            Verdict::MessageNever | Verdict::AddressBad => DeliveryStep::Reject,
            Verdict::MessageLater
            | Verdict::AtOnce
            | Verdict::AccountSlower
            | Verdict::AccountUnreachable
            | Verdict::AccountStopped => DeliveryStep::Defer,
        }
    }
}

/// Settles a delivery, and its account when the answer was about the account.
pub(super) async fn delivery(engine: &Engine, account: &Account, leased: &Leased, end: &End) -> Result<Carried, Error> {
    let ctx = Ctx::system(engine);
    let now = engine.clock().now();
    let mut tx = engine.store.write().await?;
    write(&ctx, &mut tx, leased, end).await?;
    let carried = match end.verdict {
        Verdict::AccountStopped => {
            let state = AccountState::Trouble { reply: end.reply.clone(), since: now };
            store::accounts::set_state(&mut tx, account.id, &state).await?;
            ctx.log(&mut tx, Deed::AccountInTrouble(account.id)).await?;
            Carried::AccountRests(now)
        }
        Verdict::AccountSlower | Verdict::AccountUnreachable => Carried::AccountRests(engine.backoff.rest(account.id, now)),
        _ => {
            engine.backoff.forget(account.id);
            Carried::Settled
        }
    };
    tx.commit().await?;
    if end.verdict == Verdict::AccountStopped {
        engine.tell(Change::Accounts);
    }
    Ok(carried)
}

/// Writes the try, the delivery's and the message's new state and the entry of the action log.
pub(super) async fn write(ctx: &Ctx, tx: &mut Tx, leased: &Leased, end: &End) -> Result<(), Error> {
    let from = match end.reached {
        Reached::Leased => DeliveryState::Leased,
        Reached::Handed => DeliveryState::Handed,
    };
    let now = ctx.now();
    let to = from.step(end.step())?;
    let (outcome, deed) = match to {
        DeliveryState::Accepted => (AttemptOutcome::Accepted, Deed::DeliveryAccepted(leased.message, leased.id)),
        DeliveryState::Unknown => (AttemptOutcome::Unknown, Deed::DeliveryUnknown(leased.message, leased.id)),
        DeliveryState::Rejected => (AttemptOutcome::Rejected, Deed::DeliveryRejected(leased.message, leased.id)),
        _ => (AttemptOutcome::Deferred, Deed::DeliveryDeferred(leased.message, leased.id)),
    };
    let settlement = Settlement {
        to,
        due_at: (to == DeliveryState::Waiting).then(|| now.plus(retry::pause(leased.tries + 1))),
        outcome,
        began_at: end.began_at,
        now,
        relay: &end.relay,
        reply: &end.reply,
        tls: &end.tls,
    };
    store::deliveries::settle(tx, leased, from, &settlement).await?;
    ctx.log(tx, deed).await?;
    crate::messages::settle(tx, leased.message, (to == DeliveryState::Accepted).then_some(now)).await
}
