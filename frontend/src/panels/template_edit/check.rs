//! What is wrong with the merge code, found while one writes by the code that the server uses when it is saved.

use content::letter;
use content::merge::Catalogue;
use leptos::prelude::*;
use model::{Language, MergeField, TemplateDraft, TemplateFault, TemplatePlace};

use super::desk::{Desk, TextDesk};
use crate::browser::timer::Pause;
use crate::i18n::I18n;
use crate::panels::writing::faults;
use crate::state::finding::Finding;

/// How long typing must rest before it is checked, in milliseconds.
const REST_MS: u32 = 250;

/// The checked draft: what it was, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Check {
    /// The draft when typing rested last.
    pub draft: RwSignal<TemplateDraft>,
    /// What is wrong in all its languages.
    pub faults: Memo<Vec<TemplateFault>>,
    /// What may be named.
    pub fields: Signal<Vec<MergeField>>,
}

impl Check {
    /// Checks a desk against what may be named.
    pub fn new(desk: Desk, fields: Signal<Vec<MergeField>>) -> Self {
        let draft = RwSignal::new(untrack(|| desk.draft()));
        let pause = Pause::new(REST_MS);
        Effect::new(move |_| {
            let now = desk.draft();
            pause.then(move || drop(draft.try_set(now)));
        });
        let catalogue = Signal::derive(move || fields.with(|it| letter::catalogue(it)));
        let faults = Memo::new(move |_| {
            if fields.with(Vec::is_empty) {
                return Vec::new();
            }
            draft.with(|draft| wrong(draft, &catalogue.get()))
        });
        Self { draft, faults, fields }
    }

    /// What is wrong at one place of a language: ranges of bytes.
    pub fn ranges(self, language: Language, place: TemplatePlace) -> Signal<Vec<(usize, usize)>> {
        Signal::derive(move || {
            self.faults.with(|it| faults::ranges(it.iter().filter(|it| it.language == language && it.place == place)))
        })
    }

    /// What is wrong in the body of a text, as the editor underlines it.
    pub fn findings(self, i18n: I18n, text: TextDesk) -> Signal<Vec<Finding>> {
        Signal::derive(move || {
            let locale = i18n.get_locale();
            self.faults.with(|faults| {
                let here = faults.iter().filter(|it| it.language == text.language && it.place == TemplatePlace::Body);
                text.body.with_untracked(|body| faults::findings(locale, body.source(), here))
            })
        })
    }
}

/// Everything that is wrong with a draft. A text in which nothing was typed yet is only empty.
fn wrong(draft: &TemplateDraft, catalogue: &Catalogue) -> Vec<TemplateFault> {
    letter::check(draft, catalogue)
}
