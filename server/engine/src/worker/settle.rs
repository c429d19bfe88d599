//! How a try ended, and writing it down for many tries at once.

use std::collections::BTreeSet;

use delivery::sms::SmsOutcome;
use delivery::{Outcome, Relay, Verdict};
use model::{
    AccountId, AccountState, AttemptOutcome, Change, Deed, DeliveryState, DeliveryStep, MessageEnd, MessageId, MessageState,
    MessageStep, Moment, RetryClass,
};
use store::Tx;
use store::deliveries::{Leased, Settlement};

use super::shift::Shift;
use crate::{Ctx, Error};

/// How far the try had come in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// Nothing can have left.
    Leased,
    /// *Handed* was committed, but the last byte certainly did not leave.
    Allowed,
    /// *Handed* was committed at that moment, and the last byte left.
    Left(Moment),
}

/// How a try ended.
#[derive(Debug)]
pub(crate) struct End {
    pub(super) verdict: Verdict,
    pub(super) reached: Reached,
    pub(super) began_at: Moment,
    relay: String,
    reply: String,
    tls: String,
    taken: Option<Taken>,
}

/// What a gateway named when it took a text message.
#[derive(Debug)]
pub(crate) struct Taken {
    /// By which account.
    pub account: AccountId,
    /// Its names of the parts.
    pub names: Vec<String>,
    /// When it is asked about them first.
    pub ask_at: Option<Moment>,
}

impl End {
    /// The message was taken over.
    pub(super) fn accepted(began_at: Moment, at: Moment) -> Self {
        let (relay, reply, tls) = (String::new(), String::new(), String::new());
        Self { verdict: Verdict::Accepted, reached: Reached::Left(at), began_at, relay, reply, tls, taken: None }
    }

    /// The message cannot be sent at all.
    pub(super) fn rejected(reached: Reached, began_at: Moment, fault: &str) -> Self {
        let (relay, tls) = (String::new(), String::new());
        Self { verdict: Verdict::MessageNever, reached, began_at, relay, reply: fault.to_owned(), tls, taken: None }
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
        Self { verdict: outcome.verdict(), reached, began_at, relay, reply, tls, taken: None }
    }

    /// What a gateway's answer or the trouble means; `taken` of a message that it took.
    pub(super) fn of_text(outcome: &SmsOutcome, gateway: &str, taken: Taken, reached: Reached, began_at: Moment) -> Self {
        let reply = match (outcome.answer(), outcome) {
            (Some(answer), _) => answer.to_string(),
            (None, SmsOutcome::NotSent { trouble }) => trouble.to_string(),
            (None, SmsOutcome::Unknown { evidence }) => evidence.trouble.as_ref().map(ToString::to_string).unwrap_or_default(),
            (None, _) => String::new(),
        };
        let verdict = outcome.verdict();
        let taken = (verdict == Verdict::Accepted).then_some(taken);
        Self { verdict, reached, began_at, relay: gateway.to_owned(), reply, tls: String::new(), taken }
    }

    fn from(&self) -> DeliveryState {
        match self.reached {
            Reached::Leased => DeliveryState::Leased,
            Reached::Allowed | Reached::Left(_) => DeliveryState::Handed,
        }
    }

    /// Why it has to be tried again, if it has.
    fn retry_class(&self) -> RetryClass {
        if self.verdict == Verdict::AccountUnreachable { RetryClass::Unreachable } else { RetryClass::Deferred }
    }

    /// Whether the relay and not the message is why it waits, so that another relay can carry it at once. What the relay said to the
    /// message itself holds for others as well.
    fn goes_elsewhere(&self) -> bool {
        self.verdict.is_about_account() && !matches!(self.reached, Reached::Left(_))
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

/// Writes tries, the new states of deliveries and messages, and the entries of the action log.
pub(super) async fn write(ctx: &Ctx, tx: &mut Tx, ends: &[(Leased, End)]) -> Result<(), Error> {
    let now = ctx.now();
    let mut rules = None;
    let mut settlements = Vec::with_capacity(ends.len());
    for (leased, end) in ends {
        let (from, to) = (end.from(), end.from().step(end.step())?);
        if to == DeliveryState::Waiting && rules.is_none() {
            rules = Some(store::sending::retry_rules(tx).await?);
        }
        let pause = rules.as_ref().filter(|_| to == DeliveryState::Waiting);
        settlements.push(Settlement {
            leased,
            from,
            to,
            due_at: pause.map(|it| match end.goes_elsewhere() && ctx.engine.ways.has_others(leased.home, leased.carrier) {
                true => now,
                false => now.plus(it.pause(end.retry_class(), leased.tries + 1)),
            }),
            worth_until: pause.map(|it| now.plus(it.worth())),
            outcome: outcome(to),
            began_at: end.began_at,
            handed_at: if let Reached::Left(at) = end.reached { Some(at) } else { None },
            now,
            relay: &end.relay,
            reply: &end.reply,
            tls: &end.tls,
        });
    }
    let moved: BTreeSet<i64> = store::deliveries::settle(tx, &settlements).await?.into_iter().map(|it| it.0).collect();
    let settled: Vec<_> = settlements.iter().filter(|it| moved.contains(&it.leased.id.0)).collect();
    let deeds: Vec<Deed> = settled.iter().map(|it| deed(it)).collect();
    store::audit::write_all(tx, ctx.actor.id, &deeds, now).await?;
    for (leased, taken) in ends.iter().filter_map(|(leased, end)| Some((leased, end.taken.as_ref()?))) {
        if moved.contains(&leased.id.0) {
            store::sms::take(tx, leased.id, taken.account, &taken.names, taken.ask_at).await?;
        }
    }
    let mut gateways: Vec<AccountId> = ends.iter().filter_map(|it| Some(it.1.taken.as_ref()?.account)).collect();
    gateways.dedup();
    for id in gateways {
        crate::sms::took(tx, id).await?;
    }
    let accepted = unique(settled.iter().filter(|it| it.to == DeliveryState::Accepted).map(|it| it.leased.message));
    if 0 < store::copies::queue(tx, &accepted, now).await? {
        ctx.engine.copy_bell.notify_one();
    }
    store::messages::set_all_sent(tx, &accepted, now).await?;
    messages(tx, &unique(settled.iter().filter(|it| it.to.is_settled()).map(|it| it.leased.message))).await?;
    for (leased, end) in ends.iter().filter(|it| moved.contains(&it.0.id.0)) {
        if let Some(taken) = &end.taken {
            crate::sms::settle_kept(ctx, tx, taken.account, leased.id, &taken.names).await?;
        }
    }
    Ok(())
}

/// Moves messages on of which all deliveries have ended.
pub(crate) async fn messages(tx: &mut Tx, ids: &[MessageId]) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut states = store::deliveries::states_of(tx, ids).await?;
    states.sort_unstable_by_key(|it| it.0.0);
    let mut ended: Vec<(MessageEnd, Vec<MessageId>)> = Vec::new();
    for of_message in states.chunk_by(|a, b| a.0 == b.0) {
        let of_one: Vec<DeliveryState> = of_message.iter().map(|it| it.1).collect();
        let (Some(end), Some((id, _))) = (MessageEnd::of(&of_one), of_message.first()) else { continue };
        match ended.iter_mut().find(|it| it.0 == end) {
            Some((_, ids)) => ids.push(*id),
            None => ended.push((end, vec![*id])),
        }
    }
    for (end, ids) in ended {
        let next = MessageState::Queued.step(MessageStep::Settle(end))?;
        store::messages::end_all(tx, &ids, next).await?;
    }
    Ok(())
}

/// What the answers say about the account: it stops, once, or rests, once, or works again.
pub(super) async fn account(shift: &Shift, tx: &mut Tx, ends: &[(Leased, End)]) -> Result<(), Error> {
    let (engine, id) = (&shift.engine, shift.account.id);
    let now = engine.clock().now();
    for (_, end) in ends {
        match end.verdict {
            // What was refused under settings that somebody has changed since says nothing about those that hold now.
            Verdict::AccountStopped if !shift.is_current() => {}
            Verdict::AccountStopped => {
                let state = AccountState::Trouble { reply: end.reply.clone(), since: now };
                if store::accounts::stop(tx, id, &state).await? {
                    Ctx::system(engine).log(tx, Deed::AccountInTrouble(id)).await?;
                    engine.tell(Change::Accounts);
                }
            }
            Verdict::AccountSlower | Verdict::AccountUnreachable => {}
            _ => engine.backoff.worked(id, end.began_at),
        }
    }
    Ok(())
}

fn outcome(to: DeliveryState) -> AttemptOutcome {
    match to {
        DeliveryState::Accepted => AttemptOutcome::Accepted,
        DeliveryState::Unknown => AttemptOutcome::Unknown,
        DeliveryState::Rejected => AttemptOutcome::Rejected,
        _ => AttemptOutcome::Deferred,
    }
}

fn deed(it: &Settlement<'_>) -> Deed {
    let (message, delivery) = (it.leased.message, it.leased.id);
    match it.outcome {
        AttemptOutcome::Accepted => Deed::DeliveryAccepted(message, delivery),
        AttemptOutcome::Unknown => Deed::DeliveryUnknown(message, delivery),
        AttemptOutcome::Rejected => Deed::DeliveryRejected(message, delivery),
        AttemptOutcome::Deferred => Deed::DeliveryDeferred(message, delivery),
    }
}

fn unique(ids: impl Iterator<Item = MessageId>) -> Vec<MessageId> {
    let mut ids: Vec<MessageId> = ids.collect();
    ids.sort_unstable_by_key(|it| it.0);
    ids.dedup();
    ids
}
