//! `<mail-editor>`: the custom element of `frontend/editor`, fetched when a page needs it.

use js_sys::{Function, JSON, Reflect};
use leptos::prelude::{Callable, Callback, document, window};
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, File, HtmlElement};

use super::assets;
use super::files::PickedFile;

#[wasm_bindgen]
extern "C" {
    // Only its properties are known here; the class is the element's own.
    #[wasm_bindgen(extends = HtmlElement, js_name = HTMLElement)]
    #[derive(Clone)]
    type MailEditorElement;
    #[wasm_bindgen(method, getter)]
    fn value(this: &MailEditorElement) -> String;
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &MailEditorElement, value: &str);
    #[wasm_bindgen(method, setter)]
    fn set_fields(this: &MailEditorElement, fields: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_labels(this: &MailEditorElement, labels: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_language(this: &MailEditorElement, language: &str);
    #[wasm_bindgen(method, setter)]
    fn set_readonly(this: &MailEditorElement, readonly: bool);
    #[wasm_bindgen(method, setter)]
    fn set_diagnostics(this: &MailEditorElement, diagnostics: &JsValue);
    #[wasm_bindgen(method, setter)]
    fn set_resolve(this: &MailEditorElement, resolve: &JsValue);
    #[wasm_bindgen(method, setter, js_name = hasLibrary)]
    fn set_has_library(this: &MailEditorElement, has: bool);
    #[wasm_bindgen(method, setter, js_name = sourceUrl)]
    fn set_source_url(this: &MailEditorElement, url: &str);
    #[wasm_bindgen(method, setter, js_name = styleUrl)]
    fn set_style_url(this: &MailEditorElement, url: &str);
    #[wasm_bindgen(method)]
    fn open(this: &MailEditorElement, view: &str) -> JsValue;
    #[wasm_bindgen(method, js_name = insertField)]
    fn insert_field(this: &MailEditorElement, path: &str, filter: &str, fallback: Option<&str>) -> bool;
    #[wasm_bindgen(method, js_name = setField)]
    fn set_field(this: &MailEditorElement, field: &JsValue) -> bool;
    #[wasm_bindgen(method, js_name = goTo)]
    fn go_to(this: &MailEditorElement, line: u32, column: u32) -> JsValue;
    #[wasm_bindgen(method)]
    fn exec(this: &MailEditorElement, command: &str) -> bool;
}

/// What the editor tells.
pub enum Told {
    /// Something was written.
    Changed,
    /// A picture was pasted, dropped or chosen and wants to be put up.
    Picture(PickedFile, PictureAnswer),
    /// A picture of the library is wanted.
    Library(PictureAnswer),
    /// A chip was opened.
    Field {
        /// The path of its field.
        path: String,
        /// What is done to its value.
        filter: String,
        /// What stands in place of a missing value.
        fallback: Option<String>,
    },
    /// This view is shown now: `text` or `source`.
    Shown(String),
    /// Something went wrong, by its code; the name of a picture and how many there are.
    Fault(String, String, u32),
}

/// Tells whoever asked what became of a picture.
pub struct PictureAnswer(Asker);

enum Asker {
    Editor(SendWrapper<CustomEvent>),
    Page(Callback<(Result<String, String>,)>),
}

impl PictureAnswer {
    /// Tells a part of the page: the name of the picture in the mail, or why there is none.
    pub fn to(page: Callback<(Result<String, String>,)>) -> Self {
        Self(Asker::Page(page))
    }

    /// It is there and is called so in the mail, such as `cid:…`; a width in pixels, when it is not shown as wide as it is.
    pub fn done(&self, src: &str, width: Option<u32>) {
        match &self.0 {
            Asker::Editor(event) => {
                let shown = js_sys::Object::new();
                if let Some(width) = width {
                    let _ = Reflect::set(&shown, &"width".into(), &width.into());
                }
                Self::call(event, "done", &JsValue::from_str(src), &shown);
            }
            Asker::Page(page) => page.run((Ok(src.to_owned()),)),
        }
    }

    /// It cannot be put up.
    pub fn fail(&self, why: &str) {
        match &self.0 {
            Asker::Editor(event) => Self::call(event, "fail", &JsValue::from_str(why), &JsValue::UNDEFINED),
            Asker::Page(page) => page.run((Err(why.to_owned()),)),
        }
    }

    fn call(event: &CustomEvent, name: &str, given: &JsValue, more: &JsValue) {
        let detail = event.detail();
        if let Ok(act) = Reflect::get(&detail, &name.into())
            && let Some(act) = act.dyn_ref::<Function>()
        {
            let _ = act.call2(&detail, given, more);
        }
    }
}

/// An editor that stands in the page; it goes when this is dropped.
pub struct Editor {
    element: MailEditorElement,
    // The browser calls these for as long as the element is there.
    listeners: Vec<Closure<dyn Fn(CustomEvent)>>,
    _resolve: Closure<dyn Fn(String) -> Option<String>>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        for (name, listener) in EVENTS.iter().zip(&self.listeners) {
            let _ = self.element.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        self.element.remove();
    }
}

/// The names of the events that are listened to.
const EVENTS: [&str; 6] = ["change", "upload", "library", "field-click", "view", "fault"];

impl Editor {
    /// Puts an editor into a place. `labels` are its texts as JSON; `resolve` gives the address under which a picture of the mail may be
    /// shown, `on_told` hears what happens.
    pub fn stand(
        place: &HtmlElement,
        value: &str,
        labels: &str,
        resolve: impl Fn(String) -> Option<String> + 'static,
        on_told: impl Fn(Told) + Clone + 'static,
    ) -> Option<Self> {
        let element: MailEditorElement = document().create_element("mail-editor").ok()?.unchecked_into();
        let resolve = Closure::<dyn Fn(String) -> Option<String>>::new(resolve);
        element.set_source_url(&assets::named("source.js"));
        element.set_style_url(&assets::named("editor.css"));
        element.set_resolve(resolve.as_ref());
        element.set_has_library(true);
        element.set_value(value);
        let mut editor = Self { element, listeners: Vec::new(), _resolve: resolve };
        editor.say(labels);
        let mut listeners = Vec::new();
        for name in EVENTS {
            let on_told = on_told.clone();
            let listener = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
                if let Some(told) = read(name, event) {
                    on_told(told);
                }
            });
            editor.element.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()).ok()?;
            listeners.push(listener);
        }
        editor.listeners = listeners;
        place.append_child(&editor.element).ok()?;
        Some(editor)
    }

    /// What is written, byte for byte what was set until something changes.
    pub fn value(&self) -> String {
        self.element.value()
    }

    /// Shows another text.
    pub fn set_value(&self, value: &str) {
        self.element.set_value(value);
    }

    /// Gives it its texts as JSON.
    pub fn say(&self, labels: &str) {
        self.element.set_labels(&parsed(labels));
    }

    /// The fields that may be put in, as JSON: `[{ path, label, group, sample }]`.
    pub fn set_fields(&self, fields: &str) {
        self.element.set_fields(&parsed(fields));
    }

    /// What is wrong, as JSON: `[{ line, column, length, severity, message, code }]`.
    pub fn set_findings(&self, findings: &str) {
        self.element.set_diagnostics(&parsed(findings));
    }

    /// The language of the mail, by which its spelling is checked.
    pub fn set_language(&self, code: &str) {
        self.element.set_language(code);
    }

    /// Lets the text only be looked at.
    pub fn set_readonly(&self, readonly: bool) {
        self.element.set_readonly(readonly);
    }

    /// Shows the view `text` or `source`.
    pub fn open(&self, view: &str) {
        self.element.open(view);
    }

    /// Puts a field where the cursor is.
    pub fn insert_field(&self, path: &str) {
        self.element.insert_field(path, "", None);
    }

    /// Changes the chip that was opened.
    pub fn set_field(&self, path: &str, filter: &str, fallback: Option<&str>) {
        let field = js_sys::Object::new();
        let fallback = fallback.map_or(JsValue::NULL, JsValue::from_str);
        for (name, value) in [("path", path.into()), ("filter", filter.into()), ("fallback", fallback)] {
            let _ = Reflect::set(&field, &name.into(), &value);
        }
        self.element.set_field(&field);
    }

    /// Shows a place of the source, counted from 1 in UTF-16 units.
    pub fn go_to(&self, line: u32, column: u32) {
        self.element.go_to(line, column);
    }

    /// Does what the button of that name does.
    pub fn exec(&self, command: &str) {
        self.element.exec(command);
    }

    /// Gives it the keyboard.
    pub fn focus(&self) {
        let _ = self.element.focus();
    }
}

/// Fetches the editor's program, unless it is here, and tells whether it is now.
pub fn fetch(on_end: impl FnOnce(bool) + 'static) {
    if !window().custom_elements().get("mail-editor").is_undefined() {
        return on_end(true);
    }
    let Some(script) = document().create_element("script").ok() else { return on_end(false) };
    let _ = script.set_attribute("type", "module");
    let _ = script.set_attribute("src", &assets::named("editor.js"));
    let script: HtmlElement = script.unchecked_into();
    let end = Closure::once_into_js(move |event: web_sys::Event| on_end(event.type_() == "load"));
    script.set_onload(Some(end.unchecked_ref()));
    script.set_onerror(Some(end.unchecked_ref()));
    if let Some(head) = document().head() {
        let _ = head.append_child(&script);
    }
}

fn parsed(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::UNDEFINED)
}

fn read(name: &str, event: CustomEvent) -> Option<Told> {
    let detail = event.detail();
    let get = |name: &str| Reflect::get(&detail, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let text = |name: &str| get(name).as_string();
    Some(match name {
        "change" => Told::Changed,
        "upload" => {
            let file: File = get("file").dyn_into().ok()?;
            Told::Picture(PickedFile::of(file), PictureAnswer(Asker::Editor(SendWrapper::new(event))))
        }
        "library" => Told::Library(PictureAnswer(Asker::Editor(SendWrapper::new(event)))),
        "field-click" => Told::Field { path: text("path")?, filter: text("filter")?, fallback: text("fallback") },
        "view" => Told::Shown(detail.as_string()?),
        _ => Told::Fault(text("code")?, text("name").unwrap_or_default(), get("count").as_f64().unwrap_or(1.0) as u32),
    })
}
