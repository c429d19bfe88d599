//! What a template says, filled with samples.

use leptos::html;
use leptos::prelude::*;
use model::{Language, MergeValues, Template};

use crate::browser::frame;
use crate::calls;
use crate::i18n::{language, t_string, use_i18n, words};
use crate::panels::loaded::Loaded;
use crate::parts::{Banner, RadioGroup, Tone};
use crate::state::template_preview::{Drawn, Look, draw};

/// The text in each of its languages, one at a time.
#[component]
pub(super) fn TemplateTexts(
    /// The template.
    template: Signal<Template>,
) -> impl IntoView {
    let i18n = use_i18n();
    let first = template
        .with_untracked(|it| it.draft.text_for(language(i18n.get_locale_untracked()), Language::Sk).map(|it| it.language));
    let spoken = RwSignal::new(first.map_or_else(String::new, |it| it.code().to_owned()));
    let options = template.with_untracked(|it| {
        let option = |it: Language| (it.code(), TextProp::from(words::language(it)));
        it.draft.languages().into_iter().map(option).collect::<Vec<_>>()
    });
    let record = Memo::new(move |_| template.with(|it| it.draft.record.clone()));
    let fields = calls::ask(
        move || (record.get(), language(i18n.get_locale())),
        |(record, language)| app::templates::list_merge_fields(record, language),
    );
    view! {
        <RadioGroup
            label=move || t_string!(i18n, templates.filter_language)
            options=options
            value=spoken
            segmented=true
        />
        <Loaded answer=fields let:catalogue>
            {
                let drawn = Memo::new(move |_| {
                    template.with(|template| {
                        let wanted = Language::from_code(&spoken.get())?;
                        let text = template.draft.texts.iter().find(|it| it.language == wanted)?;
                        catalogue.with(|it| {
                            let values = MergeValues::samples(&it.fields);
                            draw(&template.draft, text, &it.fields, &values, Look::default(), &|_| None).ok()
                        })
                    })
                });
                view! { <Shown drawn=drawn /> }
            }
        </Loaded>
    }
}

#[component]
fn Shown(drawn: Memo<Option<Drawn>>) -> impl IntoView {
    let i18n = use_i18n();
    let is_mail = Memo::new(move |_| drawn.with(|it| it.as_ref().is_some_and(|it| it.page.is_some())));
    let read = move |read: fn(&Drawn) -> String| move || drawn.with(|it| it.as_ref().map(read));
    view! {
        <Show
            when=move || drawn.with(Option::is_some)
            fallback=move || view! { <Banner tone=Tone::Warning text=move || t_string!(i18n, templates.undrawn) /> }
        >
            <p class="meta">{move || t_string!(i18n, templates.with_samples)}</p>
            <div class="template-sheet">
                <Show
                    when=move || is_mail.get()
                    fallback=move || view! { <pre class="message-text">{read(|it| it.text.clone())}</pre> }
                >
                    <p class="template-subject">
                        <strong>{read(|it| it.subject.clone())}</strong>
                        <span class="meta">{read(|it| it.preheader.clone())}</span>
                    </p>
                    <Sheet drawn=drawn />
                </Show>
            </div>
        </Show>
    }
}

/// The mail in a frame that runs nothing.
#[component]
fn Sheet(drawn: Memo<Option<Drawn>>) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Iframe>::new();
    let write = move || {
        if let Some(frame) = node.try_get_untracked().flatten() {
            let page = drawn.with_untracked(|it| it.as_ref().and_then(|it| it.page.clone()));
            frame::write_document(&frame, &page.unwrap_or_default(), false);
        }
    };
    Effect::new(move |_| {
        drawn.track();
        write();
    });
    view! {
        <iframe
            class="mail-frame"
            sandbox="allow-same-origin"
            referrerpolicy="no-referrer"
            title=move || t_string!(i18n, templates.tab_text)
            src="/preview"
            node_ref=node
            on:load=move |_| write()
        ></iframe>
    }
}
