//! Words for values that only the screens of contacts show.

use model::{Channel, ConsentState, ConsentWay, ContactKind, FieldDefinition, Gender, Language, Nature, ObtainedWay, Purpose};

use super::{Locale, language, messages::small, td_string};
use crate::format;

/// What a contact is to us.
pub fn kind(locale: Locale, kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Client => td_string!(locale, contacts.kind_client),
        ContactKind::Partner => td_string!(locale, contacts.kind_partner),
        ContactKind::Employee => td_string!(locale, contacts.kind_employee),
        ContactKind::Other => td_string!(locale, contacts.kind_other),
    }
}

/// Person or company.
pub fn nature(locale: Locale, nature: Nature) -> &'static str {
    match nature {
        Nature::Person => td_string!(locale, contacts.nature_person),
        Nature::Company => td_string!(locale, contacts.nature_company),
    }
}

/// People or companies.
pub fn natures(locale: Locale, nature: Nature) -> &'static str {
    match nature {
        Nature::Person => td_string!(locale, contacts.natures_person),
        Nature::Company => td_string!(locale, contacts.natures_company),
    }
}

/// So many contacts.
pub fn count(locale: Locale, n: u64) -> String {
    td_string!(locale, contacts.count, count = small(n), n = format::number(language(locale), n))
}

/// How a person is addressed.
pub fn gender(locale: Locale, gender: Gender) -> &'static str {
    match gender {
        Gender::Unknown => td_string!(locale, persons.gender_unknown),
        Gender::Woman => td_string!(locale, persons.gender_woman),
        Gender::Man => td_string!(locale, persons.gender_man),
    }
}

/// What an address is for.
pub fn purpose(locale: Locale, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::General => td_string!(locale, persons.purpose_general),
        Purpose::Invoices => td_string!(locale, persons.purpose_invoices),
        Purpose::Reminders => td_string!(locale, persons.purpose_reminders),
        Purpose::Marketing => td_string!(locale, persons.purpose_marketing),
    }
}

/// How a contact was obtained.
pub fn way(locale: Locale, way: ObtainedWay) -> &'static str {
    match way {
        ObtainedWay::Purchase => td_string!(locale, persons.way_purchase),
        ObtainedWay::Registration => td_string!(locale, persons.way_registration),
        ObtainedWay::Inquiry => td_string!(locale, persons.way_inquiry),
        ObtainedWay::Event => td_string!(locale, persons.way_event),
        ObtainedWay::Referral => td_string!(locale, persons.way_referral),
        ObtainedWay::PublicRegister => td_string!(locale, persons.way_public_register),
        ObtainedWay::Import => td_string!(locale, persons.way_import),
        ObtainedWay::Other => td_string!(locale, persons.way_other),
    }
}

/// What it is written on.
pub fn channel(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Email => td_string!(locale, persons.channel_email),
        Channel::Sms => td_string!(locale, persons.channel_sms),
    }
}

/// What is known about a consent.
pub fn consent(locale: Locale, state: ConsentState) -> &'static str {
    match state {
        ConsentState::Unknown => td_string!(locale, persons.consent_unknown),
        ConsentState::Given => td_string!(locale, persons.consent_given),
        ConsentState::Asked => td_string!(locale, persons.consent_asked),
        ConsentState::Confirmed => td_string!(locale, persons.consent_confirmed),
        ConsentState::Withdrawn => td_string!(locale, persons.consent_withdrawn),
    }
}

/// How a consent was given or withdrawn.
pub fn consent_way(locale: Locale, way: ConsentWay) -> &'static str {
    match way {
        ConsentWay::Paper => td_string!(locale, persons.consent_paper),
        ConsentWay::Web => td_string!(locale, persons.consent_web),
        ConsentWay::Email => td_string!(locale, persons.consent_email),
        ConsentWay::Phone => td_string!(locale, persons.consent_phone),
        ConsentWay::Person => td_string!(locale, persons.consent_person),
        ConsentWay::Contract => td_string!(locale, persons.consent_contract),
        ConsentWay::Other => td_string!(locale, persons.consent_other),
        ConsentWay::Link => td_string!(locale, persons.consent_link),
    }
}

/// The name of a field in the history of changes; own fields are named by their definitions.
pub fn field(locale: Locale, field: &str, own: &[FieldDefinition]) -> String {
    if let Some(id) = field.strip_prefix("values.") {
        return own.iter().find(|it| it.id.to_string() == id).map_or_else(String::new, |it| it.name.clone());
    }
    match field {
        "nature" => td_string!(locale, contacts.nature),
        "kind" => td_string!(locale, contacts.kind),
        "gender" => td_string!(locale, persons.gender),
        "title_before" => td_string!(locale, persons.title_before),
        "first_name" => td_string!(locale, contacts.first_name),
        "last_name" => td_string!(locale, contacts.last_name),
        "title_after" => td_string!(locale, persons.title_after),
        "first_vocative" => td_string!(locale, persons.first_vocative),
        "last_vocative" => td_string!(locale, persons.last_vocative),
        "company_name" => td_string!(locale, contacts.company_name),
        "position" => td_string!(locale, contacts.position),
        "salutation" => td_string!(locale, contacts.salutation),
        "language" => td_string!(locale, contacts.language),
        "emails" => td_string!(locale, contacts.emails),
        "phones" => td_string!(locale, contacts.phones),
        "billing" => td_string!(locale, contacts.section_place),
        "delivery" => td_string!(locale, persons.delivery),
        "registration_number" => td_string!(locale, contacts.registration_number),
        "tax_number" => td_string!(locale, persons.tax_number),
        "vat_number" => td_string!(locale, persons.vat_number),
        "parent" => td_string!(locale, persons.parent),
        "owner" => td_string!(locale, persons.owner),
        "tags" => td_string!(locale, persons.tags),
        "no_bulk" => td_string!(locale, persons.no_bulk),
        "obtained.way" => td_string!(locale, persons.obtained_way),
        "obtained.on" => td_string!(locale, persons.obtained_on),
        "obtained.note" => td_string!(locale, persons.obtained_note),
        _ => td_string!(locale, contacts.note),
    }
    .to_owned()
}

/// A value in the history of changes: choices stand there by stable names, everything else as it was typed.
pub fn coded(locale: Locale, field: &str, text: &str) -> String {
    fn named<T: std::fmt::Debug + Copy>(all: &[T], text: &str) -> Option<T> {
        all.iter().copied().find(|it| format!("{it:?}") == text)
    }
    let words = match field {
        "nature" => named(&[Nature::Person, Nature::Company], text).map(|it| nature(locale, it)),
        "kind" => named(&ContactKind::ALL, text).map(|it| kind(locale, it)),
        "gender" => named(&Gender::ALL, text).map(|it| gender(locale, it)),
        "obtained.way" => named(&ObtainedWay::ALL, text).map(|it| way(locale, it)),
        "phones" => return text.split(", ").map(format::phone).collect::<Vec<_>>().join(", "),
        "language" => Language::from_code(text).map(super::words::language),
        _ => None,
    };
    words.map_or_else(|| text.to_owned(), str::to_owned)
}
