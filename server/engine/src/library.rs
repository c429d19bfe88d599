//! Use cases about the files and pictures that templates and messages share.

use files::Admitted;
use model::library::{FileFault, LibraryKind, NAME_MAX, SIZE_MAX};
use model::{
    Attachment, Change, Deed, LibraryDraft, LibraryId, LibraryItem, LibraryQuery, LibraryUses, Noun, Page, Permission, Refusal,
};
use store::Tx;
use store::library::Content;
use tokio::sync::Semaphore;

use crate::attachments::{base_name, require_ending};
use crate::{Arriving, Ctx, Error, FileOut};

/// A picture of the most pixels fills half a gigabyte while it is read, so one is read after the other.
static READING: Semaphore = Semaphore::const_new(1);

/// Lists one page of the library.
///
/// # Errors
/// Refuses who may neither write messages nor manage templates.
pub async fn list(ctx: &Ctx, query: LibraryQuery) -> Result<Page<LibraryItem>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::library::page(&mut reader, &query).await?)
}

/// The folders there are.
///
/// # Errors
/// Refuses who may neither write messages nor manage templates.
pub async fn folders(ctx: &Ctx) -> Result<Vec<String>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::library::folders(&mut reader).await?)
}

/// What uses a file.
///
/// # Errors
/// Refuses when there is none.
pub async fn uses(ctx: &Ctx, id: LibraryId) -> Result<LibraryUses, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::library::uses(&mut reader, id).await?)
}

/// Begins to take a file in that becomes one of the library, or another one's content.
///
/// # Errors
/// Refuses who may not manage templates.
pub fn begin(ctx: &Ctx) -> Result<Arriving, Error> {
    ctx.require(Permission::TemplatesManage)?;
    Ok(Arriving::new(ctx, SIZE_MAX))
}

/// Puts a file that has come into the library.
///
/// # Errors
/// Names wrong fields; says why a file is not taken in.
pub async fn add(ctx: &Ctx, draft: LibraryDraft, file: Arriving) -> Result<LibraryItem, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let name: String = base_name(&draft.name).chars().take(NAME_MAX as usize).collect();
    let draft = LibraryDraft { name, ..draft };
    draft.check()?;
    let judged = judged(ctx, &file, draft.name.clone()).await?;
    let mut tx = ctx.engine.store.write().await?;
    let content = kept(ctx, &mut tx, &judged, file).await?;
    let id = store::library::add(&ctx.engine.store, &mut tx, &draft, content, ctx.actor.id, ctx.now()).await?;
    let item = store::library::by_id(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::LibraryAdded(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Library);
    Ok(item)
}

/// Changes name and folder of a file if its revision is still the given one.
///
/// # Errors
/// Names wrong fields; refuses a stale revision.
pub async fn change(ctx: &Ctx, id: LibraryId, revision: i64, draft: LibraryDraft) -> Result<(), Error> {
    ctx.require(Permission::TemplatesManage)?;
    draft.check()?;
    let draft = LibraryDraft { name: base_name(&draft.name), ..draft };
    draft.check()?;
    let mut tx = ctx.engine.store.write().await?;
    let before = store::library::by_id(&mut tx, id).await?;
    store::library::change(&mut tx, id, revision, &draft, ctx.actor.id, ctx.now()).await?;
    let before = LibraryDraft { name: before.name, folder: before.folder };
    ctx.log_changed(&mut tx, Deed::LibraryChanged(id), (&before, &draft)).await?;
    tx.commit().await?;
    ctx.tell(Change::Library);
    Ok(())
}

/// Gives a file another content if its revision is still the given one, also in templates and drafts that use it. Messages that were
/// released keep what they have.
///
/// # Errors
/// Says why the content is not taken in; refuses a stale revision, and a picture in the place of a file or the other way round.
pub async fn replace(ctx: &Ctx, id: LibraryId, revision: i64, name: String, file: Arriving) -> Result<LibraryItem, Error> {
    ctx.require(Permission::TemplatesManage)?;
    let judged = judged(ctx, &file, name).await?;
    let mut tx = ctx.engine.store.write().await?;
    let before = store::library::by_id(&mut tx, id).await?;
    if before.kind.is_picture() != judged.kind.is_picture() {
        return Err(Refusal::FileRefused(FileFault::OtherKind).into());
    }
    let store = &ctx.engine.store;
    let content = kept(ctx, &mut tx, &judged, file).await?;
    let places = store::library::replace(store, &mut tx, id, revision, content, ctx.actor.id, ctx.now()).await?;
    let item = store::library::by_id(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::LibraryReplaced(id, u32::try_from(places).unwrap_or(u32::MAX))).await?;
    tx.commit().await?;
    ctx.tell(Change::Library);
    Ok(item)
}

/// Takes a file out of the library.
///
/// # Errors
/// Refuses when there is none, or when templates or drafts use it.
pub async fn delete(ctx: &Ctx, id: LibraryId) -> Result<(), Error> {
    ctx.require(Permission::TemplatesManage)?;
    let mut tx = ctx.engine.store.write().await?;
    store::library::delete(&mut tx, id).await?;
    ctx.log(&mut tx, Deed::LibraryDeleted(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Library);
    Ok(())
}

/// Makes a file of one's own out of one of the library, for a message or template that is being written.
///
/// # Errors
/// Refuses when there is none.
pub async fn take(ctx: &Ctx, id: LibraryId) -> Result<Attachment, Error> {
    ctx.require(Permission::MessageWrite)?;
    let mut tx = ctx.engine.store.write().await?;
    let file = store::library::take(&ctx.engine.store, &mut tx, id, ctx.actor.id, ctx.now()).await?;
    tx.commit().await?;
    Ok(file)
}

/// Opens a file with its content.
///
/// # Errors
/// Refuses when there is none.
pub async fn open(ctx: &Ctx, id: LibraryId) -> Result<(LibraryItem, FileOut), Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    let (item, content) = store::library::open(&mut reader, id).await?;
    Ok((item, FileOut::begin(&ctx.engine, &mut reader, content).await?))
}

/// Opens a picture to be shown.
///
/// # Errors
/// Refuses when there is none.
pub async fn picture(ctx: &Ctx, id: LibraryId) -> Result<(LibraryItem, FileOut), Error> {
    require_sight(ctx)?;
    let (item, content) = open(ctx, id).await?;
    if !item.kind.is_picture() {
        return Err(Refusal::NotFound(Noun::Library).into());
    }
    Ok((item, content))
}

/// Opens the small picture of a picture: PNG or JPEG.
///
/// # Errors
/// Refuses when there is none.
pub async fn thumbnail(ctx: &Ctx, id: LibraryId) -> Result<Vec<u8>, Error> {
    require_sight(ctx)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::library::thumbnail(&ctx.engine.store, &mut reader, id).await?)
}

/// Lets through who may take from the library or change it.
pub(crate) fn require_sight(ctx: &Ctx) -> Result<(), Refusal> {
    if ctx.may(Permission::TemplatesManage) { Ok(()) } else { ctx.require(Permission::MessageWrite) }
}

/// What was told from a file, and the bytes of a picture that were made of it.
struct Judged {
    kind: LibraryKind,
    media_type: &'static str,
    ending: &'static str,
    drawn: Option<Vec<u8>>,
    thumbnail: Option<Vec<u8>>,
}

/// Judges a file off the async threads. It is in memory as a whole meanwhile, because a picture is drawn from all of its points and a packed
/// document says at its end what is in it; but only one at a time, however many come.
async fn judged(ctx: &Ctx, file: &Arriving, name: String) -> Result<Judged, Error> {
    let _turn = READING.acquire().await.map_err(|_| Refusal::FileRefused(FileFault::Damaged))?;
    let content = file.whole().await?;
    let admitted = tokio::task::spawn_blocking(move || files::admit(content, &name)).await?;
    let Admitted { kind, media_type, ending, content, thumbnail } = admitted.map_err(Refusal::FileRefused)?;
    // The name takes on the ending of what the content is.
    require_ending(ctx, &[".", ending].concat()).await?;
    Ok(Judged { kind, media_type, ending, drawn: kind.is_picture().then_some(content), thumbnail })
}

/// What is kept: a file as it has come, of a picture what was made of it.
async fn kept<'a>(ctx: &Ctx, tx: &mut Tx, judged: &'a Judged, file: Arriving) -> Result<Content<'a>, Error> {
    let mut bytes = file.into_content();
    if let Some(drawn) = &judged.drawn {
        bytes.forget(tx).await?;
        bytes = store::blobs::arrived(&ctx.engine.store, tx, drawn, ctx.now()).await?;
    }
    let Judged { kind, media_type, ending, thumbnail, .. } = judged;
    Ok(Content { kind: *kind, media_type, ending, bytes, thumbnail: thumbnail.as_deref() })
}
