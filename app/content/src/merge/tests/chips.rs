//! Fields as chips and back.

use proptest::prelude::*;

use crate::merge::{to_chips, to_storage};

fn chips(source: &str) -> String {
    to_chips(source, |path| path.starts_with("contact.").then(|| format!("«{}»", &path[8..])))
}

#[test]
fn a_field_becomes_a_chip_and_a_chip_a_field() {
    let stored = "<p>Milá {{ contact.name | upper | truncate(20) }}, {{ contact.email }}</p>";
    let edited = "<p>Milá <span data-field=\"contact.name\" data-filter=\"upper | truncate(20)\">«name»</span>, \
        <span data-field=\"contact.email\">«email»</span></p>";
    assert_eq!(chips(stored), edited);
    assert_eq!(to_storage(edited), stored);
}

#[test]
fn quotes_of_arguments_survive() {
    let stored = "{{ contact.name | fallback(\"O'Neil & <spol.>\") }}";
    assert_eq!(
        chips(stored),
        "<span data-field=\"contact.name\" data-filter=\"fallback(&quot;O&#39;Neil &amp; &lt;spol.&gt;&quot;)\">«name»</span>"
    );
    assert_eq!(to_storage(&chips(stored)), stored);
}

#[test]
fn what_is_no_simple_field_stays_as_it_is() {
    for source in [
        "{{ order.number }} {{ unknown }} {{ contact.name | }} {{- contact.name }} {{ 'x' }} {{ contact.name",
        "<a href=\"https://x.sk/{{ contact.name }}\" title='{{ contact.name }}'>x</a>",
        "{% if contact.name %}x{% endif %}{% raw %}{{ contact.name }}{% endraw %}{{# {{ contact.name }} #}}",
        "<!-- {{ contact.name }} --><style>{{ contact.name }}</style><!--[if mso]>{{ contact.name }}<![endif]-->",
    ] {
        assert_eq!(chips(source), source);
    }
}

#[test]
fn what_is_no_chip_stays_as_it_is() {
    for html in [
        "<span>x</span><span class=\"a\" data-x>y</span>",
        "<span data-field=\"a b\">x</span><span data-field=\"a\" data-filter=\"upper(\">x</span>",
        "<span data-field=\"a\" data-filter=\"x }} {{ b\">x</span>",
        "<span data-field=\"contact.name\"><b>x</b></span><span data-field=\"contact.name\">x",
        "<!-- <span data-field=\"contact.name\">x</span> --><p title='<span data-field=\"contact.name\">x</span>'>",
    ] {
        assert_eq!(to_storage(html), html);
    }
}

#[test]
fn the_editors_own_attributes_are_dropped_and_a_style_is_kept() {
    let html = "<SPAN class='chip' contenteditable=\"false\"\n data-field='contact.name' data-filter='' >x</SPAN>";
    assert_eq!(to_storage(html), "{{ contact.name }}");
    let styled = "<span style=\"color: red\" data-field=\"contact.name\">x</span>";
    assert_eq!(to_storage(styled), "<span style=\"color: red\">{{ contact.name }}</span>");
}

#[test]
fn signs_that_an_editor_wrote_as_references_are_mended_in_tags() {
    let typed =
        "{% if order.total &gt; 5 and order.total &lt; 9 %}a &lt; b{% endif %}{{ order.number | fallback(&quot;-&quot;) }}";
    let stored = "{% if order.total > 5 and order.total < 9 %}a &lt; b{% endif %}{{ order.number | fallback(\"-\") }}";
    assert_eq!(to_storage(typed), stored);
    assert_eq!(to_storage("{{&nbsp;order.number | fallback(„-“)\u{a0}}}"), "{{ order.number | fallback(\"-\") }}");
    let meant = "{{ order.number | fallback(\"&amp;\") }} {{ &lt; }}";
    assert_eq!(to_storage(meant), meant);
}

#[test]
fn a_stray_opening_hides_no_chip() {
    for stored in [
        "{{ a {{ contact.name }} }}",
        "{{ a {{ contact.name }}",
        "{% a {{ contact.name }} %}",
        "{{ contact<a | upper }}{{ contact.name }}",
    ] {
        assert_eq!(to_storage(&chips(stored)), stored);
    }
    assert!(chips("{{ a {{ contact.name }}").contains("data-field"));
}

proptest! {
    #[test]
    fn storage_survives_the_editor(pieces in prop::collection::vec(piece(), 0..16)) {
        let stored = pieces.concat();
        prop_assert_eq!(to_storage(&chips(&stored)), stored);
    }

    #[test]
    fn html_without_chips_and_fields_stays_byte_for_byte(html in "([<>a-z/ \"'=!ž-]|\\{[a-z%]|\\PC){0,60}") {
        prop_assume!(!html.contains("data-field"));
        prop_assert_eq!(&to_storage(&html), &html);
        prop_assert_eq!(&chips(&html), &html);
    }

    #[test]
    fn the_editors_text_settles_after_one_round(pieces in prop::collection::vec(prop_oneof![piece(), loosely_spaced()], 0..12)) {
        let once = to_storage(&chips(&pieces.concat()));
        prop_assert_eq!(to_storage(&chips(&once)), once);
    }
}

/// A field that is not spaced as the editor writes it.
fn loosely_spaced() -> impl Strategy<Value = String> {
    "\\{\\{ ?contact.name ?(\\|[a-z]{1,5})? ?\\}\\}"
}

/// Pieces as they are stored, with fields as the editor writes them.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("{{ contact.name }}".to_owned()),
        "\\{\\{ contact.[a-z_]{1,8} \\| fallback\\(\"[^\"\\\\{}\\p{Cc}]{0,10}\"\\) \\}\\}",
        Just("{{ order.number | upper }}".to_owned()),
        Just("{% if contact.name %}".to_owned()),
        Just("<a href=\"{{ contact.name }}\">".to_owned()),
        Just("<!-- {{ contact.name }} -->".to_owned()),
        Just("<p>".to_owned()),
        Just("</span>".to_owned()),
        Just("<span>".to_owned()),
        "[a-zž<>\"'&;= ]{0,8}",
        Just("{{ contact.name".to_owned()),
        Just("} }".to_owned()),
    ]
}
