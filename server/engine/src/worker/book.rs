//! Writes down, for all connections of an account together, what may leave and what became of it: each group is one transaction.

use std::mem::take;
use std::time::Duration;

use delivery::Verdict;
use model::{Change, DeliveryId, Moment};
use store::captured::NewCaptured;
use store::deliveries::Leased;
use tokio::sync::{mpsc, oneshot};

use super::carrier::TOGETHER;
use super::letter::Load;
use super::settle::{self, End, Reached};
use super::shift::Shift;
use crate::{Ctx, Error};

/// How many entries one transaction takes in.
const GROUP: usize = 256;
/// How long a group waits for more while a fast relay is served: each commit writes whole pages and waits for the disk, however little is new.
const GATHER: Duration = Duration::from_millis(8);

/// Tells a lot which of its deliveries may be handed, and since when.
type Allowed = oneshot::Sender<Option<(Vec<DeliveryId>, Moment)>>;

/// What a connection has to say.
pub(super) enum Entry {
    /// Asks that these may leave; the answer says which may, and since when.
    Hand(Vec<Leased>, Allowed),
    /// A try has ended.
    Settle(Leased, End),
    /// These were not touched, or certainly did not leave.
    GiveBack(Vec<Leased>, Reached),
    /// The gateway says that its credit is used up.
    OutOfCredit,
    /// This would have left now: Capture keeps it.
    Capture(Load, Moment),
}

/// What ended and could not be written, as when the disk was full. It is written before anything else is begun.
#[derive(Debug, Default)]
pub(crate) struct Unwritten {
    ends: Vec<(Leased, End)>,
    back: Vec<Leased>,
}

/// A group of entries, sorted out.
#[derive(Default)]
struct Group {
    hands: Vec<(Vec<Leased>, Allowed)>,
    captures: Vec<(Load, Moment)>,
    is_out_of_credit: bool,
    rest: Unwritten,
}

/// Writes until nobody has anything to say any more.
pub(super) async fn keep(shift: &Shift, mut entries: mpsc::UnboundedReceiver<Entry>) {
    let mut heard = Vec::with_capacity(GROUP);
    while 0 < entries.recv_many(&mut heard, GROUP).await {
        gather(shift, &mut entries, &mut heard).await;
        let mut group = Group::default();
        heard.drain(..).for_each(|it| group.take_in(shift, it));
        if let Err(error) = group.write(shift).await {
            shift.fail(error);
        }
    }
}

/// Waits, while a fast relay is served, until most connections ask for leave to send; the others send while these are written down.
async fn gather(shift: &Shift, entries: &mut mpsc::UnboundedReceiver<Entry>, heard: &mut Vec<Entry>) {
    if shift.together() < TOGETHER {
        return;
    }
    let connections = usize::from(shift.engine.backoff.connections(shift.account.id, shift.account.pace.connections));
    let most = (2 * connections).div_ceil(3);
    let asking = |heard: &[Entry]| heard.iter().filter(|it| matches!(it, Entry::Hand(..))).count();
    let more =
        async { while asking(heard) < most && heard.len() < GROUP && 0 < entries.recv_many(heard, GROUP - heard.len()).await {} };
    // Whoever has come by then is served; nothing of it is lost.
    let _ = tokio::time::timeout(GATHER, more).await;
}

/// Writes what could not be written before.
pub(super) async fn write_again(engine: &crate::Engine) -> Result<(), Error> {
    let unwritten = take(&mut *engine.unwritten());
    if unwritten.ends.is_empty() && unwritten.back.is_empty() {
        return Ok(());
    }
    let written = async {
        let mut tx = engine.store.write().await?;
        unwritten.write(&Ctx::system(engine), &mut tx).await?;
        tx.commit().await?;
        Ok(())
    };
    let result = written.await;
    if result.is_err() {
        engine.unwritten().merge(unwritten);
    }
    result
}

impl Unwritten {
    async fn write(&self, ctx: &Ctx, tx: &mut store::Tx) -> Result<(), Error> {
        if !self.ends.is_empty() {
            settle::write(ctx, tx, &self.ends).await?;
        }
        if !self.back.is_empty() {
            store::deliveries::give_back(tx, &self.back.iter().collect::<Vec<_>>()).await?;
        }
        Ok(())
    }

    fn merge(&mut self, other: Self) {
        self.ends.extend(other.ends);
        self.back.extend(other.back);
    }
}

impl Group {
    fn take_in(&mut self, shift: &Shift, entry: Entry) {
        let (engine, id) = (&shift.engine, shift.account.id);
        match entry {
            Entry::Hand(leased, answer) => self.hands.push((leased, answer)),
            Entry::Settle(leased, end) => {
                if end.reached == Reached::Leased {
                    engine.throttle.released(id, [&leased]);
                }
                if shift.is_current() && matches!(end.verdict, Verdict::AccountSlower | Verdict::AccountUnreachable) {
                    engine.backoff.rest(id, engine.clock().now());
                }
                shift.carried(1);
                self.rest.ends.push((leased, end));
            }
            Entry::GiveBack(leased, reached) => {
                if reached == Reached::Leased {
                    engine.throttle.released(id, &leased);
                }
                self.rest.back.extend(leased);
            }
            Entry::OutOfCredit => self.is_out_of_credit = true,
            Entry::Capture(load, began_at) => {
                shift.carried(1);
                self.captures.push((load, began_at));
            }
        }
    }

    async fn write(mut self, shift: &Shift) -> Result<(), Error> {
        let now = shift.engine.clock().now();
        let result = self.commit(shift, now).await;
        match result {
            Ok(handed) => {
                for (leased, answer) in take(&mut self.hands) {
                    let allowed = leased.iter().map(|it| it.id).filter(|it| handed.contains(it)).collect();
                    // A connection that does not wait any more has given up; what it holds is given back by itself.
                    let _ = answer.send(Some((allowed, now)));
                }
                Ok(())
            }
            Err(error) => {
                self.hands.into_iter().for_each(|(_, answer)| {
                    let _ = answer.send(None);
                });
                self.rest.back.extend(self.captures.into_iter().map(|it| it.0.leased));
                shift.engine.unwritten().merge(self.rest);
                Err(error)
            }
        }
    }

    async fn commit(&mut self, shift: &Shift, now: Moment) -> Result<Vec<DeliveryId>, Error> {
        let (engine, account) = (&shift.engine, shift.account.id);
        let ctx = Ctx::system(engine);
        let mut tx = engine.store.write().await?;
        self.rest.write(&ctx, &mut tx).await?;
        settle::account(shift, &mut tx, &self.rest.ends).await?;
        if self.is_out_of_credit {
            crate::sms::out_of_credit(&ctx, &mut tx, account).await?;
        }
        let asked: Vec<&Leased> =
            self.hands.iter().flat_map(|it| &it.0).chain(self.captures.iter().map(|it| &it.0.leased)).collect();
        let mut handed = Vec::new();
        if !asked.is_empty() {
            handed = store::deliveries::hand(&mut tx, &asked, now).await?;
            let (may, may_not): (Vec<&Leased>, Vec<&Leased>) = asked.into_iter().partition(|it| handed.contains(&it.id));
            engine.throttle.handed(account, may, now);
            engine.throttle.released(account, may_not);
        }
        if !self.captures.is_empty() {
            capture(shift, &ctx, &mut tx, &self.captures, &handed, now).await?;
        }
        tx.commit().await?;
        if !self.captures.is_empty() {
            engine.tell(Change::Captured);
        }
        if self.is_out_of_credit {
            engine.sms_bell.notify_one();
            engine.tell(Change::Accounts);
        }
        Ok(handed)
    }
}

/// Keeps what would have left, in one transaction with its state.
async fn capture(
    shift: &Shift,
    ctx: &Ctx,
    tx: &mut store::Tx,
    captures: &[(Load, Moment)],
    handed: &[DeliveryId],
    now: Moment,
) -> Result<(), Error> {
    let mut ends = Vec::new();
    for (load, began_at) in captures.iter().filter(|it| handed.contains(&it.0.leased.id)) {
        let leased = load.leased.clone();
        match load.letter.built(&shift.engine).await? {
            Ok(built) => {
                let (subject, content) = (built.subject.as_str(), built.bytes.as_slice());
                let mail =
                    NewCaptured { message: leased.message, delivery: leased.id, recipient: &leased.address, subject, content };
                store::captured::put(&shift.engine.store, tx, mail, now).await?;
                ends.push((leased, End::accepted(*began_at, now)));
            }
            Err(fault) => ends.push((leased, End::rejected(Reached::Allowed, *began_at, fault))),
        }
    }
    settle::write(ctx, tx, &ends).await
}
