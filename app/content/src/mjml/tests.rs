use proptest::prelude::*;

use super::*;
use crate::merge::{Catalogue, Field, FieldType, Language, Place, Template, Value};

fn catalogue() -> Catalogue {
    let text = |path: &str, sample: &str| Field::new(path, FieldType::Text, path, Value::text(sample));
    let rows = FieldType::Collection(vec![text("name", "Stôl"), text("price", "1")]);
    Catalogue::new(vec![
        text("contact.name", "Eva"),
        Field::new("order.url", FieldType::Url, "url", Value::text("https://firma.example/1")),
        Field::new("order.items", rows, "items", Value::Missing),
    ])
}

fn column(inside: &str) -> String {
    format!("<mjml><mj-body><mj-section><mj-column>{inside}</mj-column></mj-section></mj-body></mjml>")
}

fn made(source: &str) -> String {
    to_html(source).unwrap_or_else(|it| panic!("{it:?} in {source}")).html
}

fn kinds(source: &str) -> Vec<FaultKind> {
    to_html(source).map_or_else(|it| it.into_iter().map(|it| it.kind).collect(), |_| Vec::new())
}

#[test]
fn what_stands_in_a_text_survives_byte_for_byte() {
    for text in [
        "<p class=x>Vážený\u{a0}{{ contact.name | fallback(\"zákazník\") }}</p>",
        "{% if contact.name == \"a<b\" %}<b>á</b>{% endif %}<br/>\n\n  <i>x</i>",
        "<!--[if mso]><table><tr><td><![endif]-->y<!--[if mso]></td></tr></table><![endif]-->",
        "č\u{30c} \u{200d} \\ \u{feff} a & b &nbsp; mq0t1x",
    ] {
        let html = made(&column(&format!("<mj-text>{text}</mj-text>")));
        assert!(html.contains(&format!(">{text}</div>")), "{html}");
    }
}

#[test]
fn rows_of_a_table_are_repeated_by_a_loop() {
    let table =
        "<mj-table><tr><th>x</th></tr>{% for item in order.items %}<tr><td>{{ item.name }}</td></tr>{% endfor %}</mj-table>";
    let html = made(&column(table));
    assert!(html.contains("</tr>{% for item in order.items %}<tr><td>{{ item.name }}</td></tr>{% endfor %}</table>"), "{html}");
    assert!(Template::compile(&html, Place::Html, &catalogue(), Language::Slovak).is_ok());
}

#[test]
fn conditions_may_stand_around_elements() {
    let html = made(&column("{% if contact.name %}<mj-text>a</mj-text>{% else %}<mj-spacer />{% endif %}"));
    assert!(Template::compile(&html, Place::Html, &catalogue(), Language::Slovak).is_ok(), "{html}");
    let around = "<mjml><mj-body>{% for it in order.items %}<mj-section><mj-column><mj-text>{{ it.name }}</mj-text></mj-column>\
                  </mj-section>{% endfor %}</mj-body></mjml>";
    assert!(Template::compile(&made(around), Place::Html, &catalogue(), Language::Slovak).is_ok());
}

#[test]
fn attributes_keep_their_signs() {
    let html = made(&column(
        "<mj-image src=\"{{ order.url | fallback(\"x\") }}\" alt='5\" \u{a0}\\ č\u{30c} 🏳\u{fe0f} {{ contact.name }}' />",
    ));
    assert!(html.contains("alt=\"5&quot; \u{a0}\\ č\u{30c} 🏳\u{fe0f} {{ contact.name }}\""), "{html}");
    assert!(html.contains("src=\"{{ order.url | fallback(\"x\") }}\""), "{html}");
}

#[test]
fn fields_may_stand_behind_the_head_that_the_engine_writes() {
    let html = made(&column("<mj-button href=\"{{ order.url }}\">{{ contact.name }}</mj-button>"));
    let template = Template::compile(&html, Place::Html, &catalogue(), Language::Czech);
    assert_eq!(template.map(|it| it.fields().len()), Ok(2));
}

#[test]
fn nothing_is_fetched_for_a_mail() {
    assert_eq!(kinds(&column("<mj-include path=\"x.mjml\" />")), [FaultKind::Fetches("mj-include".into())]);
    let head = |inside: &str| format!("<mjml><mj-head>{inside}</mj-head><mj-body></mj-body></mjml>");
    assert_eq!(kinds(&head("<mj-font name=\"Lato\" href=\"https://x.example\" />")), [FaultKind::Fetches("mj-font".into())]);
    for css in ["@import 'a.css';", "p { background: URL( \"//x.example/a.png\") }", "@\\69mport 'a'"] {
        assert!(matches!(kinds(&head(&format!("<mj-style>{css}</mj-style>")))[..], [FaultKind::Fetches(_)]), "{css}");
    }
    assert!(kinds(&head("<mj-style>p { background: url(cid:a); content: \"\\201e\" }</mj-style>")).is_empty());
    let html = made(&column("<mj-text font-family=\"Lato, Ubuntu\">x</mj-text>"));
    assert!(!html.contains("fonts.googleapis"), "{html}");
}

#[test]
fn strangers_pictures_are_not_shown_by_themselves() {
    for (inside, attribute) in [
        ("<mj-social><mj-social-element name=\"facebook\">x</mj-social-element></mj-social>", "src"),
        ("<mj-carousel left-icon=\"cid:a\"></mj-carousel>", "right-icon"),
        ("<mj-accordion icon-wrapped-url=\"cid:a\"></mj-accordion>", "icon-unwrapped-url"),
    ] {
        assert!(
            matches!(&kinds(&column(inside))[..], [FaultKind::Strangers { attribute: it, .. }] if *it == attribute),
            "{inside}"
        );
    }
    let own = "<mj-social><mj-social-element src=\"cid:a\" href=\"https://firma.example\">x</mj-social-element></mj-social>";
    let html = made(&column(own)).replace("http://www.w3.org", "").replace("https://firma.example", "");
    assert!(!html.contains("http://") && !html.contains("https://"), "{html}");
}

#[test]
fn what_is_wrong_is_found_with_its_line() {
    for (source, kind, line) in [
        ("<mjml>\n<mj-body>\n<mj-sektion></mj-sektion></mj-body></mjml>", FaultKind::UnknownElement("mj-sektion".into()), 3),
        (
            "<mjml><mj-body>\n<mj-text>x</mj-text></mj-body></mjml>",
            FaultKind::Misplaced { element: "mj-text".into(), inside: "mj-body".into() },
            2,
        ),
        ("<mjml><mj-body>\n\n  hello</mj-body></mjml>", FaultKind::StrayText, 3),
        ("<mjml>\n<mj-body></mjml>", FaultKind::Unclosed("mj-body".into()), 2),
        ("<mjml>\n<mj-body>", FaultKind::Unclosed("mj-body".into()), 2),
        ("</mjml>", FaultKind::Unopened("mjml".into()), 1),
        ("<mjml><mj-body>\n<mj-section {{ x }}></mj-section></mj-body></mjml>", FaultKind::BrokenTag, 2),
        ("<mjml><mj-body><mj-section padding=1px></mj-section></mj-body></mjml>", FaultKind::BrokenTag, 1),
        ("", FaultKind::NoBody, 1),
    ] {
        let faults = to_html(source).err().unwrap_or_default();
        let found = faults.iter().find(|it| it.kind == kind).unwrap_or_else(|| panic!("{faults:?} for {source}"));
        assert_eq!(found.spot.line, line, "{source}");
    }
    let faults = to_html("<mjml><mj-body><mj-sektion /></mj-body></mjml>").err().unwrap_or_default();
    assert_eq!(faults[0].suggestion.as_deref(), Some("mj-section"));
}

#[test]
fn a_place_of_the_html_leads_back_to_the_source() {
    let source = column("<mj-text>\n\n<b>{{ contact.nam }}</b></mj-text>");
    let made = to_html(&source).unwrap_or_default();
    let at = made.html.find("contact.nam").and_then(|it| made.map.source(it));
    assert_eq!(at, source.find("contact.nam"));
    assert_eq!(made.map.source(0), None);
}

#[test]
fn notes_of_the_author_do_not_leave() {
    assert!(!made(&column("<!-- secret {{ x }} --><mj-text>a</mj-text>")).contains("secret"));
}

/// Pieces of which sources are made that look like MJML.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(ELEMENTS.map(|it| it.name).to_vec());
    let tag = (known, "( (width|padding|src|href|font-size|border|name|css-class)=\"[ 0-9a-z%.{}\u{a0}č#-]{0,8}\"){0,3}")
        .prop_flat_map(|(name, attributes)| {
            prop::sample::select(vec![format!("<{name}{attributes}>"), format!("</{name}>"), format!("<{name}{attributes} />")])
        });
    prop_oneof![6 => tag, 1 => "[ a-z<>{}%\"'é]{0,6}", 1 => Just("{{ contact.name }}".to_owned())]
}

/// Sources with the elements where they belong.
fn right() -> impl Strategy<Value = String> {
    let size = "(-?[0-9]{1,4}(px|%|em|)|abc|0|999999999px)";
    let content =
        prop::sample::select(vec!["mj-image", "mj-divider", "mj-spacer", "mj-text", "mj-button", "mj-table", "mj-navbar"]);
    let attribute =
        prop::sample::select(vec!["width", "height", "padding", "border", "font-size", "padding-left", "inner-padding"]);
    let leaf = (content, attribute, size).prop_map(|(name, attribute, size)| format!("<{name} {attribute}=\"{size}\"></{name}>"));
    prop::collection::vec((prop::collection::vec(leaf, 0..4), size), 0..4).prop_map(|columns| {
        let columns: String = columns
            .into_iter()
            .map(|(leaves, width)| format!("<mj-column width=\"{width}\" padding=\"{width}\">{}</mj-column>", leaves.concat()))
            .collect();
        format!("<mjml><mj-body><mj-section border=\"1px solid\">{columns}</mj-section></mj-body></mjml>")
    })
}

proptest! {
    #[test]
    fn no_source_stops_the_program(pieces in prop::collection::vec(pieces(), 0..12), right in right()) {
        let _ = to_html(&pieces.concat());
        let _ = to_html(&column(&pieces.concat()));
        prop_assert!(to_html(&right).is_ok(), "{right}");
    }

    #[test]
    fn every_text_of_signs_is_kept(text in "[^<{]{0,60}") {
        let html = made(&column(&format!("<mj-text>{text}</mj-text><mj-image src=\"cid:a\" title=\"{}\" />", text.replace(['"', '\n', '\r', '\t'], ""))));
        prop_assert!(html.contains(&text));
        let title = format!("title=\"{}\"", text.replace(['"', '\n', '\r', '\t'], ""));
        prop_assert!(text.is_empty() || html.contains(&title));
    }
}
