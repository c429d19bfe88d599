//! Pictures that stand in texts: shown while one writes, and in messages as they left.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::message::{content_id, is_called};
use model::{AttachmentId, MessageId, Noun, Permission, Refusal};
use store::Connection;
use store::pictures::Belongs;

use crate::{Ctx, Error, FileOut};

/// Opens a picture of a text that is being written, with its media type. What is not one of the four kinds that mails show is no picture,
/// whatever its name says.
///
/// # Errors
/// Refuses files of others, of messages and templates that the person may not see, and files that are no pictures.
pub async fn open(ctx: &Ctx, id: AttachmentId) -> Result<(&'static str, FileOut), Error> {
    require_writing(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    match store::pictures::belongs(&mut reader, id).await? {
        Belongs::Loose(owner) if owner == ctx.actor.id => {}
        Belongs::Loose(_) => return Err(Refusal::NotFound(Noun::Attachment).into()),
        Belongs::Message(message) => drop(crate::history::require_sight(ctx, message).await?),
        Belongs::Template(_) => ctx.require(Permission::TemplatesManage)?,
        Belongs::Campaign(_) => crate::campaigns::require_sight(ctx)?,
    }
    let content = store::attachments::content(&mut reader, id).await?;
    let picture = FileOut::begin(&ctx.engine, &mut reader, content).await?;
    let kind = kind(picture.beginning()).ok_or(Refusal::NotFound(Noun::Attachment))?;
    Ok((kind, picture))
}

/// The pictures that the HTML of a message calls by `cid:`, as `data:` addresses: the sandboxed frame may fetch nothing, not even from here.
pub(crate) async fn inside(
    ctx: &Ctx,
    connection: &mut Connection,
    message: MessageId,
    html: &str,
) -> Result<Vec<(String, String)>, Error> {
    let mut pictures = Vec::new();
    if !html.contains("cid:") {
        return Ok(pictures);
    }
    for file in store::attachments::of_message(&ctx.engine.store, connection, message).await? {
        let cid = content_id(&file.name);
        if !is_called(html, &cid) {
            continue;
        }
        let content = store::attachments::content(connection, file.id).await?.whole(&ctx.engine.store, connection).await?;
        if let Some(kind) = kind(&content) {
            pictures.push((cid, format!("data:{kind};base64,{}", BASE64_STANDARD.encode(content))));
        }
    }
    Ok(pictures)
}

/// Lets through who writes anything, or looks through what others wrote before it leaves.
fn require_writing(ctx: &Ctx) -> Result<(), Refusal> {
    let may = ctx.may(Permission::TemplatesManage) || crate::campaigns::require_sight(ctx).is_ok();
    if may { Ok(()) } else { ctx.require(Permission::MessageWrite) }
}

/// The media type by the first bytes.
fn kind(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        assert_eq!(kind(b"\x89PNG\r\n"), Some("image/png"));
        assert_eq!(kind(b"<svg onload=alert(1)>"), None);
        assert_eq!(kind(b""), None);
    }
}
