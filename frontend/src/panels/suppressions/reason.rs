//! Why nobody may write, and what is worth remembering: the end of each form that suppresses.

use leptos::prelude::*;
use model::SuppressionReason;

use crate::i18n::{suppressions as words, t_string, use_i18n};
use crate::parts::{Select, TextArea};
use crate::state::suppression_place::{reason_code, reason_of};

/// What is chosen and typed.
#[derive(Clone, Copy)]
pub(super) struct Because {
    reason: RwSignal<String>,
    note: RwSignal<String>,
}

impl Because {
    /// Asked for, without a note.
    pub fn new() -> Self {
        Self { reason: RwSignal::new(reason_code(SuppressionReason::default()).to_owned()), note: RwSignal::new(String::new()) }
    }

    /// Taken over from elsewhere, without a note.
    pub fn imported() -> Self {
        let because = Self::new();
        because.reason.set(reason_code(SuppressionReason::Imported).to_owned());
        because
    }

    /// The reason at this moment.
    pub fn reason(self) -> SuppressionReason {
        self.reason.with_untracked(|it| reason_of(it)).unwrap_or_default()
    }

    /// The note at this moment.
    pub fn note(self) -> String {
        self.note.get_untracked()
    }
}

/// The two fields.
#[component]
pub(super) fn BecauseFields(because: Because) -> impl IntoView {
    let i18n = use_i18n();
    let reasons = Signal::derive(move || {
        let locale = i18n.get_locale();
        SuppressionReason::ALL.map(|it| (reason_code(it).to_owned(), words::reason(locale, it).to_owned())).to_vec()
    });
    view! {
        <Select label=move || t_string!(i18n, suppressions.reason) options=reasons value=because.reason name="reason" />
        <TextArea
            label=move || t_string!(i18n, suppressions.note)
            hint=move || t_string!(i18n, suppressions.note_hint)
            value=because.note
            name="note"
            lines=2
            optional=true
        />
    }
}
