//! What became of campaigns, and trying them out before.

use model::time::{hours, minutes};
use model::{
    CampaignContent, CampaignDeed, CampaignFlow, CampaignId, CampaignKind, CampaignReport, CampaignStep, Change, ContactId, Deed,
    DeliveryState, FailureKind, FailureQuery, FailureReason, FailureRow, Fault, Language, MergeValues, MessageId, Page,
    Permission, Refusal, TestOrder, TestSent,
};

use super::require_sight;
use crate::templates::Beside;
use crate::{Ctx, Error, secret};

/// How many failed messages are copied in one transaction.
const BATCH: u32 = 200;
/// How many reasons are told.
const REASONS: usize = 100;
/// How many points the flow of a whole campaign has at most.
const POINTS: i64 = 120;

/// How many messages left lately, minute by minute for the last hour.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn flow(ctx: &Ctx, id: CampaignId) -> Result<CampaignFlow, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::campaigns::report::flow(&mut reader, id, ctx.now().plus(-hours(1)), minutes(1)).await?)
}

/// What became of a campaign, with reasons grouped.
///
/// # Errors
/// Refuses when there is none.
pub async fn report(ctx: &Ctx, id: CampaignId) -> Result<CampaignReport, Error> {
    require_sight(ctx)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    let counts = store::campaigns::running::counts(&mut reader, id).await?;
    let (delivered, bounced, unsubscribed, complained) = store::campaigns::report::told(&mut reader, id).await?;
    let ended = store::campaigns::report::ended(&mut reader, id).await?;
    let versions = store::campaigns::report::versions(&mut reader, id).await?;
    let reactions = store::reactions::report(store, &mut reader, id).await?;
    let flow = match it.started_at {
        Some(begin) => {
            let whole = it.ended_at.unwrap_or(ctx.now()).since(begin).max(minutes(1));
            let step = (whole / POINTS).max(minutes(1));
            store::campaigns::report::flow(&mut reader, id, begin, step).await?
        }
        None => CampaignFlow::default(),
    };
    Ok(CampaignReport {
        counts,
        delivered,
        bounced,
        unsubscribed,
        complained,
        reasons: grouped(ended),
        started_at: it.started_at,
        ended_at: it.ended_at,
        flow,
        versions,
        reactions,
    })
}

/// Answers that differ only in addresses, numbers and the relay's own marks are one reason.
fn grouped(ended: Vec<store::campaigns::report::Ended>) -> Vec<FailureReason> {
    let mut reasons: Vec<FailureReason> = Vec::new();
    for (state, reply, count, example) in ended {
        let Some(kind) = kind(state) else { continue };
        let words = without_particulars(&reply);
        match reasons.iter_mut().find(|it| it.kind == kind && it.words == words) {
            Some(reason) => reason.count += count,
            None => reasons.push(FailureReason { kind, words, count, example }),
        }
    }
    reasons.sort_by_key(|it| (std::cmp::Reverse(it.count), it.kind));
    reasons.truncate(REASONS);
    reasons
}

fn kind(state: DeliveryState) -> Option<FailureKind> {
    match state {
        DeliveryState::Rejected => Some(FailureKind::Rejected),
        DeliveryState::Returned => Some(FailureKind::Returned),
        DeliveryState::Expired => Some(FailureKind::Expired),
        DeliveryState::Suppressed => Some(FailureKind::Suppressed),
        DeliveryState::Unknown => Some(FailureKind::Unknown),
        DeliveryState::Cancelled => Some(FailureKind::Cancelled),
        DeliveryState::Waiting
        | DeliveryState::Leased
        | DeliveryState::Handed
        | DeliveryState::Accepted
        | DeliveryState::Delivered => None,
    }
}

/// An answer without words that hold an address or a mark of one session: an `@`, or letters and digits mixed in a long word.
fn without_particulars(reply: &str) -> String {
    let is_mark = |word: &str| {
        let plain: Vec<char> = word.chars().filter(|it| it.is_alphanumeric()).collect();
        let digits = plain.iter().filter(|it| it.is_ascii_digit()).count();
        9 < plain.len() && 2 < digits && digits < plain.len()
    };
    let shown = |word: &str| if word.contains('@') || is_mark(word) { "…".to_owned() } else { word.to_owned() };
    reply.split_whitespace().map(shown).collect::<Vec<_>>().join(" ")
}

/// Lists one page of messages that did not arrive, or not yet.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn failures(ctx: &Ctx, query: FailureQuery) -> Result<Page<FailureRow>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::campaigns::report::page(&mut reader, &query).await?)
}

/// Sends again what failed for good, as new messages of the campaign; tells how many. What has an unknown end is left alone.
///
/// # Errors
/// Refuses a campaign that has not finished, and one of which nothing failed.
pub async fn retry_failed(ctx: &Ctx, id: CampaignId) -> Result<u32, Error> {
    ctx.require(Permission::CampaignRelease)?;
    ctx.require(Permission::MessageResend)?;
    let store = &ctx.engine.store;
    let (mut behind, mut retried) = (MessageId(0), 0);
    loop {
        let mut tx = store.write().await?;
        let it = store::campaigns::by_id(store, &mut tx, id).await?;
        // The state is moved at the end, so that nothing leaves while there is more to copy.
        let next = it.state.step(CampaignStep::Retry)?;
        let failed = store::campaigns::report::failed(&mut tx, id, behind, BATCH).await?;
        for message in &failed {
            let sender = store::messages::parts(store, &mut tx, *message).await?.sender_address;
            let domain = sender.rsplit_once('@').map_or("posel.invalid", |(_, domain)| domain);
            let header_id = [secret::make()?.as_str(), "@", domain].concat();
            let copy = store::messages::copy(store, &mut tx, *message, ctx.actor.id, &header_id, ctx.now()).await?;
            store::campaigns::prepared::adopt(&mut tx, id, *message, copy).await?;
            ctx.log(&mut tx, Deed::MessageResent(*message, copy)).await?;
        }
        retried += failed.len() as u32;
        let Some(last) = failed.last().filter(|_| failed.len() == BATCH as usize) else {
            if retried == 0 {
                return Err(Refusal::IllegalStep(model::Noun::Campaign).into());
            }
            store::campaigns::set_state(&mut tx, id, it.state, next, ctx.now()).await?;
            ctx.log(&mut tx, Deed::Campaign(id, CampaignDeed::Retried(retried))).await?;
            tx.commit().await?;
            break;
        };
        behind = *last;
        tx.commit().await?;
    }
    ctx.tell(Change::Campaigns);
    ctx.tell(Change::Messages);
    Ok(retried)
}

/// Sends the campaign as it would reach a contact, or with samples, to typed addresses at once; it is counted nowhere. Without a language
/// it speaks its first one.
///
/// # Errors
/// Names wrong addresses, wrong merge code, and fields without a value.
pub async fn test(
    ctx: &Ctx,
    id: CampaignId,
    contact: Option<ContactId>,
    language: Option<Language>,
    to: String,
) -> Result<TestSent, Error> {
    ctx.require(Permission::CampaignWrite)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let it = store::campaigns::by_id(store, &mut reader, id).await?;
    let files = store::attachments::of_campaign(store, &mut reader, id).await?;
    let (template, mut draft) = match &it.draft.content {
        CampaignContent::Template(template) => {
            (Some(*template), store::templates::by_id(store, &mut reader, *template).await?.draft)
        }
        CampaignContent::Own(_) => (None, it.draft.as_template().ok_or_else(|| Refusal::field("content", Fault::Missing))?),
    };
    drop(reader);
    let first = draft.texts.first().map(|it| it.language).ok_or_else(|| Refusal::field("content", Fault::Missing))?;
    let wanted = language.filter(|wanted| draft.texts.iter().any(|it| it.language == *wanted)).unwrap_or(first);
    draft.is_commercial = it.draft.kind == CampaignKind::Commercial;
    for (own, of_text) in [(it.draft.sender_name, &mut draft.sender_name), (it.draft.sender_address, &mut draft.sender_address)] {
        if !own.trim().is_empty() {
            *of_text = own;
        }
    }
    let mut values = MergeValues::default();
    values.text("campaign.name", it.draft.name.trim());
    let beside = Beside { account: it.draft.account, files, values };
    crate::templates::test_beside(ctx, TestOrder { template, draft, language: wanted, contact, to }, beside).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_differ_in_addresses_and_marks_are_one_reason() {
        let ended = vec![
            (DeliveryState::Rejected, "550 5.1.1 <eva@example.sk> unknown 4fXq1z2y8w".to_owned(), 3, MessageId(1)),
            (DeliveryState::Rejected, "550 5.1.1 <jan@example.sk> unknown 9aBc7d6e5f".to_owned(), 2, MessageId(2)),
            (DeliveryState::Returned, "550 5.1.1 <jan@example.sk> unknown 9aBc7d6e5f".to_owned(), 9, MessageId(3)),
            (DeliveryState::Waiting, String::new(), 9, MessageId(4)),
        ];
        let reasons = grouped(ended);
        assert_eq!(reasons.len(), 2);
        assert_eq!((reasons[0].kind, reasons[0].count), (FailureKind::Returned, 9));
        assert_eq!((reasons[1].words.as_str(), reasons[1].count), ("550 5.1.1 … unknown …", 5));
    }
}
