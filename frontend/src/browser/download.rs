//! Files that leave the page.

use app::Problem;
use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use send_wrapper::SendWrapper;
use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, ProgressEvent, Url, XmlHttpRequest, XmlHttpRequestResponseType};

/// Offers a text as a file.
pub fn save_text(name: &str, media_type: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    offer(name, &blob);
}

fn offer(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    if let Some(link) = document().create_element("a").ok().and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&url);
}

/// A file on its way down.
#[derive(Clone)]
pub struct Download(SendWrapper<XmlHttpRequest>);

impl Download {
    /// Stops it; nothing is called back any more.
    pub fn stop(&self) {
        self.0.set_onload(None);
        self.0.set_onerror(None);
        self.0.set_onprogress(None);
        let _ = self.0.abort();
    }
}

/// Asks for a file by a POST of JSON and offers it under that name. `on_progress` gets the bytes that have come.
pub fn fetch(
    path: &str,
    order: &impl Serialize,
    name: String,
    on_progress: impl Fn(u64) + 'static,
    on_end: impl FnOnce(Result<(), Problem>) + 'static,
) -> Option<Download> {
    let request = XmlHttpRequest::new().ok()?;
    request.open_with_async("POST", path, true).ok()?;
    request.set_request_header("X-Requested-With", "posel").ok()?;
    request.set_request_header("Content-Type", "application/json").ok()?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| on_progress(event.loaded() as u64));
    request.set_onprogress(Some(progress.into_js_value().unchecked_ref()));
    let answered = request.clone();
    let end = Closure::once_into_js(move || on_end(keep(&answered, &name)));
    request.set_onload(Some(end.unchecked_ref()));
    request.set_onerror(Some(end.unchecked_ref()));
    let body = serde_json::to_string(order).ok()?;
    request.send_with_opt_str(Some(&body)).ok()?;
    Some(Download(SendWrapper::new(request)))
}

fn keep(request: &XmlHttpRequest, name: &str) -> Result<(), Problem> {
    let content = request.response().map_err(|_| Problem::Unreachable)?;
    if !(200..300).contains(&request.status().unwrap_or(0)) {
        let bytes = Uint8Array::new(&content).to_vec();
        return Err(serde_json::from_slice(&bytes).unwrap_or(Problem::Unreachable));
    }
    let options = BlobPropertyBag::new();
    options.set_type(&request.get_response_header("Content-Type").ok().flatten().unwrap_or_default());
    let blob = Blob::new_with_buffer_source_sequence_and_options(&Array::of1(&content), &options);
    offer(name, &blob.map_err(|_| Problem::Unreachable)?);
    Ok(())
}
