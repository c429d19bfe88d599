//! The names of record types.

use leptos::prelude::*;
use model::{RecordKey, RecordType};

use crate::calls;
use crate::i18n::{language, t_string, use_i18n};

/// The record types in the language of the screen, once they have come.
pub(super) fn records() -> Signal<Vec<RecordType>> {
    let i18n = use_i18n();
    let answer = calls::ask(move || language(i18n.get_locale()), app::templates::list_record_types);
    Signal::derive(move || answer.get().unwrap_or_default())
}

/// What a template is about: the name of its record type, or that it is general. A type that is not known any more keeps its key.
pub(super) fn about(records: Signal<Vec<RecordType>>, key: Option<&RecordKey>) -> String {
    let i18n = use_i18n();
    match key {
        None => t_string!(i18n, templates.general).to_owned(),
        Some(key) => records.with(|it| it.iter().find(|it| it.key == *key).map_or_else(|| key.0.clone(), |it| it.label.clone())),
    }
}
