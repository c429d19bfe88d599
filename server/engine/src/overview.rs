//! The use case of the first screen.

use model::time::{days, hours};
use model::{MessageFilter, MessageState, Moment, Origin, Overview, Permission};

use crate::{Ctx, Error};

/// Hours that the chart shows.
const HOURS: usize = 24;

/// Tells the state of things as far as the person may see it.
///
/// # Errors
/// Fails when the database fails.
pub async fn open(ctx: &Ctx, midnight: Moment) -> Result<Overview, Error> {
    // Everybody who is signed in has a first screen; each part of it is limited to what they may see.
    let now = ctx.now();
    let accounts = if ctx.may(Permission::AccountsManage) { crate::accounts::list(ctx).await? } else { Vec::new() };
    let mut reader = ctx.engine.store.read().await?;
    let mut overview = Overview {
        prepared: 0,
        drafts: 0,
        waiting: 0,
        unknown: 0,
        failed: 0,
        sent_today: 0,
        by_hour: vec![0; HOURS],
        accounts: accounts.into_iter().map(Into::into).collect(),
        latest: Vec::new(),
    };
    let Ok(scope) = crate::history::scope(ctx) else { return Ok(overview) };
    let of = |state| MessageFilter { states: vec![state], ..MessageFilter::default() };
    // A campaign is released as a whole, on its own page.
    let prepared = MessageFilter { origin: Some(Origin::Manual), ..of(MessageState::Prepared) };
    overview.prepared = store::messages::count(&mut reader, &prepared, scope).await?;
    overview.drafts = store::messages::count(&mut reader, &of(MessageState::Draft), scope).await?;
    let failed = MessageFilter { since: Some(now.plus(-days(7))), ..of(MessageState::Failed) };
    overview.failed = store::messages::count(&mut reader, &failed, scope).await?;
    let counts = store::deliveries::counts(&mut reader).await?;
    (overview.waiting, overview.unknown) = (counts.waiting, counts.unknown);
    overview.by_hour = store::deliveries::accepted_by_hour(&mut reader, now, HOURS).await?;
    overview.by_hour.reverse();
    let midnight = Moment(midnight.0.clamp(now.0 - hours(48), now.0));
    overview.sent_today = store::deliveries::accepted_since(&mut reader, midnight).await?;
    overview.latest = store::messages::latest(&ctx.engine.store, &mut reader, scope, &[], 8).await?;
    Ok(overview)
}
