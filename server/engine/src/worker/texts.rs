//! Carrying text messages: what is leased is handed to a gateway, as many in one request as it takes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use delivery::Verdict;
use delivery::sms::{Cause, Sender, SmsGateway, SmsKind, SmsMessage, SmsOutcome};
use model::{DeliveryId, Moment, Transport};
use tokio::sync::{mpsc, oneshot};

use super::book::Entry;
use super::carrier::follows;
use super::letter::Load;
use super::settle::{End, Reached, Taken};
use super::shift::Shift;

/// How many messages go in one request at most: what is uncertain after a crash is at most this for each connection.
const TOGETHER: usize = 50;

type Book = mpsc::UnboundedSender<Entry>;

/// Why nothing left.
enum Held {
    /// The shift is over.
    Over,
    /// These lost their lease, as when a message was cancelled meanwhile.
    Lost,
}

/// Carries until the lot is closed. The first connection goes ahead; the others follow when the gateway is known to work.
pub(super) async fn run(shift: &Shift, gateway: &SmsGateway, number: u8, book: &Book) {
    if 0 < number && !follows(shift).await {
        return;
    }
    let together = gateway.capabilities().batch.clamp(1, TOGETHER);
    while let Some(first) = shift.lot.take().await {
        let mut loads = vec![first];
        loads.extend(shift.lot.take_more(together - 1));
        let n = loads.len();
        carry(shift, gateway, book, loads).await;
        shift.lot.done(n);
    }
}

/// Hands a batch over, and writes down what became of each.
async fn carry(shift: &Shift, gateway: &SmsGateway, book: &Book, loads: Vec<Load>) {
    let began_at = shift.engine.clock().now();
    let mut batch = Vec::with_capacity(loads.len());
    for load in loads {
        match message(shift, &load) {
            Ok(message) => batch.push((load, message)),
            Err(fault) => tell(book, Entry::Settle(load.leased, End::rejected(Reached::Leased, began_at, &fault))),
        }
    }
    // What was committed as handed; after a batch was taken apart the rest need not be asked about again.
    let mut allowed: HashMap<DeliveryId, Moment> = HashMap::new();
    while !batch.is_empty() {
        if shift.is_over() || !shift.is_current() {
            break;
        }
        let left = AtomicBool::new(false);
        let mut fresh = None;
        let messages: Vec<SmsMessage> = batch.iter().map(|it| it.1.clone()).collect();
        let outcomes = gateway
            .transmit(&messages, async || {
                let (may, lost) = hand(book, &batch, &allowed).await?;
                fresh = Some(may);
                if lost {
                    return Err(Held::Lost);
                }
                left.store(true, Ordering::Relaxed);
                Ok(())
            })
            .await;
        allowed.extend(fresh.unwrap_or_default());
        match outcomes {
            Ok(outcomes) => {
                let left = left.load(Ordering::Relaxed);
                for ((load, _), outcome) in batch.drain(..).zip(outcomes) {
                    let at = allowed.get(&load.leased.id).copied();
                    settle(shift, gateway, book, load, &outcome, reached(at, left), began_at);
                }
            }
            Err(Held::Lost) => batch.retain(|it| allowed.contains_key(&it.0.leased.id)),
            Err(Held::Over) => break,
        }
    }
    give_back(book, batch, &allowed);
}

fn reached(at: Option<Moment>, left: bool) -> Reached {
    match at {
        Some(at) if left => Reached::Left(at),
        Some(_) => Reached::Allowed,
        None => Reached::Leased,
    }
}

/// What a delivery looks like to a gateway.
fn message(shift: &Shift, load: &Load) -> Result<SmsMessage, String> {
    let text = load.letter.text()?;
    let recipient = load.leased.address.phone().ok_or_else(|| "the address is no phone number".to_owned())?.clone();
    let sender = match text.sender.as_str() {
        "" => None,
        name => Some(Sender::parse(name).map_err(|fault| format!("the sender cannot be used: {fault}"))?),
    };
    let reference = crate::sms::reference(&shift.engine, load.leased.id)?;
    Ok(SmsMessage { reference, recipient, sender, text: text.words.clone(), kind: SmsKind::Normal, validity: None })
}

/// Has it committed that the batch may leave. Answers which may and since when, and whether any of them lost its lease.
async fn hand(
    book: &Book,
    batch: &[(Load, SmsMessage)],
    allowed: &HashMap<DeliveryId, Moment>,
) -> Result<(HashMap<DeliveryId, Moment>, bool), Held> {
    let asked: Vec<_> = batch.iter().map(|it| it.0.leased.clone()).filter(|it| !allowed.contains_key(&it.id)).collect();
    if asked.is_empty() {
        return Ok((HashMap::new(), false));
    }
    let n = asked.len();
    let (answer, answered) = oneshot::channel();
    tell(book, Entry::Hand(asked, answer));
    // The writer has told the shift why it failed.
    let Ok(Some((may, at))) = answered.await else { return Err(Held::Over) };
    let lost = may.len() < n;
    Ok((may.into_iter().map(|id| (id, at)).collect(), lost))
}

/// Writes down what became of a message. Where the credit is used up it waits, and no try is counted.
fn settle(
    shift: &Shift,
    gateway: &SmsGateway,
    book: &Book,
    load: Load,
    outcome: &SmsOutcome,
    reached: Reached,
    began_at: Moment,
) {
    let verdict = outcome.verdict();
    if matches!(outcome, SmsOutcome::Deferred { cause: Cause::NoCredit, .. }) {
        // The request left, and the answer says that nothing of it was kept.
        let reached = if reached == Reached::Leased { Reached::Leased } else { Reached::Allowed };
        tell(book, Entry::GiveBack(vec![load.leased], reached));
        tell(book, Entry::OutOfCredit);
        shift.end();
        return;
    }
    if verdict == Verdict::Accepted {
        shift.engine.connections.prove(shift.account.id, true);
    }
    let over = verdict.is_about_account();
    let names = match outcome {
        SmsOutcome::Accepted { segments, .. } => segments.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    let ask_at = crate::sms::first_question(gateway, shift.engine.clock().now());
    let taken = Taken { account: shift.account.id, names, ask_at };
    tell(book, Entry::Settle(load.leased, End::of_text(outcome, &place(shift), taken, reached, began_at)));
    if over {
        shift.engine.connections.prove(shift.account.id, false);
        shift.end();
    }
}

/// Host and port of the gateway, for the record of a try; one that is described by hand may have several.
fn place(shift: &Shift) -> String {
    let Transport::Sms(settings) = &shift.account.transport else { return String::new() };
    match &settings.gateway {
        model::SmsGateway::Http { .. } => String::new(),
        it => it.place().rsplit("://").next().unwrap_or_default().to_owned(),
    }
}

/// Gives back what was not carried.
fn give_back(book: &Book, batch: Vec<(Load, SmsMessage)>, allowed: &HashMap<DeliveryId, Moment>) {
    let (handed, leased): (Vec<_>, Vec<_>) = batch.into_iter().map(|it| it.0.leased).partition(|it| allowed.contains_key(&it.id));
    for (leased, reached) in [(handed, Reached::Allowed), (leased, Reached::Leased)] {
        if !leased.is_empty() {
            tell(book, Entry::GiveBack(leased, reached));
        }
    }
}

fn tell(book: &Book, entry: Entry) {
    // The writer ends after all connections, so somebody listens.
    let _ = book.send(entry);
}
