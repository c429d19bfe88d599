//! What is typed into the form and not saved, kept in the tab of the browser.

use leptos::prelude::*;
use model::{ContactDraft, ContactId};

use super::fields::ContactFields;
use crate::browser::tab_storage;
use crate::i18n::{t_string, use_i18n};
use crate::toast::Toasts;

/// The copy of one form.
#[derive(Clone, Copy)]
pub(super) struct FormCopy {
    name: StoredValue<String>,
    fields: ContactFields,
    /// What the form began with.
    begun: StoredValue<ContactDraft>,
    done: StoredValue<bool>,
}

impl FormCopy {
    /// Brings back what was typed the last time, and keeps what is typed from now on.
    pub fn begin(fields: ContactFields, id: Option<ContactId>) -> Self {
        let name = id.map_or_else(|| "contact.new".to_owned(), |id| format!("contact.{id}"));
        let begun = untrack(|| fields.draft());
        let kept: Option<ContactDraft> = tab_storage::get(&name).and_then(|it| serde_json::from_slice(it.as_bytes()).ok());
        let copy =
            Self { name: StoredValue::new(name), fields, begun: StoredValue::new(begun.clone()), done: StoredValue::new(false) };
        if let Some(kept) = kept.filter(|it| *it != begun) {
            let i18n = use_i18n();
            fields.lay(&kept);
            Toasts::find().done(untrack(|| t_string!(i18n, messages.restored)));
        }
        tab_storage::on_hide(move || copy.keep());
        on_cleanup(move || copy.keep());
        copy
    }

    /// Forgets it: what was typed is saved or not wanted.
    pub fn forget(self) {
        self.done.set_value(true);
        self.name.with_value(|it| tab_storage::remove(it));
    }

    fn keep(self) {
        if self.done.try_get_value() != Some(false) {
            return;
        }
        let draft = untrack(|| self.fields.draft());
        let name = self.name.get_value();
        if self.begun.with_value(|it| *it == draft) {
            return tab_storage::remove(&name);
        }
        if let Ok(text) = serde_json::to_string(&draft) {
            tab_storage::set(&name, &text);
        }
    }
}
