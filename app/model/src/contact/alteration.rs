//! What fields of a contact were before a change and after it.

use serde::{Deserialize, Serialize};

use super::{AddressLine, ContactDraft, FieldDefinition, PostalAddress};

/// One field that changed. Passwords are never among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alteration {
    /// The field's name as in [`ContactDraft`]; an own field as `values.3`.
    pub field: String,
    /// What it was; empty when there was nothing.
    pub before: String,
    /// What it is; empty when there is nothing any more.
    pub after: String,
}

impl ContactDraft {
    /// The fields in which this differs from what was before. Choices are told by their stable English names, for screens to word.
    pub fn alterations(&self, before: &Self, own: &[FieldDefinition]) -> Vec<Alteration> {
        let (old, new) = (before.told(own), self.told(own));
        let pairs = old.into_iter().zip(new).filter(|(old, new)| old.1 != new.1);
        pairs.map(|((field, before), (_, after))| Alteration { field, before, after }).collect()
    }

    /// Every field with its value in words, always the same fields in the same order.
    fn told(&self, own: &[FieldDefinition]) -> Vec<(String, String)> {
        let mut told: Vec<(String, String)> = [
            ("nature", format!("{:?}", self.nature)),
            ("kind", format!("{:?}", self.kind)),
            ("gender", format!("{:?}", self.gender)),
            ("title_before", self.title_before.clone()),
            ("first_name", self.first_name.clone()),
            ("last_name", self.last_name.clone()),
            ("title_after", self.title_after.clone()),
            ("first_vocative", self.first_vocative.clone()),
            ("last_vocative", self.last_vocative.clone()),
            ("company_name", self.company_name.clone()),
            ("position", self.position.clone()),
            ("salutation", self.salutation.clone()),
            ("language", self.language.map_or_else(String::new, |it| it.code().to_owned())),
            ("emails", lines(&self.emails)),
            ("phones", lines(&self.phones)),
            ("billing", PostalAddress::line(&self.billing)),
            ("delivery", PostalAddress::line(&self.delivery)),
            ("registration_number", self.registration_number.clone()),
            ("tax_number", self.tax_number.clone()),
            ("vat_number", self.vat_number.clone()),
            ("parent", self.parent.map_or_else(String::new, |it| it.contact.to_string())),
            ("owner", self.owner.map_or_else(String::new, |it| it.to_string())),
            ("tags", self.tag_names().join(", ")),
            ("no_bulk", if self.no_bulk { "true".to_owned() } else { String::new() }),
            ("obtained.way", self.obtained.way.map_or_else(String::new, |it| format!("{it:?}"))),
            ("obtained.on", self.obtained.on.map_or_else(String::new, |it| it.to_string())),
            ("obtained.note", self.obtained.note.clone()),
            ("note", self.note.clone()),
        ]
        .map(|(field, text)| (field.to_owned(), text.trim().to_owned()))
        .into();
        told.extend(own.iter().map(|it| {
            let value = self.values.iter().find(|value| value.field == it.id);
            (format!("values.{}", it.id), value.map_or_else(String::new, |value| it.show(&value.value)))
        }));
        told
    }
}

fn lines(lines: &[AddressLine]) -> String {
    lines.iter().map(|it| it.text.trim()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decimal, FieldId, FieldKind, FieldValue, OwnValue};

    #[test]
    fn only_what_changed_is_told_with_before_and_after() {
        let own = [FieldDefinition {
            id: FieldId(4),
            key: "zlava".into(),
            name: "Zľava".into(),
            kind: FieldKind::Number,
            choices: Vec::new(),
        }];
        let before = ContactDraft { last_name: "Nová".into(), emails: vec!["a@x.sk".into()], ..ContactDraft::default() };
        let mut after = before.clone();
        assert!(after.alterations(&before, &own).is_empty());
        after.last_name = "Stará ".into();
        after.emails.push("b@x.sk".into());
        after.values = vec![OwnValue { field: FieldId(4), value: FieldValue::Number(Decimal(25_000)) }];
        let told: Vec<_> = after.alterations(&before, &own).into_iter().map(|it| (it.field, it.before, it.after)).collect();
        let expected = [("last_name", "Nová", "Stará"), ("emails", "a@x.sk", "a@x.sk, b@x.sk"), ("values.4", "", "2.5")];
        assert_eq!(told, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    }
}
