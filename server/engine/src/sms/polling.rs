//! Asking gateways: for credit, for what became of messages, and whether they ever heard of what is unknown.

use std::time::Duration;

use delivery::sms::{AskFailure, Polled, Question, Reference, ReferenceUse, SegmentId, SmsGateway};
use model::time::{days, hours, minutes, seconds};
use model::{Account, AccountState, Change, DeliveryId, DeliveryState, DeliveryStep, Moment};
use store::sms::Open;
use store::sms_accounts::Asked;
use tokio::sync::watch;

use super::receipts::{apply, step_to, stored};
use super::{credit, of_account, reference};
use crate::{Ctx, Engine, Error, secret};

/// The longest pause between two looks, in milliseconds.
const PAUSE: i64 = minutes(1);
/// How often changes are asked for while something is open, in milliseconds.
const CHANGES: i64 = minutes(1);
/// How many deliveries are asked about in one turn.
const MOST: u32 = 50;
/// Pauses before the second, third, … question about one delivery, in milliseconds; then nobody expects an answer any more.
const PAUSES: [i64; 8] = [minutes(2), minutes(5), minutes(15), hours(1), hours(4), hours(12), days(1), days(3)];
/// After so long a gateway must have heard of what it was handed, in milliseconds.
const HEARD_OF: i64 = minutes(5);

/// What a turn did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// How many receipts came.
    pub receipts: u32,
    /// When the next question is due, if any is.
    pub next_due: Option<Moment>,
}

/// When a delivery that a gateway just took is asked about first; where the gateway tells changes by itself, only when it has kept silent.
pub(crate) fn first_question(gateway: &SmsGateway, now: Moment) -> Option<Moment> {
    let polls = gateway.capabilities().polls;
    match (polls.segments || polls.references, polls.changes) {
        (true, true) => Some(now.plus(minutes(15))),
        (true, false) => Some(now.plus(seconds(30))),
        (false, true) => Some(now.plus(days(7))),
        (false, false) => None,
    }
}

/// Asks every gateway what is due.
///
/// # Errors
/// Fails when the database fails; what was not stored is asked for again.
pub async fn turn(engine: &Engine) -> Result<Turn, Error> {
    let mut reader = engine.store.read().await?;
    let all = store::sms_accounts::asked(&mut reader).await?;
    drop(reader);
    let mut turn = Turn { receipts: 0, next_due: None };
    for asked in all {
        let mut reader = engine.store.read().await?;
        let account = store::accounts::for_sending(&mut reader, asked.account).await?;
        let gateway = of_account(engine, &mut reader, &account).await?;
        drop(reader);
        let Some(gateway) = gateway else { continue };
        if asked.credit_due_at <= engine.clock().now() {
            credit::ask(engine, &account, &gateway, &asked).await?;
        }
        turn.receipts += ask(engine, &account, &gateway, &asked).await?;
        let mut reader = engine.store.read().await?;
        let now_known = store::sms_accounts::asked(&mut reader).await?.into_iter().find(|it| it.account == account.id);
        drop(reader);
        if let Some(asked) = now_known {
            credit::tell(engine, &account, &asked).await?;
        }
        let next = next_due(engine, &account, keeps(&account, &gateway)).await?;
        turn.next_due = [turn.next_due, next].into_iter().flatten().min();
    }
    if 0 < turn.receipts {
        engine.tell(Change::Messages);
    }
    Ok(turn)
}

/// Asks until `stop` becomes true; then says goodbye where connections are kept.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match turn(&engine).await {
            Ok(Turn { next_due: Some(at), .. }) => at.since(engine.clock().now()).clamp(1_000, PAUSE),
            Ok(Turn { next_due: None, .. }) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "gateways for text messages could not be asked");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(pause as u64)) => {}
            () = engine.sms_bell.notified() => {}
            _ = stop.changed() => {}
        }
    }
    engine.gateways.part_all().await;
}

/// Whether a connection is kept to the gateway. An account in trouble has none: nobody is to knock where a password is wrong.
fn keeps(account: &Account, gateway: &SmsGateway) -> bool {
    gateway.pause().is_some() && !matches!(account.state, AccountState::Trouble { .. })
}

async fn next_due(engine: &Engine, account: &Account, keeps: bool) -> Result<Option<Moment>, Error> {
    let mut reader = engine.store.read().await?;
    let delivery = store::sms::next_due(&mut reader, account.id).await?;
    let asked = store::sms_accounts::asked(&mut reader).await?.into_iter().find(|it| it.account == account.id);
    let changes = asked.as_ref().filter(|_| keeps || delivery.is_some()).map(|it| it.changes_due_at);
    Ok([delivery, asked.map(|it| it.credit_due_at), changes].into_iter().flatten().min())
}

/// Asks one gateway about its messages; trouble is no error, since asking again is harmless.
async fn ask(engine: &Engine, account: &Account, gateway: &SmsGateway, asked: &Asked) -> Result<u32, Error> {
    let (able, now) = (gateway.capabilities(), engine.clock().now());
    let mut reader = engine.store.read().await?;
    let is_open = store::sms::next_due(&mut reader, account.id).await?.is_some();
    let due = store::sms::due(&mut reader, account.id, now, MOST).await?;
    let unknown = store::sms::unknown(&mut reader, account.id, now, MOST).await?;
    drop(reader);
    let mut receipts = 0;
    let waits = able.polls.changes && (is_open || !unknown.is_empty());
    if (waits || keeps(account, gateway)) && asked.changes_due_at <= now {
        receipts += changes(engine, account, gateway, &asked.changes_key).await?;
    }
    for open in due {
        receipts += one(engine, account, gateway, &open).await?;
    }
    for id in unknown {
        receipts += lost(engine, account, gateway, able.reference, id).await?;
    }
    Ok(receipts)
}

/// Asks what has changed. The key of the question is stored before it is asked, so that what was told and not stored is told again.
async fn changes(engine: &Engine, account: &Account, gateway: &SmsGateway, key: &str) -> Result<u32, Error> {
    let key = match key {
        "" => {
            let key: String = secret::make()?.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
            let mut tx = engine.store.write().await?;
            store::sms_accounts::set_changes(&mut tx, account.id, &key, engine.clock().now()).await?;
            tx.commit().await?;
            key
        }
        key => key.to_owned(),
    };
    let Ok(question) = Reference::parse(&key) else { return Ok(0) };
    let answer = gateway.poll(Question::Changes(&question)).await;
    let pause = gateway.pause().map_or(CHANGES, |it| it.as_millis() as i64);
    let (told, key, pause) = match &answer {
        Ok(polled) => (polled.clone(), "", pause),
        // Who was not let in does not knock all the time.
        Err(failure @ AskFailure::Refused { .. }) => (quiet(account, failure), key.as_str(), minutes(5)),
        Err(failure) => (quiet(account, failure), key.as_str(), pause),
    };
    let trouble = answer.err().map(|it| it.to_string()).unwrap_or_default();
    let mut tx = engine.store.write().await?;
    let n = take_in(engine, &mut tx, account, &told).await?;
    store::sms_accounts::set_changes(&mut tx, account.id, key, engine.clock().now().plus(pause)).await?;
    if gateway.pause().is_some() && store::sms_accounts::set_trouble(&mut tx, account.id, &trouble).await? {
        engine.tell(Change::Accounts);
    }
    tx.commit().await?;
    Ok(n)
}

/// Asks about one delivery that was accepted.
async fn one(engine: &Engine, account: &Account, gateway: &SmsGateway, open: &Open) -> Result<u32, Error> {
    let able = gateway.capabilities().polls;
    let names: Vec<SegmentId> = open.names.iter().filter_map(|it| SegmentId::new(it)).collect();
    let own = reference(engine, open.delivery).ok().into_iter().collect::<Vec<_>>();
    let answer = if able.segments && !names.is_empty() {
        gateway.poll(Question::Segments(&names)).await
    } else if able.references && !own.is_empty() {
        gateway.poll(Question::References(&own)).await
    } else {
        Ok(Polled::default())
    };
    let now = engine.clock().now();
    let told = answer.unwrap_or_else(|failure| quiet(account, &failure));
    let again = PAUSES.get(open.asked as usize).map(|it| now.plus(*it));
    let mut tx = engine.store.write().await?;
    store::sms::asked(&mut tx, open.delivery, again).await?;
    let n = take_in(engine, &mut tx, account, &told).await?;
    tx.commit().await?;
    Ok(n)
}

/// Closes what is unknown, where the gateway can prove anything.
async fn lost(
    engine: &Engine,
    account: &Account,
    gateway: &SmsGateway,
    names: ReferenceUse,
    id: DeliveryId,
) -> Result<u32, Error> {
    let ctx = Ctx::system(engine);
    let told = match names {
        ReferenceUse::Ignored | ReferenceUse::OnReceipts => return Ok(0),
        // It never takes the same one twice, so it can simply be sent again.
        ReferenceUse::NeverTwice => None,
        ReferenceUse::Asked => {
            let Ok(own) = reference(engine, id) else { return Ok(0) };
            match gateway.poll(Question::References(std::slice::from_ref(&own))).await {
                Ok(polled) => Some(polled),
                Err(failure) => Some(quiet(account, &failure)),
            }
        }
    };
    let mut tx = engine.store.write().await?;
    let n = match &told {
        Some(told) => take_in(engine, &mut tx, account, told).await?,
        None => 0,
    };
    let never_came = told.as_ref().is_none_or(|it| it.receipts.is_empty() && !it.strangers.is_empty());
    let handed_at = store::deliveries::handed_at(&mut tx, id).await?;
    let (_, state) = store::deliveries::by_id(&mut tx, id).await?;
    let is_old = told.is_none() || handed_at.is_some_and(|it| HEARD_OF <= ctx.now().since(it));
    if never_came && is_old && state == DeliveryState::Unknown {
        step_to(&ctx, &mut tx, id, DeliveryStep::SendAgain).await?;
        engine.bell.ring();
    }
    tx.commit().await?;
    Ok(n)
}

async fn take_in(engine: &Engine, tx: &mut store::Tx, account: &Account, told: &Polled) -> Result<u32, Error> {
    let ctx = Ctx::system(engine);
    let mut n = 0;
    for receipt in told.receipts.iter().filter_map(|it| stored(engine, it)) {
        apply(&ctx, tx, account.id, &receipt).await?;
        n += 1;
    }
    Ok(n)
}

fn quiet(account: &Account, failure: &AskFailure) -> Polled {
    tracing::warn!(account = %account.id, %failure, "a gateway for text messages gave no answer");
    Polled::default()
}
