//! What templates may be about, and the fields that this brings. All of it is data: another record type is another table of rows.

mod general;
mod money;
mod service;

use crate::{Day, Decimal, FieldDefinition, FieldKind, Language, MergeField, MergeKind, MergeValue, RecordKey, RecordType};

/// A record type that comes with the program.
pub(crate) struct RecordInfo {
    /// Its key, with which the paths of its fields begin.
    pub key: &'static str,
    /// Its name in the order of [`Language::ALL`].
    pub names: [&'static str; 3],
    /// Its fields.
    pub fields: &'static [FieldInfo],
}

/// A field of a record type.
pub(crate) struct FieldInfo {
    path: &'static str,
    kind: MergeKind,
    names: [&'static str; 3],
    /// What a preview shows, written as `sample` reads it; where languages differ, parted by `|` in the order of [`Language::ALL`].
    sample: &'static str,
    /// The fields of a row of a collection.
    rows: &'static [FieldInfo],
    /// The rows that a preview shows: a sample for each of `rows`.
    samples: &'static [&'static [&'static str]],
}

/// A field that is no collection.
const fn field(path: &'static str, kind: MergeKind, names: [&'static str; 3], sample: &'static str) -> FieldInfo {
    FieldInfo { path, kind, names, sample, rows: &[], samples: &[] }
}

/// The record types that come with the program, in the order the screens offer them.
static DELIVERED: [&RecordInfo; 12] = [
    &money::ORDER,
    &money::INVOICE,
    &money::SETTLEMENT,
    &money::ADDENDUM,
    &money::BUYOUT,
    &service::COMPLAINT,
    &service::RESERVATION,
    &service::EVENT,
    &service::TASK,
    &service::TILL,
    &service::ATTENDANCE,
    &service::ATTACHMENT,
];

/// The record types that templates may be about, named in a language.
pub fn record_types(language: Language) -> Vec<RecordType> {
    let named = |it: &&RecordInfo| RecordType { key: RecordKey(it.key.to_owned()), label: name(&it.names, language) };
    DELIVERED.iter().map(named).collect()
}

/// Everything that a template about a record type may name, labelled in a language: contact with its own fields, user, company, campaign,
/// links, and the record. Nothing when there is no such record type.
pub fn merge_fields(record: Option<&RecordKey>, own: &[FieldDefinition], language: Language) -> Option<Vec<MergeField>> {
    let mut fields: Vec<MergeField> = Vec::new();
    if let Some(key) = record {
        let info = DELIVERED.iter().find(|it| it.key == key.0)?;
        fields.extend(info.fields.iter().map(|it| it.told(language)));
    }
    fields.extend(general::CONTACT.iter().map(|it| it.told(language)));
    fields.extend(own.iter().map(own_field));
    fields.extend(general::REST.iter().map(|it| it.told(language)));
    Some(fields)
}

/// The path of an own field of contacts.
pub fn own_path(key: &str) -> String {
    format!("contact.own.{key}")
}

fn own_field(it: &FieldDefinition) -> MergeField {
    let (kind, sample) = match it.kind {
        FieldKind::Text => (MergeKind::Text, MergeValue::Text(it.name.clone())),
        FieldKind::Choice => {
            (MergeKind::Text, it.choices.first().map_or(MergeValue::Missing, |it| MergeValue::Text(it.name.clone())))
        }
        FieldKind::Number => (MergeKind::Number, MergeValue::Number(Decimal(100_000))),
        FieldKind::Date => (MergeKind::Date, sample(MergeKind::Date, "2026-05-28")),
    };
    MergeField { path: own_path(&it.key), kind, label: it.name.clone(), sample, rows: Vec::new() }
}

impl FieldInfo {
    fn told(&self, language: Language) -> MergeField {
        let row = |samples: &&[&str]| {
            let cells = self.rows.iter().zip(samples.iter());
            cells.map(|(field, text)| (field.path.to_owned(), sample(field.kind, text))).collect()
        };
        let sample = match self.kind {
            MergeKind::Collection => MergeValue::List(self.samples.iter().map(row).collect()),
            kind => sample(kind, self.sample.split('|').nth(place(language)).unwrap_or(self.sample)),
        };
        MergeField {
            path: self.path.to_owned(),
            kind: self.kind,
            label: name(&self.names, language),
            sample,
            rows: self.rows.iter().map(|it| it.told(language)).collect(),
        }
    }
}

fn name(names: &[&str; 3], language: Language) -> String {
    names[place(language)].to_owned()
}

fn place(language: Language) -> usize {
    Language::ALL.iter().position(|it| *it == language).unwrap_or_default()
}

/// Reads a sample: words, `12.5`, `1234.50 EUR`, `2026-05-28`, `2026-05-28 14:30`, `yes` or `no`. What cannot be read is missing.
fn sample(kind: MergeKind, text: &str) -> MergeValue {
    let value = match kind {
        MergeKind::Text | MergeKind::Url => (!text.is_empty()).then(|| MergeValue::Text(text.to_owned())),
        MergeKind::Number => Decimal::parse(text).ok().map(MergeValue::Number),
        MergeKind::Money => text.split_once(' ').and_then(|(amount, currency)| {
            let minor = Decimal::parse(amount).ok()?.0 / 100;
            Some(MergeValue::Money { minor, currency: currency.to_owned() })
        }),
        MergeKind::Date => Day::parse(text).ok().map(MergeValue::Date),
        MergeKind::DateTime => text.split_once(' ').and_then(|(day, time)| {
            let (hour, minute) = time.split_once(':')?;
            let minute = hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?;
            Some(MergeValue::DateTime { day: Day::parse(day).ok()?, minute })
        }),
        MergeKind::Bool => Some(MergeValue::Bool(text == "yes")),
        MergeKind::Collection => None,
    };
    value.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::FieldId;

    fn each_field(see: &mut impl FnMut(&MergeField)) {
        for language in Language::ALL {
            for key in [None].into_iter().chain(DELIVERED.iter().map(|it| Some(RecordKey(it.key.to_owned())))) {
                merge_fields(key.as_ref(), &[], language).unwrap().iter().for_each(&mut *see);
            }
        }
    }

    #[test]
    fn every_field_has_a_label_and_a_sample_that_can_be_read() {
        each_field(&mut |it| {
            assert!(!it.label.is_empty(), "{}", it.path);
            let may_lack = ["links.view", "campaign.name"].contains(&it.path.as_str());
            assert!(may_lack || it.sample != MergeValue::Missing, "{}", it.path);
            assert_eq!(it.kind == MergeKind::Collection, !it.rows.is_empty(), "{}", it.path);
        });
    }

    #[test]
    fn the_fields_of_a_record_begin_with_its_key_and_none_stands_twice() {
        for info in DELIVERED {
            assert!(RecordKey(info.key.to_owned()).is_valid());
            assert!(info.fields.iter().all(|it| it.path.starts_with(&format!("{}.", info.key))), "{}", info.key);
            let fields = merge_fields(Some(&RecordKey(info.key.to_owned())), &[], Language::Sk).unwrap();
            let paths: BTreeSet<_> = fields.iter().map(|it| &it.path).collect();
            assert_eq!(paths.len(), fields.len(), "{}", info.key);
        }
    }

    #[test]
    fn an_unknown_record_type_has_no_fields() {
        assert_eq!(merge_fields(Some(&RecordKey("spaceship".into())), &[], Language::En), None);
    }

    #[test]
    fn own_fields_stand_with_those_of_the_contact() {
        let own = FieldDefinition {
            id: FieldId(1),
            key: "zlava_v_percentach".into(),
            name: "Zľava v percentách".into(),
            kind: FieldKind::Number,
            choices: Vec::new(),
        };
        let fields = merge_fields(None, &[own], Language::Sk).unwrap();
        let found = fields.iter().find(|it| it.path == "contact.own.zlava_v_percentach").unwrap();
        assert_eq!((found.kind, found.label.as_str()), (MergeKind::Number, "Zľava v percentách"));
    }
}
