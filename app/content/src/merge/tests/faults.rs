//! What is refused on save, where, and with what advice.

use super::bed::{faults, kinds};
use crate::merge::{Block, FaultKind, Kind, Place, Refused};

#[test]
fn an_unknown_field_is_named_with_line_column_bytes_and_the_nearest_field() {
    let source = "Žltý\n  kôň {{ contact.frist_name | upper }}";
    let [fault] = &faults(source, Place::Html)[..] else { panic!() };
    assert_eq!(fault.kind, FaultKind::UnknownField("contact.frist_name".to_owned()));
    assert_eq!((fault.spot.line, fault.spot.column), (2, 10));
    assert_eq!(&source[fault.spot.range.clone()], "contact.frist_name");
    assert_eq!(fault.suggestion.as_deref(), Some("contact.first_name"));
}

#[test]
fn unknown_names_of_all_sorts_get_advice() {
    for (source, advice) in [
        ("{{ contact.name | uper }}", Some("upper")),
        ("{% if contact.name is fillled %}{% endif %}", Some("filled")),
        ("{% iff contact.name %}", Some("if")),
        ("{% for i in order.items %}{{ i.nam }}{% endfor %}", Some("i.name")),
        ("{% for i in order.items %}{{ loop.indx }}{% endfor %}", Some("loop.index")),
        ("{{ password }}", None),
    ] {
        let [fault] = &faults(source, Place::Html)[..] else { panic!("{source}") };
        assert_eq!(fault.suggestion.as_deref(), advice, "{source}");
    }
}

#[test]
fn all_faults_are_listed_at_once_in_their_order() {
    let source =
        "{{ a }} {{ contact.name | b }} {% if %} {{ c }} {% endif %} <!-- {{ contact.name }} --> {{ order.total | upper }}";
    let expected = [
        FaultKind::UnknownField("a".to_owned()),
        FaultKind::UnknownFilter("b".to_owned()),
        FaultKind::Unexpected(String::new()),
        FaultKind::UnknownField("c".to_owned()),
        FaultKind::Refused(Refused::Comment),
        FaultKind::WrongKind { filter: "upper".to_owned(), kind: Kind::Money },
    ];
    assert_eq!(kinds(source), expected);
}

#[test]
fn what_has_no_end_is_shown_where_it_begins() {
    for (source, kind, at) in [
        ("ab {{ contact.name", FaultKind::UnclosedTag, 3),
        ("ab {{ contact.name <p>ž</p>\n{{ contact.name }}", FaultKind::UnclosedTag, 3),
        ("{{ contact.name }} {% if contact.name", FaultKind::UnclosedTag, 19),
        ("{{ 'x }}", FaultKind::Unexpected("'".to_owned()), 3),
        ("a {{# b", FaultKind::UnclosedTag, 2),
        ("a {% raw %} {{ b }}", FaultKind::UnclosedTag, 2),
        ("{% if contact.name %}x", FaultKind::UnclosedBlock(Block::If), 0),
        ("{% for i in order.items %}{% endif %}", FaultKind::UnclosedBlock(Block::For), 0),
        ("x{% endif %}", FaultKind::Unopened("endif".to_owned()), 4),
        ("x{% else %}", FaultKind::Unopened("else".to_owned()), 4),
        ("{% if contact.name %}{% else %}{% elif contact.name %}{% endif %}", FaultKind::Unopened("elif".to_owned()), 34),
    ] {
        let found = faults(source, Place::Html);
        assert_eq!((&found[0].kind, found[0].spot.range.start), (&kind, at), "{source}: {found:?}");
    }
}

#[test]
fn calculations_calls_and_indices_are_no_part_of_the_language() {
    for (source, sign) in [
        ("{{ 'x' * 100000000 }}", "*"),
        ("{{ 'x' ~ 'y' }}", "~"),
        ("{{ order.total + 1 }}", "+"),
        ("{{ contact.name() }}", "("),
        ("{{ order.items[0] }}", "["),
        ("{{ [contact.name] }}", "["),
        ("{{ {'a': 1} }}", "{"),
    ] {
        assert_eq!(kinds(source), [FaultKind::NotAllowed(sign.to_owned())], "{source}");
    }
}

#[test]
fn statements_of_the_rich_language_are_unknown() {
    for name in [
        "include",
        "import",
        "from",
        "extends",
        "macro",
        "call",
        "set",
        "block",
        "with",
        "filter",
        "autoescape",
        "do",
        "env",
        "break",
    ] {
        let found = kinds(&format!("{{% {name} 'x' %}}"));
        assert_eq!(found, [FaultKind::UnknownStatement(name.to_owned())]);
    }
}

#[test]
fn filters_check_kinds_and_arguments() {
    let wrong = |name: &str| FaultKind::WrongArguments(name.to_owned());
    for (source, kind) in [
        ("{{ contact.name | truncate }}", wrong("truncate")),
        ("{{ contact.name | truncate(0) }}", wrong("truncate")),
        ("{{ contact.name | truncate('x') }}", wrong("truncate")),
        ("{{ contact.name | upper(1) }}", wrong("upper")),
        ("{{ order.due | date('HH:mm') }}", wrong("date")),
        ("{{ order.due | date('x') }}", wrong("date")),
        ("{{ order.due | date('...') }}", wrong("date")),
        ("{{ order.weight | money }}", wrong("money")),
        ("{{ order.total | money('CZK') }}", wrong("money")),
        ("{{ order.weight | number(99) }}", wrong("number")),
        ("{{ order.weight | plural('a', 'b') }}", wrong("plural")),
        ("{{ contact.name | vocative('middle') }}", wrong("vocative")),
        ("{{ contact.name | fallback }}", wrong("fallback")),
        ("{{ contact.name | date }}", FaultKind::WrongKind { filter: "date".to_owned(), kind: Kind::Text }),
        ("{{ order.due | time }}", FaultKind::WrongKind { filter: "time".to_owned(), kind: Kind::Date }),
        ("{% if contact.name > 'a' %}{% endif %}", FaultKind::NotComparable(Kind::Text, Kind::Text)),
        ("{% if order.total == 'a' %}{% endif %}", FaultKind::NotComparable(Kind::Money, Kind::Text)),
        ("{% if order.due < '28. 5. 2026' %}{% endif %}", FaultKind::NotComparable(Kind::Date, Kind::Text)),
        ("{% if order.due < '2026-02-30' %}{% endif %}", FaultKind::NotComparable(Kind::Date, Kind::Text)),
        ("{% if order.due < contact.name %}{% endif %}", FaultKind::NotComparable(Kind::Date, Kind::Text)),
        ("{% for i in contact.name %}{% endfor %}", FaultKind::NotACollection("contact.name".to_owned())),
        ("{% for contact in order.items %}{% endfor %}", FaultKind::NameTaken("contact".to_owned())),
        ("{% for loop in order.items %}{% endfor %}", FaultKind::NameTaken("loop".to_owned())),
    ] {
        assert_eq!(kinds(source), [kind], "{source}");
    }
}

#[test]
fn a_subject_has_one_line() {
    let found = faults("Objednávka\n{{ order.number }}", Place::Subject);
    assert_eq!((found[0].kind.clone(), found[0].spot.range.clone()), (FaultKind::LineEnd, 11..12));
}
