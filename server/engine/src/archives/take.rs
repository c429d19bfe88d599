//! Taking messages in, or telling what would come of it.

use std::collections::HashSet;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use model::time::days;
use model::{Address, ArchiveCounts, ArchiveDeed, ArchiveId, ArchiveNote, ArchiveOutcome, Deed, Permission, UserId};
use store::Tx;
use store::archives::OldMessage;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::source::{Found, Walk};
use crate::{Ctx, Engine, Error};

/// How many messages are one transaction.
const BATCH: usize = 50;
/// How many bytes of files are one transaction.
const BYTES: usize = 8 << 20;

/// What is done with the messages of a walk.
pub(super) struct Taker {
    engine: Engine,
    author: UserId,
    is_dry: bool,
    /// What was seen in this file, when nothing is written that would tell.
    seen: HashSet<Vec<u8>>,
    /// What became of them so far.
    pub counts: ArchiveCounts,
    /// The places of those that could not be taken in, since they were last taken away.
    pub notes: Vec<ArchiveNote>,
}

impl Taker {
    /// Begins where a walk stands.
    pub(super) fn new(engine: &Engine, author: UserId, is_dry: bool, counts: ArchiveCounts) -> Self {
        Self { engine: engine.clone(), author, is_dry, seen: HashSet::new(), counts, notes: Vec::new() }
    }

    /// Takes a message in, unless it is here already or this is only a look.
    pub(super) async fn take(&mut self, tx: &mut Tx, found: Found) -> Result<(), Error> {
        let outcome = match found.message {
            Ok(message) => self.one(tx, message).await?,
            Err(fault) => {
                self.notes.push(ArchiveNote { number: found.number, offset: found.offset, fault });
                ArchiveOutcome::Bad(fault)
            }
        };
        self.counts.add(outcome);
        Ok(())
    }

    async fn one(&mut self, tx: &mut Tx, mut message: OldMessage) -> Result<ArchiveOutcome, Error> {
        let store = &self.engine.store;
        let hash = store::archives::hash(store, &message);
        if self.seen.contains(&hash) || store::archives::is_known(tx, &hash, &message).await? {
            return Ok(ArchiveOutcome::Known);
        }
        // What says it was written in years to come would stand before everything for ever.
        let now = self.engine.clock().now();
        message.written_at = message.written_at.filter(|it| *it <= now.plus(days(1)));
        let added = ArchiveOutcome::Added { is_dated: message.written_at.is_some() };
        if self.is_dry {
            self.seen.insert(hash);
            return Ok(added);
        }
        link(tx, &mut message).await?;
        store::archives::insert(store, tx, &message, &hash, self.author, now).await?;
        Ok(added)
    }
}

/// Ties a message to those contacts of ours that have its addresses now.
async fn link(tx: &mut Tx, message: &mut OldMessage) -> Result<(), Error> {
    for recipient in &mut message.recipients {
        if let Some((contact, _)) = store::contacts::by_address(tx, &recipient.address).await? {
            recipient.contact = Some(contact);
        }
    }
    let sender = match Address::parse(&message.sender_address) {
        Ok(address) => store::contacts::by_address(tx, &address).await?.map(|it| it.0),
        Err(_) => None,
    };
    message.contact = sender.or(message.recipients.iter().find_map(|it| it.contact));
    Ok(())
}

/// Reads a file on a thread that may wait; a few messages are in memory at a time.
pub(super) fn reading<R: Read + Seek + Send + 'static>(
    source: R,
    behind: u64,
) -> (mpsc::Receiver<Found>, JoinHandle<io::Result<()>>) {
    let (sender, receiver) = mpsc::channel(1);
    let reading = tokio::task::spawn_blocking(move || {
        Walk::through(behind, source, |found| match sender.blocking_send(found) {
            Ok(()) => ControlFlow::Continue(()),
            // Nobody wants more.
            Err(_) => ControlFlow::Break(()),
        })
    });
    (receiver, reading)
}

/// The next messages that make one transaction; none at the end.
pub(super) async fn batch(found: &mut mpsc::Receiver<Found>) -> Vec<Found> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH && bytes < BYTES {
        let Some(it) = found.recv().await else { break };
        bytes += it.message.as_ref().map_or(0, |it| it.files.iter().map(|it| it.2.len()).sum::<usize>() + it.html.len());
        batch.push(it);
    }
    batch
}

/// Takes a file of this machine in, or tells what would come of it. Whatever interrupts it, the same file can be taken in again: what is
/// here already does not come twice.
///
/// # Errors
/// Refuses who may not take archives in; fails when the file cannot be read.
pub async fn take_in_file(ctx: &Ctx, file: &Path, is_dry: bool) -> Result<(ArchiveCounts, Vec<ArchiveNote>), Error> {
    ctx.require(Permission::MessagesImport)?;
    let source = std::fs::File::open(file).map_err(Error::File)?;
    let (mut found, reading) = reading(source, 0);
    let mut taker = Taker::new(&ctx.engine, ctx.actor.id, is_dry, ArchiveCounts::default());
    loop {
        let batch = batch(&mut found).await;
        if batch.is_empty() {
            break;
        }
        let mut tx = ctx.engine.store.write().await?;
        for it in batch {
            taker.take(&mut tx, it).await?;
        }
        tx.commit().await?;
    }
    reading.await?.map_err(Error::File)?;
    if !is_dry {
        let mut tx = ctx.engine.store.write().await?;
        ctx.log(&mut tx, Deed::Archive(ArchiveDeed::Ended(ArchiveId(0), taker.counts.added))).await?;
        tx.commit().await?;
        ctx.engine.index_bell.notify_one();
    }
    Ok((taker.counts, taker.notes))
}
