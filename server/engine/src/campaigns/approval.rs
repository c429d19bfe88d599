//! Four eyes: somebody else than the author approves what is prepared, and the approval covers a hash over all of it.

use model::{ApprovalRule, ApprovalState, CampaignDeed, CampaignId, Change, Deed, Noun, Permission, Refusal};
use serde::Serialize;
use store::Tx;
use store::campaigns::{Decided, Stored, prepared};

use crate::{Ctx, Error};

/// The greatest length of a comment in characters.
const COMMENT_MAX: u32 = 2_000;

/// When campaigns need somebody else's approval.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn approval_rule(ctx: &Ctx) -> Result<ApprovalRule, Error> {
    if !ctx.may(Permission::SettingsManage) {
        super::require_sight(ctx)?;
    }
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::campaigns::approval_rule(&mut reader).await?)
}

/// What the action log compares of the rule.
#[derive(Serialize)]
struct Told {
    always: bool,
    above: Option<u32>,
}

impl Told {
    fn of(rule: ApprovalRule) -> Self {
        let above = if let ApprovalRule::Above(n) = rule { Some(n) } else { None };
        Self { always: rule == ApprovalRule::Always, above }
    }
}

/// Changes when campaigns need somebody else's approval.
///
/// # Errors
/// Refuses who may not change settings.
pub async fn set_approval_rule(ctx: &Ctx, rule: ApprovalRule) -> Result<(), Error> {
    ctx.require(Permission::SettingsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let before = store::campaigns::approval_rule(&mut tx).await?;
    store::campaigns::set_approval_rule(&mut tx, rule).await?;
    ctx.log_changed(&mut tx, Deed::ApprovalRuleChanged, (&Told::of(before), &Told::of(rule))).await?;
    tx.commit().await?;
    ctx.tell(Change::Settings);
    Ok(())
}

/// Asks for somebody else's approval, with a comment.
///
/// # Errors
/// Refuses what cannot be released for another reason, and a comment that is too long.
pub async fn request_approval(ctx: &Ctx, id: CampaignId, comment: String) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    check(&comment)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = prepared(ctx, &mut tx, id).await?;
    let counts = store::campaigns::running::counts(&mut tx, id).await?;
    let others = super::hindrances(ctx, &mut tx, &it, &counts).await?;
    let others: Vec<_> =
        others.into_iter().filter(|it| !matches!(it, model::Hindrance::NotApproved | model::Hindrance::ApprovalBroken)).collect();
    if !others.is_empty() {
        return Err(Refusal::Hindered(others).into());
    }
    store::campaigns::set_requested(&mut tx, id, ctx.actor.id, comment.trim(), ctx.now()).await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::ApprovalRequested)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}

/// Approves (`true`) what is prepared now, or gives it back, with a comment.
///
/// # Errors
/// Refuses the author, whoever asked for it, and what nobody asked to be approved.
pub async fn decide_approval(ctx: &Ctx, id: CampaignId, approves: bool, comment: String) -> Result<(), Error> {
    ctx.require(Permission::CampaignApprove)?;
    check(&comment)?;
    let mut tx = ctx.engine.store.write().await?;
    let it = prepared(ctx, &mut tx, id).await?;
    let is_own = it.author.0 == ctx.actor.id || it.requested.as_ref().is_none_or(|it| it.0 == ctx.actor.id);
    if is_own || it.approval != ApprovalState::Requested {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    let hash = if approves { Some(prepared::hash(&ctx.engine.store, &mut tx, id).await?) } else { None };
    let decided = Decided {
        state: if approves { ApprovalState::Approved } else { ApprovalState::Returned },
        hash: hash.as_deref(),
        by: ctx.actor.id,
        comment: comment.trim(),
        at: ctx.now(),
    };
    store::campaigns::set_decided(&mut tx, id, &decided).await?;
    let deed = if approves { CampaignDeed::Approved } else { CampaignDeed::Returned };
    ctx.log(&mut tx, Deed::Campaign(id, deed)).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}

async fn prepared(ctx: &Ctx, tx: &mut Tx, id: CampaignId) -> Result<Stored, Error> {
    let it = store::campaigns::by_id(&ctx.engine.store, tx, id).await?;
    if !it.state.is_mendable() {
        return Err(Refusal::IllegalStep(Noun::Campaign).into());
    }
    Ok(it)
}

fn check(comment: &str) -> Result<(), Refusal> {
    let mut faults = model::Faults::default();
    faults.text("comment", comment, model::Required::No, COMMENT_MAX);
    faults.finish()
}
