//! Evidence sheets: what can be proved about one delivery, without the database and without us.

use model::evidence::{FORM, queue_id};
use model::message::Role;
use model::{
    AuditEntry, AuditId, AuditQuery, CampaignDeed, Deed, DeliveryDetail, DeliveryId, EvidenceAnchor, EvidenceAttempt,
    EvidenceDelivery, EvidenceFacts, EvidenceFile, EvidenceMessage, EvidencePart, EvidenceRecipient, EvidenceRelease, MessageId,
    Noun, Refusal, ReleaseStep, SignedEvidence, Subject,
};
use sha2::{Digest, Sha256};
use store::messages::Stored;

use crate::history::require_sight;
use crate::worker::unsigned_mail;
use crate::{Ctx, Error, FileOut, Pieces, hex};

/// How many pages of a log are looked through for who let a message leave.
const LOG_PAGES: usize = 50;

/// Makes the sheet about a delivery of a message, signs it and notes that it was made.
///
/// # Errors
/// Refuses messages that are not there or that the person may not see, and deliveries of other messages.
pub async fn sheet(ctx: &Ctx, message: MessageId, delivery: DeliveryId) -> Result<SignedEvidence, Error> {
    require_sight(ctx, message).await?;
    let mut reader = ctx.engine.store.read().await?;
    let stored = store::messages::by_id(&ctx.engine.store, &mut reader, message).await?;
    let company = store::company::get(&mut reader).await?.unwrap_or_default();
    drop(reader);
    let carried = stored.deliveries.iter().find(|it| it.id == delivery).ok_or(Refusal::NotFound(Noun::Delivery))?;
    let carried = self::carried(carried);
    let releases = releases(ctx, message, &stored).await?;
    let written = written(ctx, message, stored, &carried.address).await?;
    let (entry, hash) = note(ctx, message, delivery).await?;
    let evidence = EvidenceFacts {
        posel: FORM.to_owned(),
        made_at: ctx.now(),
        made_by: ctx.actor.name.clone(),
        company: company.name,
        registration_number: company.registration_number,
        message: written,
        delivery: carried,
        releases,
        log: EvidenceAnchor { entry: entry.0, hash: hex::write(&hash) },
    };
    let vault = ctx.engine.store.vault();
    let signature = hex::write(&vault.sign(&evidence.bytes()));
    Ok(SignedEvidence { evidence, key: hex::write(&vault.public_key()), signature })
}

/// Whether the sheet was signed by the key that it names.
pub fn is_genuine(sheet: &SignedEvidence) -> bool {
    match (hex::read(&sheet.key), hex::read(&sheet.signature)) {
        (Some(key), Some(signature)) => store::is_signed(&key, &sheet.evidence.bytes(), &signature),
        _ => false,
    }
}

/// The SHA-256 of a file in hexadecimal, as sheets name it.
pub fn digest(content: &[u8]) -> String {
    hex::write(&Sha256::digest(content))
}

async fn digest_of(mut file: impl Pieces) -> Result<String, Error> {
    let mut hash = Sha256::new();
    while let Some(piece) = file.next().await? {
        hash.update(piece);
    }
    Ok(hex::write(&hash.finalize()))
}

async fn note(ctx: &Ctx, message: MessageId, delivery: DeliveryId) -> Result<(AuditId, Vec<u8>), Error> {
    let mut tx = ctx.engine.store.write().await?;
    let entry = ctx.log(&mut tx, Deed::EvidenceMade(message, delivery)).await?;
    let hash = store::audit::hash_of(&mut tx, entry).await?.unwrap_or_default();
    tx.commit().await?;
    Ok((entry, hash))
}

async fn written(ctx: &Ctx, id: MessageId, stored: Stored, address: &str) -> Result<EvidenceMessage, Error> {
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let html = store::messages::html(store, &mut reader, id).await?;
    let mut contents = Vec::with_capacity(stored.attachments.len());
    for file in &stored.attachments {
        contents.push(FileOut::new(&ctx.engine, store::attachments::content(&mut reader, file.id).await?));
    }
    drop(reader);
    let mut files = Vec::with_capacity(contents.len());
    for (file, content) in stored.attachments.iter().zip(contents) {
        files.push(EvidenceFile { name: file.name.clone(), size: file.size, sha256: digest_of(content).await? });
    }
    let mail = match unsigned_mail(&ctx.engine, id).await? {
        Ok(mail) if stored.erased_at.is_none() => {
            Some(EvidenceFile { name: format!("{id}.eml"), size: mail.size(), sha256: digest_of(mail).await? })
        }
        _ => None,
    };
    let is_seen = |role: Role, it: &str| role != Role::Bcc || it == address;
    Ok(EvidenceMessage {
        id,
        channel: stored.channel,
        origin: stored.origin,
        campaign: stored.campaign.map(|it| it.0),
        header_id: stored.header_id,
        created_at: stored.created_at,
        author: stored.author.1,
        from: model::message::named_address(&stored.sender_name, &stored.sender_address),
        reply_to: stored.reply_to,
        recipients: stored
            .recipients
            .into_iter()
            .map(|it| EvidenceRecipient { role: it.role, name: it.name, address: it.address.to_string() })
            .filter(|it| is_seen(it.role, &it.address))
            .collect(),
        text_sha256: if stored.text.is_empty() { String::new() } else { digest(stored.text.as_bytes()) },
        html_sha256: if html.is_empty() { String::new() } else { digest(html.as_bytes()) },
        subject: stored.subject,
        mail,
        files,
        erased_at: stored.erased_at,
    })
}

fn carried(delivery: &DeliveryDetail) -> EvidenceDelivery {
    let attempts = delivery.attempts.iter().map(|it| EvidenceAttempt {
        at: it.at,
        outcome: it.outcome,
        relay: it.relay.clone(),
        tls: it.tls.clone(),
        queue_id: queue_id(&it.reply).unwrap_or_default().to_owned(),
        reply: it.reply.clone(),
    });
    let parts = delivery.parts.iter().map(|it| EvidencePart { number: it.number, word: it.word.clone(), at: it.at });
    EvidenceDelivery {
        id: delivery.id,
        address: delivery.address.to_string(),
        state: delivery.state,
        attempts: attempts.collect(),
        parts: parts.collect(),
    }
}

/// Who let the message leave: from its own log, from that of its campaign, and from that of the message it repeats.
async fn releases(ctx: &Ctx, id: MessageId, stored: &Stored) -> Result<Vec<EvidenceRelease>, Error> {
    let mut found = collect(ctx, Subject::Message(id), |deed| match deed {
        Deed::MessageReleased(..) => Some(ReleaseStep::Released),
        _ => None,
    })
    .await?;
    if let Some((campaign, _)) = stored.campaign {
        let of_campaign = |deed: &Deed| match deed {
            Deed::Campaign(_, CampaignDeed::Approved) => Some(ReleaseStep::Approved),
            Deed::Campaign(_, CampaignDeed::Released(_) | CampaignDeed::Scheduled(..)) => Some(ReleaseStep::Released),
            _ => None,
        };
        found.extend(collect(ctx, Subject::Campaign(campaign), of_campaign).await?);
    }
    if let Some(original) = stored.resend_of {
        let of_original = |deed: &Deed| (*deed == Deed::MessageResent(original, id)).then_some(ReleaseStep::Repeated);
        found.extend(collect(ctx, Subject::Message(original), of_original).await?);
    }
    found.sort_by_key(|it| it.entry);
    Ok(found)
}

async fn collect(
    ctx: &Ctx,
    subject: Subject,
    step: impl Fn(&Deed) -> Option<ReleaseStep>,
) -> Result<Vec<EvidenceRelease>, Error> {
    let mut reader = ctx.engine.store.read().await?;
    let mut query = AuditQuery { subject: Some(subject), ..AuditQuery::default() };
    let mut found = Vec::new();
    for _ in 0..LOG_PAGES {
        let page = store::audit::page(&mut reader, &query).await?;
        found.extend(page.rows.into_iter().filter_map(|it| release(it, &step)));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    Ok(found)
}

fn release(entry: AuditEntry, step: &impl Fn(&Deed) -> Option<ReleaseStep>) -> Option<EvidenceRelease> {
    let step = step(&entry.deed)?;
    Some(EvidenceRelease { entry: entry.id, at: entry.at, who: entry.actor.1, step })
}
