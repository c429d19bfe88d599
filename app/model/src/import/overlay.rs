//! What a row writes over a contact that is there already.

use super::{ImportPlan, ImportTarget};
use crate::fold::fold;
use crate::{AddressLine, ContactDraft, Gender, Obtained, PostalAddress};

/// The contact with what the row fills in written over it. Nothing is ever emptied; addresses and tags are added. `named` says whether the
/// row itself names the contact.
pub fn overlay(before: &ContactDraft, row: &ContactDraft, named: bool, plan: &ImportPlan) -> ContactDraft {
    let mut after = before.clone();
    if named {
        for (into, from) in [
            (&mut after.title_before, &row.title_before),
            (&mut after.first_name, &row.first_name),
            (&mut after.last_name, &row.last_name),
            (&mut after.title_after, &row.title_after),
            (&mut after.company_name, &row.company_name),
        ] {
            fill(into, from);
        }
    }
    for (into, from) in [
        (&mut after.position, &row.position),
        (&mut after.salutation, &row.salutation),
        (&mut after.registration_number, &row.registration_number),
        (&mut after.tax_number, &row.tax_number),
        (&mut after.vat_number, &row.vat_number),
        (&mut after.note, &row.note),
        (&mut after.first_vocative, &row.first_vocative),
        (&mut after.last_vocative, &row.last_vocative),
    ] {
        fill(into, from);
    }
    fill_address(&mut after.billing, &row.billing);
    fill_address(&mut after.delivery, &row.delivery);
    if plan.columns.contains(&ImportTarget::Kind) {
        after.kind = row.kind;
    }
    if plan.columns.contains(&ImportTarget::Nature) && after.parent.is_none() {
        after.nature = row.nature;
    }
    after.language = row.language.or(after.language);
    if row.gender != Gender::Unknown {
        after.gender = row.gender;
    }
    // A file may ask for peace; that somebody wants to be written to again is never said by leaving a cell out.
    after.no_bulk |= row.no_bulk;
    after.owner = row.owner.or(after.owner);
    add_lines(&mut after.emails, &row.emails);
    add_lines(&mut after.phones, &row.phones);
    for tag in &row.tags {
        if after.tags.iter().all(|it| fold(it) != fold(tag)) {
            after.tags.push(tag.clone());
        }
    }
    for value in &row.values {
        match after.values.iter_mut().find(|it| it.field == value.field) {
            Some(own) => own.value.clone_from(&value.value),
            None => after.values.push(value.clone()),
        }
    }
    if after.obtained == Obtained::default() {
        after.obtained = row.obtained.clone();
    } else if row.obtained != plan.obtained {
        // The row itself says how it was obtained.
        after.obtained.way = row.obtained.way.or(after.obtained.way);
        after.obtained.on = row.obtained.on.or(after.obtained.on);
        fill(&mut after.obtained.note, &row.obtained.note);
    }
    after
}

fn fill(into: &mut String, from: &str) {
    if !from.trim().is_empty() && into.trim() != from.trim() {
        from.clone_into(into);
    }
}

fn fill_address(into: &mut PostalAddress, from: &PostalAddress) {
    fill(&mut into.street, &from.street);
    fill(&mut into.city, &from.city);
    fill(&mut into.postcode, &from.postcode);
    fill(&mut into.country, &from.country);
}

/// Adds the lines that are not there; the first of them stays the default.
fn add_lines(into: &mut Vec<AddressLine>, from: &[AddressLine]) {
    for line in from {
        if into.iter().all(|it| !it.text.trim().eq_ignore_ascii_case(line.text.trim())) {
            into.push(line.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Nature, ObtainedWay};

    #[test]
    fn a_row_fills_in_and_never_empties() {
        let before = ContactDraft {
            first_name: "Eva".into(),
            last_name: "Stará".into(),
            note: "VIP".into(),
            emails: vec!["eva@x.sk".into()],
            tags: vec!["Brno".into()],
            ..ContactDraft::default()
        };
        let row = ContactDraft {
            last_name: "Nová".into(),
            emails: vec!["EVA@x.sk".into(), "nova@x.sk".into()],
            tags: vec!["brno".into(), "veľtrh".into()],
            nature: Nature::Company,
            ..ContactDraft::default()
        };
        let after = overlay(&before, &row, true, &ImportPlan::default());
        assert_eq!((after.first_name.as_str(), after.last_name.as_str(), after.note.as_str()), ("Eva", "Nová", "VIP"));
        assert_eq!((after.emails.len(), after.tags.len(), after.nature), (2, 2, Nature::Person));
    }

    #[test]
    fn a_wish_for_peace_is_written_and_never_taken_back() {
        let (peace, none) = (ContactDraft { no_bulk: true, ..ContactDraft::default() }, ContactDraft::default());
        let plan = ImportPlan { columns: vec![ImportTarget::NoBulk], ..ImportPlan::default() };
        assert!(overlay(&none, &peace, true, &plan).no_bulk);
        assert!(overlay(&peace, &none, true, &plan).no_bulk);
    }

    #[test]
    fn how_it_was_obtained_is_replaced_by_what_the_row_says_and_not_by_what_the_plan_supposes() {
        let by = |way: ObtainedWay| ContactDraft {
            obtained: Obtained { way: Some(way), ..Obtained::default() },
            ..ContactDraft::default()
        };
        let plan = ImportPlan { obtained: by(ObtainedWay::Import).obtained, ..ImportPlan::default() };
        let way = |row| overlay(&by(ObtainedWay::Event), &by(row), true, &plan).obtained.way;
        assert_eq!(way(ObtainedWay::Import), Some(ObtainedWay::Event));
        assert_eq!(way(ObtainedWay::Purchase), Some(ObtainedWay::Purchase));
    }

    #[test]
    fn a_name_made_of_an_address_replaces_nothing() {
        let before = ContactDraft { last_name: "Nová".into(), ..ContactDraft::default() };
        let row = ContactDraft { last_name: "eva".into(), ..ContactDraft::default() };
        assert_eq!(overlay(&before, &row, false, &ImportPlan::default()), before);
    }
}
