//! What goes on in the background for campaigns: audiences are gathered, messages are made, a batch at a time. Each batch is one
//! transaction that also keeps how far the work is, so that after a crash it goes on exactly there.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use model::{
    CampaignDeed, CampaignId, CampaignState, CampaignStep, Change, Contact, ContactId, Deed, MissingField, Noun, Permission,
    Refusal, WorkKind,
};
use store::Tx;
use store::campaigns::prepared::{self, Fills, Wanted};
use store::campaigns::{Gather, Stored, work};
use tokio::sync::watch;

use super::make::{Maker, Plate};
use super::{freeze, gather};
use crate::{Ctx, Engine, Error, secret};

/// How many messages are made in one go.
const BATCH: u32 = 256;
/// How many messages are thrown away in one go.
const DISCARDED: u32 = 2_000;
/// How long the loop waits when nobody rings.
const PAUSE: Duration = Duration::from_secs(1);

/// Begins to resolve the audience of a draft and to look for missing values; stores no message.
///
/// # Errors
/// Names what is missing; refuses a campaign that is prepared, and one for which something goes on.
pub async fn check(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = store::campaigns::by_id(&ctx.engine.store, &mut tx, id).await?;
    it.draft.check_complete()?;
    if it.state != CampaignState::Draft {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    let content = freeze::Draft::of(ctx, &mut tx, &it).await?.unkept(ctx);
    Maker::of(ctx, &mut tx, &it, content).await?;
    work::begin(&mut tx, id, WorkKind::Check, Some(Gather::default()), ctx.now()).await?;
    tx.commit().await?;
    begun(ctx);
    Ok(())
}

/// Begins to make the messages; again, it adds only those of new recipients.
///
/// # Errors
/// Names what is missing or wrong; refuses a campaign that was released, and one for which something goes on.
pub async fn prepare(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = store::campaigns::by_id(&ctx.engine.store, &mut tx, id).await?;
    it.draft.check_complete()?;
    let next = it.state.step(CampaignStep::Prepare)?;
    freeze::freeze(ctx, &mut tx, &it).await?;
    store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
    work::begin(&mut tx, id, WorkKind::Prepare, Some(Gather::default()), ctx.now()).await?;
    tx.commit().await?;
    begun(ctx);
    Ok(())
}

/// Begins a work over messages that are there, in the transaction of what asks for it.
pub(super) async fn begin_anew(ctx: &Ctx, tx: &mut Tx, it: &Stored, kind: WorkKind) -> Result<(), Error> {
    let next = it.state.step(CampaignStep::Prepare)?;
    store::campaigns::set_state(tx, it.id, it.state, next, ctx.now()).await?;
    Ok(work::begin(tx, it.id, kind, None, ctx.now()).await?)
}

/// Rings for the background.
pub(super) fn begun(ctx: &Ctx) {
    ctx.engine.campaign_bell.notify_one();
    ctx.tell(Change::Campaigns);
}

/// Stops the background work of a campaign; what was made stays.
///
/// # Errors
/// Refuses when nothing goes on.
pub async fn stop_work(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = store::campaigns::by_id(&ctx.engine.store, &mut tx, id).await?;
    work::end(&mut tx, id, None, ctx.now()).await?;
    if it.state == CampaignState::Preparing {
        let next = it.state.step(CampaignStep::Settle)?;
        store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
    }
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::PreparationStopped)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}

/// Throws the prepared messages away; the campaign is a draft again.
///
/// # Errors
/// Refuses a campaign that was released.
pub async fn discard(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let store = &ctx.engine.store;
    let mut discarded = 0;
    loop {
        let mut tx = store.write().await?;
        let it = store::campaigns::by_id(store, &mut tx, id).await?;
        let next = it.state.step(CampaignStep::Discard)?;
        let n = prepared::discard(&mut tx, id, DISCARDED).await?;
        discarded += n;
        if n < u64::from(DISCARDED) {
            prepared::forget(&mut tx, id).await?;
            store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
            ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Discarded(discarded as u32))).await?;
            tx.commit().await?;
            break;
        }
        tx.commit().await?;
    }
    ctx.tell(Change::Campaigns);
    ctx.tell(Change::Messages);
    Ok(())
}

/// Works until `stop` becomes true. Ends between two batches; what is left goes on after the next start.
pub async fn run(engine: Engine, mut stop: watch::Receiver<bool>) {
    let feeding = tokio::spawn(super::running::run(engine.clone(), stop.clone()));
    while !*stop.borrow() {
        let more = work_step(&engine).await.unwrap_or_else(|error| {
            tracing::error!(%error, "working for campaigns failed");
            false
        });
        if more {
            continue;
        }
        tokio::select! {
            () = engine.campaign_bell.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
    if let Err(error) = feeding.await {
        tracing::error!(%error, "letting campaigns go ended unexpectedly");
    }
}

/// Does everything that waits to be done for campaigns.
///
/// # Errors
/// Fails when the database fails; the work goes on at the next turn.
pub async fn work_turn(engine: &Engine) -> Result<(), Error> {
    while work_step(engine).await? {}
    Ok(())
}

/// Does one batch for each campaign that has work; false when none has.
///
/// # Errors
/// Fails when the database fails; the work goes on at the next step.
pub async fn work_step(engine: &Engine) -> Result<bool, Error> {
    let mut reader = engine.store.read().await?;
    let open = work::open(&mut reader).await?;
    drop(reader);
    let ctx = Ctx::system(engine);
    for id in &open {
        match batch(&ctx, *id).await {
            // Somebody stopped it meanwhile.
            Ok(()) | Err(Error::Refused(Refusal::Stale(_))) => {}
            Err(Error::Refused(refusal)) => give_up(&ctx, *id, &refusal).await?,
            Err(error) => return Err(error),
        }
        engine.tell(Change::Campaigns);
    }
    Ok(!open.is_empty())
}

/// Ends a work that can never be done, as when an own field is gone that a text shows.
async fn give_up(ctx: &Ctx, id: CampaignId, refusal: &Refusal) -> Result<(), Error> {
    tracing::warn!(campaign = %id, ?refusal, "the work cannot be done");
    stop_work(ctx, id).await
}

/// Does one batch for a campaign.
async fn batch(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    let Some(going) = it.work else { return Ok(()) };
    if let Some(gather) = it.gather {
        drop(reader);
        gather::step(ctx, &it, gather).await?;
        return Ok(());
    }
    let of = if going.of == 0 { how_many(&mut reader, &it, going.kind).await? } else { going.of };
    let wanted = match going.kind {
        WorkKind::Check | WorkKind::Prepare => prepared::gathered(&mut reader, id, it.work_after, BATCH).await?,
        WorkKind::Regenerate => prepared::unsent(&mut reader, id, false, it.work_after, BATCH).await?,
        WorkKind::Fill => prepared::unsent(&mut reader, id, true, it.work_after, BATCH).await?,
    };
    let Some(last) = wanted.last().map(|it| it.place) else {
        drop(reader);
        return finish(ctx, &it, going.kind, going.done).await;
    };
    let content = match going.kind {
        WorkKind::Check => freeze::Draft::of(ctx, &mut reader, &it).await?.unkept(ctx),
        _ => freeze::content(ctx, &mut reader, &it).await?,
    };
    let maker = Arc::new(Maker::of(ctx, &mut reader, &it, content).await?);
    let table = Table::lay(ctx, &mut reader, &it, wanted).await?;
    drop(reader);
    match going.kind {
        WorkKind::Check => look(ctx, &it, maker, table, last, of).await,
        _ => serve(ctx, &it, maker, table, last, of).await,
    }
}

/// How many are to be done.
async fn how_many(reader: &mut store::Connection, it: &Stored, kind: WorkKind) -> Result<u64, Error> {
    Ok(match kind {
        WorkKind::Check | WorkKind::Prepare => store::campaigns::audience::counts(reader, it.id).await?.1,
        WorkKind::Fill => store::campaigns::audience::counts(reader, it.id).await?.0[1],
        WorkKind::Regenerate => {
            let (unsent, edited) = prepared::count_unsent(reader, it.id).await?;
            unsent.saturating_sub(edited)
        }
    })
}

/// Recipients with what their messages are filled with.
pub(super) struct Table {
    wanted: Vec<Wanted>,
    contacts: HashMap<ContactId, Contact>,
    fills: Fills,
}

impl Table {
    /// Reads what the messages of these recipients are filled with.
    pub async fn lay(ctx: &Ctx, reader: &mut store::Connection, it: &Stored, wanted: Vec<Wanted>) -> Result<Self, Error> {
        let ids: Vec<ContactId> = wanted.iter().filter_map(|it| it.contact).collect();
        let contacts = store::contacts::for_merging(reader, &ids).await?;
        let places: Vec<i64> = wanted.iter().map(|it| it.place).collect();
        let fills = prepared::fills(&ctx.engine.store, reader, it.id, &places).await?;
        Ok(Self { wanted, contacts: contacts.into_iter().map(|it| (it.id, it)).collect(), fills })
    }

    fn contact(&self, wanted: &Wanted) -> Option<&Contact> {
        wanted.contact.and_then(|it| self.contacts.get(&it))
    }

    /// Makes all of their messages, on as many threads as there are halves of the table.
    pub async fn make(self, maker: Arc<Maker>, names: Vec<(model::MessageId, String)>) -> Result<Vec<Plate>, Error> {
        let half = self.wanted.len().div_ceil(2);
        let table = Arc::new((self, names));
        let mut made = Vec::with_capacity(table.0.wanted.len());
        let parts = [0..half, half..table.0.wanted.len()].map(|range| {
            let (table, maker) = (table.clone(), maker.clone());
            tokio::task::spawn_blocking(move || -> Result<Vec<Plate>, Error> {
                range
                    .map(|n| {
                        let (table, names) = (&table.0, &table.1);
                        let wanted = &table.wanted[n];
                        maker.make(wanted, table.contact(wanted), &table.fills, names[n].clone())
                    })
                    .collect()
            })
        });
        for part in parts {
            made.extend(part.await??);
        }
        Ok(made)
    }
}

/// Looks for missing values, and notes them with the recipients.
async fn look(ctx: &Ctx, it: &Stored, maker: Arc<Maker>, table: Table, last: i64, of: u64) -> Result<(), Error> {
    let n = table.wanted.len() as u64;
    let found = tokio::task::spawn_blocking(move || -> Vec<(i64, Vec<MissingField>)> {
        let missing = |it: &Wanted| (it.place, maker.missing(it, table.contact(it), &table.fills));
        table.wanted.iter().map(missing).filter(|it| !it.1.is_empty()).collect()
    });
    let found = found.await?;
    let mut tx = ctx.engine.store.write().await?;
    work::set_progress(&mut tx, it.id, last, done(it) + n, of).await?;
    prepared::set_missing(&mut tx, it.id, &found).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes messages and keeps them; of those that were there, only the ones that became others.
async fn serve(ctx: &Ctx, it: &Stored, maker: Arc<Maker>, table: Table, last: i64, of: u64) -> Result<(), Error> {
    let store = &ctx.engine.store;
    let n = table.wanted.len() as u64;
    let names = names(ctx, &maker, &table.wanted).await?;
    let content = maker.content.clone();
    let mut plates = table.make(maker, names).await?;
    if plates.iter().any(|it| it.made.wanted.message.is_some()) {
        let mut reader = store.read().await?;
        let ids: Vec<_> = plates.iter().filter_map(|it| it.made.wanted.message).collect();
        let before = prepared::words(store, &mut reader, &ids).await?;
        let filling = it.work.is_some_and(|it| it.kind == WorkKind::Fill);
        plates.retain(|it| filling || !it.made.missing.is_empty() || is_other(before.get(&it.made.message), it, content.id));
    }
    let mut tx = store.write().await?;
    // Whether it was stopped is asked inside the transaction, so that nothing comes in behind the stop.
    work::set_progress(&mut tx, it.id, last, done(it) + n, of).await?;
    let made: Vec<_> = plates.iter().map(|it| it.made.clone()).collect();
    prepared::put(store, &mut tx, it.id, &content, it.author.0, &made, ctx.now()).await?;
    let places: Vec<i64> = made.iter().filter(|it| it.wanted.message.is_some()).map(|it| it.wanted.place).collect();
    if !made.is_empty() {
        store::campaigns::review::forget(&mut tx, it.id, &places).await?;
        store::campaigns::break_approval(&mut tx, it.id).await?;
    }
    keep_pictures(ctx, &mut tx, it, &plates).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether a message became another one, or leaves by another account or under another sender.
fn is_other(before: Option<&prepared::Words>, plate: &Plate, content: i64) -> bool {
    let made = &plate.made;
    before.is_none_or(|old| {
        old.content != Some(content) || (&old.subject, &old.text, &old.html) != (&made.subject, &made.text, &made.html)
    })
}

/// Ids and Message-IDs: new ones for new messages.
async fn names(ctx: &Ctx, maker: &Maker, wanted: &[Wanted]) -> Result<Vec<(model::MessageId, String)>, Error> {
    let new = wanted.iter().filter(|it| it.message.is_none()).count();
    let mut next = 0;
    if 0 < new {
        let mut tx = ctx.engine.store.write().await?;
        next = prepared::next_messages(&mut tx, new).await?.0;
        tx.leave().await?;
    }
    let domain = maker.content.sender_address.rsplit_once('@').map_or("posel.invalid", |(_, domain)| domain);
    wanted
        .iter()
        .map(|it| match it.message {
            Some(message) => Ok((message, String::new())),
            None => {
                let message = model::MessageId(next);
                next += 1;
                // Twenty-two characters are 132 random bits; with the number they are unique for certain.
                let secret: String = secret::make()?.chars().take(22).collect();
                Ok((message, [message.to_string().as_str(), ".", &secret, "@", domain].concat()))
            }
        })
        .collect()
}

/// Keeps the pictures that messages alone carry.
async fn keep_pictures(ctx: &Ctx, tx: &mut Tx, it: &Stored, plates: &[Plate]) -> Result<(), Error> {
    let store = &ctx.engine.store;
    for plate in plates.iter().filter(|it| !it.pictures.is_empty()) {
        let message = plate.made.message;
        store::attachments::drop_own(tx, message).await?;
        let mut files = Vec::with_capacity(plate.pictures.len());
        for picture in &plate.pictures {
            let (name, png) = (&picture.name, &picture.png);
            files.push(store::attachments::put(store, tx, it.author.0, name, "image/png", png, ctx.now()).await?.id);
        }
        store::attachments::add(tx, message, it.author.0, &files).await?;
        prepared::count_files(tx, message).await?;
    }
    Ok(())
}

fn done(it: &Stored) -> u64 {
    it.work.map_or(0, |it| it.done)
}

/// Ends a work.
async fn finish(ctx: &Ctx, it: &Stored, kind: WorkKind, done: u64) -> Result<(), Error> {
    let mut tx = ctx.engine.store.write().await?;
    let now = ctx.now();
    let checked = matches!(kind, WorkKind::Check | WorkKind::Prepare).then_some((now, it.revision));
    work::end(&mut tx, it.id, checked, now).await?;
    let n = u32::try_from(done).unwrap_or(u32::MAX);
    let deed = match kind {
        WorkKind::Check => None,
        WorkKind::Prepare => Some(CampaignDeed::Prepared(n)),
        WorkKind::Regenerate => Some(CampaignDeed::Regenerated(n)),
        WorkKind::Fill => Some(CampaignDeed::Filled(n)),
    };
    if let Some(deed) = deed {
        let next = it.state.step(CampaignStep::Settle)?;
        store::campaigns::set_state(&mut tx, it.id, it.state, next, now).await?;
        store::audit::write(&mut tx, it.author.0, "", &Deed::Campaign(it.id, deed), now).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Messages);
    Ok(())
}
