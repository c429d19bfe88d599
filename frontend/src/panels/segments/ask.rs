//! What can be asked about a contact, as the builder offers it.

use model::{
    Channel, Condition, ConsentState, ContactKind, Day, DayTest, Decimal, FieldCondition, FieldDefinition, FieldId, FieldKind,
    FieldTest, FieldValue, Language, Nature, TextTest,
};

use crate::i18n::{Locale, td_string};

/// A question without its values. The code is the value of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Kind,
    Nature,
    Tag,
    Owner,
    NoOwner,
    Language,
    Town,
    Postcode,
    List,
    Obtained,
    ObtainedOn,
    Created,
    Changed,
    HasEmail,
    HasPhone,
    Consent,
    NoBulk,
    Suppressed,
    Messaged,
    NeverMessaged,
    Own(FieldId),
}

/// All questions besides those about own fields, in the order of the choice.
pub(super) const ASKS: [Ask; 20] = [
    Ask::Kind,
    Ask::Nature,
    Ask::Tag,
    Ask::List,
    Ask::Owner,
    Ask::NoOwner,
    Ask::Town,
    Ask::Postcode,
    Ask::Language,
    Ask::HasEmail,
    Ask::HasPhone,
    Ask::Consent,
    Ask::Messaged,
    Ask::NeverMessaged,
    Ask::Obtained,
    Ask::ObtainedOn,
    Ask::Created,
    Ask::Changed,
    Ask::NoBulk,
    Ask::Suppressed,
];

impl Ask {
    /// What a condition asks.
    pub fn of(condition: &Condition) -> Self {
        match condition {
            Condition::Kind(_) => Self::Kind,
            Condition::Nature(_) => Self::Nature,
            Condition::Tag(_) => Self::Tag,
            Condition::Owner(_) => Self::Owner,
            Condition::NoOwner => Self::NoOwner,
            Condition::Language(_) => Self::Language,
            Condition::Town(_) => Self::Town,
            Condition::Postcode(_) => Self::Postcode,
            Condition::List(_) => Self::List,
            Condition::Field(it) => Self::Own(it.field),
            Condition::Obtained(_) => Self::Obtained,
            Condition::ObtainedOn(_) => Self::ObtainedOn,
            Condition::Created(_) => Self::Created,
            Condition::Changed(_) => Self::Changed,
            Condition::Reachable(Channel::Email) => Self::HasEmail,
            Condition::Reachable(Channel::Sms) => Self::HasPhone,
            Condition::Consent { .. } => Self::Consent,
            Condition::NoBulk => Self::NoBulk,
            Condition::Suppressed(_) => Self::Suppressed,
            Condition::Messaged(_) => Self::Messaged,
            Condition::NeverMessaged => Self::NeverMessaged,
        }
    }

    /// The condition that a question begins with; own fields by their kind.
    pub fn begin(self, fields: &[FieldDefinition]) -> Condition {
        let days = DayTest::LastDays(30);
        match self {
            Self::Kind => Condition::Kind(vec![ContactKind::Client]),
            Self::Nature => Condition::Nature(Nature::Person),
            Self::Tag => Condition::Tag(Vec::new()),
            Self::Owner => Condition::Owner(Vec::new()),
            Self::NoOwner => Condition::NoOwner,
            Self::Language => Condition::Language(vec![Language::Sk]),
            Self::Town => Condition::Town(TextTest::Is(String::new())),
            Self::Postcode => Condition::Postcode(TextTest::Begins(String::new())),
            Self::List => Condition::List(Vec::new()),
            Self::Obtained => Condition::Obtained(Vec::new()),
            Self::ObtainedOn => Condition::ObtainedOn(days),
            Self::Created => Condition::Created(days),
            Self::Changed => Condition::Changed(days),
            Self::HasEmail => Condition::Reachable(Channel::Email),
            Self::HasPhone => Condition::Reachable(Channel::Sms),
            Self::Consent => Condition::Consent { channel: Channel::Email, state: ConsentState::Given },
            Self::NoBulk => Condition::NoBulk,
            Self::Suppressed => Condition::Suppressed(Channel::Email),
            Self::Messaged => Condition::Messaged(days),
            Self::NeverMessaged => Condition::NeverMessaged,
            Self::Own(field) => {
                let test = match fields.iter().find(|it| it.id == field).map(|it| it.kind) {
                    Some(FieldKind::Number) => FieldTest::AtLeast(FieldValue::Number(Decimal(0))),
                    Some(FieldKind::Date) => FieldTest::AtLeast(FieldValue::Date(Day::new(2026, 1, 1).unwrap_or(Day(0)))),
                    _ => FieldTest::Filled,
                };
                Condition::Field(FieldCondition { field, test })
            }
        }
    }

    /// The value of the choice.
    pub fn code(self) -> String {
        match self {
            Self::Own(field) => format!("own-{field}"),
            it => ASKS.iter().position(|other| *other == it).unwrap_or(0).to_string(),
        }
    }

    /// The question of that value.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix("own-") {
            Some(id) => id.parse().ok().map(Self::Own),
            None => code.parse().ok().and_then(|n: usize| ASKS.get(n).copied()),
        }
    }

    /// The question in words.
    pub fn words(self, locale: Locale, fields: &[FieldDefinition]) -> String {
        let words = match self {
            Self::Kind => td_string!(locale, segments.ask_kind),
            Self::Nature => td_string!(locale, segments.ask_nature),
            Self::Tag => td_string!(locale, segments.ask_tag),
            Self::Owner => td_string!(locale, segments.ask_owner),
            Self::NoOwner => td_string!(locale, segments.ask_no_owner),
            Self::Language => td_string!(locale, segments.ask_language),
            Self::Town => td_string!(locale, segments.ask_town),
            Self::Postcode => td_string!(locale, segments.ask_postcode),
            Self::List => td_string!(locale, segments.ask_list),
            Self::Obtained => td_string!(locale, segments.ask_obtained),
            Self::ObtainedOn => td_string!(locale, segments.ask_obtained_on),
            Self::Created => td_string!(locale, segments.ask_created),
            Self::Changed => td_string!(locale, segments.ask_changed),
            Self::HasEmail => td_string!(locale, segments.ask_has_email),
            Self::HasPhone => td_string!(locale, segments.ask_has_phone),
            Self::Consent => td_string!(locale, segments.ask_consent),
            Self::NoBulk => td_string!(locale, segments.ask_no_bulk),
            Self::Suppressed => td_string!(locale, segments.ask_suppressed),
            Self::Messaged => td_string!(locale, segments.ask_messaged),
            Self::NeverMessaged => td_string!(locale, segments.ask_never_messaged),
            Self::Own(id) => {
                let name = fields.iter().find(|it| it.id == id).map_or_else(|| format!("№ {id}"), |it| it.name.clone());
                return td_string!(locale, segments.ask_own, name = name);
            }
        };
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_leads_back_from_its_code_and_its_condition() {
        for ask in ASKS.into_iter().chain([Ask::Own(FieldId(7))]) {
            assert_eq!(Ask::from_code(&ask.code()), Some(ask));
            assert_eq!(Ask::of(&ask.begin(&[])), ask);
        }
        assert_eq!(Ask::from_code("99"), None);
    }
}
