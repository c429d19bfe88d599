//! Words of the list of contacts: columns, conditions, how contacts came to us.

use model::{ContactColumn, ContactCount, DuplicateReason, FieldDefinition, FieldKind, FieldTest, ObtainedWay};

use super::{Locale, contacts, language, td_string};
use crate::format;

/// The head of a column; own fields are looked up among their definitions.
pub fn column(locale: Locale, column: ContactColumn, fields: &[FieldDefinition]) -> String {
    let words = match column {
        ContactColumn::Email => td_string!(locale, contacts.column_email),
        ContactColumn::Phone => td_string!(locale, contacts.column_phone),
        ContactColumn::Kind => td_string!(locale, contacts.column_kind),
        ContactColumn::Company => td_string!(locale, contact_list.column_company),
        ContactColumn::City => td_string!(locale, contacts.column_city),
        ContactColumn::Tags => td_string!(locale, contact_list.column_tags),
        ContactColumn::Owner => td_string!(locale, contact_list.column_owner),
        ContactColumn::RegistrationNumber => td_string!(locale, contact_list.column_number),
        ContactColumn::Obtained => td_string!(locale, contact_list.column_obtained),
        ContactColumn::NoBulk => td_string!(locale, contact_list.column_no_bulk),
        ContactColumn::Created => td_string!(locale, contact_list.column_created),
        ContactColumn::Updated => td_string!(locale, contacts.column_updated),
        ContactColumn::Own(id) => {
            return fields.iter().find(|it| it.id == id).map_or_else(String::new, |it| it.name.clone());
        }
    };
    words.to_owned()
}

/// How a contact came to us.
pub fn way(locale: Locale, way: ObtainedWay) -> &'static str {
    match way {
        ObtainedWay::Purchase => td_string!(locale, contact_list.way_purchase),
        ObtainedWay::Registration => td_string!(locale, contact_list.way_registration),
        ObtainedWay::Inquiry => td_string!(locale, contact_list.way_inquiry),
        ObtainedWay::Event => td_string!(locale, contact_list.way_event),
        ObtainedWay::Referral => td_string!(locale, contact_list.way_referral),
        ObtainedWay::PublicRegister => td_string!(locale, contact_list.way_public_register),
        ObtainedWay::Import => td_string!(locale, contact_list.way_import),
        ObtainedWay::Other => td_string!(locale, contact_list.way_other),
    }
}

/// What the value of an own field must be, without the value itself.
pub fn test(locale: Locale, test: &FieldTest, kind: FieldKind) -> &'static str {
    match test {
        FieldTest::Filled => td_string!(locale, contact_list.test_filled),
        FieldTest::Empty => td_string!(locale, contact_list.test_empty),
        FieldTest::Is(_) => td_string!(locale, contact_list.test_is),
        FieldTest::Contains(_) => td_string!(locale, contact_list.test_contains),
        FieldTest::AtLeast(_) if kind == FieldKind::Date => td_string!(locale, contact_list.test_from),
        FieldTest::AtMost(_) if kind == FieldKind::Date => td_string!(locale, contact_list.test_until),
        FieldTest::AtLeast(_) => td_string!(locale, contact_list.test_at_least),
        FieldTest::AtMost(_) => td_string!(locale, contact_list.test_at_most),
    }
}

/// So many contacts, or at least so many.
pub fn count(locale: Locale, count: ContactCount) -> String {
    match count.exact {
        true => contacts::count(locale, count.n),
        false => td_string!(locale, contact_list.count_at_least, n = format::number(language(locale), count.n)),
    }
}

/// What duplicates have in common.
pub fn reason(locale: Locale, reason: DuplicateReason) -> &'static str {
    match reason {
        DuplicateReason::Email => td_string!(locale, duplicates.reason_email),
        DuplicateReason::Phone => td_string!(locale, duplicates.reason_phone),
        DuplicateReason::Name => td_string!(locale, duplicates.reason_name),
        DuplicateReason::RegistrationNumber => td_string!(locale, duplicates.reason_registration_number),
    }
}
