//! Use cases over many chosen contacts. Each call takes the next of them, at most a thousand, and says where to go on.

use model::message::RECIPIENTS_MAX;
use model::{
    BulkChange, BulkStep, Change, Chosen, ContactId, Deed, Fault, Faults, Permission, PhoneRecipient, PickedRecipients, Refusal,
    Required,
};
use store::chosen::Step;
use store::{Reader, Tx};

use crate::{Ctx, Error};

/// Changes the next of the chosen contacts alike.
///
/// # Errors
/// Refuses a tag without a name, and an owner who is not there.
pub async fn change(ctx: &Ctx, chosen: Chosen, change: BulkChange, after: Option<ContactId>) -> Result<BulkStep, Error> {
    ctx.require(Permission::ContactsEdit)?;
    let mut tx = ctx.engine.store.write().await?;
    let step = next(ctx, &mut tx, chosen, after).await?;
    let (done, deed) = apply(ctx, &mut tx, &step.ids, &change).await?;
    if 0 < done {
        ctx.log(&mut tx, deed).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(came(done, &step))
}

async fn apply(ctx: &Ctx, tx: &mut Tx, ids: &[ContactId], change: &BulkChange) -> Result<(u32, Deed), Error> {
    let now = ctx.now();
    Ok(match change {
        BulkChange::Tag(name) => {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut faults = Faults::default();
            faults.line("tag", &name, Required::Yes, 60);
            faults.finish()?;
            if ids.is_empty() {
                return Ok((0, Deed::ContactsDeleted(0)));
            }
            let tag = store::contacts::ensure_tag(tx, &name).await?;
            let n = store::contacts::tag_many(tx, ids, tag, now).await?;
            (n, Deed::ContactsTagged(tag, n))
        }
        BulkChange::Untag(tag) => {
            let n = store::contacts::untag_many(tx, ids, *tag, now).await?;
            (n, Deed::ContactsUntagged(*tag, n))
        }
        BulkChange::Owner(owner) => {
            if let Some(owner) = owner
                && !store::users::exists(tx, *owner).await?
            {
                return Err(Refusal::field("owner", Fault::Gone).into());
            }
            let n = store::contacts::give_many(tx, ids, *owner, now).await?;
            (n, Deed::ContactsGiven(*owner, n))
        }
        BulkChange::NoBulk(no_bulk) => {
            let n = store::contacts::no_bulk_many(tx, ids, *no_bulk, now).await?;
            (n, Deed::ContactsNoBulk(*no_bulk, n))
        }
        BulkChange::Kind(kind) => {
            let n = store::contacts::kind_many(tx, ids, *kind, now).await?;
            (n, Deed::ContactsKindSet(*kind, n))
        }
    })
}

/// Deletes the next of the chosen contacts; messages to them stay in the history.
///
/// # Errors
/// Refuses who may not delete contacts.
pub async fn delete(ctx: &Ctx, chosen: Chosen, after: Option<ContactId>) -> Result<BulkStep, Error> {
    ctx.require(Permission::ContactsDelete)?;
    let mut tx = ctx.engine.store.write().await?;
    let step = next(ctx, &mut tx, chosen, after).await?;
    let done = store::contacts::delete_many(&mut tx, &step.ids).await?;
    if 0 < done {
        ctx.log(&mut tx, Deed::ContactsDeleted(done)).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Contacts);
    Ok(came(done, &step))
}

/// Whom a message to the chosen contacts would go to: their main addresses, as many as one message may have.
///
/// # Errors
/// Refuses when a filter asks about a segment that is gone.
pub async fn pick(ctx: &Ctx, chosen: Chosen) -> Result<PickedRecipients, Error> {
    ctx.require(Permission::ContactsView)?;
    let (mut reader, chosen) = resolved(ctx, chosen).await?;
    let (mut picked, mut after) = (PickedRecipients::default(), None);
    loop {
        let step = store::chosen::step(&mut reader, &chosen, after).await?;
        let found = store::contacts::pick(&mut reader, &step.ids).await?;
        after = step.next;
        if is_picked(&mut picked, found, &step) {
            return Ok(picked);
        }
    }
}

/// Whom a text message to the chosen contacts would go to: their general numbers, as many as one message may have.
///
/// # Errors
/// Refuses when a filter asks about a segment that is gone.
pub async fn pick_phones(ctx: &Ctx, chosen: Chosen) -> Result<PickedRecipients<PhoneRecipient>, Error> {
    ctx.require(Permission::ContactsView)?;
    let (mut reader, chosen) = resolved(ctx, chosen).await?;
    let (mut picked, mut after) = (PickedRecipients::default(), None);
    loop {
        let step = store::chosen::step(&mut reader, &chosen, after).await?;
        let found = store::picker::numbers(&mut reader, &step.ids).await?;
        after = step.next;
        if is_picked(&mut picked, found, &step) {
            return Ok(picked);
        }
    }
}

/// A reader, and the chosen contacts with the segment of the filter looked up.
async fn resolved(ctx: &Ctx, mut chosen: Chosen) -> Result<(Reader, Chosen), Error> {
    let mut reader = ctx.engine.store.read().await?;
    if let Chosen::Matching { filter, .. } = &mut chosen {
        store::segments::filter(&mut reader, filter, ctx.now()).await?;
    }
    Ok((reader, chosen))
}

/// Takes in what was found of a step; true when nothing more is needed.
fn is_picked<R>(picked: &mut PickedRecipients<R>, found: Vec<R>, step: &Step) -> bool {
    picked.without += (step.ids.len() - found.len()) as u32;
    picked.recipients.extend(found);
    picked.too_many = RECIPIENTS_MAX < picked.recipients.len();
    picked.recipients.truncate(RECIPIENTS_MAX);
    picked.too_many || step.next.is_none()
}

/// The next of the chosen contacts.
pub(crate) async fn next(ctx: &Ctx, tx: &mut Tx, mut chosen: Chosen, after: Option<ContactId>) -> Result<Step, Error> {
    if let Chosen::Matching { filter, .. } = &mut chosen {
        store::segments::filter(tx, filter, ctx.now()).await?;
    }
    Ok(store::chosen::step(tx, &chosen, after).await?)
}

/// What came of a step in which so many contacts changed.
pub(crate) fn came(done: u32, step: &Step) -> BulkStep {
    BulkStep { done, left: step.gone + (step.ids.len() as u32).saturating_sub(done), next: step.next }
}
