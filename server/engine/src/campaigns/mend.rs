//! Mending what is prepared: edited by hand, taken out, filled in, made anew.

use model::{
    Attachment, CampaignDeed, CampaignId, Change, Deed, Fill, FillScope, MessageId, Noun, Permission, PreparedDraft, Refusal,
    Regeneration, WorkKind,
};
use render::{Body, Content as Mail};
use store::campaigns::Stored;
use store::campaigns::prepared::{self, Words};
use store::{Connection, Tx};

use super::cost::Length;
use super::make::Maker;
use super::serve::Table;
use super::{freeze, work};
use crate::reactions::Marker;
use crate::{Ctx, Error};

/// How many messages are looked at to say what making them anew would change.
const LOOKED_AT: u32 = 500;
/// How many examples are told.
const EXAMPLES: usize = 10;

/// The campaign, if what is prepared may still be mended.
async fn mendable(ctx: &Ctx, connection: &mut Connection, id: CampaignId) -> Result<Stored, Error> {
    let it = store::campaigns::by_id(&ctx.engine.store, connection, id).await?;
    if !it.state.is_mendable() {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    Ok(it)
}

/// Changes one prepared message by hand, if its revision is still the given one.
///
/// # Errors
/// Names wrong fields; refuses a stale revision, and a campaign that was released.
pub async fn edit_prepared(ctx: &Ctx, id: CampaignId, key: (MessageId, i64), draft: PreparedDraft) -> Result<(), Error> {
    ctx.require(Permission::MessageEditPrepared)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let it = mendable(ctx, &mut tx, id).await?;
    let mut parts = 0;
    let words = match it.draft.channel {
        model::Channel::Sms => {
            let text = draft.text.trim().to_owned();
            parts = allowed_parts(ctx, &mut tx, &it, &text).await?;
            Words { subject: model::message::sms_title(&text), text, ..Words::default() }
        }
        model::Channel::Email => {
            draft.check()?;
            let row = store::campaigns::review::one(&mut tx, id, key.0, ctx.actor.id).await?;
            let row = row.ok_or(Refusal::NotFound(Noun::Message))?.row;
            let language = row.language;
            let mail = Mail { subject: &draft.subject, body: Body::Html(&draft.html), signature: "", language: language.code() };
            let rendered = render::email(&mail)?;
            let text = if rendered.text.trim().is_empty() { rendered.subject.clone() } else { rendered.text };
            let marker = Marker::of(&ctx.engine, &mut tx, id, it.draft.measure).await?;
            let place = if store::reactions::is_named(&mut tx, id, row.place).await? { row.place } else { 0 };
            let html = marker.marked(&ctx.engine, &rendered.html, place);
            Words { subject: rendered.subject, text, html, content: None }
        }
    };
    prepared::edit(store, &mut tx, id, key, &words, ctx.actor.id, ctx.now()).await?;
    prepared::set_parts(&mut tx, id, key.0, parts).await?;
    store::campaigns::break_approval(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::MessageEdited(key.0))).await?;
    tx.commit().await?;
    ctx.engine.index_bell.notify_one();
    ctx.tell(Change::Campaigns);
    Ok(())
}

/// In how many parts a text message leaves that was edited by hand.
async fn allowed_parts(ctx: &Ctx, tx: &mut Tx, it: &Stored, text: &str) -> Result<u32, Error> {
    if text.is_empty() {
        return Err(Refusal::field("text", model::Fault::Missing).into());
    }
    let from = freeze::content(ctx, tx, it).await?;
    let length = Length::of(ctx, tx, &from).await?;
    let (parts, max) = (length.parts(text), length.parts_max);
    if max < parts {
        return Err(Refusal::field("text", model::Fault::TooManyParts { max }).into());
    }
    Ok(parts)
}

/// Takes prepared messages out (`true`) or puts them back; tells how many that were.
///
/// # Errors
/// Refuses a campaign that was released.
pub async fn exclude(ctx: &Ctx, id: CampaignId, messages: Vec<MessageId>, is_excluded: bool) -> Result<u32, Error> {
    ctx.require(Permission::CampaignWrite)?;
    take_out(ctx, id, Some(&messages), is_excluded).await
}

/// Takes those of some messages out that were prepared for campaigns, whichever these are; tells how many that were.
///
/// # Errors
/// Refuses campaigns that were released.
pub async fn exclude_ticked(ctx: &Ctx, messages: Vec<MessageId>) -> Result<u32, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let of = prepared::campaigns_of(&mut *ctx.engine.store.read().await?, &messages).await?;
    let mut n = 0;
    for (id, messages) in of {
        n += take_out(ctx, id, Some(&messages), true).await?;
    }
    Ok(n)
}

/// Takes all messages out that wait for values; tells how many that were.
///
/// # Errors
/// Refuses a campaign that was released.
pub async fn exclude_set_apart(ctx: &Ctx, id: CampaignId) -> Result<u32, Error> {
    ctx.require(Permission::CampaignWrite)?;
    take_out(ctx, id, None, true).await
}

async fn take_out(ctx: &Ctx, id: CampaignId, messages: Option<&[MessageId]>, is_excluded: bool) -> Result<u32, Error> {
    let mut tx = ctx.engine.store.write().await?;
    mendable(ctx, &mut tx, id).await?;
    let n = prepared::exclude(&mut tx, id, messages, is_excluded).await? as u32;
    if 0 < n {
        store::campaigns::break_approval(&mut tx, id).await?;
        ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Excluded(is_excluded, n))).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(n)
}

/// Fills a missing or doubtful value in and begins to make those messages anew.
///
/// # Errors
/// Refuses a campaign that was released, and a message that is not its own.
pub async fn fill(ctx: &Ctx, id: CampaignId, fill: Fill) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let it = mendable(ctx, &mut tx, id).await?;
    let place = match fill.scope {
        FillScope::Everybody => 0,
        FillScope::One(message) => {
            let row = store::campaigns::review::one(&mut tx, id, message, ctx.actor.id).await?;
            row.ok_or(Refusal::NotFound(Noun::Message))?.row.place
        }
    };
    let value = fill.value.as_deref().map(str::trim);
    if value.is_some_and(str::is_empty) {
        return Err(Refusal::field("value", model::Fault::Missing).into());
    }
    prepared::set_fill(store, &mut tx, id, place, &fill.path, value).await?;
    store::campaigns::break_approval(&mut tx, id).await?;
    work::begin_anew(ctx, &mut tx, &it, WorkKind::Fill).await?;
    tx.commit().await?;
    work::begun(ctx);
    Ok(())
}

/// What making the unsent messages anew would change.
///
/// # Errors
/// Names what is wrong with texts, account and sender of now; refuses a campaign of which nothing was prepared, or that is on its way.
pub async fn preview_regeneration(ctx: &Ctx, id: CampaignId) -> Result<Regeneration, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = mendable(ctx, &mut reader, id).await?;
    freeze::content(ctx, &mut reader, &it).await?;
    let content = freeze::Draft::of(ctx, &mut reader, &it).await?.unkept(ctx);
    let maker = std::sync::Arc::new(Maker::of(ctx, &mut reader, &it, content).await?);
    let (unsent, kept) = prepared::count_unsent(&mut reader, id).await?;
    let wanted = prepared::unsent(&mut reader, id, false, 0, LOOKED_AT).await?;
    let ids: Vec<MessageId> = wanted.iter().filter_map(|it| it.message).collect();
    let names = ids.iter().map(|it| (*it, String::new())).collect();
    let before = prepared::words(store, &mut reader, &ids).await?;
    let table = Table::lay(ctx, &mut reader, &it, wanted).await?;
    drop(reader);
    let plates = table.make(maker, names).await?;
    let mut answer = Regeneration { unsent, kept, looked_at: plates.len() as u64, ..Regeneration::default() };
    for it in plates.into_iter().map(|it| it.made) {
        let Some(old) = before.get(&it.message) else { continue };
        if (&old.subject, &old.text, &old.html) == (&it.subject, &it.text, &it.html) {
            continue;
        }
        answer.would_change += 1;
        if answer.examples.len() < EXAMPLES {
            let name = if it.wanted.name.is_empty() { it.wanted.address } else { it.wanted.name };
            answer.examples.push((it.message, name, old.subject.clone(), it.subject));
        }
    }
    Ok(answer)
}

/// Begins to make the unsent messages anew from what is typed now; those edited by hand stay.
///
/// # Errors
/// Names what is wrong with texts, account and sender; refuses a campaign that was released.
pub async fn regenerate(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = mendable(ctx, &mut tx, id).await?;
    freeze::freeze(ctx, &mut tx, &it).await?;
    work::begin_anew(ctx, &mut tx, &it, WorkKind::Regenerate).await?;
    tx.commit().await?;
    work::begun(ctx);
    Ok(())
}

/// Gives the campaign's files of now to the messages that have not been sent; tells how many those are.
///
/// # Errors
/// Refuses files that are too large together, and a campaign that was released.
pub async fn update_attachments(ctx: &Ctx, id: CampaignId) -> Result<u32, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let it = mendable(ctx, &mut tx, id).await?;
    let from = freeze::content(ctx, &mut tx, &it).await?;
    let of_template: Vec<Attachment> = match from.template {
        Some((template, _)) => store::templates::by_id(store, &mut tx, template.id).await?.files,
        None => Vec::new(),
    };
    let own = store::attachments::of_campaign(store, &mut tx, id).await?;
    let files = [of_template, own].concat();
    freeze::check_total(&mut tx, &files).await?;
    let content = store::campaigns::contents::refile(store, &mut tx, id, &from, &files, &from.hash, ctx.now()).await?;
    let n = prepared::set_files(&mut tx, id, content).await? as u32;
    store::campaigns::break_approval(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::FilesUpdated(n))).await?;
    tx.commit().await?;
    ctx.engine.index_bell.notify_one();
    ctx.tell(Change::Campaigns);
    Ok(n)
}
