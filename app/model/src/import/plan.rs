//! What is done with the rows of a file.

use serde::{Deserialize, Serialize};

use super::{ImportConsents, ImportReading};
use crate::{
    Channel, ContactKind, Fault, Faults, FieldDefinition, FieldId, HomeCountry, Nature, Obtained, Purpose, RecipientListId,
    Refusal, Required,
};

/// Most lists and tags that an import puts its contacts into.
pub const LIST_MAX: usize = 20;

/// Which of the postal addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Where invoices go.
    #[default]
    Billing,
    /// Where goods go.
    Delivery,
}

/// What a column of the file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportTarget {
    /// It is left out.
    #[default]
    Nothing,
    /// First and last name in one, with titles.
    FullName,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Title before the name.
    TitleBefore,
    /// Title behind the name.
    TitleAfter,
    /// Company.
    CompanyName,
    /// Position or department.
    Position,
    /// Opening words.
    Salutation,
    /// Person or company.
    Nature,
    /// Client, partner, employee.
    Kind,
    /// Language to write in.
    Language,
    /// One or several e-mail addresses for a purpose.
    Email(Purpose),
    /// One or several phone numbers for a purpose.
    Phone(Purpose),
    /// Street and number.
    Street(Place),
    /// Town.
    City(Place),
    /// Postcode.
    Postcode(Place),
    /// Country.
    Country(Place),
    /// The whole postal address in one.
    Address(Place),
    /// Registration number (IČO).
    RegistrationNumber,
    /// Tax number (DIČ).
    TaxNumber,
    /// Number for value added tax (IČ DPH).
    VatNumber,
    /// Tags, with commas or semicolons between.
    Tags,
    /// Note.
    Note,
    /// How a person is addressed.
    Gender,
    /// First name in the vocative.
    FirstVocative,
    /// Last name in the vocative.
    LastVocative,
    /// Whether it gets no bulk messages.
    NoBulk,
    /// In which way it was obtained.
    ObtainedWay,
    /// On which day it was obtained.
    ObtainedOn,
    /// What else is known about how it was obtained.
    ObtainedNote,
    /// The colleague who looks after it, by the e-mail address they sign in with.
    Owner,
    /// Whether the person agreed to be written to on a channel; an empty cell says nothing.
    Consent(Channel),
    /// On which day that was said.
    ConsentOn(Channel),
    /// How it was said.
    ConsentWay(Channel),
    /// The words, or where the proof lies.
    ConsentProof(Channel),
    /// The company that the contact belongs to.
    Parent(ParentBy),
    /// An own field.
    Own(FieldId),
}

/// By what the company is found that a contact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ParentBy {
    /// By its registration number.
    RegistrationNumber,
    /// By an own field that holds texts, as its number in another system.
    Own(FieldId),
    /// By its name, when only one company is called so.
    Name,
}

/// By what a row finds the contact that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportMatch {
    /// By any of its e-mail addresses.
    #[default]
    Email,
    /// By any of its phone numbers.
    Phone,
    /// By its registration number.
    RegistrationNumber,
    /// By an own field that holds texts, as the number in another system.
    Own(FieldId),
}

/// What happens to contacts that are there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ImportMode {
    /// They stay as they are; only new ones are made.
    #[default]
    CreateOnly,
    /// What the file fills in is written over what they have; addresses and tags are added.
    CreateAndUpdate,
}

/// What is done with the rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportPlan {
    /// How the file is read.
    pub reading: ImportReading,
    /// What each column is; columns without an entry are left out.
    pub columns: Vec<ImportTarget>,
    /// What happens to contacts that are there already.
    pub mode: ImportMode,
    /// By what they are found.
    pub matched_by: ImportMatch,
    /// What new contacts are to us, unless a column says.
    pub kind: ContactKind,
    /// Person or company, unless a column says; nothing tells it by which names are filled in.
    pub nature: Option<Nature>,
    /// Country of phone numbers without a code.
    pub home: HomeCountry,
    /// How the contacts were obtained.
    pub obtained: Obtained,
    /// Tags for all of them.
    pub tags: Vec<String>,
    /// Lists that all of them come into, the found ones too.
    pub lists: Vec<RecipientListId>,
    /// What the people of the file agreed to.
    #[serde(default)]
    pub consents: ImportConsents,
}

impl ImportPlan {
    /// Checks the plan against the own fields there are.
    ///
    /// # Errors
    /// Names each wrong field; columns by position: `columns.3`.
    pub fn check(&self, own: &[FieldDefinition]) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let named = |it: &ImportTarget| {
            matches!(it, ImportTarget::FullName | ImportTarget::LastName | ImportTarget::FirstName | ImportTarget::CompanyName)
        };
        let reached = |it: &ImportTarget| matches!(it, ImportTarget::Email(_) | ImportTarget::Phone(_));
        if !self.columns.iter().any(|it| named(it) || reached(it)) {
            faults.add("columns", Fault::Missing);
        }
        for (n, target) in self.columns.iter().enumerate() {
            if let ImportTarget::Own(id) | ImportTarget::Parent(ParentBy::Own(id)) = target
                && own.iter().all(|it| it.id != *id)
            {
                faults.add(format!("columns.{n}"), Fault::Gone);
            }
            if is_single(target) && self.columns[..n].contains(target) {
                faults.add(format!("columns.{n}"), Fault::Taken);
            }
        }
        if !self.columns.iter().any(|it| self.is_key(it)) && self.mode == ImportMode::CreateAndUpdate {
            faults.add("matched_by", Fault::Missing);
        }
        self.check_consents(&mut faults);
        faults.line("obtained.note", &self.obtained.note, Required::No, 160);
        for (n, tag) in self.tags.iter().enumerate() {
            faults.line(format!("tags.{n}"), tag, Required::Yes, 60);
        }
        for (name, n) in [("tags", self.tags.len()), ("lists", self.lists.len())] {
            if LIST_MAX < n {
                faults.add(name, Fault::TooMany { max: LIST_MAX as u32 });
            }
        }
        faults.finish()
    }

    /// Whether a column holds what contacts are found by.
    fn is_key(&self, target: &ImportTarget) -> bool {
        match self.matched_by {
            ImportMatch::Email => matches!(target, ImportTarget::Email(_)),
            ImportMatch::Phone => matches!(target, ImportTarget::Phone(_)),
            ImportMatch::RegistrationNumber => *target == ImportTarget::RegistrationNumber,
            ImportMatch::Own(id) => *target == ImportTarget::Own(id),
        }
    }
}

/// Whether two columns cannot both be this.
fn is_single(target: &ImportTarget) -> bool {
    !matches!(
        target,
        ImportTarget::Nothing | ImportTarget::Email(_) | ImportTarget::Phone(_) | ImportTarget::Tags | ImportTarget::Note
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(plan: &ImportPlan) -> Vec<(String, Fault)> {
        match plan.check(&[]) {
            Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| (it.field, it.fault)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn some_column_must_name_or_reach_somebody() {
        let plan = ImportPlan { columns: vec![ImportTarget::Note], ..ImportPlan::default() };
        assert_eq!(wrong(&plan), [("columns".to_owned(), Fault::Missing)]);
        assert!(ImportPlan { columns: vec![ImportTarget::Email(Purpose::General)], ..plan }.check(&[]).is_ok());
    }

    #[test]
    fn columns_that_stand_twice_or_lead_nowhere_are_named() {
        let columns = vec![ImportTarget::LastName, ImportTarget::LastName, ImportTarget::Own(FieldId(9))];
        let plan = ImportPlan { columns, ..ImportPlan::default() };
        assert_eq!(wrong(&plan), [("columns.1".to_owned(), Fault::Taken), ("columns.2".to_owned(), Fault::Gone)]);
    }

    #[test]
    fn updating_needs_something_to_find_by() {
        let plan = ImportPlan {
            columns: vec![ImportTarget::LastName],
            mode: ImportMode::CreateAndUpdate,
            matched_by: ImportMatch::Phone,
            ..ImportPlan::default()
        };
        assert_eq!(wrong(&plan), [("matched_by".to_owned(), Fault::Missing)]);
    }
}
