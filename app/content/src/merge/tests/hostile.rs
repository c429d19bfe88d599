//! Templates and values that want to break something.

use std::collections::HashMap;

use proptest::prelude::*;

use super::bed::{catalogue, compiled, faults, kinds, row, with};
use crate::merge::{
    Failure, FaultKind, Language, MAX_OUTPUT, MAX_SOURCE, Place, Row, Template, Value, Values, to_chips, to_storage,
};

#[test]
fn ten_thousand_nested_conditions_are_refused() {
    let source = "{% if contact.name %}".repeat(10_000) + &"{% endif %}".repeat(10_000);
    assert_eq!(kinds(&source), [FaultKind::TooDeep(32)]);
    let branches = "{% if contact.name %}".to_owned() + &"{% elif contact.name %}".repeat(10_000) + "{% endif %}";
    assert_eq!(kinds(&branches), [FaultKind::TooDeep(32)]);
}

#[test]
fn deep_expressions_are_refused() {
    let parentheses = format!("{{% if {}contact.name{} %}}{{% endif %}}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(kinds(&parentheses), [FaultKind::TagTooLong(200)]);
    let nots = format!("{{% if {}contact.name %}}{{% endif %}}", "not ".repeat(150));
    assert_eq!(kinds(&nots), [FaultKind::TooDeep(16)]);
    let filters = format!("{{{{ contact.name{} }}}}", " | upper".repeat(50));
    assert_eq!(kinds(&filters), [FaultKind::TagTooLong(10)]);
    assert_eq!(kinds("{{ ) }}"), [FaultKind::Unexpected(")".to_owned())]);
}

#[test]
fn long_texts_and_many_tags_are_refused() {
    assert_eq!(kinds(&"x".repeat(MAX_SOURCE + 1)), [FaultKind::TooLong(MAX_SOURCE)]);
    assert_eq!(kinds(&"{{ contact.name }}".repeat(5001)), [FaultKind::TooManyTags(5000)]);
}

#[test]
fn a_million_rows_are_too_much_work() {
    let rows = vec![Row::default(); 1_000_000];
    let result = with("{% for i in order.items %}x{% endfor %}", Place::Html, "order.items", Value::List(rows));
    assert_eq!(result, Err(Failure::TooMuchWork));
    let many = vec![row("x", 1); 10_000];
    let table = "{% for i in order.items %}{% for j in i.parts %}{% endfor %}{{ i.name }}{{ i.count }}{{ i.price }}{% endfor %}";
    assert_eq!(with(table, Place::Html, "order.items", Value::List(many)).map(|it| it.len()), Ok(120_000));
}

#[test]
fn output_stops_at_two_megabytes() {
    let long = "x".repeat(300_000);
    let source = "{{ contact.name }}".repeat(8);
    assert_eq!(with(&source, Place::Html, "contact.name", Value::text(&long)), Err(Failure::TooLong));
    let literal = format!("{}{{% for i in order.items %}}{}{{% endfor %}}", "", "y".repeat(1000));
    let rows = Value::List(vec![Row::default(); 3000]);
    assert_eq!(with(&literal, Place::Html, "order.items", rows), Err(Failure::TooLong));
    let huge = Value::text("x".repeat(40_000_000));
    assert_eq!(with("{{ contact.name | upper }}", Place::Html, "contact.name", huge), Err(Failure::TooMuchWork));
}

#[test]
fn a_value_is_never_read_as_a_template() {
    let value = Value::text("{{ contact.email }}{% if x %}");
    assert_eq!(with("{{ contact.name }}", Place::Text, "contact.name", value).unwrap(), "{{ contact.email }}{% if x %}");
}

#[test]
fn nothing_of_the_engine_can_be_reached() {
    for source in [
        "{{ self }}",
        "{{ loop }}",
        "{{ loop.index }}",
        "{{ contact }}",
        "{{ contact.__class__ }}",
        "{{ env }}",
        "{{ range }}",
        "{{ debug }}",
        "{{ order.items.0 }}",
    ] {
        assert!(!kinds(source).is_empty(), "{source}");
    }
}

#[test]
fn invisible_and_strange_signs_are_only_text() {
    let source = "\u{feff}\u{202e}\0{ {x} } {{ contact.first_name }}\u{1f600}";
    assert_eq!(
        compiled(source, Place::Html, Language::Czech).render(&catalogue().samples()).unwrap(),
        source.replace("{{ contact.first_name }}", "Eva")
    );
}

/// Pieces that mean something to the language or to HTML.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "{{ contact.name }}",
            "{{",
            "}}",
            "{%",
            "%}",
            "{% if contact.name %}",
            "{% else %}",
            "{% elif order.total > 3 %}",
            "{% endif %}",
            "{% for i in order.items %}",
            "{{ i.name }}",
            "{% endfor %}",
            " | upper",
            "|",
            "(",
            ")",
            "'",
            "\"",
            "{% raw %}",
            "{% endraw %}",
            "{{#",
            "#}}",
            "<a href=\"",
            "<span data-field=\"contact.name\">",
            "</span>",
            "<!--",
            "-->",
            "<!--[if mso]>",
            "<![endif]-->",
            "<style>",
            "</style>",
            "<svg>",
            "</",
            ">",
            "=",
            "-",
            "ž",
            "\n",
            " ",
            "{{ order.due | date('d. MMMM yyyy') }}",
            "{{ order.total|money(0) }}",
            "0x1F 1_000 1e9",
            "not ",
            "x.y",
        ][..],
    );
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => "\\PC{0,4}", 1 => any::<String>()], 0..24)
        .prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_template_breaks_the_reader(source in pieces()) {
        let samples = catalogue().samples();
        for place in [Place::Html, Place::Text, Place::Subject, Place::Sms, Place::Url] {
            match Template::compile(&source, place, &catalogue(), Language::Slovak) {
                Ok(template) => {
                    let preview = template.preview(&samples);
                    prop_assert!(preview.is_ok_and(|it| it.text.len() <= MAX_OUTPUT));
                }
                Err(faults) => {
                    for fault in faults {
                        prop_assert!(source.get(fault.spot.range.clone()).is_some(), "{:?}", fault);
                        prop_assert!(0 < fault.spot.line && 0 < fault.spot.column);
                    }
                }
            }
        }
        let _ = to_storage(&to_chips(&source, |path| Some(path.to_owned())));
    }

    #[test]
    fn no_value_breaks_a_filter(
        text in any::<String>(), minor in any::<i64>(), number in any::<i128>(), days in -3_000_000_i32..2_000_000
    ) {
        let number = rust_decimal::Decimal::try_from_i128_with_scale(number >> 32, (number & 15) as u32).unwrap();
        let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let mut given = HashMap::from([
            ("contact.name", Value::Text(text.clone())), ("order.total", super::bed::eur(minor)), ("order.due", Value::Date(day)),
            ("order.weight", Value::Number(number)),
            ("order.created", Value::DateTime(day.to_datetime(jiff::civil::Time::midnight()))),
        ]);
        for (path, filters) in [
            ("contact.name", "salutation vocative upper lower title trim truncate(5) without_diacritics"),
            ("contact.name", "typography postcode phone iban url"),
            ("order.total", "money money(0) number(2) in_words"), ("order.due", "date date('EEEE_d.MMM.yy')"),
            ("order.weight", "money('JPY') number number(8) in_words plural('a','b','c')"),
            ("order.created", "date time time('h:mm_a')"),
        ] {
            for language in [Language::Slovak, Language::Czech, Language::English] {
                let mut values = Values::new();
                values.set(path, given.entry(path).or_default().clone());
                for filter in filters.split(' ') {
                    let filter = filter.replace('_', if filter.contains('\'') { " " } else { "_" });
                    let _ = compiled(&format!("{{{{ {path} | {filter} }}}}"), Place::Html, language).render(&values);
                }
                let _ = crate::merge::suspicious(&values, &[path.to_owned()]);
            }
        }
    }
}

#[test]
fn faults_are_listed_up_to_a_hundred() {
    let n = faults(&"{{ x }}".repeat(4000), Place::Html).len();
    assert_eq!(n, 100);
}

#[test]
fn many_beginnings_of_chips_and_tags_are_passed_over() {
    for piece in ["{{", "{{ ", "{% raw %}", "{{# ", "{%", "{{ <", "<span data-field=\"a\">", "<span ", "{{ a }}", "{% endraw"] {
        let text = piece.repeat(20_000);
        assert_eq!(to_chips(&text, |_| None), text);
        assert_eq!(to_storage(&text), text);
    }
}
