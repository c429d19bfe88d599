//! Use cases about campaigns: one content for an audience, prepared in the background, reviewed, approved, released and watched.

mod again;
mod approval;
mod cost;
mod exchange;
mod export;
mod feed;
mod freeze;
mod gather;
mod history;
mod make;
mod mend;
mod pace;
mod report;
mod review;
mod running;
mod serve;
mod work;

use model::{
    Approval, ApprovalState, Campaign, CampaignCheck, CampaignCounts, CampaignDeed, CampaignDraft, CampaignId, CampaignQuery,
    CampaignRow, CampaignState, CampaignStep, Change, Deed, Hindrance, Measure, Page, Permission, PreparedFrom, Refusal,
    TemplateFault,
};
use store::Connection;
use store::campaigns::Stored;

pub use again::{copy, correct, follow_up};
pub use approval::{approval_rule, decide_approval, request_approval, set_approval_rule};
pub use cost::cost;
pub use exchange::{CampaignsIn, CampaignsOut, take_in, take_out};
pub use export::{CampaignExport, export};
pub use feed::feed_turn;
pub use history::{history, run_messages};
pub use mend::{
    edit_prepared, exclude, exclude_set_apart, exclude_ticked, fill, preview_regeneration, regenerate, update_attachments,
};
pub use report::{failures, flow, report, retry_failed, test};
pub use review::{audience, review, review_groups, review_page};
pub(crate) use running::hold_all;
pub use running::{cancel, pause, release, resume, set_pace, unschedule};
pub use work::{check, discard, prepare, run, stop_work, work_step, work_turn};

use crate::{Ctx, Error};

/// Lets through who makes, releases or approves campaigns.
pub(crate) fn require_sight(ctx: &Ctx) -> Result<(), Refusal> {
    let may = ctx.may(Permission::CampaignRelease) || ctx.may(Permission::CampaignApprove);
    if may { Ok(()) } else { ctx.require(Permission::CampaignWrite) }
}

/// Lists one page of campaigns.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn list(ctx: &Ctx, query: CampaignQuery) -> Result<Page<CampaignRow>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::campaigns::page(&mut reader, &query, ctx.actor.id).await?)
}

/// Opens a campaign with its state and figures.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: CampaignId) -> Result<Campaign, Error> {
    require_sight(ctx)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    let counts = store::campaigns::running::counts(&mut reader, id).await?;
    let files = store::attachments::of_campaign(store, &mut reader, id).await?;
    let checked = match it.checked {
        Some((at, revision)) => {
            let changed = store::campaigns::audience::changed(&mut reader, id, at).await?;
            Some(CampaignCheck { at, changed, is_edited: revision != it.revision })
        }
        None => None,
    };
    let last_sent_at = store::campaigns::running::last_sent(&mut reader, id).await?;
    Ok(Campaign {
        id,
        revision: it.revision,
        state: it.state,
        work: it.work,
        approval: approval_of(ctx, &mut reader, &it, &counts).await?,
        hindrances: if it.state.is_mendable() { hindrances(ctx, &mut reader, &it, &counts).await? } else { Vec::new() },
        checked,
        prepared: prepared_from(ctx, &mut reader, &it, &files).await?,
        starts_at: it.starts_at,
        started_at: it.started_at,
        last_sent_at,
        done_at: pace::forecast(ctx, &mut reader, &it, &counts).await?,
        ended_at: it.ended_at,
        copy_of: it.copy_of,
        author: it.author,
        created_at: it.created_at,
        updated_at: it.updated_at,
        counts,
        files,
        draft: CampaignDraft { pace: it.pace, ..it.draft },
    })
}

/// How far the approval is.
async fn approval_of(ctx: &Ctx, connection: &mut Connection, it: &Stored, counts: &CampaignCounts) -> Result<Approval, Error> {
    let rule = store::campaigns::approval_rule(connection).await?;
    // What has left counts as well: the smaller rest of a large campaign is not a small one.
    let messages = if it.started_at.is_some() { counts.recipients() } else { counts.prepared };
    let is_needed = it.draft.wants_approval || rule.asks(messages);
    let asked = it.requested.clone();
    let decided = it.decided.clone();
    let is_own = it.author.0 == ctx.actor.id || asked.as_ref().is_some_and(|it| it.0 == ctx.actor.id);
    Ok(Approval {
        is_needed,
        // Where nobody decided and nobody needs to, nothing is broken.
        state: if is_needed || it.decided.is_some() || it.approval != ApprovalState::Broken {
            it.approval
        } else {
            ApprovalState::Open
        },
        requested_by: asked.as_ref().map(|it| it.1.clone()).unwrap_or_default(),
        requested_at: asked.map(|it| it.2),
        decided_by: decided.as_ref().map(|it| it.1.clone()).unwrap_or_default(),
        decided_at: decided.map(|it| it.2),
        comment: it.comment.clone(),
        is_mine_to_give: !is_own && ctx.may(Permission::CampaignApprove),
    })
}

/// What stands in the way of a release now.
async fn hindrances(
    ctx: &Ctx,
    connection: &mut Connection,
    it: &Stored,
    counts: &CampaignCounts,
) -> Result<Vec<Hindrance>, Error> {
    let mut found = Vec::new();
    if counts.prepared == 0 {
        found.push(Hindrance::NothingPrepared);
    }
    if 0 < counts.gathered {
        found.push(Hindrance::Unprepared(counts.gathered));
    }
    let set_apart = counts.of(model::RecipientGroup::SetApart);
    if 0 < set_apart {
        found.push(Hindrance::SetApart(set_apart));
    }
    if let Some(content) = it.content {
        let content = store::campaigns::contents::by_id(&ctx.engine.store, connection, content).await?;
        match store::accounts::by_id(connection, content.account, ctx.now()).await {
            Ok(_) => {}
            Err(store::Error::Refused(Refusal::NotFound(_))) => found.push(Hindrance::AccountGone),
            Err(error) => return Err(error.into()),
        }
    }
    let approval = approval_of(ctx, connection, it, counts).await?;
    match approval.state {
        _ if !approval.is_needed => {}
        ApprovalState::Approved => {}
        ApprovalState::Broken => found.push(Hindrance::ApprovalBroken),
        // It was released as it is, before anybody had to approve it.
        ApprovalState::Open if it.state == CampaignState::Paused => {}
        ApprovalState::Open | ApprovalState::Requested | ApprovalState::Returned => found.push(Hindrance::NotApproved),
    }
    if it.state == CampaignState::Paused && counts.prepared == 0 {
        // Everything is on its way already, so there is nothing that could be missing.
        found.retain(|it| !matches!(it, Hindrance::NothingPrepared | Hindrance::AccountGone));
    }
    Ok(found)
}

/// What the prepared messages were made from, and whether that was edited since.
async fn prepared_from(
    ctx: &Ctx,
    connection: &mut Connection,
    it: &Stored,
    files: &[model::Attachment],
) -> Result<Option<PreparedFrom>, Error> {
    let Some(content) = it.content else { return Ok(None) };
    let store = &ctx.engine.store;
    let content = store::campaigns::contents::by_id(store, connection, content).await?;
    let now = freeze::Draft::of(ctx, connection, it).await;
    let of_template = now.as_ref().map(|it| it.files.clone()).unwrap_or_default();
    let files = [of_template.as_slice(), files].concat();
    let carried = store::campaigns::contents::files(store, connection, content.id).await?;
    let attachments_edited = !store::attachments::are_same(connection, &carried, &files).await?;
    // A template that is gone or broken by now is another one.
    let is_edited = now.map_or(true, |it| it.hash() != content.hash);
    Ok(Some(PreparedFrom { version: content.version, at: content.at, template: content.template, is_edited, attachments_edited }))
}

/// Makes a campaign, or changes the one given if its revision is still the given one; answers which one and its new revision. What is
/// prepared does not change.
///
/// # Errors
/// Names each wrong field; refuses a stale revision, a campaign that is on its way or over, and who may not go past what contacts want.
pub async fn save(ctx: &Ctx, key: Option<(CampaignId, i64)>, draft: CampaignDraft) -> Result<(CampaignId, i64), Error> {
    ctx.require(Permission::CampaignWrite)?;
    draft.check()?;
    let store = &ctx.engine.store;
    let mut tx = store.write().await?;
    let (overridden, measured, is_renamed) = match key {
        Some((id, _)) => {
            let before = store::campaigns::by_id(store, &mut tx, id).await?;
            before.state.step(CampaignStep::Edit)?;
            if before.work.is_some() {
                // What is being checked is not what is typed any more.
                store::campaigns::work::end(&mut tx, id, None, ctx.now()).await?;
            }
            let is_renamed = before.draft.name != draft.name;
            (before.draft.audience.overrides_no_bulk, before.draft.measure, is_renamed)
        }
        None => (false, Measure::default(), false),
    };
    let overrides = draft.audience.overrides_no_bulk && !overridden;
    if overrides {
        ctx.require(Permission::SuppressionsLift)?;
    }
    let (id, revision) = match key {
        Some((id, revision)) => {
            let revision = store::campaigns::save(store, &mut tx, (id, revision), &draft, ctx.actor.id, ctx.now()).await;
            (id, revision.map_err(crate::attachments::as_field)?)
        }
        None => {
            let id = store::campaigns::create(store, &mut tx, &draft, None, ctx.actor.id, ctx.now()).await;
            (id.map_err(crate::attachments::as_field)?, 1)
        }
    };
    if is_renamed {
        store::search_jobs::add_campaign(&mut tx, id).await?;
        ctx.engine.index_bell.notify_one();
    }
    // What is typed is saved again and again; only what was not there before is worth an entry.
    if key.is_none() {
        ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Created)).await?;
    }
    if overrides {
        ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::NoBulkOverridden)).await?;
    }
    if draft.measure != measured {
        ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Measured(draft.measure))).await?;
    }
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok((id, revision))
}

/// Deletes a campaign that was never prepared, or whose messages were thrown away.
///
/// # Errors
/// Refuses one that has messages, and when there is none.
pub async fn delete(ctx: &Ctx, id: CampaignId) -> Result<(), Error> {
    ctx.require(Permission::CampaignWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Deleted)).await?;
    store::campaigns::delete(&mut tx, id).await?;
    tx.commit().await?;
    ctx.tell(Change::Campaigns);
    Ok(())
}

/// Everything that is wrong with the merge code and the markup of what is written in a campaign; nothing for one made from a template,
/// which was checked when it was saved.
///
/// # Errors
/// Refuses who may not make campaigns.
pub async fn check_content(ctx: &Ctx, draft: CampaignDraft) -> Result<Vec<TemplateFault>, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let Some(own) = draft.as_template() else { return Ok(Vec::new()) };
    let mut reader = ctx.engine.store.read().await?;
    let fields = crate::templates::all_fields(&mut reader, None, model::Language::default()).await?;
    Ok(content::letter::check(&own, &content::letter::catalogue(&fields)))
}
