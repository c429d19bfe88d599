//! Looking through what is prepared: page by page, message by message.

use content::differences;
use model::{
    AudienceQuery, AudienceRow, CampaignId, Language, MessageId, PAGE_ROWS, Page, ReviewGroup, ReviewGroupKind, ReviewPage,
    ReviewPlace, ReviewQuery, ReviewText, ReviewedMessage, fold::fold,
};
use sha2::{Digest, Sha256};
use store::Connection;
use store::campaigns::prepared::{self, Words};
use store::campaigns::review as reviewing;

use super::make::Maker;
use super::{cost, freeze, require_sight};
use crate::{Ctx, Error, hex};

/// How many messages are looked through for one page when words are searched.
const SEARCHED: usize = 600;

/// Lists one page of a resolved audience.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn audience(ctx: &Ctx, query: AudienceQuery) -> Result<Page<AudienceRow>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::campaigns::audience::page(&mut reader, &query).await?)
}

/// The groups of what is prepared, odd ones first; empty ones are left out, save the one of all.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns.
pub async fn review_groups(ctx: &Ctx, id: CampaignId) -> Result<Vec<ReviewGroup>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    let mut groups = Vec::new();
    let plain = |kind, count| ReviewGroup { kind, count, language: None, examples: Vec::new() };
    for kind in [ReviewGroupKind::SetApart, ReviewGroupKind::Edited, ReviewGroupKind::Changed] {
        let count = reviewing::count(&mut reader, id, kind, ctx.actor.id).await?;
        if 0 < count {
            groups.push(plain(kind, count));
        }
    }
    groups.extend(reviewing::builds(&mut reader, id).await?);
    let all = reviewing::count(&mut reader, id, ReviewGroupKind::All, ctx.actor.id).await?;
    let reviewed = reviewing::reviewed(&mut reader, id, ctx.actor.id).await?;
    groups.push(plain(ReviewGroupKind::All, all));
    if 0 < reviewed && reviewed < all {
        groups.push(plain(ReviewGroupKind::Unreviewed, all - reviewed));
    }
    let excluded = reviewing::count(&mut reader, id, ReviewGroupKind::Excluded, ctx.actor.id).await?;
    if 0 < excluded {
        groups.push(plain(ReviewGroupKind::Excluded, excluded));
    }
    Ok(groups)
}

/// Lists one page of prepared messages. With words, only those in which all the words stand.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns; names a damaged message.
pub async fn review_page(ctx: &Ctx, query: ReviewQuery) -> Result<ReviewPage, Error> {
    require_sight(ctx)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let folded = fold(&query.words);
    let terms: Vec<&str> = folded.split_whitespace().collect();
    let n = if terms.is_empty() { PAGE_ROWS } else { SEARCHED };
    let mut found = reviewing::rows(&mut reader, &query.place, query.after.as_ref(), ctx.actor.id, n + 1).await?;
    let more = n < found.len();
    found.truncate(n);
    let ids: Vec<MessageId> = found.iter().map(|it| it.row.message).collect();
    let words = prepared::words(store, &mut reader, &ids).await?;
    let (mut rows, mut looked_through, mut last) = (Vec::new(), 0, None);
    for it in found {
        let mut row = it.row;
        let said = words.get(&row.message).cloned().unwrap_or_default();
        looked_through += 1;
        last = Some(reviewing::cursor(&row));
        if !terms.is_empty() {
            let place = fold(&[row.name.as_str(), &row.address, &said.subject, &said.text].join("\n"));
            if !terms.iter().all(|it| place.contains(it)) {
                continue;
            }
        }
        row.subject = said.subject;
        rows.push(row);
        if rows.len() == PAGE_ROWS {
            break;
        }
    }
    let next = last.filter(|_| more || looked_through < ids.len());
    Ok(ReviewPage { rows, next, looked_through: looked_through as u32 })
}

/// Opens a prepared message with its neighbours, or the first one of the place; notes that this person has looked at it.
///
/// # Errors
/// Refuses who neither makes, releases nor approves campaigns; names a damaged message.
pub async fn review(ctx: &Ctx, place: ReviewPlace, message: Option<MessageId>) -> Result<Option<ReviewedMessage>, Error> {
    require_sight(ctx)?;
    let store = &ctx.engine.store;
    let mut reader = store.read().await?;
    let (id, viewer) = (place.campaign, ctx.actor.id);
    let found = match message {
        Some(message) => reviewing::one(&mut reader, id, message, viewer).await?,
        None => reviewing::rows(&mut reader, &place, None, viewer, 1).await?.pop(),
    };
    let Some(mut found) = found else { return Ok(None) };
    let beside = reviewing::neighbours(&mut reader, &place, &found.row, viewer).await?;
    let message = found.row.message;
    let words = prepared::words(store, &mut reader, &[message]).await?.remove(&message).unwrap_or_default();
    let common = common(ctx, &mut reader, id, words.content, found.row.language).await?;
    let parts = store::messages::parts(store, &mut reader, message).await?;
    let attachments = store::attachments::of_message(store, &mut reader, message).await?;
    let price = price(ctx, &mut reader, words.content, found.row.parts).await?;
    let (html, measured) = crate::reactions::shown(&ctx.engine, &mut reader, words.html.clone()).await?;
    let (common_html, _) = crate::reactions::shown(&ctx.engine, &mut reader, common.html).await?;
    let all = reviewing::count(&mut reader, id, ReviewGroupKind::All, viewer).await?;
    let mut reviewed = reviewing::reviewed(&mut reader, id, viewer).await?;
    drop(reader);
    if !found.row.is_reviewed {
        let mut tx = store.write().await?;
        reviewing::note(&mut tx, id, viewer, found.row.place).await?;
        tx.commit().await?;
        reviewed += u64::from(found.row.missing.is_empty() && found.row.left_out.is_none());
    }
    found.row.subject = words.subject.clone();
    Ok(Some(ReviewedMessage {
        number: (beside.number, beside.of),
        previous: beside.previous,
        next: beside.next,
        from: sender(&parts.sender_name, &parts.sender_address),
        subject: pieces(&common.subject, &words.subject),
        text: pieces(&common.text, &words.text),
        marked_html: differences::mark(&common_html, &html),
        hash: hash(&words),
        measured,
        html,
        attachments,
        price,
        revision: found.revision,
        edited: found.edited,
        reviewed: (reviewed, all),
        row: found.row,
    }))
}

/// What a text message of so many parts costs.
async fn price(ctx: &Ctx, reader: &mut Connection, content: Option<i64>, parts: u32) -> Result<Option<model::Decimal>, Error> {
    let Some(content) = content.filter(|_| 0 < parts) else { return Ok(None) };
    let content = store::campaigns::contents::by_id(&ctx.engine.store, reader, content).await?;
    let settings = cost::settings(ctx, reader, &content).await?;
    Ok(settings.and_then(|it| it.cost(u64::from(parts))))
}

/// What the content that a message was made from says to a sample.
async fn common(
    ctx: &Ctx,
    reader: &mut Connection,
    id: CampaignId,
    content: Option<i64>,
    language: Language,
) -> Result<Words, Error> {
    let store = &ctx.engine.store;
    let it = store::campaigns::by_id(store, reader, id).await?;
    let content = match content {
        Some(content) => store::campaigns::contents::by_id(store, reader, content).await?,
        None => freeze::content(ctx, reader, &it).await?,
    };
    match Maker::of(ctx, reader, &it, content).await {
        Ok(maker) => maker.sample(language),
        // A field that the text shows is gone since: then nothing is compared.
        Err(Error::Refused(_)) => Ok(Words::default()),
        Err(error) => Err(error),
    }
}

fn pieces(common: &str, text: &str) -> Vec<ReviewText> {
    let pieces = differences::compare(common, text);
    pieces.into_iter().map(|(text, differs)| ReviewText { text, differs }).collect()
}

/// SHA-256 over subject, text and HTML, each with its length.
fn hash(words: &Words) -> String {
    let mut hash = Sha256::new();
    for part in [&words.subject, &words.text, &words.html] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::write(&hash.finalize())
}

fn sender(name: &str, address: &str) -> String {
    if name.is_empty() { address.to_owned() } else { format!("{name} <{address}>") }
}
