//! Merging two contacts: which value of each field stays.

use std::collections::BTreeSet;

use model::duplicate::unite;
use model::{Contact, ContactDraft, ContactId, MergeDraft};

/// A field in which two contacts can differ and only one value can stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum MergeField {
    Nature,
    Kind,
    Titles,
    FirstName,
    LastName,
    Vocative,
    Company,
    Position,
    Salutation,
    RegistrationNumber,
    TaxNumber,
    VatNumber,
    Billing,
    Delivery,
    Note,
}

impl MergeField {
    /// All of them, in the order of the dialog.
    pub const ALL: [Self; 15] = [
        Self::Nature,
        Self::Kind,
        Self::Titles,
        Self::FirstName,
        Self::LastName,
        Self::Vocative,
        Self::Company,
        Self::Position,
        Self::Salutation,
        Self::RegistrationNumber,
        Self::TaxNumber,
        Self::VatNumber,
        Self::Billing,
        Self::Delivery,
        Self::Note,
    ];

    /// The value as one text; of nature and kind only what tells them apart.
    pub fn text(self, of: &ContactDraft) -> String {
        let pair = |a: &str, b: &str| format!("{} {}", a.trim(), b.trim()).trim().to_owned();
        match self {
            Self::Nature => format!("{:?}", of.nature),
            Self::Kind => format!("{:?}", of.kind),
            Self::Titles => pair(&of.title_before, &of.title_after),
            Self::FirstName => of.first_name.trim().to_owned(),
            Self::LastName => of.last_name.trim().to_owned(),
            Self::Vocative => pair(&of.first_vocative, &of.last_vocative),
            Self::Company => of.company_name.trim().to_owned(),
            Self::Position => of.position.trim().to_owned(),
            Self::Salutation => of.salutation.trim().to_owned(),
            Self::RegistrationNumber => of.registration_number.trim().to_owned(),
            Self::TaxNumber => of.tax_number.trim().to_owned(),
            Self::VatNumber => of.vat_number.trim().to_owned(),
            Self::Billing => of.billing.line(),
            Self::Delivery => of.delivery.line(),
            Self::Note => of.note.trim().to_owned(),
        }
    }

    fn take(self, into: &mut ContactDraft, from: &ContactDraft) {
        match self {
            Self::Nature => into.nature = from.nature,
            Self::Kind => into.kind = from.kind,
            Self::Titles => {
                into.title_before.clone_from(&from.title_before);
                into.title_after.clone_from(&from.title_after);
            }
            Self::FirstName => into.first_name.clone_from(&from.first_name),
            Self::LastName => into.last_name.clone_from(&from.last_name),
            Self::Vocative => {
                into.first_vocative.clone_from(&from.first_vocative);
                into.last_vocative.clone_from(&from.last_vocative);
            }
            Self::Company => into.company_name.clone_from(&from.company_name),
            Self::Position => into.position.clone_from(&from.position),
            Self::Salutation => into.salutation.clone_from(&from.salutation),
            Self::RegistrationNumber => into.registration_number.clone_from(&from.registration_number),
            Self::TaxNumber => into.tax_number.clone_from(&from.tax_number),
            Self::VatNumber => into.vat_number.clone_from(&from.vat_number),
            Self::Billing => into.billing = from.billing.clone(),
            Self::Delivery => into.delivery = from.delivery.clone(),
            Self::Note => into.note.clone_from(&from.note),
        }
    }
}

/// Two contacts side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The contacts, left and right.
    pub sides: [Contact; 2],
    /// Which of them stays.
    pub stays: usize,
    /// The fields whose value comes from the right.
    right: BTreeSet<MergeField>,
}

impl Merge {
    /// Begins with the left one staying, and with the right value where the left one has none.
    pub fn new(left: Contact, right: Contact) -> Self {
        let fills = |it: &MergeField| it.text(&left.fields).is_empty() && !it.text(&right.fields).is_empty();
        let from_right = MergeField::ALL.into_iter().filter(fills).collect();
        Self { sides: [left, right], stays: 0, right: from_right }
    }

    /// The fields in which both differ.
    pub fn differing(&self) -> Vec<MergeField> {
        let [left, right] = &self.sides;
        MergeField::ALL.into_iter().filter(|it| it.text(&left.fields) != it.text(&right.fields)).collect()
    }

    /// The side whose value stays.
    pub fn side(&self, field: MergeField) -> usize {
        usize::from(self.right.contains(&field))
    }

    /// Chooses the side whose value stays.
    pub fn choose(&mut self, field: MergeField, side: usize) {
        if side == 0 {
            self.right.remove(&field);
        } else {
            self.right.insert(field);
        }
    }

    /// What the contact that stays becomes. Addresses, tags and own values of both are in it, those of the one that stays first.
    pub fn fields(&self) -> ContactDraft {
        let (stays, goes) = (&self.sides[self.stays].fields, &self.sides[1 - self.stays].fields);
        let mut fields = unite(stays, goes);
        for field in MergeField::ALL {
            field.take(&mut fields, &self.sides[self.side(field)].fields);
        }
        if fields.parent.is_none() {
            fields.parent = goes.parent;
        }
        fields.owner = fields.owner.or(goes.owner);
        fields.language = fields.language.or(goes.language);
        if fields.obtained.way.is_none() {
            fields.obtained = goes.obtained.clone();
        }
        fields
    }

    /// What the server is asked to do.
    pub fn draft(&self) -> MergeDraft {
        let key = |it: &Contact| (it.id, it.revision);
        MergeDraft { survivor: key(&self.sides[self.stays]), other: key(&self.sides[1 - self.stays]), fields: self.fields() }
    }
}

/// The two contacts of a group that are chosen for merging: a third one pushes the first one out.
pub fn choose_two(chosen: &mut Vec<ContactId>, id: ContactId) {
    match chosen.iter().position(|it| *it == id) {
        Some(place) => drop(chosen.remove(place)),
        None => {
            if 1 < chosen.len() {
                chosen.remove(0);
            }
            chosen.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use model::Moment;

    use super::*;

    fn contact(id: i64, first: &str, note: &str, email: &str) -> Contact {
        let fields = ContactDraft {
            first_name: first.into(),
            last_name: "Nová".into(),
            note: note.into(),
            emails: vec![email.into()],
            ..ContactDraft::default()
        };
        Contact {
            id: ContactId(id),
            fields,
            parent_name: String::new(),
            owner_name: String::new(),
            has_password: false,
            consents: Vec::new(),
            revision: id,
            created_at: Moment(0),
            updated_at: Moment(0),
        }
    }

    #[test]
    fn what_one_side_lacks_comes_from_the_other() {
        let merge = Merge::new(contact(1, "E.", "", "e@x.sk"), contact(2, "Eva", "VIP", "eva@x.sk"));
        assert_eq!(merge.differing(), [MergeField::FirstName, MergeField::Note]);
        let fields = merge.fields();
        assert_eq!((fields.first_name.as_str(), fields.note.as_str()), ("E.", "VIP"));
        assert_eq!(fields.emails.len(), 2);
    }

    #[test]
    fn the_values_chosen_stay_whichever_contact_does() {
        let mut merge = Merge::new(contact(1, "E.", "", "e@x.sk"), contact(2, "Eva", "VIP", "eva@x.sk"));
        merge.choose(MergeField::FirstName, 1);
        merge.choose(MergeField::Note, 0);
        merge.stays = 1;
        let draft = merge.draft();
        assert_eq!((draft.survivor, draft.other), ((ContactId(2), 2), (ContactId(1), 1)));
        assert_eq!((draft.fields.first_name.as_str(), draft.fields.note.as_str()), ("Eva", ""));
        assert_eq!(draft.fields.emails[0].text, "eva@x.sk");
    }

    #[test]
    fn two_of_a_group_are_chosen() {
        let mut chosen = vec![ContactId(1), ContactId(2)];
        choose_two(&mut chosen, ContactId(3));
        assert_eq!(chosen, [ContactId(2), ContactId(3)]);
        choose_two(&mut chosen, ContactId(3));
        assert_eq!(chosen, [ContactId(2)]);
    }
}
