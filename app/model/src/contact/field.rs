//! Own fields: what a company keeps about its contacts besides what everybody does.

use serde::{Deserialize, Serialize};

use crate::{ChoiceId, Day, Decimal, Fault, Faults, FieldId, Refusal, Required};

/// What the values of an own field are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FieldKind {
    /// One line of text.
    #[default]
    Text,
    /// A number with at most four decimal places.
    Number,
    /// A calendar day.
    Date,
    /// One of the choices.
    Choice,
}

impl FieldKind {
    /// All kinds, in the order the screens offer them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Number, Self::Date, Self::Choice];
}

/// One choice of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChoice {
    /// Which choice.
    pub id: ChoiceId,
    /// Its words.
    pub name: String,
}

/// An own field as it is defined in the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDefinition {
    /// Which field.
    pub id: FieldId,
    /// The stable word by which texts, files and addresses call it.
    pub key: String,
    /// Its label.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// The choices in their order; empty for other kinds.
    pub choices: Vec<FieldChoice>,
}

/// What is typed to make or change a field. Its kind never changes once it is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDraft {
    /// The stable word; empty makes one of the name.
    pub key: String,
    /// Its label.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// The choices in their order; a new one has no id yet.
    pub choices: Vec<(Option<ChoiceId>, String)>,
}

/// What taking away a field or some of its choices would lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldChange {
    /// The whole field.
    Remove(FieldId),
    /// One choice.
    RemoveChoice(ChoiceId),
}

/// A value of an own field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FieldValue {
    /// One line of text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Day),
    /// A choice.
    Choice(ChoiceId),
}

/// The value that a contact has in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnValue {
    /// Which field.
    pub field: FieldId,
    /// The value.
    pub value: FieldValue,
}

/// Longest text of a value in characters.
const TEXT_MAX: u32 = 500;
/// Most choices of one field.
const CHOICES_MAX: usize = 200;

impl FieldDraft {
    /// Checks the fields and answers the key, made of the name when none was typed.
    ///
    /// # Errors
    /// Names each wrong field; choices by position: `choices.1`.
    pub fn check(&self) -> Result<String, Refusal> {
        let mut faults = Faults::default();
        faults.line("name", &self.name, Required::Yes, 80);
        let key = if self.key.trim().is_empty() { key_of(&self.name) } else { self.key.trim().to_owned() };
        if !is_key(&key) && !self.name.trim().is_empty() {
            faults.add("key", Fault::Character);
        }
        if self.kind == FieldKind::Choice {
            self.check_choices(&mut faults);
        }
        faults.finish()?;
        Ok(key)
    }

    fn check_choices(&self, faults: &mut Faults) {
        if self.choices.is_empty() {
            faults.add("choices", Fault::Missing);
        }
        if CHOICES_MAX < self.choices.len() {
            faults.add("choices", Fault::TooMany { max: CHOICES_MAX as u32 });
        }
        for (n, (_, name)) in self.choices.iter().enumerate() {
            faults.line(format!("choices.{n}"), name, Required::Yes, 120);
            let folded = crate::fold::fold(name.trim());
            if self.choices[..n].iter().any(|it| crate::fold::fold(it.1.trim()) == folded) {
                faults.add(format!("choices.{n}"), Fault::Taken);
            }
        }
    }
}

impl FieldDefinition {
    /// Reads a value as people and files write it; nothing for an empty text.
    ///
    /// # Errors
    /// Says why the text is no value of this field.
    pub fn parse(&self, text: &str) -> Result<Option<FieldValue>, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let value = match self.kind {
            FieldKind::Text => FieldValue::Text(text.to_owned()),
            FieldKind::Number => FieldValue::Number(Decimal::parse(text).map_err(|_| Fault::NoNumber)?),
            FieldKind::Date => FieldValue::Date(Day::parse(text).map_err(|_| Fault::NoDate)?),
            FieldKind::Choice => FieldValue::Choice(self.choice(text).ok_or(Fault::Gone)?),
        };
        match self.fault(&value) {
            Some(fault) => Err(fault),
            None => Ok(Some(value)),
        }
    }

    /// The value in words that do not depend on a language: numbers with a point, days as in ISO 8601, choices by their names.
    pub fn show(&self, value: &FieldValue) -> String {
        match value {
            FieldValue::Text(text) => text.clone(),
            FieldValue::Number(number) => number.to_string(),
            FieldValue::Date(day) => day.to_string(),
            FieldValue::Choice(id) => self.choices.iter().find(|it| it.id == *id).map_or_else(String::new, |it| it.name.clone()),
        }
    }

    /// What is wrong with a value of this field.
    pub fn fault(&self, value: &FieldValue) -> Option<Fault> {
        match (self.kind, value) {
            (FieldKind::Text, FieldValue::Text(text)) => {
                let mut faults = Faults::default();
                faults.line("", text, Required::Yes, TEXT_MAX);
                faults.list().first().map(|it| it.fault.clone())
            }
            (FieldKind::Number, FieldValue::Number(_)) | (FieldKind::Date, FieldValue::Date(_)) => None,
            (FieldKind::Choice, FieldValue::Choice(id)) if self.choices.iter().any(|it| it.id == *id) => None,
            _ => Some(Fault::Gone),
        }
    }

    /// The choice of that name, whatever its case and accents.
    fn choice(&self, name: &str) -> Option<ChoiceId> {
        let folded = crate::fold::fold(name);
        self.choices.iter().find(|it| crate::fold::fold(it.name.trim()) == folded).map(|it| it.id)
    }
}

/// The key made of a name: `Cenová hladina` becomes `cenova_hladina`.
fn key_of(name: &str) -> String {
    let folded = crate::fold::fold(name);
    let words: Vec<&str> = folded.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let mut key: String = words.join("_").chars().take(40).collect();
    if key.starts_with(|it: char| it.is_ascii_digit()) {
        key.insert(0, '_');
    }
    key
}

/// Whether a word can be used as a name in texts: small letters without accents, digits, `_`; at most 40.
fn is_key(key: &str) -> bool {
    let is_sign = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
    (1..=41).contains(&key.len()) && key.chars().all(is_sign) && !key.starts_with(|it: char| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> FieldDefinition {
        let choices =
            vec![FieldChoice { id: ChoiceId(1), name: "Základná".into() }, FieldChoice { id: ChoiceId(2), name: "VIP".into() }];
        FieldDefinition { id: FieldId(1), key: "k".into(), name: "N".into(), kind, choices }
    }

    #[test]
    fn values_are_read_and_shown_by_their_kind() {
        let read = |kind, text| field(kind).parse(text).map(|it| it.map(|it| field(kind).show(&it)));
        assert_eq!(read(FieldKind::Text, " abc "), Ok(Some("abc".into())));
        assert_eq!(read(FieldKind::Number, "1 234,50"), Ok(Some("1234.5".into())));
        assert_eq!(read(FieldKind::Date, "28.5.2026"), Ok(Some("2026-05-28".into())));
        assert_eq!(read(FieldKind::Choice, "zakladna"), Ok(Some("Základná".into())));
        assert_eq!(read(FieldKind::Number, "  "), Ok(None));
        assert_eq!(read(FieldKind::Number, "veľa"), Err(Fault::NoNumber));
        assert_eq!(read(FieldKind::Date, "29.2.2026"), Err(Fault::NoDate));
        assert_eq!(read(FieldKind::Choice, "iná"), Err(Fault::Gone));
        assert_eq!(read(FieldKind::Text, "a\tb"), Err(Fault::Character));
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        assert_eq!(field(FieldKind::Date).fault(&FieldValue::Text("x".into())), Some(Fault::Gone));
        assert_eq!(field(FieldKind::Choice).fault(&FieldValue::Choice(ChoiceId(9))), Some(Fault::Gone));
    }

    #[test]
    fn a_key_is_made_of_the_name() {
        let draft = |name: &str| FieldDraft { name: name.into(), ..FieldDraft::default() };
        assert_eq!(draft("Cenová hladina").check(), Ok("cenova_hladina".into()));
        assert_eq!(draft("2. kontakt").check(), Ok("_2_kontakt".into()));
        assert_eq!(draft("").check(), Err(Refusal::field("name", Fault::Missing)));
        assert_eq!(FieldDraft { key: "Zlý kľúč".into(), ..draft("A") }.check(), Err(Refusal::field("key", Fault::Character)));
    }

    #[test]
    fn choices_differ_from_one_another() {
        let choices = vec![(None, "VIP".into()), (Some(ChoiceId(1)), "víp".into()), (None, " ".into())];
        let draft = FieldDraft { name: "Cenník".into(), kind: FieldKind::Choice, choices, ..FieldDraft::default() };
        let Err(Refusal::Invalid(faults)) = draft.check() else { panic!("accepted") };
        assert_eq!(faults.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["choices.1", "choices.2"]);
    }
}
