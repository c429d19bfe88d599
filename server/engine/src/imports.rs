//! Use cases about imports: a file comes in, is looked at, planned, run in the background, reported and, if need be, undone.

mod decide;
mod parents;
mod report;
mod run;
mod source;
mod undo;

use model::import::{headings_key, suggest};
use model::{
    Change, Cursor, Deed, Import, ImportId, ImportLook, ImportPlan, ImportPreview, ImportReading, ImportRow, ImportState,
    ImportStep, LookRow, Page, Permission, Refusal, ReportRow,
};
use tables::read::Fault;

pub use report::{Export, bad_rows, report_file};
pub use run::{run, turn};
pub use undo::undo;

use crate::{Ctx, Error};
pub(crate) use source::Pieces;

/// Greatest size of a file in bytes.
pub const FILE_MAX: u64 = 512 << 20;
/// How many rows a look shows.
const LOOK_ROWS: usize = 20;
/// How many rows a preview looks at.
const PREVIEW_ROWS: u64 = 5_000;

/// Begins to take a file in.
///
/// # Errors
/// Refuses who may not import.
pub async fn begin(ctx: &Ctx, name: &str) -> Result<ImportId, Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut tx = ctx.engine.store.write().await?;
    let id =
        store::imports::create(&ctx.engine.store, &mut tx, &crate::attachments::base_name(name), ctx.actor.id, ctx.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Takes the next piece of a file in.
///
/// # Errors
/// Refuses who may not import, pieces for an import that was started, and files that grow too large.
pub async fn put(ctx: &Ctx, id: ImportId, piece: &[u8]) -> Result<(), Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut tx = ctx.engine.store.write().await?;
    require_state(&mut tx, id, ImportStep::Start).await?;
    if FILE_MAX < store::imports::size(&mut tx, id).await? + piece.len() as u64 {
        return Err(Refusal::FileTooLarge { max: FILE_MAX }.into());
    }
    store::imports::put_chunk(&ctx.engine.store, &mut tx, id, piece).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends taking a file in: finds out how it should be read. A file that is no table is dropped again.
///
/// # Errors
/// Refuses who may not import, and files that are no tables, with the place.
pub async fn arrived(ctx: &Ctx, id: ImportId) -> Result<(), Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut tx = ctx.engine.store.write().await?;
    let name = store::imports::by_id(&ctx.engine.store, &mut tx, id).await?.row.file;
    drop(tx);
    let guessed = on_file(ctx, id, move |pieces| tables::read::guess(pieces, &name)).await;
    let mut tx = ctx.engine.store.write().await?;
    match &guessed {
        Ok(reading) => store::imports::set_reading(&mut tx, id, reading).await?,
        Err(_) => store::imports::forget(&mut tx, id).await?,
    }
    tx.commit().await?;
    guessed.map(|_| ())
}

/// Forgets a file that was not started.
///
/// # Errors
/// Refuses who may not import, and imports that were started.
pub async fn forget(ctx: &Ctx, id: ImportId) -> Result<(), Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut tx = ctx.engine.store.write().await?;
    require_state(&mut tx, id, ImportStep::Start).await?;
    store::imports::forget(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Shows what a file looks like, read as it was found to be or as a person corrects it.
///
/// # Errors
/// Refuses who may not import, and files that cannot be read in this way, with the place.
pub async fn look(ctx: &Ctx, id: ImportId, reading: Option<ImportReading>) -> Result<ImportLook, Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut reader = ctx.engine.store.read().await?;
    let own = store::fields::all(&mut reader).await?;
    let known = store::imports::reading(&mut reader, id).await?;
    drop(reader);
    let reading = reading.or(known).unwrap_or_default();
    let way = reading.clone();
    let look = on_file(ctx, id, move |pieces| tables::read::look(pieces, &way, LOOK_ROWS)).await?;
    let mut reader = ctx.engine.store.read().await?;
    let remembered = store::imports::remembered(&mut reader, &headings_key(&look.columns)).await?;
    let home = store::company::get(&mut reader).await?.map(|it| it.country).unwrap_or_default();
    let cells: Vec<Vec<String>> = look.rows.iter().map(|it| it.1.clone()).collect();
    Ok(ImportLook {
        reading,
        home,
        remembered: remembered.is_some(),
        suggested: remembered.unwrap_or_else(|| suggest(&look.columns, &cells, &own)),
        columns: look.columns,
        rows: look.rows.into_iter().map(|(line, cells, fault)| LookRow { line, cells, fault }).collect(),
        sheets: look.sheets,
        elements: look.elements,
    })
}

/// Tells what an import would do; of long files it looks at the first rows.
///
/// # Errors
/// Refuses who may not import, wrong plans with their fields, and files that cannot be read.
pub async fn preview(ctx: &Ctx, id: ImportId, plan: ImportPlan) -> Result<ImportPreview, Error> {
    ctx.require(Permission::ContactsImport)?;
    preview_rows(ctx, id, plan, Some(PREVIEW_ROWS)).await
}

/// Like [`preview`], looking at every row of the file.
///
/// # Errors
/// Like [`preview`].
pub async fn preview_whole(ctx: &Ctx, id: ImportId, plan: ImportPlan) -> Result<ImportPreview, Error> {
    ctx.require(Permission::ContactsImport)?;
    preview_rows(ctx, id, plan, None).await
}

async fn preview_rows(ctx: &Ctx, id: ImportId, plan: ImportPlan, most: Option<u64>) -> Result<ImportPreview, Error> {
    let mut reader = ctx.engine.store.read().await?;
    let own = store::fields::all(&mut reader).await?;
    let size = store::imports::size(&mut reader, id).await?;
    drop(reader);
    plan.check(&own)?;
    run::preview(ctx, id, size, plan, own, most).await
}

/// Lets an import begin in the background.
///
/// # Errors
/// Refuses who may not import, who may not change contacts, note consents or fill lists when the plan does, wrong plans, and imports that were started.
pub async fn start(ctx: &Ctx, id: ImportId, plan: ImportPlan) -> Result<(), Error> {
    ctx.require(Permission::ContactsImport)?;
    if plan.mode == model::ImportMode::CreateAndUpdate || plan.notes_consents() {
        ctx.require(Permission::ContactsEdit)?;
    }
    plan.consents.check_day(ctx.now())?;
    if !plan.lists.is_empty() {
        ctx.require(Permission::ListsManage)?;
    }
    let way = plan.reading.clone();
    let columns = on_file(ctx, id, move |pieces| tables::read::look(pieces, &way, LOOK_ROWS)).await?.columns;
    let mut tx = ctx.engine.store.write().await?;
    let own = store::fields::all(&mut tx).await?;
    plan.check(&own)?;
    for list in &plan.lists {
        store::recipient_lists::by_id(&mut tx, *list).await?;
    }
    let state = store::imports::state(&mut tx, id).await?;
    store::imports::set_state(&mut tx, id, state, state.step(ImportStep::Start)?, ctx.now()).await?;
    store::imports::set_plan(&mut tx, id, &plan, &columns, ctx.now()).await?;
    store::imports::remember(&mut tx, &headings_key(&columns), &plan.columns, ctx.now()).await?;
    ctx.log(&mut tx, Deed::ImportStarted(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Imports);
    ctx.engine.import_bell.notify_one();
    Ok(())
}

/// Stops an import; what was taken in stays until it is undone.
///
/// # Errors
/// Refuses who may not import, and imports that do not run.
pub async fn stop(ctx: &Ctx, id: ImportId) -> Result<(), Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut tx = ctx.engine.store.write().await?;
    let state = store::imports::state(&mut tx, id).await?;
    store::imports::set_state(&mut tx, id, state, state.step(ImportStep::Stop)?, ctx.now()).await?;
    ctx.log(&mut tx, Deed::ImportStopped(id)).await?;
    tx.commit().await?;
    ctx.tell(Change::Imports);
    Ok(())
}

/// Lists one page of imports, the newest first.
///
/// # Errors
/// Refuses who may not import.
pub async fn list(ctx: &Ctx, after: Option<Cursor>) -> Result<Page<ImportRow>, Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::imports::page(&ctx.engine.store, &mut reader, after.as_ref()).await?)
}

/// Opens an import.
///
/// # Errors
/// Refuses who may not import, and when there is none.
pub async fn open(ctx: &Ctx, id: ImportId) -> Result<Import, Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::imports::by_id(&ctx.engine.store, &mut reader, id).await?)
}

/// The next piece of the report behind a piece, with its number: what became of rows that did not simply become contacts.
///
/// # Errors
/// Refuses who may not import.
pub async fn report(ctx: &Ctx, id: ImportId, behind: i64) -> Result<Option<(i64, Vec<ReportRow>)>, Error> {
    ctx.require(Permission::ContactsImport)?;
    let mut reader = ctx.engine.store.read().await?;
    Ok(store::imports::report(&ctx.engine.store, &mut reader, id, behind).await?)
}

/// Refuses a step that the import does not allow now.
async fn require_state(tx: &mut store::Tx, id: ImportId, step: ImportStep) -> Result<ImportState, Error> {
    let state = store::imports::state(tx, id).await?;
    state.step(step)?;
    Ok(state)
}

/// Reads in the file away from the threads that answer people.
async fn on_file<T: Send + 'static>(
    ctx: &Ctx,
    id: ImportId,
    read: impl FnOnce(&mut Pieces) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Error> {
    let mut reader = ctx.engine.store.read().await?;
    let size = store::imports::size(&mut reader, id).await?;
    drop(reader);
    let mut pieces = Pieces::new(&ctx.engine, id, size);
    tokio::task::spawn_blocking(move || read(&mut pieces)).await?.map_err(worded)
}

/// A file that is wrong is a refusal with its place.
pub(crate) fn worded(fault: Fault) -> Error {
    match fault {
        Fault::Refused { line, fault } => Refusal::BadTable { line, fault }.into(),
        Fault::Io(error) => Error::File(error),
    }
}
