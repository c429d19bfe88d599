//! Campaigns on their way in, read while they come.

use std::io;

use model::campaign::EXCHANGE_MAX;
use model::{CampaignImported, Change, Permission, Refusal};
use tables::read::Fault;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::JoinHandle;

use super::arrive;
use super::portable::Portable;
use super::read::{self, Came};
use crate::{Arriving, Ctx, Error, imports};

/// Campaigns on their way in. The document is read while it comes and its files are kept piece by piece, so that neither is ever whole in
/// memory; what else stands in the document is.
pub struct CampaignsIn {
    ctx: Ctx,
    size: u64,
    pieces: Sender<Vec<u8>>,
    reading: JoinHandle<Result<Read, Error>>,
}

/// What was read.
struct Read {
    portables: Vec<Portable>,
    files: Vec<Arriving>,
}

/// Begins to take campaigns in from XML, all of them or none. Each becomes a draft of whoever takes it in; nothing is prepared or sent.
///
/// # Errors
/// Refuses who may not make campaigns.
pub fn take_in(ctx: &Ctx) -> Result<CampaignsIn, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let (pieces, coming) = mpsc::channel(1);
    let (of, runtime) = (ctx.clone(), Handle::current());
    let reading =
        tokio::task::spawn_blocking(move || read_all(&of, &runtime, Coming { pieces: coming, held: Vec::new(), at: 0 }));
    Ok(CampaignsIn { ctx: ctx.clone(), size: 0, pieces, reading })
}

impl CampaignsIn {
    /// The greatest size in bytes that the document may have.
    pub fn max(&self) -> u64 {
        EXCHANGE_MAX
    }

    /// Takes the next bytes of the document.
    ///
    /// # Errors
    /// Refuses a document that grows too large.
    pub async fn put(&mut self, piece: Vec<u8>) -> Result<(), Error> {
        self.size += piece.len() as u64;
        if EXCHANGE_MAX < self.size {
            return Err(Refusal::FileTooLarge { max: EXCHANGE_MAX }.into());
        }
        // Whoever reads has ended already when something is wrong, and tells so at the end.
        let _has_ended = self.pieces.send(piece).await;
        Ok(())
    }

    /// Ends it; tells what each campaign became.
    ///
    /// # Errors
    /// Refuses with its place whatever is not as the schema says; files as when they are put up one by one.
    pub async fn finish(self) -> Result<Vec<CampaignImported>, Error> {
        drop(self.pieces);
        let Read { mut portables, files } = self.reading.await??;
        if let Err(error) = arrive::check(&self.ctx, &mut portables, &files).await {
            forget(files).await?;
            return Err(error);
        }
        let known = arrive::people_of(&self.ctx, &portables).await?;
        let mut tx = self.ctx.engine.store.write().await?;
        let mut files: Vec<Option<Arriving>> = files.into_iter().map(Some).collect();
        let mut came = Vec::with_capacity(portables.len());
        for it in portables {
            came.push(arrive::arrive(&self.ctx, &mut tx, &known, it, &mut files).await?);
        }
        tx.commit().await?;
        self.ctx.tell(Change::Campaigns);
        Ok(came)
    }
}

/// Reads a document while it comes.
fn read_all(ctx: &Ctx, runtime: &Handle, mut document: Coming) -> Result<Read, Error> {
    let (mut files, mut current, mut failure) = (Vec::new(), None::<Arriving>, None);
    let read = read::campaigns(&mut document, EXCHANGE_MAX as usize, &mut |came| {
        let file = current.get_or_insert_with(|| Arriving::new(ctx, EXCHANGE_MAX));
        match came {
            Came::Piece(piece) => runtime.block_on(file.put(piece)).map_err(|error| {
                failure = Some(error);
                Fault::Io(io::Error::other("a file cannot be kept"))
            }),
            Came::End => {
                files.extend(current.take());
                Ok(())
            }
        }
    });
    match read {
        Ok(portables) => Ok(Read { portables, files }),
        Err(fault) => {
            files.extend(current);
            runtime.block_on(forget(files))?;
            Err(failure.unwrap_or_else(|| imports::worded(fault)))
        }
    }
}

/// Drops files that nothing has taken.
async fn forget(files: Vec<Arriving>) -> Result<(), Error> {
    for file in files {
        file.forget().await?;
    }
    Ok(())
}

/// A document as it comes, for whoever reads it on a thread of its own.
struct Coming {
    pieces: Receiver<Vec<u8>>,
    held: Vec<u8>,
    at: usize,
}

impl io::Read for Coming {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.held.len() {
            let Some(next) = self.pieces.blocking_recv() else { return Ok(0) };
            (self.held, self.at) = (next, 0);
        }
        let n = into.len().min(self.held.len() - self.at);
        into[..n].copy_from_slice(&self.held[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
