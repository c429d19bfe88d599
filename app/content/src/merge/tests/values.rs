//! Missing and suspicious values.

use jiff::civil::date;

use super::bed::{catalogue, compiled, eur, html, row, with};
use crate::merge::{Diacritics, Failure, Language, Place, Reason, Row, Suspicion, Value, Values, look, suspicious};
use crate::sms::Alphabet;

#[test]
fn every_missing_value_is_listed_with_its_place() {
    let source = "{{ contact.name }},\n{{ order.number }} {{ order.total }}{% for i in order.items %}{{ i.name }}{% endfor %}";
    let mut values = Values::new();
    values.set("order.number", Value::text(" \n"));
    values.set("order.total", eur(1));
    values.set("order.items", Value::List(vec![row("x", 1), Row::default()]));
    let Err(Failure::Unresolved(found)) = compiled(source, Place::Html, Language::Slovak).render(&values) else { panic!() };
    let brief: Vec<_> = found.iter().map(|it| (it.path.as_str(), it.row, it.spot.line, it.reason)).collect();
    let expected = [
        ("contact.name", None, 1, Reason::Missing),
        ("order.number", None, 2, Reason::Missing),
        ("order.items.name", Some(1), 2, Reason::Missing),
    ];
    assert_eq!(brief, expected);
    assert_eq!(&source[found[1].spot.range.clone()], "{{ order.number }}");
}

#[test]
fn a_fallback_or_a_condition_stands_in_for_a_missing_value() {
    for (source, text) in [
        ("{{ contact.name | fallback(\"zákazník\") }}", "zákazník"),
        ("{{ contact.name | upper | fallback(\"\") }}", ""),
        ("{{ contact.name | fallback(\"eva\") | title }}", "Eva"),
        ("{% if contact.name %}{{ contact.name }}{% else %}Dobrý deň{% endif %}", "Dobrý deň"),
        ("{% if contact.name == 'x' %}a{% elif contact.name != 'x' %}b{% endif %}", "b"),
    ] {
        assert_eq!(with(source, Place::Html, "contact.name", Value::Missing).unwrap(), text, "{source}");
    }
    assert_eq!(with("{{ order.total | fallback(\"-\") }}", Place::Text, "order.total", eur(1)).unwrap(), "0,01\u{a0}€");
}

#[test]
fn a_value_of_another_kind_is_unresolved() {
    let result = with("{{ order.due | date }}", Place::Html, "order.due", Value::text("zajtra"));
    assert!(matches!(result, Err(Failure::Unresolved(it)) if it[0].reason == Reason::Unfit));
}

#[test]
fn a_line_end_in_a_subject_is_unresolved() {
    for value in ["a\r\nBcc: x@y.sk", "a\nb", "a\rb", "a\0b"] {
        let result = with("{{ contact.name }}", Place::Subject, "contact.name", Value::text(value));
        assert!(matches!(result, Err(Failure::Unresolved(it)) if it[0].reason == Reason::LineEnd), "{value:?}");
    }
    assert_eq!(with("{{ contact.name }}", Place::Subject, "contact.name", Value::text("Eva \r\n")).unwrap(), "Eva");
}

#[test]
fn a_preview_marks_what_is_missing() {
    let template = compiled("<a href=\"{{ company.web }}\">{{ contact.name }}</a>", Place::Html, Language::Slovak);
    let preview = template.preview(&Values::new()).unwrap();
    assert_eq!(preview.text, "<a href=\"\">⟦contact.name⟧</a>");
    assert_eq!(preview.unresolved.len(), 2);
}

#[test]
fn shared_values_lie_below_those_of_one_recipient() {
    let mut company = Values::new();
    company.set("company.web", Value::text("firma.sk"));
    company.set("contact.name", Value::text("nikto"));
    let mut values = Values::above(&company);
    values.set("contact.name", Value::text("Eva"));
    let template = compiled("{{ contact.name }} {{ company.web }}", Place::Text, Language::Slovak);
    assert_eq!(template.render(&values).unwrap(), "Eva firma.sk");
}

#[test]
fn a_text_message_is_counted_after_merging() {
    let template = compiled("Suma {{ order.total }}, termín {{ order.due }}", Place::Sms, Language::Slovak);
    let samples = catalogue().samples();
    let (text, count) = template.render_sms(&samples, Diacritics::Strip).unwrap();
    assert_eq!((text.as_str(), count.alphabet, count.n_segments), ("Suma 1 234,50 €, termin 28. 5. 2026", Alphabet::Gsm7, 1));
    let (_, count) = template.render_sms(&samples, Diacritics::Keep).unwrap();
    assert_eq!((count.alphabet, count.forcing), (Alphabet::Unicode, vec!['í']));
}

#[test]
fn suspicious_values_are_named() {
    for (value, why) in [
        (Value::text(" "), Some(Suspicion::Empty)),
        (Value::Missing, Some(Suspicion::Empty)),
        (Value::text("N/A"), Some(Suspicion::Placeholder)),
        (Value::text("--"), Some(Suspicion::Placeholder)),
        (Value::text("xxx"), Some(Suspicion::Placeholder)),
        (Value::text("01.01.0001"), Some(Suspicion::StrangeDate)),
        (Value::Date(date(1, 1, 1)), Some(Suspicion::StrangeDate)),
        (Value::Date(date(1900, 1, 1)), Some(Suspicion::StrangeDate)),
        (eur(-1), Some(Suspicion::Negative)),
        (Value::text("{{ meno }}"), Some(Suspicion::Marks)),
        (Value::text("Tesla a.s."), None),
        (Value::text("X"), None),
        (eur(0), None),
        (Value::Date(date(2026, 2, 28)), None),
    ] {
        assert_eq!(look(&value), why, "{value:?}");
    }
}

#[test]
fn suspicious_rows_are_numbered() {
    let mut values = Values::new();
    values.set("order.items", Value::List(vec![row("Stôl", 1), row("n/a", -2)]));
    let paths = ["order.items.name", "order.items.count", "contact.name"].map(str::to_owned);
    let found: Vec<_> = suspicious(&values, &paths).into_iter().map(|it| (it.path, it.row, it.why)).collect();
    let expected = [
        ("order.items.name".to_owned(), Some(1), Suspicion::Placeholder),
        ("order.items.count".to_owned(), Some(1), Suspicion::Negative),
        ("contact.name".to_owned(), None, Suspicion::Empty),
    ];
    assert_eq!(found, expected);
}

#[test]
fn suspicious_rows_in_rows_are_found() {
    let part: Row = [("name", Value::text("?"))].into_iter().collect();
    let with_part: Row = [("parts", Value::List(vec![part]))].into_iter().collect();
    let mut values = Values::new();
    values.set("order.items", Value::List(vec![Row::default(), with_part]));
    let found = suspicious(&values, &["order.items.parts.name".to_owned()]);
    assert_eq!((found.len(), found[0].row, found[0].why), (1, Some(1), Suspicion::Placeholder));
}

#[test]
fn samples_of_the_catalogue_fill_a_template() {
    assert_eq!(html("{{ contact.email }}"), "eva@example.sk");
}
