//! One connection of an account: takes what is leased and carries it, message after message.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use delivery::{Connection, Content, Envelope, Outcome, Relay, Verdict};
use model::{DeliveryId, Moment};
use store::deliveries::Leased;
use tokio::sync::{mpsc, oneshot, watch};

use super::book::Entry;
use super::letter::Load;
use super::settle::{End, Reached};
use super::shift::{Shift, Way};
use super::texts;
use crate::Error;
use crate::clock::Stopwatch;

/// How often a message is offered again at once because the warm connection had gone stale or was given up.
const AT_ONCE: u32 = 3;
/// How many deliveries one connection marks as handed together at most.
pub(super) const TOGETHER: usize = 4;

type Book = mpsc::UnboundedSender<Entry>;

/// Why nothing was sent and nothing is settled.
enum Stopped {
    /// The shift is over.
    Over,
    /// The lease was lost, as when the message was cancelled meanwhile.
    Lost,
}

/// What one connection holds.
struct Held<'a> {
    shift: &'a Shift,
    book: &'a Book,
    loads: VecDeque<Load>,
    /// What may leave, and since when.
    allowed: HashMap<DeliveryId, Moment>,
    /// What lost its lease.
    lost: Vec<DeliveryId>,
    link: Option<Connection>,
}

/// Carries until the lot is closed. The first connection goes ahead; the others follow when the relay is known to work, so that a wrong
/// password or a dead relay is met once.
pub(super) async fn run(shift: &Shift, number: u8, book: &Book) {
    let relay = match &shift.way {
        Way::Capture => return capture(shift, book).await,
        Way::Gateway(gateway) => return texts::run(shift, gateway, number, book).await,
        Way::Relay(relay) => relay,
    };
    if 0 < number && !follows(shift).await {
        return;
    }
    let (engine, id) = (&shift.engine, shift.account.id);
    let mut held = Held {
        shift,
        book,
        loads: VecDeque::new(),
        allowed: HashMap::new(),
        lost: Vec::new(),
        link: engine.connections.take(id),
    };
    while let Some(first) = shift.lot.take().await {
        held.loads.push_back(first);
        held.loads.extend(shift.lot.take_more(shift.together() - 1));
        let n = held.loads.len();
        if let Err(error) = held.carry_all(relay).await {
            shift.fail(error);
        }
        held.give_back();
        shift.lot.done(n);
    }
    if let Some(link) = held.link.take() {
        engine.connections.keep(id, shift.version, link, engine.clock().now());
    }
}

/// Waits until the relay has taken a message up to its final dot, or the gateway a message; says no when the shift ends before.
pub(super) async fn follows(shift: &Shift) -> bool {
    let mut over = shift.over();
    let mut proven = shift.engine.connections.proven(shift.account.id);
    tokio::select! {
        it = proven.wait_for(|it| *it) => it.is_ok(),
        _ = over.wait_for(|it| *it) => false,
        () = shift.lot.closed() => false,
    }
}

/// Gives everything to Capture.
async fn capture(shift: &Shift, book: &Book) {
    while let Some(load) = shift.lot.take().await {
        let _ = book.send(Entry::Capture(load, shift.engine.clock().now()));
        shift.lot.done(1);
    }
}

impl Held<'_> {
    /// Carries what it holds, one after the other, until it is over.
    async fn carry_all(&mut self, relay: &Relay) -> Result<(), Error> {
        while let Some(load) = self.loads.front() {
            if self.shift.is_over() {
                return Ok(());
            }
            let (leased, letter) = (load.leased.clone(), load.letter.clone());
            let began_at = self.shift.engine.clock().now();
            let end = match letter.built(&self.shift.engine).await? {
                Ok(built) => match Content::new(&built.bytes) {
                    Ok(content) => self.offer(relay, &leased, &content, began_at).await,
                    Err(fault) => Ok(End::rejected(self.reached(leased.id, false), began_at, &fault.to_string())),
                },
                Err(fault) => Ok(End::rejected(self.reached(leased.id, false), began_at, fault)),
            };
            match end {
                Ok(end) => {
                    self.loads.pop_front();
                    self.allowed.remove(&leased.id);
                    let over = end.verdict.is_about_account();
                    self.tell(Entry::Settle(leased, end));
                    if over {
                        self.shift.engine.connections.prove(self.shift.account.id, false);
                        self.shift.end();
                    }
                }
                Err(Stopped::Over) => return Ok(()),
                Err(Stopped::Lost) => {
                    self.loads.pop_front();
                }
            }
        }
        Ok(())
    }

    /// Offers a mail to the relay, over the warm connection if there is one.
    async fn offer(&mut self, relay: &Relay, leased: &Leased, content: &Content<'_>, began_at: Moment) -> Result<End, Stopped> {
        let Some(recipient) = leased.address.email().cloned() else {
            return Ok(End::rejected(self.reached(leased.id, false), began_at, "the address is no e-mail address"));
        };
        let sender = crate::bounces::return_path(&self.shift.engine, &self.shift.account, leased);
        let envelope = Envelope { sender, recipient, id: Some(format!("posel-{}", leased.id)) };
        let mut tries = 0;
        loop {
            tries += 1;
            let mut link = match self.link.take() {
                Some(link) => link,
                None => match self.open(relay).await? {
                    Ok(link) => link,
                    Err(trouble) => {
                        let reached = self.reached(leased.id, false);
                        return Ok(End::of(&Outcome::NotSent { trouble }, reached, began_at, relay, String::new()));
                    }
                },
            };
            let tls = link.security_note().map(ToString::to_string).unwrap_or_default();
            let (outcome, left) = self.transmit(&mut link, &envelope, content, leased).await?;
            self.put_by(link).await;
            if outcome.verdict() != Verdict::AtOnce || tries == AT_ONCE {
                return Ok(End::of(&outcome, self.reached(leased.id, left), began_at, relay, tls));
            }
        }
    }

    /// Makes a connection, unless the shift ends meanwhile.
    async fn open(&self, relay: &Relay) -> Result<Result<Connection, delivery::Trouble>, Stopped> {
        let mut over = self.shift.over();
        tokio::select! {
            link = crate::oauth::connect(&self.shift.engine, self.shift.account.id, relay) => link.map_err(|error| {
                self.shift.fail(error);
                Stopped::Over
            }),
            _ = over.wait_for(|it| *it) => Err(Stopped::Over),
        }
    }

    /// Transmits one mail; tells the outcome, and whether its last byte left. Until it is allowed to leave, the end of the shift stops it.
    async fn transmit(
        &mut self,
        link: &mut Connection,
        envelope: &Envelope,
        content: &Content<'_>,
        leased: &Leased,
    ) -> Result<(Outcome, bool), Stopped> {
        let (asked, left, waited_us) = (AtomicBool::new(false), AtomicBool::new(false), AtomicU64::new(0));
        let (shift, begin) = (self.shift, Stopwatch::begin());
        let mut over = shift.over();
        let outcome = {
            let hand = async || {
                asked.store(true, Ordering::Relaxed);
                shift.engine.connections.prove(shift.account.id, true);
                let begin = Stopwatch::begin();
                self.hand(leased.id).await?;
                waited_us.store(begin.us(), Ordering::Relaxed);
                left.store(true, Ordering::Relaxed);
                Ok(())
            };
            let transmission = link.transmit(envelope, content, hand);
            tokio::select! {
                outcome = transmission => outcome?,
                () = until_over(&mut over, &asked) => return Err(Stopped::Over),
            }
        };
        let us = begin.us().saturating_sub(waited_us.load(Ordering::Relaxed));
        self.shift.took(us);
        Ok((outcome, left.load(Ordering::Relaxed)))
    }

    /// Has it committed that the delivery may leave, and with it some of those that follow.
    async fn hand(&mut self, id: DeliveryId) -> Result<(), Stopped> {
        if self.allowed.contains_key(&id) {
            return Ok(());
        }
        if !self.lost.contains(&id) {
            let (answer, answered) = oneshot::channel();
            let asked: Vec<Leased> = self.loads.iter().map(|it| it.leased.clone()).collect();
            let ids: Vec<DeliveryId> = asked.iter().map(|it| it.id).collect();
            self.tell(Entry::Hand(asked, answer));
            // The writer has told the shift why it failed.
            let Ok(Some((may, at))) = answered.await else { return Err(Stopped::Over) };
            self.lost = ids.into_iter().filter(|it| !may.contains(it)).collect();
            self.allowed.extend(may.into_iter().map(|it| (it, at)));
        }
        if self.allowed.contains_key(&id) { Ok(()) } else { Err(Stopped::Lost) }
    }

    /// Keeps a connection that can still be used; one that has carried enough takes leave.
    async fn put_by(&mut self, link: Connection) {
        if !link.is_reusable() {
            return;
        }
        if self.shift.account.pace.messages_per_connection <= link.n_messages() {
            link.quit().await;
        } else {
            self.link = Some(link);
        }
    }

    /// How far a delivery had come when its try ended.
    fn reached(&self, id: DeliveryId, left: bool) -> Reached {
        match self.allowed.get(&id) {
            Some(at) if left => Reached::Left(*at),
            Some(_) => Reached::Allowed,
            None => Reached::Leased,
        }
    }

    /// Gives back what was not carried.
    fn give_back(&mut self) {
        let (allowed, leased): (Vec<Leased>, Vec<Leased>) =
            self.loads.drain(..).map(|it| it.leased).partition(|it| self.allowed.contains_key(&it.id));
        for (leased, reached) in [(allowed, Reached::Allowed), (leased, Reached::Leased)] {
            if !leased.is_empty() {
                self.tell(Entry::GiveBack(leased, reached));
            }
        }
        self.allowed.clear();
        self.lost.clear();
    }

    fn tell(&self, entry: Entry) {
        // The writer ends after all connections, so somebody listens.
        let _ = self.book.send(entry);
    }
}

/// Comes back when the shift is over and the delivery was not asked for yet; what is asked for is waited for.
async fn until_over(over: &mut watch::Receiver<bool>, asked: &AtomicBool) {
    let _ = over.wait_for(|it| *it).await;
    if asked.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}
