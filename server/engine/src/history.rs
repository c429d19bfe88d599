//! Use cases about the history of communication.

use std::collections::HashMap;

use model::{
    AuditQuery, Cursor, Key, MessageDetail, MessageFilter, MessageId, MessageQuery, MessageRow, MessageState, Moment, Noun,
    PAGE_ROWS, Page, Permission, Refusal, SnippetPiece, Subject, UserId,
};
use render::{Pictures, RemotePictures};
use search::{Hit, Restriction};
use store::messages::Scope;

use crate::{Ctx, Error};

/// How many found messages are looked at in one go, before state and account are filtered.
const HITS: usize = 240;
/// How many found messages are counted exactly; beyond it the number says *at least*.
const COUNTED: usize = 10_000;

/// Lists one page of messages, newest first; words are looked up in the full text.
///
/// # Errors
/// Refuses who may see no messages.
pub async fn list(ctx: &Ctx, query: MessageQuery) -> Result<Page<MessageRow>, Error> {
    let scope = scope(ctx)?;
    if !query.filter.words.trim().is_empty() {
        return found(ctx, query, scope).await;
    }
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::messages::page(&ctx.engine.store, &mut reader, &query, scope).await?)
}

/// Counts the messages that a filter lets through; with words at most 10,000.
///
/// # Errors
/// Refuses who may see no messages.
pub async fn count(ctx: &Ctx, filter: MessageFilter) -> Result<u64, Error> {
    let scope = scope(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    if filter.words.trim().is_empty() {
        return Ok(store::messages::count(&mut reader, &filter, scope).await?);
    }
    let hits = find(ctx, &filter, scope, None, COUNTED).await?;
    let ids: Vec<MessageId> = hits.iter().map(|it| MessageId(it.id)).collect();
    Ok(store::messages::count_of(&mut reader, &ids, &filter, scope).await?)
}

/// Opens a message.
///
/// # Errors
/// Refuses messages that are not there or that the person may not see.
pub async fn open(ctx: &Ctx, id: MessageId) -> Result<MessageDetail, Error> {
    require_sight(ctx, id).await?;
    let mut reader = ctx.engine.store.read().await?;
    let stored = store::messages::by_id(&ctx.engine.store, &mut reader, id).await?;
    let log = AuditQuery { subject: Some(Subject::Message(id)), ..AuditQuery::default() };
    let log = store::audit::page(&mut reader, &log).await?.rows;
    let due_at = stored.deliveries.iter().filter_map(|it| it.due_at).min();
    let now = ctx.now();
    Ok(MessageDetail {
        id,
        channel: stored.channel,
        origin: stored.origin,
        state: stored.state,
        account: stored.account.map(|(_, name)| name),
        from: model::message::named_address(&stored.sender_name, &stored.sender_address),
        reply_to: stored.reply_to,
        recipients: stored.recipients,
        subject: stored.subject,
        text: stored.text,
        attachments: stored.attachments,
        deliveries: stored.deliveries,
        contact: stored.contact,
        resend_of: stored.resend_of,
        resent_as: stored.resent_as,
        template: stored.template,
        campaign: stored.campaign,
        author: stored.author,
        created_at: stored.created_at,
        due_at,
        undo_until: stored.undo_until.filter(|it| stored.state == MessageState::Queued && now < *it),
        header_id: stored.header_id,
        erased_at: stored.erased_at,
        log,
    })
}

/// The HTML of a message as it leaves, made harmless for a sandboxed frame.
///
/// # Errors
/// Refuses messages that are not there or that the person may not see.
pub async fn html(ctx: &Ctx, id: MessageId) -> Result<String, Error> {
    require_sight(ctx, id).await?;
    let mut reader = ctx.engine.store.read().await?;
    let html = store::messages::html(&ctx.engine.store, &mut reader, id).await?;
    let inside = crate::pictures::inside(ctx, &mut reader, id, &html).await?;
    let inline = |cid: &str| inside.iter().find(|it| it.0 == cid).map(|it| it.1.clone());
    let pictures = Pictures { remote: RemotePictures::Blocked, inline: &inline };
    Ok(render::for_screen(&html, pictures)?.html)
}

/// Whose messages the person may see.
pub(crate) fn scope(ctx: &Ctx) -> Result<Scope, Refusal> {
    if ctx.may(Permission::MessagesViewAll) {
        return Ok(Scope::All(ctx.actor.id));
    }
    ctx.require(Permission::MessagesViewOwn)?;
    Ok(Scope::Own(ctx.actor.id))
}

/// Refuses a message that the person may not see in the same words as one that is not there.
pub(crate) async fn require_sight(ctx: &Ctx, id: MessageId) -> Result<MessageState, Error> {
    let scope = scope(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    let (author, state) = store::drafts::author_and_state(&mut reader, id).await?;
    let is_theirs = author == ctx.actor.id;
    let is_seen = match (scope, state) {
        (_, MessageState::Draft) | (Scope::Own(_), _) => is_theirs,
        (Scope::All(_), _) => true,
    };
    if is_seen { Ok(state) } else { Err(Refusal::NotFound(Noun::Message).into()) }
}

/// Walks through what the full text found until a page is full.
async fn found(ctx: &Ctx, query: MessageQuery, scope: Scope) -> Result<Page<MessageRow>, Error> {
    let mut before = match query.after {
        Some(Cursor { key: Key::Number(created_at), id }) => Some(Hit { created_at, id }),
        _ => None,
    };
    let mut rows: Vec<MessageRow> = Vec::new();
    loop {
        let hits = find(ctx, &query.filter, scope, before, HITS).await?;
        let ids: Vec<MessageId> = hits.iter().map(|it| MessageId(it.id)).collect();
        let mut reader = ctx.engine.store.read().await?;
        rows.extend(store::messages::rows(&ctx.engine.store, &mut reader, &ids, &query.filter, scope).await?);
        before = hits.last().copied();
        if hits.len() < HITS || PAGE_ROWS < rows.len() {
            break;
        }
    }
    let mut page = Page::cut(rows, PAGE_ROWS, |it| Cursor { key: Key::Number(it.created_at.0), id: it.id.0 });
    mark(ctx, &mut page.rows, &query.filter.words).await?;
    Ok(page)
}

async fn find(ctx: &Ctx, filter: &MessageFilter, scope: Scope, before: Option<Hit>, limit: usize) -> Result<Vec<Hit>, Error> {
    let own = match scope {
        Scope::Own(UserId(id)) => Some(id),
        Scope::All(_) => None,
    };
    let restriction = Restriction {
        author: own.or(filter.author.map(|it| it.0)),
        contact: filter.contact.map(|it| it.0),
        campaign: filter.campaign.map(|it| it.0),
        since: filter.since.map(|Moment(it)| it),
        until: filter.until.map(|Moment(it)| it),
    };
    let (index, words) = (ctx.engine.index.clone(), filter.words.clone());
    Ok(tokio::task::spawn_blocking(move || index.find(&words, &restriction, before, limit)).await??)
}

/// Cuts the place of the words out of the decrypted text.
async fn mark(ctx: &Ctx, rows: &mut [MessageRow], words: &str) -> Result<(), Error> {
    let ids: Vec<MessageId> = rows.iter().map(|it| it.id).collect();
    let mut reader = ctx.engine.store.read().await?;
    let texts: HashMap<MessageId, String> =
        store::messages::words(&ctx.engine.store, &mut reader, &ids).await?.into_iter().collect();
    for row in rows {
        let Some(text) = texts.get(&row.id) else { continue };
        row.snippet = search::mark(text, words).into_iter().map(|it| SnippetPiece { text: it.text, hit: it.hit }).collect();
    }
    Ok(())
}
