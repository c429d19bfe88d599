//! Finding a value in an answer: by JSON pointer or by pattern, both with limits.

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How long a pattern may be, in bytes, and how large it may become once it is compiled.
const LONGEST: usize = 1000;
const COMPILED: usize = 1 << 20;
/// How much of an answer patterns look at, in bytes.
const LOOKED_AT: usize = 64 << 10;

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pick {
    /// A JSON pointer (RFC 6901), such as `/data/0/id`.
    Pointer(String),
    /// A regular expression over the text of the answer, such as `<id>(\d+)</id>`: its first group, or all of it where it has none.
    Pattern(String),
}

/// Something that an answer may say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// With one of these statuses; empty means with any.
    #[serde(default)]
    pub statuses: Vec<u16>,
    /// Where a value stands; nothing means that the status says it all.
    #[serde(default)]
    pub pick: Option<Pick>,
    /// What the value is; empty means that it is enough to be there.
    #[serde(default)]
    pub one_of: Vec<String>,
}

/// A place that is ready to be looked at.
#[derive(Clone, Debug)]
pub(super) enum Finder {
    Pointer(String),
    Pattern(Regex),
}

#[derive(Clone, Debug)]
pub(super) struct Test {
    statuses: Vec<u16>,
    finder: Option<Finder>,
    one_of: Vec<String>,
}

/// What is looked at: the text, and what it is as JSON.
pub(super) struct Subject {
    pub status: u16,
    pub text: String,
    pub json: Value,
}

impl Pick {
    pub(super) fn compile(&self) -> Option<Finder> {
        match self {
            Self::Pointer(it) if it.is_empty() || it.starts_with('/') => Some(Finder::Pointer(it.clone())),
            Self::Pattern(it) if it.len() <= LONGEST => {
                RegexBuilder::new(it).size_limit(COMPILED).build().ok().map(Finder::Pattern)
            }
            Self::Pointer(_) | Self::Pattern(_) => None,
        }
    }
}

impl Condition {
    pub(super) fn compile(&self) -> Option<Test> {
        let finder = match &self.pick {
            Some(pick) => Some(pick.compile()?),
            None => None,
        };
        // A condition that says nothing would always hold.
        let says_something = finder.is_some() || (!self.statuses.is_empty() && self.one_of.is_empty());
        says_something.then(|| Test { statuses: self.statuses.clone(), finder, one_of: self.one_of.clone() })
    }
}

impl Subject {
    pub(super) fn new(status: u16, body: &[u8]) -> Self {
        let json = serde_json::from_slice(body).unwrap_or(Value::Null);
        let text = String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body)).into_owned();
        Self { status, text, json }
    }
}

impl Finder {
    /// The value as text: a JSON text, number or truth value, or what the pattern found.
    pub(super) fn find(&self, json: &Value, text: &str) -> Option<String> {
        match self {
            Self::Pointer(at) => match json.pointer(at)? {
                Value::String(it) => Some(it.clone()),
                Value::Number(it) => Some(it.to_string()),
                Value::Bool(it) => Some(it.to_string()),
                _ => None,
            },
            Self::Pattern(pattern) => {
                let found = pattern.captures(text)?;
                found.get(1).or_else(|| found.get(0)).map(|it| it.as_str().to_owned())
            }
        }
    }

    pub(super) fn of(&self, subject: &Subject) -> Option<String> {
        self.find(&subject.json, &subject.text)
    }
}

impl Test {
    pub(super) fn holds(&self, subject: &Subject) -> bool {
        let status = self.statuses.is_empty() || self.statuses.contains(&subject.status);
        status
            && self.finder.as_ref().is_none_or(|it| {
                it.of(subject).is_some_and(|value| self.one_of.is_empty() || self.one_of.iter().any(|it| *it == value.trim()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pick: &Pick, body: &str) -> Option<String> {
        pick.compile().unwrap().of(&Subject::new(200, body.as_bytes()))
    }

    #[test]
    fn values_are_found_by_pointer_and_pattern() {
        let pointer = |it: &str| Pick::Pointer(it.to_owned());
        let pattern = |it: &str| Pick::Pattern(it.to_owned());
        let json = r#"{"data":[{"id":17,"ok":true,"none":null,"list":[]}]}"#;
        assert_eq!(found(&pointer("/data/0/id"), json).as_deref(), Some("17"));
        assert_eq!(found(&pointer("/data/0/ok"), json).as_deref(), Some("true"));
        assert_eq!(found(&pointer("/data/0/none"), json), None);
        assert_eq!(found(&pointer("/data/0/list"), json), None);
        assert_eq!(found(&pointer("/data/0/id"), "no json"), None);
        assert_eq!(found(&pattern(r"<id>(\d+)</id>"), "<r><id>5</id></r>").as_deref(), Some("5"));
        assert_eq!(found(&pattern("OK"), "OK 5").as_deref(), Some("OK"));
    }

    #[test]
    fn what_cannot_be_looked_for_is_refused() {
        assert!(Pick::Pointer("data".to_owned()).compile().is_none());
        assert!(Pick::Pattern("(".to_owned()).compile().is_none());
        assert!(Pick::Pattern("a".repeat(LONGEST + 1)).compile().is_none());
        assert!(Pick::Pattern(r"(\w{1000}){1000}".to_owned()).compile().is_none());
        assert!(Condition::default().compile().is_none());
    }
}
