//! The hand that the page writes with: whatever it does in the text goes where the person was writing last.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::browser::editor::Editor;
use crate::browser::field_text;
use crate::state::shown::Shown;

/// A field in the text with what is done to its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldUse {
    /// Its path.
    pub path: String,
    /// Filters as they are written, without the fallback; empty for none.
    pub filter: String,
    /// What stands in place of a missing value.
    pub fallback: Option<String>,
}

/// Writes into the editor or into the line that had the keyboard last.
#[derive(Clone, Copy)]
pub struct Hand {
    pub(super) editor: StoredValue<Option<SendWrapper<Editor>>>,
    /// The id of the line where somebody wrote last; nothing for the editor.
    pub(super) line: StoredValue<Option<String>>,
}

impl Default for Hand {
    fn default() -> Self {
        Self::new()
    }
}

impl Hand {
    /// A hand without anything to write into yet.
    pub fn new() -> Self {
        Self { editor: StoredValue::new(None), line: StoredValue::new(None) }
    }

    /// Writes into the field of this id from now on, until somebody writes elsewhere.
    pub fn follow(self, id: &str) {
        self.line.set_value(Some(id.to_owned()));
    }

    /// Puts a field where somebody wrote last.
    pub fn insert_field(self, path: &str) {
        match self.line.get_value() {
            Some(id) => field_text::insert(&id, &format!("{{{{ {path} }}}}")),
            None => {
                self.with(|it| it.insert_field(path));
            }
        }
    }

    /// Changes the chip that was opened.
    pub fn set_field(self, field: &FieldUse) {
        self.with(|it| {
            it.set_field(&field.path, &field.filter, field.fallback.as_deref());
            it.focus();
        });
    }

    /// Shows a view of the mail.
    pub fn show(self, shown: Shown) {
        self.with(|it| it.open(shown.name()));
    }

    /// Shows a place of the source, counted from 1 in UTF-16 units.
    pub fn go_to(self, line: u32, column: u32) {
        self.with(|it| it.go_to(line, column));
    }

    /// Gives the editor the keyboard.
    pub fn focus(self) {
        self.with(Editor::focus);
    }

    /// What stands in the editor now, told or not; nothing while it does not stand.
    pub fn written(self) -> Option<String> {
        self.with(Editor::value)
    }

    pub(super) fn with<R>(self, act: impl FnOnce(&Editor) -> R) -> Option<R> {
        self.editor.try_with_value(|it| it.as_ref().map(|it| act(it))).flatten()
    }
}
