//! `<mail-editor>` in its place.

use leptos::html;
use leptos::prelude::*;
use model::Language;
use send_wrapper::SendWrapper;

use super::hand::{FieldUse, Hand};
use super::{EditorField, PictureDesk};
use crate::browser::editor::{self, Editor, Told};
use crate::browser::tab_storage;
use crate::browser::timer::Pause;
use crate::i18n::{I18n, editor::labels, t_string, tu_string, use_i18n};
use crate::parts::{ErrorState, Skeleton};
use crate::state::finding::Finding;
use crate::state::shown::Shown;
use crate::toast::Toasts;

/// How long writing must rest before what was written is read, in milliseconds.
const REST_MS: u32 = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Coming,
    Here,
    Failed,
}

/// The editor of one mail; `value` holds what is stored. It follows what others write into `value`, and writes into it when the person's
/// writing rests.
#[component]
pub fn MailEditor(
    /// The stored HTML.
    value: RwSignal<String>,
    /// What the page writes into it with.
    hand: Hand,
    /// The language of the mail, by which its spelling is checked.
    #[prop(into)]
    language: Signal<Language>,
    /// The fields that may be put in; none for a mail without fields.
    #[prop(into, optional)]
    fields: Signal<Vec<EditorField>>,
    /// What is wrong in it.
    #[prop(into, optional)]
    findings: Signal<Vec<Finding>>,
    /// The view that is shown.
    shown: RwSignal<Shown>,
    /// Whether it can only be looked at.
    #[prop(into, optional)]
    readonly: Signal<bool>,
    /// How pictures come into it and are shown.
    pictures: PictureDesk,
    /// Called when a chip is opened.
    #[prop(into, optional)]
    on_field: Option<Callback<(FieldUse,)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let state = RwSignal::new(State::Coming);
    let place = NodeRef::<html::Div>::new();
    let seen = StoredValue::new(value.get_untracked());
    let stands = StoredValue::new(false);
    let pause = Pause::new(REST_MS);
    let read = move || {
        if let Some(now) = hand.with(Editor::value)
            && seen.try_get_value().is_some_and(|it| it != now)
        {
            seen.set_value(now.clone());
            let _ = value.try_set(now);
        }
    };
    let hear = move |told: Told| match told {
        Told::Changed => pause.then(read),
        Told::Picture(file, answer) => pictures.put_up.run((file, answer)),
        Told::Library(answer) => pictures.choose.run((answer,)),
        Told::Field { path, filter, fallback } => {
            if let Some(on_field) = on_field {
                on_field.run((FieldUse { path, filter, fallback },));
            }
        }
        Told::Shown(name) => {
            let now = Shown::of(&name);
            // While it is put up it says that it shows the text, whatever is wanted; and saying the same again would never end.
            if stands.try_get_value() == Some(true) && shown.try_get_untracked().is_some_and(|it| it != now) {
                shown.set(now);
            }
        }
        Told::Fault(code, name, count) => tell_fault(i18n, toasts, &code, name, count),
    };
    let fetch = move || {
        state.set(State::Coming);
        editor::fetch(move |here| {
            let _ = state.try_set(if here { State::Here } else { State::Failed });
        });
    };
    fetch();
    Effect::new(move |_| {
        let Some(place) = place.get().filter(|_| state.get() == State::Here) else { return };
        let told = hear.clone();
        let first = untrack(|| value.get());
        let standing =
            Editor::stand(&place, &first, labels(untrack(|| i18n.get_locale())), move |src| pictures.resolve.run((src,)), told);
        seen.set_value(first);
        hand.editor.set_value(standing.map(SendWrapper::new));
        stands.set_value(true);
        follow(hand, i18n, language, fields, findings, readonly);
        if let Some(shown) = shown.try_get_untracked().filter(|it| *it != Shown::Text) {
            hand.show(shown);
        }
    });
    Effect::new(move |_| {
        let wanted = value.get();
        if seen.get_value() != wanted {
            seen.set_value(wanted.clone());
            hand.with(|it| it.set_value(&wanted));
        }
    });
    Effect::new(move |_| hand.show(shown.get()));
    tab_storage::on_hide(read);
    on_cleanup(move || {
        read();
        hand.editor.try_update_value(Option::take);
    });
    view! {
        <div class="editor-place" on:focusin=move |_| hand.line.set_value(None) node_ref=place></div>
        {move || match state.get() {
            State::Coming => view! { <Skeleton lines=6 /> }.into_any(),
            State::Failed => {
                view! { <ErrorState problem=Signal::stored(app::Problem::Unreachable) on_retry=fetch /> }.into_any()
            }
            State::Here => ().into_any(),
        }}
    }
}

/// Keeps a standing editor in step with everything but its text.
fn follow(
    hand: Hand,
    i18n: I18n,
    language: Signal<Language>,
    fields: Signal<Vec<EditorField>>,
    findings: Signal<Vec<Finding>>,
    readonly: Signal<bool>,
) {
    Effect::new(move |_| {
        let words = labels(i18n.get_locale());
        hand.with(|it| it.say(words));
    });
    Effect::new(move |_| {
        let code = language.get().code();
        hand.with(|it| it.set_language(code));
    });
    Effect::new(move |_| {
        let json = fields.with(serde_json::to_string).unwrap_or_default();
        hand.with(|it| it.set_fields(&json));
    });
    Effect::new(move |_| {
        let json = findings.with(serde_json::to_string).unwrap_or_default();
        hand.with(|it| it.set_findings(&json));
    });
    Effect::new(move |_| {
        let readonly = readonly.get();
        hand.with(|it| it.set_readonly(readonly));
    });
}

/// Words for what the editor could not do.
fn tell_fault(i18n: I18n, toasts: Toasts, code: &str, name: String, count: u32) {
    match code {
        "picture-lost" => toasts.warn(tu_string!(i18n, writing.picture_lost, count = count, n = count)),
        "picture-refused" => toasts.warn(tu_string!(i18n, writing.picture_refused, name = name)),
        "upload-failed" => toasts.warn(tu_string!(i18n, writing.upload_failed, name = name)),
        _ => toasts.warn(untrack(|| t_string!(i18n, writing.part_unreachable).to_owned())),
    }
}
