//! What a message says while it is written.

use serde::{Deserialize, Serialize};

/// The body of a message in the form in which it is written. Merge code stands in it as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub enum MessageBody {
    /// Plain text; the HTML of an e-mail is made of it.
    Text(String),
    /// HTML; the plain text is made of it.
    Html(String),
}

/// How bodies were and are stored: drafts kept before there was HTML hold nothing but their text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Bare(String),
    Typed(Typed),
}

#[derive(Deserialize)]
enum Typed {
    Text(String),
    Html(String),
}

impl From<Stored> for MessageBody {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Bare(text) | Stored::Typed(Typed::Text(text)) => Self::Text(text),
            Stored::Typed(Typed::Html(html)) => Self::Html(html),
        }
    }
}

impl Default for MessageBody {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<String> for MessageBody {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for MessageBody {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl MessageBody {
    /// What was typed, in whatever form.
    pub fn source(&self) -> &str {
        match self {
            Self::Text(source) | Self::Html(source) => source,
        }
    }

    /// The HTML, when it is written so.
    pub fn html(&self) -> Option<&str> {
        match self {
            Self::Html(html) => Some(html),
            Self::Text(_) => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_blank(&self) -> bool {
        self.source().trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_read_as_it_was_stored_and_a_bare_text_is_plain() {
        for body in [MessageBody::Text("Dobrý deň".into()), MessageBody::Html("<p>Dobrý deň</p>".into())] {
            let stored = serde_json::to_string(&body).unwrap();
            assert_eq!(serde_json::from_str::<MessageBody>(&stored).unwrap(), body);
        }
        assert_eq!(serde_json::from_str::<MessageBody>(r#""<p>Text""#).unwrap(), MessageBody::Text("<p>Text".into()));
        assert!(serde_json::from_str::<MessageBody>(r#"{"Pdf":"x"}"#).is_err());
    }
}
