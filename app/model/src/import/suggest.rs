//! What the columns of a file seem to be, by their headings in three languages and by what stands in them.

use super::ImportTarget;
use super::headings::HEADINGS;
use crate::fold::fold;
use crate::{Channel, FieldDefinition, Purpose};

/// What the columns seem to be. Of columns that can be only one thing the first gets it.
pub fn suggest(columns: &[String], rows: &[Vec<String>], own: &[FieldDefinition]) -> Vec<ImportTarget> {
    let mut found: Vec<ImportTarget> = Vec::with_capacity(columns.len());
    for (n, heading) in columns.iter().enumerate() {
        let cells: Vec<&str> = rows.iter().filter_map(|it| it.get(n)).map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
        let target = by_heading(heading, own).or_else(|| by_content(&cells)).unwrap_or_default();
        let is_free =
            matches!(target, ImportTarget::Email(_) | ImportTarget::Phone(_) | ImportTarget::Tags) || !found.contains(&target);
        found.push(if is_free { target } else { ImportTarget::Nothing });
    }
    if found.contains(&ImportTarget::FirstName) && !found.contains(&ImportTarget::LastName) {
        widen_name(&mut found, rows);
    }
    found
}

/// `Meno` alone is a first name in one file and the whole name in another: two words in most cells tell.
fn widen_name(found: &mut [ImportTarget], rows: &[Vec<String>]) {
    let Some(place) = found.iter().position(|it| *it == ImportTarget::FirstName) else { return };
    let cells: Vec<&String> = rows.iter().filter_map(|it| it.get(place)).filter(|it| !it.trim().is_empty()).collect();
    let several = cells.iter().filter(|it| 1 < it.split_whitespace().count()).count();
    if cells.len() < several * 2 && !found.contains(&ImportTarget::FullName) {
        found[place] = ImportTarget::FullName;
    }
}

/// The key under which the columns of a file are remembered: its headings without case, accents and signs.
pub fn headings_key(columns: &[String]) -> String {
    columns.iter().map(|it| plain(it)).collect::<Vec<_>>().join("\u{1f}")
}

/// A heading without case, accents, signs and the number of a repeated one.
fn plain(heading: &str) -> String {
    let heading = heading.split(" [").next().unwrap_or_default();
    // Of a path in XML the last two steps say what it is.
    let folded = fold(heading);
    folded.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

fn by_heading(heading: &str, own: &[FieldDefinition]) -> Option<ImportTarget> {
    let whole = plain(heading.strip_prefix("field:").unwrap_or(heading));
    if let Some(field) = own.iter().find(|it| plain(&it.name) == whole || plain(&it.key) == whole) {
        return Some(ImportTarget::Own(field.id));
    }
    let known = |text: &str| HEADINGS.iter().find(|it| it.0 == text).map(|it| it.1);
    let last = heading.rsplit('/').next().map(plain).unwrap_or_default();
    let numbered = whole.trim_end_matches(|it: char| it.is_ascii_digit() || it == ' ');
    let found = known(&whole).or_else(|| known(numbered)).or_else(|| known(&last).filter(|_| heading.contains('/')));
    found.or_else(|| consent_heading(&whole))
}

/// `Súhlas s e-mail`, `consent_sms_on`: the first word says that it is about a consent, the last one what of it.
fn consent_heading(whole: &str) -> Option<ImportTarget> {
    let words: Vec<&str> = whole.split(' ').collect();
    if !matches!(words.first()?, &"suhlas" | &"souhlas" | &"consent") {
        return None;
    }
    let channel = if words.contains(&"sms") { Channel::Sms } else { Channel::Email };
    Some(match *words.last()? {
        "on" | "day" | "date" | "den" | "dna" | "dne" | "datum" => ImportTarget::ConsentOn(channel),
        "way" | "sposob" | "zpusob" => ImportTarget::ConsentWay(channel),
        "proof" | "doklad" => ImportTarget::ConsentProof(channel),
        _ => ImportTarget::Consent(channel),
    })
}

/// Addresses and phone numbers are known by their looks.
fn by_content(cells: &[&str]) -> Option<ImportTarget> {
    let most =
        |test: &dyn Fn(&str) -> bool| !cells.is_empty() && cells.len() <= cells.iter().filter(|it| test(it)).count() * 5 / 4;
    if most(&|it| it.contains('@') && it.contains('.') && !it.contains("://")) {
        return Some(ImportTarget::Email(Purpose::General));
    }
    most(&|it| is_phone(it)).then_some(ImportTarget::Phone(Purpose::General))
}

/// Whether it looks like a number with its code or its zero; other long numbers may be anything.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_sign = |it: char| it.is_ascii_digit() || " +-/().".contains(it);
    (9..=15).contains(&digits)
        && text.chars().all(is_sign)
        && (text.starts_with("+4") || text.starts_with("004") || text.starts_with("09"))
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;
    use crate::{FieldId, FieldKind};

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn headings_of_three_languages_are_known() {
        for names in [
            ["Meno", "Priezvisko", "Firma", "E-mail", "Mobil", "Ulica", "Mesto", "PSČ", "IČO", "Poznámka"],
            ["Jméno", "Příjmení", "Společnost", "EMAIL", "Telefon:", "Ulice", "Obec", "psč", "IČO", "poznámka"],
            [
                "First name",
                "Last name",
                "Company",
                "E-mail address",
                "Phone",
                "Street",
                "City",
                "Postcode",
                "Registration number",
                "Notes",
            ],
        ] {
            use ImportTarget::{
                City, CompanyName, Email, FirstName, LastName, Note, Phone, Postcode, RegistrationNumber, Street,
            };
            let (p, b) = (Purpose::General, Place::Billing);
            let want =
                [FirstName, LastName, CompanyName, Email(p), Phone(p), Street(b), City(b), Postcode(b), RegistrationNumber, Note];
            assert_eq!(suggest(&columns(&names), &[], &[]), want, "{names:?}");
        }
    }

    #[test]
    fn further_addresses_and_paths_are_known() {
        let names = columns(&["email", "email [2]", "E-mail 3", "Adresa/Mesto", "TEL fax", "@id", "TEL cell"]);
        let (e, f) = (ImportTarget::Email(Purpose::General), ImportTarget::Phone(Purpose::General));
        let want = [e, e, e, ImportTarget::City(Place::Billing), ImportTarget::Nothing, ImportTarget::Nothing, f];
        assert_eq!(suggest(&names, &[], &[]), want);
    }

    #[test]
    fn content_tells_where_headings_do_not() {
        let rows = vec![
            columns(&["eva@x.sk", "0903 622 237", "12345678", "Eva"]),
            columns(&["jan@x.sk", "+421 905 111 222", "87654321", "Jan"]),
        ];
        let want = [
            ImportTarget::Email(Purpose::General),
            ImportTarget::Phone(Purpose::General),
            ImportTarget::Nothing,
            ImportTarget::Nothing,
        ];
        assert_eq!(suggest(&columns(&["A", "B", "C", "D"]), &rows, &[]), want);
    }

    #[test]
    fn a_name_of_two_words_is_the_whole_name() {
        let rows = vec![columns(&["Eva Nová"]), columns(&["Ján Kováč"])];
        assert_eq!(suggest(&columns(&["Meno"]), &rows, &[]), [ImportTarget::FullName]);
    }

    #[test]
    fn what_leaves_in_an_export_is_known_when_it_comes_back() {
        let names: Vec<&str> = crate::export::columns().collect();
        let found = suggest(&columns(&names), &[], &[]);
        for (name, target) in names.iter().zip(&found) {
            assert_ne!(*target, ImportTarget::Nothing, "{name}");
        }
    }

    #[test]
    fn own_fields_are_known_by_name_and_key() {
        let own = [FieldDefinition {
            id: FieldId(3),
            key: "cennik".into(),
            name: "Cenová hladina".into(),
            kind: FieldKind::Text,
            choices: vec![],
        }];
        let names = columns(&["CENOVÁ HLADINA", "x"]);
        assert_eq!(suggest(&names, &[], &own)[0], ImportTarget::Own(FieldId(3)));
        assert_eq!(suggest(&columns(&["field:cennik"]), &[], &own), [ImportTarget::Own(FieldId(3))]);
    }

    #[test]
    fn a_set_of_headings_is_remembered_whatever_its_case() {
        assert_eq!(headings_key(&columns(&["E-mail", "MENO"])), headings_key(&columns(&["e mail", "Meno"])));
        assert_ne!(headings_key(&columns(&["a b"])), headings_key(&columns(&["a", "b"])));
    }
}
