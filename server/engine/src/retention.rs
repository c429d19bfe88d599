//! Use cases about how long messages are kept: the periods, a look at what they would do, the bin, and what is kept as proof.

mod walk;

use model::retention::BIN_ROWS;
use model::{
    BinRow, Change, Cursor, Deed, Fault, MessageId, Noun, Page, Permission, Refusal, Retention, RetentionDeed, RetentionMode,
    RetentionRules, RetentionState,
};
use store::Tx;
use store::messages::Scope;

pub use walk::{run, turn};

use crate::history::{require_sight, scope};
use crate::{Ctx, Error};

/// How long messages are kept, and what was last done about it.
///
/// # Errors
/// Refuses who may not manage it.
pub async fn open(ctx: &Ctx) -> Result<Retention, Error> {
    ctx.require(Permission::RetentionManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let standing = store::retention::standing(&mut reader).await?;
    let look = store::retention::last(&mut reader, RetentionMode::Look).await?;
    // Whoever may not see a message is not shown it here either.
    let sample = match (&look, scope(ctx)) {
        (Some(look), Ok(scope)) => {
            store::messages::rows(&ctx.engine.store, &mut reader, &look.found.sample, &Default::default(), scope).await?
        }
        _ => Vec::new(),
    };
    Ok(Retention {
        rules: standing.rules,
        nightly: standing.nightly,
        is_looked: store::retention::is_looked(&mut reader).await?,
        look,
        sample,
        run: store::retention::last(&mut reader, RetentionMode::Apply).await?,
        in_bin: store::retention::in_bin(&mut reader).await?,
    })
}

/// Changes how long messages are kept. Nothing happens by itself under the new periods until somebody has looked at them.
///
/// # Errors
/// Names wrong fields; refuses while messages are walked through.
pub async fn save_rules(ctx: &Ctx, rules: RetentionRules) -> Result<(), Error> {
    ctx.require(Permission::RetentionManage)?;
    rules.check()?;
    let mut tx = ctx.engine.store.write().await?;
    if store::retention::open(&mut tx).await?.is_some() {
        return Err(Refusal::InUse(Noun::Message).into());
    }
    store::retention::save(&mut tx, &rules).await?;
    note(ctx, &mut tx, RetentionDeed::RulesChanged).await?;
    finish(ctx, tx).await
}

/// Lets what has had its time go into the bin each night, or no longer.
///
/// # Errors
/// Refuses to do by itself what nobody has looked at.
pub async fn switch(ctx: &Ctx, nightly: bool) -> Result<(), Error> {
    ctx.require(Permission::RetentionManage)?;
    let mut tx = ctx.engine.store.write().await?;
    if nightly && !store::retention::is_looked(&mut tx).await? {
        return Err(Refusal::LookFirst.into());
    }
    store::retention::switch(&mut tx, nightly).await?;
    note(ctx, &mut tx, RetentionDeed::Switched(nightly)).await?;
    finish(ctx, tx).await
}

/// Begins to count what has had its time, and changes nothing.
///
/// # Errors
/// Refuses while messages are walked through.
pub async fn look(ctx: &Ctx) -> Result<(), Error> {
    ctx.require(Permission::RetentionManage)?;
    begin(ctx, RetentionMode::Look, RetentionDeed::Looked).await
}

/// Begins to put what has had its time into the bin.
///
/// # Errors
/// Refuses what nobody has looked at, and while messages are walked through.
pub async fn apply(ctx: &Ctx) -> Result<(), Error> {
    ctx.require(Permission::RetentionManage)?;
    let mut reader = ctx.engine.store.read().await?;
    if !store::retention::is_looked(&mut reader).await? {
        return Err(Refusal::LookFirst.into());
    }
    drop(reader);
    begin(ctx, RetentionMode::Apply, RetentionDeed::Begun).await
}

/// Stops walking through messages; what went into the bin stays there.
///
/// # Errors
/// Refuses when nothing goes on.
pub async fn stop(ctx: &Ctx) -> Result<(), Error> {
    ctx.require(Permission::RetentionManage)?;
    let mut tx = ctx.engine.store.write().await?;
    if !store::retention::end(&mut tx, RetentionState::Stopped, ctx.now()).await? {
        return Err(Refusal::Stale(Noun::Message).into());
    }
    note(ctx, &mut tx, RetentionDeed::Stopped).await?;
    finish(ctx, tx).await
}

/// Lists one page of the bin, what came last first.
///
/// # Errors
/// Refuses who may not delete messages, or may see none.
pub async fn bin(ctx: &Ctx, after: Option<Cursor>) -> Result<Page<BinRow>, Error> {
    ctx.require(Permission::MessageDelete)?;
    let scope: Scope = scope(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    let rules = store::retention::standing(&mut reader).await?.rules;
    Ok(store::retention::page(&ctx.engine.store, &mut reader, scope, &rules, after.as_ref()).await?)
}

/// Puts messages into the bin, all or none.
///
/// # Errors
/// Refuses messages that may not be seen, that are kept as proof, that wait or move, and too many at once.
pub async fn delete(ctx: &Ctx, ids: Vec<MessageId>) -> Result<(), Error> {
    ctx.require(Permission::MessageDelete)?;
    require_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    for id in ids {
        if !store::retention::bin(&mut tx, id, ctx.actor.id, ctx.now()).await? {
            let is_proof = store::messages::by_id(&ctx.engine.store, &mut tx, id).await?.is_proof;
            return Err(if is_proof { Refusal::KeptAsProof } else { Refusal::IllegalStep(Noun::Message) }.into());
        }
        note(ctx, &mut tx, RetentionDeed::Binned(id)).await?;
    }
    finish(ctx, tx).await
}

/// Takes messages out of the bin, all or none.
///
/// # Errors
/// Refuses messages that may not be seen or are not in the bin any more, and too many at once.
pub async fn restore(ctx: &Ctx, ids: Vec<MessageId>) -> Result<(), Error> {
    ctx.require(Permission::MessageDelete)?;
    require_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    for id in ids {
        if !store::retention::restore(&mut tx, id).await? {
            return Err(Refusal::Stale(Noun::Message).into());
        }
        note(ctx, &mut tx, RetentionDeed::Restored(id)).await?;
    }
    finish(ctx, tx).await
}

/// Keeps messages as proof, or no longer; one that is so already stays so.
///
/// # Errors
/// Refuses messages that may not be seen, and too many at once.
pub async fn keep_as_proof(ctx: &Ctx, ids: Vec<MessageId>, is_proof: bool) -> Result<(), Error> {
    ctx.require(Permission::RetentionManage)?;
    require_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    for id in ids {
        if store::retention::keep_as_proof(&mut tx, id, is_proof).await? {
            note(ctx, &mut tx, RetentionDeed::KeptAsProof(id, is_proof)).await?;
        }
    }
    finish(ctx, tx).await
}

async fn require_all(ctx: &Ctx, ids: &[MessageId]) -> Result<(), Error> {
    if BIN_ROWS < ids.len() {
        return Err(Refusal::field("ids", Fault::TooMany { max: BIN_ROWS as u32 }).into());
    }
    for id in ids {
        require_sight(ctx, *id).await?;
    }
    Ok(())
}

async fn begin(ctx: &Ctx, mode: RetentionMode, deed: RetentionDeed) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    if !store::retention::begin(&mut tx, mode, ctx.actor.id, ctx.now()).await? {
        return Err(Refusal::InUse(Noun::Message).into());
    }
    note(ctx, &mut tx, deed).await?;
    finish(ctx, tx).await
}

pub(super) async fn note(ctx: &Ctx, tx: &mut Tx, deed: RetentionDeed) -> Result<(), Error> {
    ctx.log(tx, Deed::Retention(deed)).await.map(|_| ())
}

/// Commits, and lets screens, full text and the walk know.
async fn finish(ctx: &Ctx, tx: Tx) -> Result<(), Error> {
    tx.commit().await?;
    ctx.tell(Change::Retention);
    ctx.tell(Change::Messages);
    ctx.engine.index_bell.notify_one();
    ctx.engine.retention_bell.notify_one();
    Ok(())
}
