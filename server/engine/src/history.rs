//! Use cases about the history of communication.

mod found;
mod marked;

use model::{
    AuditQuery, MessageDetail, MessageFilter, MessageId, MessageQuery, MessageRow, MessageSource, MessageState, MessageSurvey,
    Noun, Page, Permission, Refusal, Subject,
};
use render::{Pictures, RemotePictures};
use store::messages::Scope;

use crate::worker::unsigned_mail;
use crate::{Ctx, Error, Pieces};
use found::Asked;
pub(crate) use found::newest;

/// So much of the source of a message is shown (bytes).
const SOURCE_MAX: usize = 256 << 10;

/// Lists one page of messages; words are looked up in the full text, and the conditions among them narrow the list.
///
/// # Errors
/// Refuses who may see no messages.
pub async fn list(ctx: &Ctx, query: MessageQuery) -> Result<Page<MessageRow>, Error> {
    let scope = scope(ctx)?;
    let Some(asked) = Asked::read(query.filter) else { return Ok(Page::empty()) };
    if asked.has_words {
        return found::page(ctx, asked, query.order, query.after, scope).await;
    }
    let mut reader = ctx.engine.store.read().await?;
    let query = MessageQuery { filter: asked.filter, order: query.order, after: query.after };
    Ok(store::messages::page(&ctx.engine.store, &mut reader, &query, scope).await?)
}

/// Counts the messages that a filter lets through; with words at most 10,000.
///
/// # Errors
/// Refuses who may see no messages.
pub async fn count(ctx: &Ctx, filter: MessageFilter) -> Result<u64, Error> {
    let scope = scope(ctx)?;
    let Some(asked) = Asked::read(filter) else { return Ok(0) };
    if asked.has_words {
        return Ok(found::count(ctx, &asked, scope).await?.0);
    }
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::messages::count(&mut reader, &asked.filter, scope).await?)
}

/// Counts the messages that a filter lets through and, with words, what they are by channel, state, origin, account and year; names what
/// of the words may not do what was meant.
///
/// # Errors
/// Refuses who may see no messages.
pub async fn survey(ctx: &Ctx, filter: MessageFilter) -> Result<MessageSurvey, Error> {
    let scope = scope(ctx)?;
    let base = Asked::read(filter.without_facets());
    let faults = search::faults(&filter.words);
    let survey = match (base, Asked::read(filter.clone())) {
        (Some(base), asked) if base.has_words => found::survey(ctx, base, asked, &filter, scope).await?,
        _ => MessageSurvey { count: count(ctx, filter).await?, ..MessageSurvey::default() },
    };
    Ok(MessageSurvey { faults, ..survey })
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
        binned_at: stored.binned_at,
        is_proof: stored.is_proof,
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
    let (html, _) = crate::reactions::shown(&ctx.engine, &mut reader, html).await?;
    let inside = crate::pictures::inside(ctx, &mut reader, id, &html).await?;
    let inline = |cid: &str| inside.iter().find(|it| it.0 == cid).map(|it| it.1.clone());
    let pictures = Pictures { remote: RemotePictures::Blocked, inline: &inline };
    Ok(render::for_screen(&html, pictures)?.html)
}

/// A message as a mail before it is signed, as mail programs show its source; of a long one the beginning.
///
/// # Errors
/// Refuses messages that are not there or that the person may not see, and what is no mail or has no final form yet.
pub async fn source(ctx: &Ctx, id: MessageId) -> Result<MessageSource, Error> {
    if require_sight(ctx, id).await? == MessageState::Draft {
        return Err(Refusal::IllegalStep(Noun::Message).into());
    }
    let mut mail = unsigned_mail(&ctx.engine, id).await?.map_err(|_| Refusal::IllegalStep(Noun::Message))?;
    let mut bytes = Vec::new();
    while bytes.len() < SOURCE_MAX
        && let Some(piece) = mail.next().await?
    {
        bytes.extend(piece);
    }
    bytes.truncate(SOURCE_MAX);
    let is_cut = (bytes.len() as u64) < mail.size();
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    let (headers, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    Ok(MessageSource { headers: headers.to_owned(), body: body.to_owned(), is_cut })
}

/// Whose messages the person may see.
pub(crate) fn scope(ctx: &Ctx) -> Result<Scope, Refusal> {
    if ctx.may(Permission::MessagesViewAll) {
        return Ok(Scope::All(ctx.actor.id));
    }
    ctx.require(Permission::MessagesViewOwn)?;
    Ok(Scope::Own(ctx.actor.id))
}

/// Refuses a message that the person may not see in the same words as one that is not there. What lies in the bin is seen by those who may
/// delete.
pub(crate) async fn require_sight(ctx: &Ctx, id: MessageId) -> Result<MessageState, Error> {
    let scope = scope(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    let (author, state) = store::drafts::author_and_state(&mut reader, id).await?;
    let is_theirs = author == ctx.actor.id;
    let is_seen = match (scope, state) {
        (_, MessageState::Draft) | (Scope::Own(_), _) => is_theirs,
        (Scope::All(_), _) => true,
    };
    let is_shown = is_seen && (ctx.may(Permission::MessageDelete) || !store::retention::binned(&mut reader, id).await?);
    if is_shown { Ok(state) } else { Err(Refusal::NotFound(Noun::Message).into()) }
}
