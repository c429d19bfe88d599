//! Use cases about old archives: mails of other programs and messages that left this one, taken in as history that is never sent.

mod shape;
mod source;
mod take;
mod walk;
mod xml;

use model::{Archive, ArchiveDeed, ArchiveId, ArchiveNote, ArchiveState, ArchiveStep, Change, Deed, Permission, Refusal};
use store::Tx;

pub use take::take_in_file;
pub use walk::{run, turn};

use crate::{Ctx, Error};

/// Greatest size of a file that comes in by the browser, in bytes.
pub const FILE_MAX: u64 = 4 << 30;

/// Begins to take a file in.
///
/// # Errors
/// Refuses who may not take archives in.
pub async fn begin(ctx: &Ctx, name: &str) -> Result<ArchiveId, Error> {
    ctx.require(Permission::MessagesImport)?;
    let name = crate::attachments::base_name(name);
    let mut tx = ctx.engine.store.write().await?;
    let id = store::archives::create(&ctx.engine.store, &mut tx, &name, ctx.actor.id, ctx.now()).await?;
    ctx.log(&mut tx, Deed::Archive(ArchiveDeed::Brought(id))).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes the next piece of a file in.
///
/// # Errors
/// Refuses who may not take archives in, pieces for a file that is whole already, and files that grow too large.
pub async fn put(ctx: &Ctx, id: ArchiveId, piece: &[u8]) -> Result<(), Error> {
    ctx.require(Permission::MessagesImport)?;
    let mut tx = ctx.engine.store.write().await?;
    if FILE_MAX < store::archives::put_chunk(&ctx.engine.store, &mut tx, id, piece).await? {
        return Err(Refusal::FileTooLarge { max: FILE_MAX }.into());
    }
    Ok(tx.commit().await?)
}

/// Ends taking a file in, and begins to look what is in it.
///
/// # Errors
/// Refuses who may not take archives in.
pub async fn arrived(ctx: &Ctx, id: ArchiveId) -> Result<(), Error> {
    ctx.require(Permission::MessagesImport)?;
    step(ctx, id, ArchiveStep::Arrive, None).await
}

/// Lets the messages of an archive be taken in.
///
/// # Errors
/// Refuses what was not looked at to the end.
pub async fn start(ctx: &Ctx, id: ArchiveId) -> Result<(), Error> {
    ctx.require(Permission::MessagesImport)?;
    step(ctx, id, ArchiveStep::Start, Some(ArchiveDeed::Started(id))).await
}

/// Stops a walk; what was taken in stays.
///
/// # Errors
/// Refuses archives that nobody works on.
pub async fn stop(ctx: &Ctx, id: ArchiveId) -> Result<(), Error> {
    ctx.require(Permission::MessagesImport)?;
    step(ctx, id, ArchiveStep::Stop, Some(ArchiveDeed::Stopped(id))).await
}

/// Forgets an archive that nobody works on, with its file; what was taken in stays.
///
/// # Errors
/// Refuses archives that are being taken in.
pub async fn forget(ctx: &Ctx, id: ArchiveId) -> Result<(), Error> {
    ctx.require(Permission::MessagesImport)?;
    let mut tx = ctx.engine.store.write().await?;
    if store::archives::state(&mut tx, id).await?.is_open() {
        return Err(Refusal::IllegalStep(model::Noun::Import).into());
    }
    store::archives::forget(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::Archive(ArchiveDeed::Forgotten(id))).await?;
    tx.commit().await?;
    ctx.tell(Change::Imports);
    Ok(())
}

/// The last archives, the newest first.
///
/// # Errors
/// Refuses who may not take archives in.
pub async fn list(ctx: &Ctx) -> Result<Vec<Archive>, Error> {
    ctx.require(Permission::MessagesImport)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::archives::list(&ctx.engine.store, &mut reader).await?)
}

/// The places of an archive where something could not be taken in.
///
/// # Errors
/// Refuses who may not take archives in.
pub async fn notes(ctx: &Ctx, id: ArchiveId) -> Result<Vec<ArchiveNote>, Error> {
    ctx.require(Permission::MessagesImport)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::archives::notes(&mut reader, id).await?)
}

async fn step(ctx: &Ctx, id: ArchiveId, step: ArchiveStep, deed: Option<ArchiveDeed>) -> Result<(), Error> {
    let mut tx: Tx = ctx.engine.store.write().await?;
    let state: ArchiveState = store::archives::state(&mut tx, id).await?;
    store::archives::set_state(&mut tx, id, state, state.step(step)?, ctx.now()).await?;
    if let Some(deed) = deed {
        ctx.log(&mut tx, Deed::Archive(deed)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Imports);
    ctx.engine.archive_bell.notify_one();
    Ok(())
}
