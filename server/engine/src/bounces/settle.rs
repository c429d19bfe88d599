//! What a report does: finds its delivery, moves it, counts its address.

use delivery::bounce::{Finding, Report};
use model::{
    BounceKind, BounceMailbox, BounceMatch, BouncedState, Channels, Deed, DeliveryId, DeliveryState, DeliveryStep, EmailAddress,
    MessageId, OnHardBounce, SuppressionReason, SuppressionSource, SuppressionTarget,
};
use store::Tx;
use store::bounces::{Candidate, NewBounce};
use store::suppressions::{Found, NewSuppression};

use crate::{Ctx, Engine, Error};

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// It was a report, or something else that a program wrote.
    Report,
    /// A person wrote it.
    Foreign,
    /// The delivery it is about has not been settled yet; the mail is read again later.
    NotYet,
}

/// Settles a report: once, however often its mail is read.
pub(super) async fn report(
    engine: &Engine,
    tx: &mut Tx,
    mailbox: &BounceMailbox,
    mail: &[u8],
    report: &Report,
) -> Result<Settled, Error> {
    let ctx = Ctx::system(engine);
    let mail_hash = store::bounces::mail_hash(&engine.store, mail);
    let mut matches = Vec::new();
    for finding in &report.findings {
        let found = find(engine, tx, mailbox, report, finding).await?;
        if found.as_ref().is_some_and(|it| matches!(it.0.state, DeliveryState::Leased | DeliveryState::Handed)) {
            return Ok(Settled::NotYet);
        }
        matches.push(found);
    }
    for (finding, found) in report.findings.iter().zip(&matches) {
        let code = finding.code.map(|it| it.to_string()).unwrap_or_default();
        let address = match (found, &finding.address) {
            (Some((it, _)), _) => it.address.normalized(),
            (None, Some(it)) => it.normalized(),
            (None, None) => String::new(),
        };
        let new = NewBounce {
            account: mailbox.account,
            mail_hash: &mail_hash,
            kind: finding.kind,
            address: &address,
            code: &code,
            words: &finding.words,
            matched: found.as_ref().map(|(it, by)| (it.delivery, it.message, *by)),
        };
        let is_new = store::bounces::put(&engine.store, tx, &new, ctx.now()).await?;
        if let (true, Some((it, _))) = (is_new, found) {
            apply(&ctx, tx, mailbox, it, finding.kind, &code).await?;
        }
    }
    Ok(Settled::Report)
}

/// The delivery that a finding is about. A return path proves itself. An ENVID can be guessed, so it counts only where return paths
/// prove nothing; it and a Message-ID have to name the right address as well.
async fn find(
    engine: &Engine,
    tx: &mut Tx,
    mailbox: &BounceMailbox,
    report: &Report,
    finding: &Finding,
) -> Result<Option<(Candidate, BounceMatch)>, Error> {
    let same = |it: &Candidate| finding.address.as_ref().is_some_and(|address| address.normalized() == it.address.normalized());
    for (id, tag) in &report.return_paths {
        if engine.store.vault().is_return_path_tag(*id, tag)
            && let Some(it) = store::bounces::candidate(tx, *id).await?
            && (same(&it) || finding.address.is_none() || report.findings.len() == 1)
        {
            return Ok(Some((it, BounceMatch::ReturnPath)));
        }
    }
    for id in report.message_ids.iter() {
        let candidates = store::bounces::candidates(tx, id).await?;
        let only = candidates.len() == 1 && finding.address.is_none();
        if let Some(it) = candidates.into_iter().find(|it| only || same(it)) {
            return Ok(Some((it, BounceMatch::MessageId)));
        }
    }
    if !mailbox.settings.tagged {
        for id in report.envelope_ids.iter().filter_map(|it| it.strip_prefix("posel-")?.parse().ok()) {
            if let Some(it) = store::bounces::candidate(tx, DeliveryId(id)).await?.filter(same) {
                return Ok(Some((it, BounceMatch::EnvelopeId)));
            }
        }
    }
    Ok(None)
}

async fn apply(
    ctx: &Ctx,
    tx: &mut Tx,
    mailbox: &BounceMailbox,
    it: &Candidate,
    kind: BounceKind,
    code: &str,
) -> Result<(), Error> {
    match kind {
        BounceKind::Delayed => {}
        BounceKind::Complaint => {
            ctx.log(tx, Deed::DeliveryComplained(it.message, it.delivery)).await?;
            suppress(ctx, tx, it.address.clone(), SuppressionReason::Complained, Some(it.message)).await?;
        }
        BounceKind::Hard | BounceKind::Soft => {
            // What was refused or delivered by other evidence stays so; it is only counted.
            if let Ok(next) = it.state.step(DeliveryStep::Return) {
                store::deliveries::decide(tx, it.delivery, it.state, next, ctx.now()).await?;
                ctx.log(tx, Deed::DeliveryReturned(it.message, it.delivery)).await?;
                crate::messages::settle(tx, it.message, None).await?;
            }
            count(ctx, tx, mailbox, it, kind, code).await?;
        }
    }
    Ok(())
}

/// Counts a bounce, and does what was set for an address that has bounced often enough.
async fn count(
    ctx: &Ctx,
    tx: &mut Tx,
    mailbox: &BounceMailbox,
    it: &Candidate,
    kind: BounceKind,
    code: &str,
) -> Result<(), Error> {
    let counted = store::bounces::count(tx, &it.address, kind, code, ctx.now()).await?;
    if counted.state != BouncedState::Counted || counted.hard < u32::from(mailbox.settings.hard_limit) {
        return Ok(());
    }
    let next = match mailbox.settings.on_hard {
        OnHardBounce::Propose => BouncedState::Proposed,
        OnHardBounce::Suppress => {
            suppress(ctx, tx, it.address.clone(), SuppressionReason::Bounced, Some(it.message)).await?;
            BouncedState::Suppressed
        }
    };
    Ok(store::bounces::set_state(tx, counted.id, BouncedState::Counted, next).await?)
}

/// Suppresses an address because of what came back, unless it was suppressed before.
pub(super) async fn suppress(
    ctx: &Ctx,
    tx: &mut Tx,
    address: EmailAddress,
    reason: SuppressionReason,
    message: Option<MessageId>,
) -> Result<(), Error> {
    let new = NewSuppression {
        target: &SuppressionTarget::Email(address),
        channels: Channels::Email,
        reason,
        source: SuppressionSource::Relay,
        note: "",
        message,
        author: ctx.actor.id,
    };
    if let Found::New(_) = store::suppressions::add(tx, &new, ctx.now()).await? {
        ctx.log(tx, Deed::SuppressionsAdded(1)).await?;
    }
    Ok(())
}
