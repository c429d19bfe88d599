//! What a template says in the language whose tab is open: subject, preheader, body, plain text.

use leptos::prelude::*;
use model::{Channel, Chosen, Language, PlainText, TemplatePlace};

use super::body::Body;
use super::check::Check;
use super::desk::{Desk, TextDesk};
use super::preview::Sight;
use crate::editor::{FieldUse, Hand, MergeLine, PictureDesk};
use crate::i18n::{t_string, use_i18n};
use crate::panels::writing::editor_fields;
use crate::parts::{RadioGroup, TextArea};
use crate::state::shown::Shown;

/// What the parts of a text share.
#[derive(Clone, Copy)]
pub(super) struct Tools {
    /// What the page writes into the texts with.
    pub hand: Hand,
    /// The view of the body.
    pub shown: RwSignal<Shown>,
    /// What is wrong.
    pub check: Check,
    /// How pictures come into the texts and are shown.
    pub pictures: PictureDesk,
    /// Whose data the preview shows.
    pub sight: Sight,
    /// Called when a chip is opened.
    pub on_field: Callback<(FieldUse,)>,
    /// To whom the texts go, when that is known.
    pub people: Option<Signal<Vec<Chosen>>>,
    /// Whether the template can only be looked at.
    pub readonly: Signal<bool>,
}

/// The text of one language.
#[component]
pub(super) fn Words(
    /// The template.
    desk: Desk,
    /// The text.
    text: TextDesk,
    /// What its parts share.
    tools: Tools,
) -> impl IntoView {
    let is_mail = desk.channel.get_untracked() == Channel::Email;
    view! {
        <div class="template-words">
            {is_mail.then(|| view! { <Lines text=text tools=tools /> })}
            <Body desk=desk text=text tools=tools />
            {is_mail.then(|| view! { <Plain text=text tools=tools /> })}
        </div>
    }
}

#[component]
fn Lines(text: TextDesk, tools: Tools) -> impl IntoView {
    let i18n = use_i18n();
    let language = Signal::stored(text.language);
    let name = move |field: &str| format!("texts.{}.{field}", text.language.code());
    let fields = Signal::derive(move || tools.check.fields.with(|it| editor_fields(i18n.get_locale(), it)));
    view! {
        <MergeLine
            label=move || t_string!(i18n, template_edit.subject)
            value=text.subject
            name=name("subject")
            wrong=tools.check.ranges(text.language, TemplatePlace::Subject)
            hand=tools.hand
            language=language
            fields=fields
            readonly=tools.readonly
        />
        <MergeLine
            label=move || t_string!(i18n, template_edit.preheader)
            value=text.preheader
            name=name("preheader")
            wrong=tools.check.ranges(text.language, TemplatePlace::Preheader)
            hand=tools.hand
            language=language
            hint=move || t_string!(i18n, template_edit.preheader_hint)
            optional=true
            fields=fields
            readonly=tools.readonly
        />
    }
}

/// The plain text alternative: made, or written by hand.
#[component]
fn Plain(text: TextDesk, tools: Tools) -> impl IntoView {
    let i18n = use_i18n();
    let way = RwSignal::new(if text.plain.with_untracked(|it| *it == PlainText::Made) { "made" } else { "own" }.to_owned());
    let own = RwSignal::new(match text.plain.get_untracked() {
        PlainText::Own(words) => words,
        PlainText::Made => String::new(),
    });
    Effect::new(move |_| {
        let wanted = if way.with(|it| it == "own") { PlainText::Own(own.get()) } else { PlainText::Made };
        if text.plain.with_untracked(|it| *it != wanted) {
            text.plain.set(wanted);
        }
    });
    // The check of quality may let it be made again.
    Effect::new(move |_| {
        if text.plain.with(|it| *it == PlainText::Made) && way.with_untracked(|it| it == "own") {
            way.set("made".to_owned());
        }
    });
    // Begun from what would be made, so that nobody writes everything twice.
    let begin = move |made: Option<String>| {
        if let Some(made) = made.filter(|_| own.with_untracked(|it| it.trim().is_empty())) {
            own.set(made);
        }
    };
    Effect::new(move |before: Option<bool>| {
        let is_own = way.with(|it| it == "own");
        if is_own && before == Some(false) {
            begin(text.body.with_untracked(|it| content::html::from_html(it.source()).ok()));
        }
        is_own
    });
    let name = format!("texts.{}.plain", text.language.code());
    view! {
        <section class="template-plain">
            <RadioGroup
                label=move || t_string!(i18n, template_edit.plain)
                options=vec![
                    ("made", (move || t_string!(i18n, template_edit.plain_made)).into()),
                    ("own", (move || t_string!(i18n, template_edit.plain_own)).into()),
                ]
                value=way
                segmented=true
            />
            <Show when=move || way.with(|it| it == "own")>
                <TextArea
                    label=move || t_string!(i18n, template_edit.plain)
                    value=own
                    name=name.clone()
                    hint=move || t_string!(i18n, template_edit.plain_hint)
                    lines=8
                    disabled=tools.readonly
                />
            </Show>
        </section>
    }
}

/// The language of a text as the editor takes it.
pub(super) fn spoken(text: TextDesk) -> Signal<Language> {
    Signal::stored(text.language)
}
