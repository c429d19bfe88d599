//! The languages as tabs, each with how far it has come; and what to do with one that has no text yet.

use leptos::prelude::*;
use model::Language;

use super::check::Check;
use super::desk::Desk;
use crate::i18n::messages::small;
use crate::i18n::{I18n, t_string, use_i18n, words};
use crate::parts::{Button, ButtonKind, Confirm, EmptyState, Glyph, Tab, Tabs};
use crate::state::template_edit::{Completeness, completeness};

/// The tabs.
#[component]
pub(super) fn LanguageTabs(
    /// The template.
    desk: Desk,
    /// What is wrong.
    check: Check,
    /// The language of the company.
    company: Signal<Language>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = move |language: Language| {
        let standing = check.draft.with(|draft| check.faults.with(|faults| completeness(draft, language, company.get(), faults)));
        state_words(i18n, standing)
    };
    let tabs = Language::ALL
        .into_iter()
        .map(|it| Tab::new(it.code(), move || words::language(it)).counting(Signal::derive(move || Some(state(it)))))
        .collect();
    let choose = move |code: &'static str| {
        if let Some(language) = Language::from_code(code) {
            desk.language.set(language);
        }
    };
    view! {
        <Tabs
            label=move || t_string!(i18n, template_edit.languages)
            tabs=tabs
            current=Signal::derive(move || desk.language.get().code().to_owned())
            on_choose=choose
        />
    }
}

fn state_words(i18n: I18n, standing: Completeness) -> String {
    match standing {
        Completeness::Absent(_) => t_string!(i18n, template_edit.state_absent).to_owned(),
        Completeness::Empty => t_string!(i18n, template_edit.state_empty).to_owned(),
        Completeness::Partial => t_string!(i18n, template_edit.state_partial).to_owned(),
        Completeness::Wrong(n) => {
            let n = small(n as u64);
            t_string!(i18n, template_edit.state_wrong, count = n, n = n)
        }
        Completeness::Complete => t_string!(i18n, template_edit.state_complete).to_owned(),
    }
}

/// A language without a text: who gets what instead, and how to begin.
#[component]
pub(super) fn AbsentText(
    /// The template.
    desk: Desk,
    /// The language of the company.
    company: Signal<Language>,
    /// Whether nothing can be added.
    readonly: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let language = desk.language.get_untracked();
    let name = words::language(language);
    let other = move || match desk.draft().text_for(language, company.get()) {
        Some(it) => t_string!(i18n, template_edit.falls_to, language = name, other = words::language(it.language)),
        None => t_string!(i18n, template_edit.absent_text).to_owned(),
    };
    let copies = move || {
        let languages = desk.texts.with(|it| it.iter().map(|it| it.language).collect::<Vec<_>>());
        languages
            .into_iter()
            .map(|it| {
                view! {
                    <Button
                        label=move || t_string!(i18n, template_edit.absent_copy, language = words::language(it))
                        icon=Glyph::COPY
                        disabled=readonly
                        on_press=move || desk.add_text(language, Some(it))
                    />
                }
            })
            .collect_view()
    };
    view! {
        <EmptyState
            glyph=Glyph::LANGUAGES
            title=move || t_string!(i18n, template_edit.absent_title, language = name)
            text=move || format!("{} {}", other(), t_string!(i18n, template_edit.absent_text))
        >
            {copies}
            <Button
                label=move || t_string!(i18n, template_edit.absent_fresh)
                icon=Glyph::PLUS
                disabled=readonly
                on_press=move || desk.add_text(language, None)
            />
        </EmptyState>
    }
}

/// Takes the open text away, once the question is answered; the last one stays.
#[component]
pub(super) fn RemoveText(
    /// The template.
    desk: Desk,
    /// The language of the text.
    language: Language,
) -> impl IntoView {
    let i18n = use_i18n();
    let (asks, busy) = (RwSignal::new(false), RwSignal::new(false));
    let name = words::language(language);
    view! {
        <Show when=move || 1 < desk.texts.with(Vec::len)>
            <Button
                label=move || t_string!(i18n, template_edit.remove_text)
                kind=ButtonKind::Quiet
                icon=Glyph::TRASH_2
                on_press=move || asks.set(true)
            />
        </Show>
        <Confirm
            open=asks
            question=move || t_string!(i18n, template_edit.remove_text_title, language = name)
            text=move || t_string!(i18n, template_edit.remove_text_text)
            act=move || t_string!(i18n, template_edit.remove_text)
            busy=busy
            on_confirm=move || {
                asks.set(false);
                desk.remove_text(language);
            }
        />
    }
}
