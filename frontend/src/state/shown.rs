//! How a mail is shown while it is written.

/// A view of the editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Like in a word processor.
    #[default]
    Text,
    /// As its source.
    Source,
}

impl Shown {
    /// The editor's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Source => "source",
        }
    }

    /// The view of that name.
    pub fn of(name: &str) -> Self {
        if name == "source" { Self::Source } else { Self::Text }
    }
}
