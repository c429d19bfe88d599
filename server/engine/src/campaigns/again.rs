//! Campaigns made from others: the same once more, a correction for exactly those who got it, and one for those who reacted alike.

use model::{
    AudiencePart, CampaignAudience, CampaignDeed, CampaignDraft, CampaignId, CampaignStart, Change, Deed, Noun, Permission,
    Reaction, Refusal,
};

use crate::{Ctx, Error};

/// Makes a campaign like another one under another name, with nothing prepared.
///
/// # Errors
/// Refuses when there is none, and a wrong name.
pub async fn copy(ctx: &Ctx, id: CampaignId, name: String) -> Result<CampaignId, Error> {
    ctx.require(Permission::CampaignWrite)?;
    make(ctx, id, name, None).await
}

/// Makes a campaign like another one for exactly those to whom it was sent, or to whom one version of it was. Who must not be written to
/// since is left out as always.
///
/// # Errors
/// Refuses when there is none, and a wrong name.
pub async fn correct(ctx: &Ctx, id: CampaignId, version: Option<u32>, name: String) -> Result<CampaignId, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let part = version.map_or(AudiencePart::Got(id), |it| AudiencePart::GotVersion(id, it));
    make(ctx, id, name, Some(part)).await
}

/// Makes a campaign like another one for those who got it, are known by name and reacted like this.
///
/// # Errors
/// Refuses when there is none, one that measured nothing, and a wrong name.
pub async fn follow_up(ctx: &Ctx, id: CampaignId, reaction: Reaction, name: String) -> Result<CampaignId, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut reader = ctx.engine.store.read().await?;
    let measure = store::reactions::measure(&mut reader, id).await?;
    drop(reader);
    let is_known = match reaction {
        Reaction::Opened => measure.opens,
        Reaction::Clicked => measure.clicks,
        Reaction::Nothing => measure.any(),
    };
    if !is_known {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    make(ctx, id, name, Some(AudiencePart::Reacted(id, reaction))).await
}

/// Makes a campaign for the same audience, or for one set alone.
async fn make(ctx: &Ctx, id: CampaignId, name: String, only: Option<AudiencePart>) -> Result<CampaignId, Error> {
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let from = store::campaigns::by_id(store, &mut tx, id).await?;
    let files = store::attachments::of_campaign(store, &mut tx, id).await?;
    let copies = store::attachments::copy_loose(store, &mut tx, &files, ctx.actor.id, ctx.now()).await?;
    let attachments = copies.into_iter().map(|it| it.id).collect();
    let audience = match only {
        Some(part) => CampaignAudience { include: vec![part], exclude: Vec::new(), typed: String::new(), ..from.draft.audience },
        None => from.draft.audience,
    };
    let draft = CampaignDraft { name, attachments, audience, start: CampaignStart::AtOnce, ..from.draft };
    draft.check()?;
    let copy = store::campaigns::create(store, &mut tx, &draft, Some(id), ctx.actor.id, ctx.now()).await?;
    ctx.log(&mut tx, Deed::Campaign(copy, CampaignDeed::Created)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(copy)
}
