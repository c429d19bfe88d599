//! The data of `model` as the merge language takes them, and back.

use std::collections::BTreeMap;

use model::{MergeField, MergeKind, MergeValue, MergeValues, TemplateFault, TemplatePlace};

use crate::merge::{Catalogue, Currency, Date, Decimal, Fault, Field, FieldType, Language, Row, Value, Values};

impl From<model::Language> for Language {
    fn from(language: model::Language) -> Self {
        match language {
            model::Language::Sk => Self::Slovak,
            model::Language::Cs => Self::Czech,
            model::Language::En => Self::English,
        }
    }
}

/// The fields that templates may name.
pub fn catalogue(fields: &[MergeField]) -> Catalogue {
    Catalogue::new(fields.iter().map(field).collect())
}

/// What stands in the fields for one recipient.
pub fn values(values: &MergeValues) -> Values<'static> {
    let mut merged = Values::new();
    for (path, it) in &values.0 {
        merged.set(path, value(it));
    }
    merged
}

pub(super) fn fault(language: model::Language, place: TemplatePlace, fault: Fault) -> TemplateFault {
    TemplateFault {
        language,
        place,
        line: fault.spot.line as u32,
        column: fault.spot.column as u32,
        start: fault.spot.range.start as u32,
        end: fault.spot.range.end as u32,
        block: Vec::new(),
        fault: fault.kind,
        suggestion: fault.suggestion,
    }
}

fn field(it: &MergeField) -> Field {
    let holds = match it.kind {
        MergeKind::Text => FieldType::Text,
        MergeKind::Number => FieldType::Number,
        MergeKind::Money => FieldType::Money,
        MergeKind::Date => FieldType::Date,
        MergeKind::DateTime => FieldType::DateTime,
        MergeKind::Bool => FieldType::Bool,
        MergeKind::Url => FieldType::Url,
        MergeKind::Collection => FieldType::Collection(it.rows.iter().map(field).collect()),
    };
    Field::new(&it.path, holds, &it.label, value(&it.sample))
}

fn value(it: &MergeValue) -> Value {
    match it {
        MergeValue::Text(text) => Value::text(text),
        // Zeros at the end mean nothing, and would be shown.
        MergeValue::Number(number) => Value::Number(Decimal::new(number.0, 4).normalize()),
        MergeValue::Money { minor, currency } => match Currency::parse(currency) {
            Some(currency) => Value::Money { minor: *minor, currency },
            None => Value::Missing,
        },
        MergeValue::Date(day) => date(*day).map_or(Value::Missing, Value::Date),
        MergeValue::DateTime { day, minute } => moment(*day, *minute),
        MergeValue::Bool(it) => Value::Bool(*it),
        MergeValue::List(rows) => Value::List(rows.iter().map(row).collect()),
        MergeValue::Missing => Value::Missing,
    }
}

fn row(it: &BTreeMap<String, MergeValue>) -> Row {
    it.iter().map(|(name, it)| (name.as_str(), value(it))).collect()
}

fn date(day: model::Day) -> Option<Date> {
    let (year, month, day) = day.parts();
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn moment(day: model::Day, minute: u16) -> Value {
    let (hour, minute) = ((minute / 60) as i8, (minute % 60) as i8);
    match date(day) {
        Some(date) if hour < 24 => Value::DateTime(date.at(hour, minute, 0, 0)),
        _ => Value::Missing,
    }
}
