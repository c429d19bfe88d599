//! Putting files up, with progress.

use app::Problem;
use model::{ArchiveId, Attachment, CampaignImported, ImportId, LibraryId, LibraryItem, SuppressionFile};
use send_wrapper::SendWrapper;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ProgressEvent, XmlHttpRequest};

use super::files::PickedFile;
use super::location::encode;

/// A file on its way up.
#[derive(Clone)]
pub struct Upload(SendWrapper<XmlHttpRequest>);

impl Upload {
    /// Stops it; nothing is called back any more.
    pub fn stop(&self) {
        self.0.set_onload(None);
        self.0.set_onerror(None);
        let _ = self.0.abort();
    }
}

/// Puts a file of a message up under a name. `on_progress` gets the share that is through, 0 … 1; `on_end` the stored file or the problem.
pub fn start(
    file: &PickedFile,
    name: &str,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<Attachment, Problem>) + 'static,
) -> Option<Upload> {
    start_at(&named("/attachments", name), file, on_progress, on_end)
}

/// Puts a file of contacts up; `on_end` gets the import that begins with it.
pub fn start_import(
    file: &PickedFile,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<ImportId, Problem>) + 'static,
) -> Option<Upload> {
    start_at(&named("/imports", &file.name()), file, on_progress, on_end)
}

/// Puts the file of an old archive up; `on_end` gets the archive that begins with it.
pub fn start_archive(
    file: &PickedFile,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<ArchiveId, Problem>) + 'static,
) -> Option<Upload> {
    start_at(&named("/archives", &file.name()), file, on_progress, on_end)
}

/// Puts a file of campaigns up; `on_end` gets what each became.
pub fn start_campaigns(
    file: &PickedFile,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<Vec<CampaignImported>, Problem>) + 'static,
) -> Option<Upload> {
    start_at("/campaigns/import", file, on_progress, on_end)
}

/// Puts a file of those whom we must not write to up; `on_end` gets what was read in it.
pub fn start_suppressions(
    file: &PickedFile,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<SuppressionFile, Problem>) + 'static,
) -> Option<Upload> {
    start_at(&named("/suppressions/file", &file.name()), file, on_progress, on_end)
}

/// Puts a new file into a folder of the library; `on_end` gets what it became.
pub fn start_library(
    file: &PickedFile,
    folder: &str,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<LibraryItem, Problem>) + 'static,
) -> Option<Upload> {
    start_at(&named(&format!("/library/files?folder={}", encode(folder)), &file.name()), file, on_progress, on_end)
}

/// Puts another content of a file of the library up, over the revision that was seen; `on_end` gets what it became.
pub fn start_replacing(
    file: &PickedFile,
    id: LibraryId,
    revision: i64,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<LibraryItem, Problem>) + 'static,
) -> Option<Upload> {
    start_at(&named(&format!("/library/files/{id}?revision={revision}"), &file.name()), file, on_progress, on_end)
}

/// The path of an upload with the name that the file shall bear.
fn named(path: &str, name: &str) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    format!("{path}{sign}name={}", encode(name))
}

fn start_at<T: DeserializeOwned>(
    path: &str,
    file: &PickedFile,
    on_progress: impl Fn(f64) + 'static,
    on_end: impl FnOnce(Result<T, Problem>) + 'static,
) -> Option<Upload> {
    let request = XmlHttpRequest::new().ok()?;
    request.open_with_async("POST", path, true).ok()?;
    request.set_request_header("X-Requested-With", "posel").ok()?;
    request.set_request_header("Content-Type", &file.media_type()).ok()?;
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if 0.0 < event.total() {
            on_progress(event.loaded() / event.total());
        }
    });
    let source = request.upload().ok()?;
    source.set_onprogress(Some(progress.into_js_value().unchecked_ref()));
    let answered = request.clone();
    let end = Closure::once_into_js(move || on_end(read(&answered)));
    request.set_onload(Some(end.unchecked_ref()));
    request.set_onerror(Some(end.unchecked_ref()));
    request.send_with_opt_blob(Some(&file.0)).ok()?;
    Some(Upload(SendWrapper::new(request)))
}

fn read<T: DeserializeOwned>(request: &XmlHttpRequest) -> Result<T, Problem> {
    let status = request.status().unwrap_or(0);
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        return serde_json::from_slice(text.as_bytes()).map_err(|_| Problem::Unreachable);
    }
    Err(serde_json::from_slice(text.as_bytes()).unwrap_or(Problem::Unreachable))
}
