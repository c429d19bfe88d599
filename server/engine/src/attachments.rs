//! Use cases about files.

use model::{Attachment, AttachmentId, Deed, Fault, Faults, MessageId, Noun, Permission, Refusal, Required};

use crate::{Arriving, Ctx, Error, FileOut};

/// How many files a message carries at most, as a template or a campaign does.
const FILES_MAX: u64 = model::template::ATTACHMENTS_MAX as u64;

/// The greatest size in bytes that one file may have now.
///
/// # Errors
/// Refuses who may not write messages.
pub async fn limit(ctx: &Ctx) -> Result<u64, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut reader = ctx.engine.store.read().await?;
    let company = store::company::get(&mut reader).await?;
    Ok(company.map_or(model::settings::ATTACHMENTS_MAX, |it| it.attachments_max))
}

/// A file on its way in under a name that was found acceptable, until a message takes it.
pub struct Named {
    name: String,
    file: Arriving,
}

/// Begins to take a file in.
///
/// # Errors
/// Refuses who may not write messages, a name that cannot be one, and one whose ending the company blocks.
pub async fn begin(ctx: &Ctx, name: &str) -> Result<Named, Error> {
    ctx.require(Permission::MessageWrite)?;
    let max = limit(ctx).await?;
    let name = acceptable_name(ctx, name).await?;
    Ok(Named { name, file: Arriving::new(ctx, max) })
}

impl Named {
    /// What has come of it.
    pub fn file(&mut self) -> &mut Arriving {
        &mut self.file
    }

    /// Ends it.
    ///
    /// # Errors
    /// Refuses a file without content.
    pub async fn finish(self, media_type: &str) -> Result<Attachment, Error> {
        require_content(self.file.size())?;
        let ctx = self.file.ctx().clone();
        let mut tx = ctx.engine.store.write().await?;
        let file = keep_arrived(&ctx, &mut tx, &self.name, media_type, self.file.into_content()).await?;
        tx.commit().await?;
        Ok(file)
    }

    /// Drops what has come.
    ///
    /// # Errors
    /// Fails when the database fails.
    pub async fn forget(self) -> Result<(), Error> {
        self.file.forget().await
    }
}

/// Keeps a file that is in memory until a message takes it.
///
/// # Errors
/// Refuses files that are empty or too large, whose ending the company blocks, or have a name that cannot be one.
pub async fn put(ctx: &Ctx, name: &str, media_type: &str, content: Vec<u8>) -> Result<Attachment, Error> {
    ctx.require(Permission::MessageWrite)?;
    let max = limit(ctx).await?;
    let name = acceptable(ctx, name, content.len() as u64, max).await?;
    let mut tx = ctx.engine.store.write().await?;
    let file = keep(ctx, &mut tx, &name, media_type, &content).await?;
    tx.commit().await?;
    Ok(file)
}

/// The name under which a file of so many bytes is kept.
///
/// # Errors
/// Refuses files that are empty or too large, whose ending the company blocks, or have a name that cannot be one.
pub(crate) async fn acceptable(ctx: &Ctx, name: &str, size: u64, max: u64) -> Result<String, Error> {
    if max < size {
        return Err(Refusal::FileTooLarge { max }.into());
    }
    let name = acceptable_name(ctx, name).await?;
    require_content(size)?;
    Ok(name)
}

async fn acceptable_name(ctx: &Ctx, name: &str) -> Result<String, Error> {
    let name = base_name(name);
    require_ending(ctx, &name).await?;
    let mut faults = Faults::default();
    faults.line("name", &name, Required::Yes, 200);
    faults.finish()?;
    Ok(name)
}

fn require_content(size: u64) -> Result<(), Refusal> {
    if size == 0 { Err(Refusal::field("content", Fault::Missing)) } else { Ok(()) }
}

/// Keeps a file under a name that was found acceptable, until something takes it.
pub(crate) async fn keep(
    ctx: &Ctx,
    tx: &mut store::Tx,
    name: &str,
    media_type: &str,
    content: &[u8],
) -> Result<Attachment, Error> {
    let media_type = told_type(media_type);
    Ok(store::attachments::put(&ctx.engine.store, tx, ctx.actor.id, name, media_type, content, ctx.now()).await?)
}

/// Keeps a file that has come under a name that was found acceptable, until something takes it.
pub(crate) async fn keep_arrived(
    ctx: &Ctx,
    tx: &mut store::Tx,
    name: &str,
    media_type: &str,
    content: store::blobs::Arriving,
) -> Result<Attachment, Error> {
    let media_type = told_type(media_type);
    Ok(store::attachments::arrived(&ctx.engine.store, tx, ctx.actor.id, name, media_type, content, ctx.now()).await?)
}

/// The media type that was told, or the one of mere bytes.
fn told_type(media_type: &str) -> &str {
    if is_media_type(media_type) { media_type } else { "application/octet-stream" }
}

/// Opens a file of a message that the person may see, and notes that it was opened.
///
/// # Errors
/// Refuses messages that the person may not see and files that are not there.
pub async fn open(ctx: &Ctx, message: MessageId, id: AttachmentId) -> Result<(Attachment, FileOut), Error> {
    crate::history::require_sight(ctx, message).await?;
    let mut tx = ctx.engine.store.write().await?;
    let (file, content) = store::attachments::open(&ctx.engine.store, &mut tx, message, id).await?;
    let content = FileOut::begin(&ctx.engine, &mut tx, content).await?;
    ctx.log(&mut tx, Deed::AttachmentOpened(message, id)).await?;
    tx.commit().await?;
    Ok((file, content))
}

/// Refuses a file whose ending the company blocks.
pub(crate) async fn require_ending(ctx: &Ctx, name: &str) -> Result<(), Error> {
    let mut reader = ctx.engine.store.read().await?;
    let blocked = store::company::get(&mut reader).await?.unwrap_or_default().blocked_endings;
    match blocked.of(name) {
        Some(ending) => Err(Refusal::FileTypeBlocked { ending: ending.to_owned() }.into()),
        None => Ok(()),
    }
}

/// Refuses a message whose files are too many, or together greater than allowed.
pub(crate) async fn check_total(ctx: &Ctx, tx: &mut store::Tx, message: MessageId) -> Result<(), Error> {
    let max = limit(ctx).await?;
    let (n, size) = store::attachments::totals(tx, message).await?;
    if FILES_MAX < n {
        return Err(Refusal::field("attachments", Fault::TooMany { max: FILES_MAX as u32 }).into());
    }
    if max < size {
        return Err(Refusal::field("attachments", Fault::TooLargeInAll { max }).into());
    }
    Ok(())
}

/// Refuses files that are gone as a fault of the field.
pub(crate) fn as_field(error: store::Error) -> Error {
    match error.into() {
        Error::Refused(Refusal::NotFound(Noun::Attachment)) => Refusal::field("attachments", Fault::Gone).into(),
        error => error,
    }
}

/// The last part of a path, whichever way its slashes lean, without what could mislead a reader.
pub(crate) fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|it| {
            !it.is_control() && !matches!(it, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect();
    kept.trim().trim_matches('.').to_owned()
}

/// `type/subtype` of RFC 6838 without parameters.
fn is_media_type(text: &str) -> bool {
    let is_name = |it: &str| {
        !it.is_empty() && it.len() < 127 && it.chars().all(|it| it.is_ascii_alphanumeric() || "!#$&-^_.+".contains(it))
    };
    text.split_once('/').is_some_and(|(kind, sub)| is_name(kind) && is_name(sub))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_path_and_what_misleads() {
        for (name, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\eva\\faktúra.pdf", "faktúra.pdf"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("..", ""),
            (" výpis.pdf ", "výpis.pdf"),
        ] {
            assert_eq!(base_name(name), kept);
        }
    }

    #[test]
    fn media_types_have_two_plain_halves() {
        assert!(is_media_type("application/pdf"));
        assert!(!is_media_type("text/html; charset=utf-8") && !is_media_type("pdf") && !is_media_type("a/b\r\nX: y"));
    }
}
