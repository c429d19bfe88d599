//! What stands in the fields about the contact, the sender and the company.

use model::record_type::own_path;
use model::{
    Company, Contact, ContactDraft, Day, FieldDefinition, FieldValue, Gender, Language, MergeValue, MergeValues, Nature,
    PostalAddress, Purpose,
};

use crate::merge::salutation;
use crate::vocative::{self, Bearer};

/// Who writes.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// Full name.
    pub name: &'a str,
    /// Address; may be empty.
    pub email: &'a str,
}

/// Fills the fields about a contact, those without a value too, in the language of the message.
pub fn put_contact(values: &mut MergeValues, contact: &Contact, own: &[FieldDefinition], language: Language) {
    let it = &contact.fields;
    let (first, last) = called(it, language);
    for (path, words) in [
        ("contact.salutation", greeting(it, language)),
        ("contact.name", it.display_name()),
        ("contact.titled_name", it.titled_name()),
        ("contact.first_name", it.first_name.clone()),
        ("contact.last_name", it.last_name.clone()),
        ("contact.title_before", it.title_before.clone()),
        ("contact.title_after", it.title_after.clone()),
        ("contact.first_vocative", first),
        ("contact.last_vocative", last),
        ("contact.company", it.company_name.clone()),
        ("contact.position", it.position.clone()),
        ("contact.email", it.email_for(Purpose::General).unwrap_or_default().to_owned()),
        ("contact.phone", it.phone_for(Purpose::General).unwrap_or_default().to_owned()),
        ("contact.address", it.billing.line()),
        ("contact.street", it.billing.street.clone()),
        ("contact.city", it.billing.city.clone()),
        ("contact.postcode", it.billing.postcode.clone()),
        ("contact.country", it.billing.country.clone()),
        ("contact.delivery_address", delivery(it).line()),
        ("contact.registration_number", it.registration_number.clone()),
        ("contact.tax_number", it.tax_number.clone()),
        ("contact.vat_number", it.vat_number.clone()),
        ("contact.owner", contact.owner_name.clone()),
    ] {
        values.text(path, words.trim());
    }
    values.set("contact.is_company", MergeValue::Bool(it.nature == Nature::Company));
    for field in own {
        let value = it.values.iter().find(|value| value.field == field.id);
        values.set(&own_path(&field.key), value.map_or(MergeValue::Missing, |it| own_value(field, &it.value)));
    }
}

/// Fills the fields about who writes, for which company and on which day.
pub fn put_office(values: &mut MergeValues, sender: Sender<'_>, company: &Company, today: Day) {
    let seat = PostalAddress {
        street: company.street.clone(),
        city: company.city.clone(),
        postcode: company.postcode.clone(),
        country: String::new(),
    };
    for (path, words) in [
        ("user.name", sender.name),
        ("user.email", sender.email),
        ("company.name", &company.name),
        ("company.address", &seat.line()),
        ("company.street", &company.street),
        ("company.city", &company.city),
        ("company.postcode", &company.postcode),
        ("company.registration_number", &company.registration_number),
        ("company.tax_number", &company.tax_number),
        ("company.email", &company.email),
        ("company.phone", &company.phone),
        ("company.web", &web(&company.web)),
    ] {
        values.text(path, words.trim());
    }
    values.set("today", MergeValue::Date(today));
}

/// Where goods go: the delivery address, or the other one when it is empty.
fn delivery(it: &ContactDraft) -> &PostalAddress {
    if it.delivery.is_empty() { &it.billing } else { &it.delivery }
}

/// A web site as an address: people type it without `https://`.
fn web(typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() || typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") }
}

/// How the person is addressed, as far as it is known or can be told.
fn bearer(it: &ContactDraft) -> Bearer {
    match it.gender {
        Gender::Woman => Bearer::Woman,
        Gender::Man => Bearer::Man,
        Gender::Unknown => vocative::guess(&it.first_name, &it.last_name),
    }
}

/// First and last name as they are addressed. Only Czech has a vocative that is used; a stored one goes before the rules.
fn called(it: &ContactDraft, language: Language) -> (String, String) {
    if language != Language::Cs {
        return (it.first_name.clone(), it.last_name.clone());
    }
    let bearer = bearer(it);
    let or = |stored: &str, made: String| if stored.trim().is_empty() { made } else { stored.trim().to_owned() };
    (
        or(&it.first_vocative, vocative::first_name(&it.first_name, bearer)),
        or(&it.last_vocative, vocative::last_name(&it.last_name, bearer)),
    )
}

/// The opening words: those kept for the contact, else by the rules of the language, which greet without a name where it is not clear how
/// somebody is addressed.
fn greeting(it: &ContactDraft, language: Language) -> String {
    if !it.salutation.trim().is_empty() {
        return it.salutation.clone();
    }
    let bearer = if it.last_name.trim().is_empty() { Bearer::Unknown } else { bearer(it) };
    salutation(bearer, &called(it, language).1, language.into())
}

fn own_value(field: &FieldDefinition, value: &FieldValue) -> MergeValue {
    match value {
        FieldValue::Number(number) => MergeValue::Number(*number),
        FieldValue::Date(day) => MergeValue::Date(*day),
        FieldValue::Text(_) | FieldValue::Choice(_) => match field.show(value) {
            text if text.trim().is_empty() => MergeValue::Missing,
            text => MergeValue::Text(text),
        },
    }
}

#[cfg(test)]
mod tests {
    use model::{ContactId, Decimal, FieldId, FieldKind, Moment, OwnValue};

    use super::*;

    fn contact(fields: ContactDraft) -> Contact {
        Contact {
            id: ContactId(1),
            fields,
            parent_name: String::new(),
            owner_name: "Zuzana Hrušková".into(),
            has_password: false,
            consents: Vec::new(),
            revision: 1,
            created_at: Moment(0),
            updated_at: Moment(0),
        }
    }

    fn filled(fields: ContactDraft, language: Language) -> MergeValues {
        let mut values = MergeValues::default();
        put_contact(&mut values, &contact(fields), &[], language);
        values
    }

    fn text(values: &MergeValues, path: &str) -> String {
        match values.0.get(path) {
            Some(MergeValue::Text(text)) => text.clone(),
            other => format!("{other:?}"),
        }
    }

    fn person(first: &str, last: &str, gender: Gender) -> ContactDraft {
        ContactDraft { first_name: first.into(), last_name: last.into(), gender, ..ContactDraft::default() }
    }

    #[test]
    fn people_are_greeted_as_their_language_does() {
        for (first, last, gender, language, greeting) in [
            ("Jan", "Novák", Gender::Unknown, Language::Cs, "Vážený pane Nováku"),
            ("Jan", "Novák", Gender::Man, Language::Sk, "Vážený pán Novák"),
            ("Eva", "Nováková", Gender::Unknown, Language::En, "Dear Ms Nováková"),
            ("Sam", "", Gender::Man, Language::Cs, "Dobrý den"),
            ("", "", Gender::Unknown, Language::Sk, "Dobrý deň"),
        ] {
            let values = filled(person(first, last, gender), language);
            assert_eq!(text(&values, "contact.salutation"), greeting);
        }
    }

    #[test]
    fn what_is_kept_for_a_contact_goes_before_the_rules() {
        let mut fields = person("Jiří", "Kadlec", Gender::Man);
        fields.last_vocative = "Kadleci".into();
        assert_eq!(text(&filled(fields.clone(), Language::Cs), "contact.salutation"), "Vážený pane Kadleci");
        assert_eq!(text(&filled(fields.clone(), Language::Sk), "contact.last_vocative"), "Kadlec");
        fields.salutation = "Ahoj Jirko".into();
        assert_eq!(text(&filled(fields, Language::Cs), "contact.salutation"), "Ahoj Jirko");
    }

    #[test]
    fn what_is_not_known_is_set_as_missing_so_that_no_sample_shines_through() {
        let values = filled(person("Eva", "Nová", Gender::Woman), Language::Sk);
        assert_eq!(values.0.get("contact.phone"), Some(&MergeValue::Missing));
        let paths = model::record_type::merge_fields(None, &[], Language::Sk).unwrap();
        let told = paths.iter().filter(|it| it.path.starts_with("contact.")).all(|it| values.0.contains_key(&it.path));
        assert!(told);
    }

    #[test]
    fn own_fields_keep_their_kind() {
        let own = FieldDefinition {
            id: FieldId(4),
            key: "zlava".into(),
            name: "Zľava".into(),
            kind: FieldKind::Number,
            choices: Vec::new(),
        };
        let fields = ContactDraft {
            values: vec![OwnValue { field: FieldId(4), value: FieldValue::Number(Decimal(25_000)) }],
            ..ContactDraft::default()
        };
        let mut values = MergeValues::default();
        put_contact(&mut values, &contact(fields), &[own], Language::Sk);
        assert_eq!(values.0.get("contact.own.zlava"), Some(&MergeValue::Number(Decimal(25_000))));
    }

    #[test]
    fn the_company_is_told_with_its_seat_and_web() {
        let company = Company {
            name: "Žltý kôň s. r. o.".into(),
            street: "Hlavná 1".into(),
            city: "Žilina".into(),
            postcode: "010 01".into(),
            web: "zltykon.example".into(),
            ..Company::default()
        };
        let mut values = MergeValues::default();
        put_office(&mut values, Sender { name: "Eva", email: "" }, &company, Day(0));
        assert_eq!(text(&values, "company.address"), "Hlavná 1, 010 01 Žilina");
        assert_eq!(text(&values, "company.web"), "https://zltykon.example");
        assert_eq!(values.0.get("user.email"), Some(&MergeValue::Missing));
    }
}
