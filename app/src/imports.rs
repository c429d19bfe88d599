//! Calls about imports. The file itself comes in by an upload of its own.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    Cursor, Import, ImportId, ImportLook, ImportPlan, ImportPreview, ImportReading, ImportRow, ImportUndone, Page, ReportRow,
};

use crate::Problem;
#[cfg(feature = "ssr")]
use crate::door;

/// Lists one page of imports, the newest first.
#[server(input = Json)]
pub async fn list_imports(after: Option<Cursor>) -> Result<Page<ImportRow>, Problem> {
    door::answer(engine::imports::list(&door::enter().await?, after).await)
}

/// Opens an import.
#[server(input = Json)]
pub async fn open_import(id: ImportId) -> Result<Import, Problem> {
    door::answer(engine::imports::open(&door::enter().await?, id).await)
}

/// Shows what the file looks like, read as it was found to be or as a person corrects it.
#[server(input = Json)]
pub async fn look_at_import(id: ImportId, reading: Option<ImportReading>) -> Result<ImportLook, Problem> {
    door::answer(engine::imports::look(&door::enter().await?, id, reading).await)
}

/// Tells what an import would do; of long files it looks at the first rows.
#[server(input = Json)]
pub async fn preview_import(id: ImportId, plan: ImportPlan) -> Result<ImportPreview, Problem> {
    door::answer(engine::imports::preview(&door::enter().await?, id, plan).await)
}

/// Lets an import begin.
#[server(input = Json)]
pub async fn start_import(id: ImportId, plan: ImportPlan) -> Result<(), Problem> {
    door::answer(engine::imports::start(&door::enter().await?, id, plan).await)
}

/// Stops an import; what was taken in stays until it is undone.
#[server(input = Json)]
pub async fn stop_import(id: ImportId) -> Result<(), Problem> {
    door::answer(engine::imports::stop(&door::enter().await?, id).await)
}

/// Takes out what an import brought.
#[server(input = Json)]
pub async fn undo_import(id: ImportId) -> Result<ImportUndone, Problem> {
    door::answer(engine::imports::undo(&door::enter().await?, id).await)
}

/// Forgets a file that was not started.
#[server(input = Json)]
pub async fn forget_import(id: ImportId) -> Result<(), Problem> {
    door::answer(engine::imports::forget(&door::enter().await?, id).await)
}

/// The next piece of the report behind a piece, with its number.
#[server(input = Json)]
pub async fn list_import_report(id: ImportId, behind: i64) -> Result<Option<(i64, Vec<ReportRow>)>, Problem> {
    door::answer(engine::imports::report(&door::enter().await?, id, behind).await)
}
