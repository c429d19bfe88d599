//! Fields, conditions and loops.

use proptest::prelude::*;

use super::bed::{compiled, html, kinds, rendered, with};
use crate::merge::{FaultKind, Language, Place, Value};

#[test]
fn a_field_is_replaced_by_its_value() {
    assert_eq!(html("Dobrý deň, {{ contact.name }}!\n"), "Dobrý deň, Eva Nováková!\n");
    assert_eq!(html("{{contact.name}}{{ contact . first_name }}"), "Eva NovákováEva");
    assert_eq!(html("{{ \"{{\" }} {% raw %}{{ x }}{% endraw %}"), "{{ {{ x }}");
}

#[test]
fn values_without_a_filter_are_shown_as_the_language_shows_them() {
    let all = "{{ order.total }} {{ order.due }} {{ order.created }} {{ order.weight }} {{ contact.is_vip }}";
    assert_eq!(
        rendered(all, Place::Text, Language::Slovak),
        "1\u{a0}234,50\u{a0}€ 28.\u{a0}5.\u{a0}2026 1.\u{a0}5.\u{a0}2026 9:05 2,5 áno"
    );
    assert_eq!(rendered(all, Place::Text, Language::English), "€1,234.50 28\u{a0}May 2026 1\u{a0}May 2026 9:05 2.5 yes");
}

#[test]
fn the_first_branch_that_holds_is_taken() {
    let source =
        "{% if contact.first_name == 'Jana' %}J{% elif contact.is_vip and not order.number is empty %}V{% else %}-{% endif %}";
    assert_eq!(html(source), "V");
    assert_eq!(with(source, Place::Html, "contact.first_name", Value::text("Jana")).unwrap(), "J");
    assert_eq!(with(source, Place::Html, "contact.is_vip", Value::Bool(false)).unwrap(), "-");
    assert_eq!(with(source, Place::Html, "order.number", Value::text("  ")).unwrap(), "-");
}

#[test]
fn amounts_numbers_days_and_texts_are_compared() {
    for (condition, holds) in [
        ("order.total > 1000", true),
        ("order.total <= 1234.5", true),
        ("order.total < -3", false),
        ("order.weight == 2.50", true),
        ("order.due >= '2026-05-28'", true),
        ("order.due < order.created", false),
        ("order.created < '2026-05-01 09:06'", true),
        ("order.created >= '2026-05-01T09:05'", true),
        ("order.created == '2026-05-01'", true),
        ("order.created > '2026-05-01 23:00'", false),
        ("contact.is_vip == true", true),
        ("contact.name != 'Eva'", true),
        ("(contact.name == 'x' or contact.is_vip) and order.items", true),
        ("contact.name is filled and contact.name is not empty", true),
    ] {
        assert_eq!(
            html(&format!("{{% if {condition} %}}1{{% else %}}0{{% endif %}}")),
            if holds { "1" } else { "0" },
            "{condition}"
        );
    }
}

#[test]
fn a_loop_shows_each_row() {
    let source = "{% for item in order.items %}{{ loop.index }}/{{ loop.length }} {{ item.name }} {{ item.count }}×\
        {% if not loop.last %}, {% endif %}{% endfor %}";
    assert_eq!(html(source), "1/2 Stôl 1×, 2/2 Stolička 4×");
    assert_eq!(
        with("{% for i in order.items %}x{% else %}nič{% endfor %}", Place::Html, "order.items", Value::List(Vec::new()))
            .unwrap(),
        "nič"
    );
}

#[test]
fn loops_stand_in_one_another_at_most_twice() {
    let two = "{% for i in order.items %}{% for p in i.parts %}{{ p.name }}{{ i.name }}{% endfor %}{% endfor %}";
    assert_eq!(html(two), "");
    let three = "{% for a in order.items %}{% for b in a.parts %}{% for c in order.items %}{% endfor %}{% endfor %}{% endfor %}";
    assert_eq!(kinds(three), [FaultKind::TooManyLoops(2)]);
}

#[test]
fn hyphens_take_blanks_away_and_comments_vanish() {
    assert_eq!(html("a  {{- contact.first_name -}}  b {{# nič {{ x }} #}}c"), "aEvab c");
    assert_eq!(html("<style>a{#b:c}{# {x}</style>"), "<style>a{#b:c}{# {x}</style>");
}

#[test]
fn used_fields_are_known() {
    let template = compiled(
        "{% if contact.name %}{{ contact.name }}{% endif %}{% for i in order.items %}{{ i.name }}{% endfor %}",
        Place::Html,
        Language::Slovak,
    );
    assert_eq!(template.fields(), ["contact.name", "order.items", "order.items.name"]);
    assert!(!template.is_constant());
    assert!(compiled("x", Place::Html, Language::Slovak).is_constant());
}

#[test]
fn collections_do_not_fit_into_small_places() {
    for place in [Place::Sms, Place::Subject, Place::Url] {
        let kinds: Vec<_> = super::bed::faults("{{ order.items | count }}", place).into_iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [FaultKind::CollectionHere("order.items".to_owned())]);
    }
    assert_eq!(html("{{ order.items | count }}"), "2");
    assert_eq!(kinds("{{ order.items }}"), [FaultKind::CollectionShown("order.items".to_owned())]);
}

#[test]
fn the_examples_of_the_description_are_true() {
    let description = include_str!("../../merge.rs").lines().filter_map(|it| it.strip_prefix("//! "));
    let mut example = None;
    let mut n_examples = 0;
    for line in description {
        let language = match line.get(..4) {
            Some("sk  ") => Language::Slovak,
            Some("cs  ") => Language::Czech,
            Some("en  ") => Language::English,
            _ => {
                if let (Some((source, language)), Some(text)) = (example.take(), line.strip_prefix("    ")) {
                    assert_eq!(rendered(source, Place::Text, language).replace('\u{a0}', " "), text);
                    n_examples += 1;
                }
                continue;
            }
        };
        example = Some((&line[4..], language));
    }
    assert_eq!(n_examples, 8);
}

fn markup() -> impl Strategy<Value = String> {
    "([<>a-z/ \"'=!ž\r\n#}-]|\\{[a-z#]|<!--|-->|<style>|<script>){0,60}"
}

proptest! {
    #[test]
    fn text_without_tags_stays_byte_for_byte(text in prop_oneof![any::<String>(), markup()]) {
        prop_assume!(!text.contains("{{") && !text.contains("{%"));
        for place in [Place::Html, Place::Text, Place::Sms] {
            prop_assert_eq!(&rendered(&text, place, Language::Czech), &text);
        }
    }
}
