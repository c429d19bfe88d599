//! The quality check beside the text: what is found in the open language, shown where it stands and mended by a click.

use content::lint::Place;
use content::quality::{Fix, Part, apply};
use leptos::prelude::*;
use model::{Company, PlainText, TemplateBody, TemplateText};

use super::desk::{Desk, TextDesk};
use super::words::Tools;
use crate::browser::focus;
use crate::panels::quality::{QualityPanel, watched};
use crate::session::Session;
use crate::state::quality::Checked;
use crate::state::shown::Shown;
use crate::state::template_form::{Way, convert};

/// The findings of the open text.
#[component]
pub(super) fn QualityTab(
    /// The template.
    desk: Desk,
    /// What the parts of a text share.
    tools: Tools,
    /// The company, for whoever may know its data.
    company: Signal<Option<Company>>,
) -> impl IntoView {
    let session = Session::find();
    let mail = Signal::derive(move || {
        let language = desk.language.get();
        // Without the right to see the company's data its name is known all the same.
        let company = company.get().map_or_else(
            || [session.me().map_or_else(String::new, |it| it.company.clone()), String::new(), String::new()],
            |it| [it.name, it.registration_number, it.city],
        );
        tools.check.draft.with(|draft| {
            let text = draft.texts.iter().find(|it| it.language == language);
            text.map(|it| looked_at(it, draft.is_commercial, company)).unwrap_or_default()
        })
    });
    let show = move |part: Part, place: Option<Place>| show(desk, tools, part, place);
    let mend = move |fix: Fix| {
        if let Some(text) = untrack(|| desk.open_text()) {
            mend(text, fix);
        }
    };
    view! {
        <QualityPanel found=watched(mail, tools.check.fields) readonly=tools.readonly on_show=show on_fix=mend />
    }
}

/// A text as the check takes it; what is written as blocks or MJML is looked at as the HTML that is made of it.
fn looked_at(text: &TemplateText, is_commercial: bool, company: [String; 3]) -> Checked {
    let is_source = matches!(text.body, TemplateBody::Html(_));
    let html = convert(&text.body, Way::Source, text.language).map(|it| it.source().to_owned());
    Checked {
        subject: text.subject.clone(),
        preheader: text.preheader.clone(),
        html: html.unwrap_or_default(),
        is_source,
        plain: match &text.plain {
            PlainText::Own(words) => Some(words.clone()),
            PlainText::Made => None,
        },
        is_commercial,
        language: text.language,
        company,
    }
}

/// Shows where something was found.
fn show(desk: Desk, tools: Tools, part: Part, place: Option<Place>) {
    let Some(text) = untrack(|| desk.open_text()) else { return };
    let is_html = text.body.with_untracked(|it| matches!(it, TemplateBody::Html(_)));
    let _ = match (part, place) {
        (Part::Body, Some(place)) if is_html => {
            tools.shown.set(Shown::Source);
            tools.hand.go_to(place.line as u32, place.column as u32);
            true
        }
        (Part::Body, _) => {
            tools.hand.focus();
            true
        }
        (Part::Subject, _) => focus::set_first(".template-words .merge-line input"),
        (Part::Preheader, _) => focus::set_first(".template-words .field:nth-of-type(2) .merge-line input"),
        (Part::Plain, _) => focus::set_first(".template-plain textarea"),
    };
}

/// Makes a change that the person wants.
fn mend(text: TextDesk, fix: Fix) {
    match fix {
        Fix::Subject(words) => text.subject.set(words),
        Fix::Preheader(words) => text.preheader.set(words),
        Fix::MakePlain => text.plain.set(PlainText::Made),
        Fix::Append(_) | Fix::Edit(_) => text.body.update(|it| {
            if let TemplateBody::Html(html) = it
                && let Some(mended) = apply(html, &fix)
            {
                *html = mended;
            }
        }),
    }
}
