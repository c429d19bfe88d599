//! Use cases about how long messages are kept: the periods, a look at what they would do, the bin, and what is kept as proof.

mod walk;

use model::retention::BIN_ROWS;
use model::{
    BinFilter, BinRow, CampaignId, CampaignState, Change, Cursor, Deed, Fault, MessageId, Noun, Page, Permission, Refusal,
    Retention, RetentionDeed, RetentionMode, RetentionRules, RetentionState,
};
use store::Tx;
use store::messages::Scope;

pub use walk::{run, turn};

use crate::history::{require_sight, scope};
use crate::{Ctx, Error};

/// How many messages of a campaign are marked in one transaction.
const PROOFS: u32 = 5_000;

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
        revision: standing.revision,
        nightly: standing.nightly,
        is_looked: store::retention::is_looked(&mut reader).await?,
        look,
        sample,
        run: store::retention::last(&mut reader, RetentionMode::Apply).await?,
        emptying: store::retention::last(&mut reader, RetentionMode::Empty).await?,
        in_bin: store::retention::in_bin(&mut reader).await?,
    })
}

/// Changes how long messages are kept if the revision is still the given one; answers the new one. Nothing goes into the bin under the new
/// periods until somebody has looked at them; what lies there already ends as was promised.
///
/// # Errors
/// Names wrong fields; refuses a stale revision, and while messages are walked through.
pub async fn save_rules(ctx: &Ctx, revision: i64, rules: RetentionRules) -> Result<i64, Error> {
    ctx.require(Permission::RetentionManage)?;
    rules.check()?;
    let mut tx = ctx.engine.store.write().await?;
    if store::retention::open(&mut tx).await?.is_some() {
        return Err(Refusal::InUse(Noun::Message).into());
    }
    let before = store::retention::standing(&mut tx).await?.rules;
    let revision = store::retention::save(&mut tx, revision, &rules).await?;
    ctx.log_changed(&mut tx, Deed::Retention(RetentionDeed::RulesChanged), (&before, &rules)).await?;
    finish(ctx, tx).await?;
    Ok(revision)
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
    begin(ctx, RetentionMode::Apply, RetentionDeed::Begun).await
}

/// Begins to destroy everything that lies in the bin now, at once instead of when its days there are over.
///
/// # Errors
/// Refuses while messages are walked through.
pub async fn empty_bin(ctx: &Ctx) -> Result<(), Error> {
    ctx.require(Permission::RetentionManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let n = store::retention::in_bin(&mut reader).await?;
    drop(reader);
    begin(ctx, RetentionMode::Empty, RetentionDeed::Emptied(n)).await
}

/// Stops walking through messages; what went into the bin or lost its content stays so.
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
pub async fn bin(ctx: &Ctx, filter: BinFilter, after: Option<Cursor>) -> Result<Page<BinRow>, Error> {
    ctx.require(Permission::MessageDelete)?;
    let scope: Scope = scope(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::retention::page(&ctx.engine.store, &mut reader, scope, &filter, after.as_ref()).await?)
}

/// Puts messages into the bin, all or none.
///
/// # Errors
/// Refuses messages that may not be seen, that are kept as proof, that wait or move, and too many at once.
pub async fn delete(ctx: &Ctx, ids: Vec<MessageId>) -> Result<(), Error> {
    ctx.require(Permission::MessageDelete)?;
    require_all(ctx, &ids).await?;
    let mut tx = ctx.engine.store.write().await?;
    let rules = store::retention::standing(&mut tx).await?.rules;
    for id in ids {
        if !store::retention::bin(&mut tx, id, ctx.actor.id, &rules, ctx.now()).await? {
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

/// Keeps all messages of a campaign as proof, or no longer, in steps; tells how many that changed.
///
/// # Errors
/// Refuses campaigns that are not over: what they still send would not be kept.
pub async fn keep_campaign_as_proof(ctx: &Ctx, id: CampaignId, is_proof: bool) -> Result<u64, Error> {
    ctx.require(Permission::RetentionManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let campaign = store::campaigns::by_id(&ctx.engine.store, &mut reader, id).await?;
    drop(reader);
    if !matches!(campaign.state, CampaignState::Finished | CampaignState::Cancelled) {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    let (mut changed, mut behind) = (0, MessageId(0));
    loop {
        let mut tx = ctx.engine.store.write().await?;
        let (n, last) = store::retention::keep_campaign_as_proof(&mut tx, id, is_proof, behind, PROOFS).await?;
        if 0 < n {
            note(ctx, &mut tx, RetentionDeed::CampaignKeptAsProof(id, is_proof, n)).await?;
        }
        finish(ctx, tx).await?;
        changed += u64::from(n);
        match last {
            Some(last) => behind = last,
            None => return Ok(changed),
        }
    }
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
    let now = ctx.now();
    let mut reader = ctx.engine.store.read().await?;
    let total = store::retention::to_pass(&mut reader, mode, now).await?;
    drop(reader);
    let mut tx = ctx.engine.store.write().await?;
    // Asked within the transaction: somebody may have changed the periods since.
    if mode == RetentionMode::Apply && !store::retention::is_looked(&mut tx).await? {
        return Err(Refusal::LookFirst.into());
    }
    if !store::retention::begin(&mut tx, mode, total, ctx.actor.id, now).await? {
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
