//! Use cases about the captured mailbox.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{
    CapturedId, CapturedMail, CapturedPart, CapturedRow, Change, Channel, Cursor, Deed, Noun, Page, Permission, Refusal,
};
use render::{Pictures, RemotePictures};

use crate::{Ctx, Error};

/// How many bytes of the source are shown.
const SOURCE_MAX: usize = 512 * 1024;

/// Lists captured mails, newest first.
///
/// # Errors
/// Refuses who does not manage accounts.
pub async fn list(ctx: &Ctx, after: Option<Cursor>) -> Result<Page<CapturedRow>, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::captured::page(&ctx.engine.store, &mut reader, after.as_ref()).await?)
}

/// Opens a captured mail and notes that it was opened.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: CapturedId) -> Result<CapturedMail, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let (row, raw) = store::captured::by_id(&ctx.engine.store, &mut tx, id).await?;
    ctx.log(&mut tx, Deed::CapturedOpened(id)).await?;
    tx.commit().await?;
    if row.channel == Channel::Sms {
        return Ok(text_message(row, &raw));
    }
    let mail = delivery::capture::read(&raw);
    Ok(CapturedMail {
        row,
        from: mail.from,
        to: mail.to.join(", "),
        headers: mail.headers,
        has_html: mail.html.is_some(),
        text: mail.text.unwrap_or_default(),
        source: String::from_utf8_lossy(&raw[..raw.len().min(SOURCE_MAX)]).into_owned(),
        parts: mail.attachments.iter().map(part_of).collect(),
    })
}

/// The HTML of a captured mail, made harmless for a sandboxed frame; pictures on other machines only when asked for.
///
/// # Errors
/// Refuses when there is none.
pub async fn html(ctx: &Ctx, id: CapturedId, with_pictures: bool) -> Result<String, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let (_, raw) = store::captured::by_id(&ctx.engine.store, &mut reader, id).await?;
    let mail = delivery::capture::read(&raw);
    let inline = |cid: &str| {
        let file = mail.attachments.iter().find(|it| it.content_id.as_deref() == Some(cid))?;
        let content = delivery::capture::part(&raw, file.index)?;
        // In the page itself: the sandboxed frame may fetch nothing, not even from here.
        file.media_type.starts_with("image/").then(|| format!("data:{};base64,{}", file.media_type, STANDARD.encode(content)))
    };
    let remote = if with_pictures { RemotePictures::Shown } else { RemotePictures::Blocked };
    Ok(render::for_screen(&mail.html.unwrap_or_default(), Pictures { remote, inline: &inline })?.html)
}

/// A file of a captured mail with its content.
///
/// # Errors
/// Refuses when there is none.
pub async fn part(ctx: &Ctx, id: CapturedId, index: u32) -> Result<(CapturedPart, Vec<u8>), Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut reader = ctx.engine.store.read().await?;
    let (_, raw) = store::captured::by_id(&ctx.engine.store, &mut reader, id).await?;
    let mail = delivery::capture::read(&raw);
    let file = mail.attachments.iter().find(|it| it.index == index as usize).ok_or(Refusal::NotFound(Noun::Attachment))?;
    let content = delivery::capture::part(&raw, file.index).ok_or(Refusal::NotFound(Noun::Attachment))?;
    Ok((part_of(file), content))
}

/// Empties the captured mailbox and tells how many mails went.
///
/// # Errors
/// Refuses who does not manage accounts.
pub async fn clear(ctx: &Ctx) -> Result<u64, Error> {
    ctx.require(Permission::AccountsManage)?;
    let mut tx = ctx.engine.store.write().await?;
    let n = store::captured::clear(&mut tx).await?;
    ctx.log(&mut tx, Deed::CapturedCleared).await?;
    tx.commit().await?;
    ctx.tell(Change::Captured);
    Ok(n)
}

/// A text message is kept as its sender, a line break and the text.
fn text_message(row: CapturedRow, raw: &[u8]) -> CapturedMail {
    let kept = String::from_utf8_lossy(raw).into_owned();
    let (from, text) = kept.split_once('\n').unwrap_or(("", &kept));
    CapturedMail {
        from: from.to_owned(),
        to: row.recipient.clone(),
        headers: Vec::new(),
        has_html: false,
        text: text.to_owned(),
        source: String::new(),
        parts: Vec::new(),
        row,
    }
}

fn part_of(file: &delivery::capture::CapturedFile) -> CapturedPart {
    CapturedPart {
        index: file.index as u32,
        name: file.name.clone().unwrap_or_default(),
        media_type: file.media_type.clone(),
        size: file.size as u64,
    }
}
