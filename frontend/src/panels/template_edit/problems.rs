//! What stops saving, below the text: each place with its line and what was meant.

use leptos::prelude::*;
use model::{TemplateBody, TemplateFault, TemplatePlace};

use super::desk::Desk;
use super::words::Tools;
use crate::browser::focus;
use crate::i18n::messages::small;
use crate::i18n::{Locale, merge, t_string, td_string, use_i18n, words};
use crate::parts::{Button, ButtonKind, Glyph, Icon};
use crate::state::finding::{Finding, Severity};
use crate::state::shown::Shown;

/// The list of places.
#[component]
pub(super) fn Problems(
    /// The template.
    desk: Desk,
    /// What the parts of a text share.
    tools: Tools,
) -> impl IntoView {
    let i18n = use_i18n();
    let faults = tools.check.faults;
    let count = move || {
        let n = small(faults.with(Vec::len) as u64);
        t_string!(i18n, template_edit.problems, count = n, n = n)
    };
    let rows = move || faults.get().into_iter().map(|it| view! { <Problem fault=it desk=desk tools=tools /> }).collect_view();
    view! {
        <section class="template-problems" id="template-problems" tabindex="-1">
            <div role="status">
                <Show when=move || faults.with(|it| !it.is_empty())>
                    <h2><Icon glyph=Glyph::CIRCLE_ALERT />{count}</h2>
                </Show>
            </div>
            <ul>{rows}</ul>
        </section>
    }
}

#[component]
fn Problem(fault: TemplateFault, desk: Desk, tools: Tools) -> impl IntoView {
    let i18n = use_i18n();
    let fault = StoredValue::new(fault);
    let sentence = move || fault.with_value(|it| merge::fault(i18n.get_locale(), &it.fault));
    let place = move || fault.with_value(|it| place(i18n.get_locale(), it));
    let suggestion = fault.with_value(|it| it.suggestion.clone());
    let take = move |name: String| fault.with_value(|it| replace(desk, it, &name));
    view! {
        <li>
            <span class="problem-words">
                <strong>{sentence}</strong>
                <span class="meta">{place}</span>
            </span>
            {suggestion
                .filter(|_| !tools.readonly.get_untracked())
                .map(|name| {
                    let shown = name.clone();
                    view! {
                        <Button
                            label=move || t_string!(i18n, merge.take_suggestion, name = shown.clone())
                            on_press=move || take(name.clone())
                        />
                    }
                })}
            <Button
                label=move || t_string!(i18n, template_edit.go_there)
                kind=ButtonKind::Quiet
                on_press=move || fault.with_value(|it| go_there(desk, tools, it))
            />
        </li>
    }
}

/// *Slovenčina · text · riadok 2, stĺpec 5*.
fn place(locale: Locale, fault: &TemplateFault) -> String {
    let place = match fault.place {
        TemplatePlace::Subject => td_string!(locale, template_edit.place_subject),
        TemplatePlace::Preheader => td_string!(locale, template_edit.place_preheader),
        TemplatePlace::Body => td_string!(locale, template_edit.place_body),
        TemplatePlace::Plain => td_string!(locale, template_edit.place_plain),
    };
    let spot = td_string!(locale, merge.spot, line = fault.line, column = fault.column);
    format!("{} · {place} · {spot}", words::language(fault.language))
}

/// Puts the name that was meant in place of the wrong one.
fn replace(desk: Desk, fault: &TemplateFault, name: &str) {
    let texts = desk.texts.get_untracked();
    let Some(text) = texts.into_iter().find(|it| it.language == fault.language) else { return };
    let mend = |it: &str| mended(it, fault, name);
    match fault.place {
        TemplatePlace::Subject => text.subject.update(|it| *it = mend(it)),
        TemplatePlace::Preheader => text.preheader.update(|it| *it = mend(it)),
        TemplatePlace::Plain => text.plain.update(|it| {
            if let model::PlainText::Own(words) = it {
                *words = mend(words);
            }
        }),
        TemplatePlace::Body => text.body.update(|it| {
            let mended = mend(it.source());
            match it {
                TemplateBody::Html(source)
                | TemplateBody::Mjml(source)
                | TemplateBody::Blocks(source)
                | TemplateBody::Sms(source) => {
                    *source = mended;
                }
            }
        }),
    }
    desk.language.set(fault.language);
}

fn mended(text: &str, fault: &TemplateFault, name: &str) -> String {
    match (text.get(..fault.start as usize), text.get(fault.end as usize..)) {
        (Some(before), Some(behind)) => format!("{before}{name}{behind}"),
        _ => text.to_owned(),
    }
}

/// Shows the place where it stands: the line, or the source of the body.
fn go_there(desk: Desk, tools: Tools, fault: &TemplateFault) {
    desk.language.set(fault.language);
    let fault = fault.clone();
    // The text of another language is drawn first.
    crate::browser::timer::after(0, move || match fault.place {
        TemplatePlace::Subject | TemplatePlace::Preheader | TemplatePlace::Plain => {
            focus::set_first(".template-words [aria-invalid=true]");
        }
        TemplatePlace::Body => {
            let texts = desk.texts.get_untracked();
            let Some(text) = texts.into_iter().find(|it| it.language == fault.language) else { return };
            let at = text.body.with_untracked(|it| {
                Finding::at(it.source(), fault.start as usize, fault.end as usize, Severity::Error, String::new())
            });
            tools.shown.set(Shown::Source);
            tools.hand.go_to(at.line, at.column);
        }
    });
}

#[cfg(test)]
mod tests {
    use model::{Language, MergeFault};

    use super::*;

    #[test]
    fn what_was_meant_takes_the_place_of_what_is_wrong() {
        let fault = TemplateFault {
            language: Language::Sk,
            place: TemplatePlace::Subject,
            block: Vec::new(),
            line: 1,
            column: 4,
            start: 4,
            end: 15,
            fault: MergeFault::UnknownField("contact.nme".into()),
            suggestion: Some("contact.name".into()),
        };
        assert_eq!(
            mended("ž{{contact.nme}}", &TemplateFault { start: 4, end: 15, ..fault.clone() }, "contact.name"),
            "ž{{contact.name}}"
        );
        assert_eq!(mended("short", &TemplateFault { start: 40, end: 50, ..fault }, "x"), "short");
    }
}
