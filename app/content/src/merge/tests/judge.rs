//! minijinja as a judge: what both languages know means the same in both.

use minijinja::{Environment, context};
use proptest::prelude::*;

use super::bed::catalogue;
use crate::merge::reader::syntax;
use crate::merge::{Language, Place, Row, Template, Value, Values};

const OUTPUTS: [&str; 4] = ["{{ contact.name }}", " {{- contact.name -}} ", "{{+ contact.name }}", "{{ 'a\\n\"b' }}"];

const UNREAD: [&str; 3] = ["{% raw %} {{ x }} {% endraw %}", " {%- raw -%} {% if %} {%- endraw -%} ", "{{# {{ x }} #}}"];

/// Templates of the part that both know, complete with their ends.
fn template() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        3 => "([a-z <>}%#\n-]|\\{ ){0,6}",
        2 => prop::sample::select(&OUTPUTS[..]).prop_map(str::to_owned),
        1 => prop::sample::select(&UNREAD[..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let body = prop::collection::vec(inner, 0..4).prop_map(|it| it.concat());
        prop_oneof![
            (condition(), condition(), body.clone(), body.clone(), body.clone())
                .prop_map(|(a, b, x, y, z)| format!("{{% if {a} %}}{x}{{%- elif {b} -%}}{y}{{% else %}}{z}{{% endif %}}")),
            (condition(), body.clone()).prop_map(|(a, x)| format!("{{% if {a} %}}{x}{{% endif -%}} ")),
            // Only one loop deep: the names of rows must differ.
            body.clone().prop_filter("loops already", |it| !it.contains("{% for")).prop_map(|x| {
                format!(
                    "{{% for i in order.items %}}{{{{ loop.index }}}}\
                    {{% if loop.last %}}!{{% endif %}}{{{{ i.name }}}}{x}{{% else %}}-{{% endfor %}}"
                )
            }),
            body,
        ]
    })
}

fn condition() -> impl Strategy<Value = String> {
    let single = prop::sample::select(
        &[
            "contact.name",
            "contact.email",
            "contact.is_vip",
            "contact.name == 'Eva'",
            "contact.name != contact.email",
            "order.weight > 2",
            "order.weight <= 2.5",
            "order.weight == -1",
            "order.items",
            "true",
            "false",
        ][..],
    );
    single.prop_map(str::to_owned).prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|it| format!("not {it}")),
            inner.clone().prop_map(|it| format!("({it})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} and {b}")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("{a} or {b}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_both_know_means_the_same(
        source in template(), email in "[a-z]{0,2}", is_vip in any::<bool>(), rows in prop::collection::vec("[a-z]{1,3}", 0..3)
    ) {
        let mut values = Values::new();
        values.set("contact.name", Value::text("Eva"));
        values.set("contact.email", Value::text(&email));
        values.set("contact.is_vip", Value::Bool(is_vip));
        values.set("order.weight", Value::Number(crate::merge::Decimal::new(25, 1)));
        let row = |name: &String| [("name", Value::text(name))].into_iter().collect::<Row>();
        values.set("order.items", Value::List(rows.iter().map(row).collect()));
        let ours = Template::compile(&source, Place::Text, &catalogue(), Language::English).unwrap().render(&values).unwrap();
        let items: Vec<_> = rows.iter().map(|it| context! { name => it.as_str() }).collect();
        let mut judge = Environment::empty();
        judge.set_syntax(syntax());
        let given = context! {
            contact => context! { name => "Eva", email => email, is_vip => is_vip },
            order => context! { weight => 2.5, items => items },
        };
        prop_assert_eq!(ours, judge.render_str(&source, given).unwrap(), "{}", source);
    }
}
