//! No value leaves its place; a browser's parser is the judge.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

use super::bed::{faults, kinds, with};
use crate::merge::{Failure, FaultKind, Place, Reason, Refused, Value};

#[test]
fn markup_in_a_value_is_text() {
    let value = || Value::text("<b>\"O'Neil\" & co</b>");
    let escaped = "&lt;b&gt;&quot;O&#39;Neil&quot; &amp; co&lt;/b&gt;";
    for (source, around) in [
        ("<p>{{ contact.name }}</p>", ("<p>", "</p>")),
        ("<img alt=\"{{ contact.name }}\">", ("<img alt=\"", "\">")),
        ("<img alt='{{ contact.name }}'>", ("<img alt='", "'>")),
        ("<title>{{ contact.name }}</title>", ("<title>", "</title>")),
        ("<!--[if mso]><p>{{ contact.name }}</p><![endif]-->", ("<!--[if mso]><p>", "</p><![endif]-->")),
        ("<!--[if !mso]><!--><i>{{ contact.name }}</i><!--<![endif]-->", ("<!--[if !mso]><!--><i>", "</i><!--<![endif]-->")),
    ] {
        let expected = format!("{}{escaped}{}", around.0, around.1);
        assert_eq!(with(source, Place::Html, "contact.name", value()).unwrap(), expected);
    }
    assert_eq!(with("{{ contact.name }}", Place::Text, "contact.name", Value::text("<b>\u{1b}\r\n&")).unwrap(), "<b>\n&");
}

#[test]
fn addresses_get_only_safe_schemes() {
    for (value, href) in [
        ("https://x.sk/a?b=1&c=2", Some("https://x.sk/a?b=1&amp;c=2")),
        ("www.x.sk", Some("https://www.x.sk")),
        ("x.sk:8080/a", Some("https://x.sk:8080/a")),
        ("eva@x.sk", Some("mailto:eva@x.sk")),
        ("tel:+421903", Some("tel:+421903")),
        ("HTTPS://x.sk/\"><script>", Some("HTTPS://x.sk/%22%3E%3Cscript%3E")),
        ("javascript:alert(1)", None),
        (" JaVaScRiPt:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("javascript:1/2", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("//evil.sk", None),
        ("/etc/passwd", None),
        ("nejaká stránka", None),
    ] {
        let result = with("<a href=\"{{ company.web }}\">", Place::Html, "company.web", Value::text(value));
        match href {
            Some(href) => assert_eq!(result.unwrap(), format!("<a href=\"{href}\">")),
            None => assert!(matches!(result, Err(Failure::Unresolved(it)) if it[0].reason == Reason::Address), "{value}"),
        }
    }
}

#[test]
fn a_value_inside_an_address_is_encoded() {
    for (source, value, expected) in [
        (
            "<a href=\"https://x.sk/?q={{ contact.name }}&r=1\">",
            "a b&c=\"ž/",
            "<a href=\"https://x.sk/?q=a%20b%26c%3D%22%C5%BE%2F&r=1\">",
        ),
        ("<a href='/x/{{ contact.name }}'>", "../a", "<a href='/x/..%2Fa'>"),
        ("<a href=\"mailto:{{ contact.name }}?subject=a\">", "eva@x.sk?cc=b", "<a href=\"mailto:eva@x.sk%3Fcc%3Db?subject=a\">"),
        ("<a href=\"tel:{{ contact.name }}\">", "+421 903", "<a href=\"tel:+421903\">"),
        ("<v:rect href=\"https://x.sk/{{ contact.name }}\">", "<", "<v:rect href=\"https://x.sk/%3C\">"),
    ] {
        assert_eq!(with(source, Place::Html, "contact.name", Value::text(value)).unwrap(), expected);
    }
    let url = "{{ company.web }}/?q={{ contact.name }}";
    assert_eq!(with(url, Place::Url, "contact.name", Value::text("a&b")).unwrap(), "https://www.firma.sk/?q=a%26b");
}

#[test]
fn dangerous_places_are_refused() {
    for (source, place) in [
        ("<script>{{ contact.name }}</script>", Refused::Script),
        ("<SCRIPT src=x>var a='{{ contact.name }}'</script>", Refused::Script),
        ("<a onclick=\"{{ contact.name }}\">", Refused::Script),
        ("<style>p{color:{{ contact.name }}}</style>", Refused::Style),
        ("<p style=\"color:{{ contact.name }}\">", Refused::Style),
        ("<mj-style>p{color:{{ contact.name }}}</mj-style>", Refused::Style),
        ("<mj-text color=\"{{ contact.name }}\">", Refused::Style),
        ("<mj-section background-url=\"{{ company.web }}\">", Refused::Style),
        ("<!-- {{ contact.name }} -->", Refused::Comment),
        ("<!--[if {{ contact.name }}]>x<![endif]-->", Refused::Comment),
        ("<!doctype {{ contact.name }}>", Refused::Comment),
        ("<{{ contact.name }}>", Refused::Tag),
        ("<p{{ contact.name }}>", Refused::Tag),
        ("<p {{ contact.name }}>", Refused::Tag),
        ("<p a{{ contact.name }}=\"\">", Refused::Tag),
        ("</{{ contact.name }}>", Refused::Tag),
        ("<p title={{ contact.name }}>", Refused::Unquoted),
        ("<p title=a{{ contact.name }}>", Refused::Unquoted),
        ("<iframe src=\"{{ company.web }}\">", Refused::Element),
        ("<iframe>{{ contact.name }}</iframe>", Refused::Element),
        ("<form action=\"{{ company.web }}\">", Refused::Element),
        ("<base href=\"{{ company.web }}\">", Refused::Element),
        ("<meta http-equiv=\"refresh\" content=\"0;url={{ company.web }}\">", Refused::Element),
        ("<svg><a href=\"{{ company.web }}\">", Refused::Element),
        ("<math><mtext>{{ contact.name }}", Refused::Element),
        ("<img srcset=\"{{ company.web }} 2x\">", Refused::Element),
        ("<noscript>{{ contact.name }}</noscript>", Refused::Element),
        ("<script><!--<script></script>{{ contact.name }}", Refused::Element),
        ("<noscript><p title=\"</noscript>\" {{ contact.name }}>", Refused::Element),
        ("<select><title></select><a href=\"{{ company.web }}\">", Refused::Element),
        ("<svg><svg></svg><title><a href=\"{{ company.web }}\">", Refused::Element),
        ("<!--[if mso]><a title=\"--><style>{{ contact.name }}", Refused::Element),
        ("<a href=\"java{{ contact.name }}\">", Refused::Scheme),
        ("<a href=\"javascript:{{ contact.name }}\">", Refused::Scheme),
        ("<a href=\"java&#115;cript:{{ contact.name }}\">", Refused::Scheme),
        ("<a href=\"data:text/html,{{ contact.name }}\">", Refused::Scheme),
    ] {
        assert_eq!(kinds(source), [FaultKind::Refused(place)], "{source}");
    }
    assert_eq!(faults("ftp://{{ contact.name }}", Place::Url)[0].kind, FaultKind::Refused(Refused::Scheme));
}

#[test]
fn fields_behind_closed_elements_are_fine() {
    for source in [
        "<style>p{}</style>{{ contact.name }}",
        "<script>if (a</b) {}</script ><p>{{ contact.name }}</p>",
        "<svg><path d=\"\"/></svg>{{ contact.name }}",
        "<svg/>{{ contact.name }}",
        "<mj-text>{{ contact.name }}</mj-text><mj-button href=\"{{ company.web }}\"><mj-image alt=\"{{ contact.name }}\"/>",
        "<svg><svg></svg></svg></svg>{{ contact.name }}",
        "<!-- <p title=\" -->{{ contact.name }}",
        "<!-->{{ contact.name }}",
        "<!---->{{ contact.name }}",
        "1 < 2 {{ contact.name }}",
        "<?xml version=\"1.0\"?>{{ contact.name }}",
        "<p title=\"a>b\">{{ contact.name }}",
    ] {
        assert_eq!(kinds(source), [], "{source}");
    }
}

#[test]
fn branches_must_leave_the_markup_alike() {
    for source in [
        "<p {% if contact.is_vip %}title=\"{% endif %}{{ contact.name }}\">",
        "{% if contact.is_vip %}<style>{% endif %}x</style>",
        "{% for i in order.items %}<!-- {% endfor %}",
        "<a href=\"{% if contact.is_vip %}javascript:{% endif %}x\">",
    ] {
        assert!(kinds(source).contains(&FaultKind::UnevenMarkup), "{source}");
    }
    for source in [
        "<td {% if contact.is_vip %}class=\"vip\"{% endif %}>{{ contact.name }}</td>",
        "<td class=\"a {% if contact.is_vip %}vip{% else %}x{% endif %}\">",
        "<a href=\"{% if contact.is_vip %}https://a.sk{% else %}{{ company.web }}{% endif %}/x?{{ contact.name }}\">",
        "<style>{% if contact.is_vip %}p{}{% endif %}</style><!-- {% if contact.is_vip %}x{% endif %} -->",
        "{% for i in order.items %}<tr><td>{{ i.name }}</td></tr>{% endfor %}",
    ] {
        assert_eq!(kinds(source), [], "{source}");
    }
}

/// The tags, attribute names and comments of a document as a browser reads it, without texts and values.
fn skeleton(html: &str) -> String {
    fn walk(node: &Handle, text: &mut String) {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                text.push_str(&format!("<{}", name.local));
                for it in attrs.borrow().iter() {
                    text.push_str(&format!(" {}", it.name.local));
                    let value = it.value.trim().to_ascii_lowercase();
                    assert!(!value.starts_with("javascript") && !value.starts_with("data"), "{value}");
                }
                text.push('>');
            }
            NodeData::Comment { .. } => text.push_str("<!---->"),
            _ => {}
        }
        node.children.borrow().iter().for_each(|it| walk(it, text));
        text.push('/');
    }
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut text = String::new();
    walk(&dom.document, &mut text);
    // Whether an empty text makes a node is no matter.
    text.replace('/', "")
}

const PLACES: &str = "<!doctype html><title>{{ contact.name }}</title><body>{{ contact.name }}\
    <p title='{{ contact.name }}' id=\"{{ contact.name }}\">\
    a{{ contact.name }}b</p><a href=\"https://x.sk/{{ contact.name }}?a={{ contact.name }}#{{ contact.name }}\">x</a>\
    <a href='mailto:{{ contact.name }}'>y</a><textarea>{{ contact.name }}</textarea>\
    <table><tr><td>{{ contact.name }}</td></tr></table>\
    <!--[if mso]><b title=\"{{ contact.name }}\">{{ contact.name }}</b><![endif]--><i>{{ contact.name }}</i>";

fn hostile_value() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "<",
            ">",
            "\"",
            "'",
            "&",
            "-->",
            "--!>",
            "</title>",
            "</textarea>",
            "<script>",
            "<svg onload=x>",
            "<!--",
            "]]>",
            "javascript:",
            "data:",
            "&lt;",
            "&#60;",
            "`",
            "=",
            "\0",
            "\n",
            "\u{2028}",
            "{{",
            "<![endif]-->",
            "/",
            "\\",
            " ",
            "%3C",
            "x",
        ][..],
    );
    prop::collection::vec(prop_oneof![3 => piece.prop_map(str::to_owned), 1 => "\\PC{1,5}"], 1..12)
        .prop_map(|it| format!("v{}", it.concat()))
}

proptest! {
    #[test]
    fn no_value_changes_what_a_browser_builds(value in hostile_value()) {
        let harmless = skeleton(&with(PLACES, Place::Html, "contact.name", Value::text("v")).unwrap());
        let hostile = skeleton(&with(PLACES, Place::Html, "contact.name", Value::text(value)).unwrap());
        prop_assert_eq!(hostile, harmless);
    }

    #[test]
    fn a_whole_address_is_safe_or_refused(value in hostile_address()) {
        if let Ok(html) = with("<a href=\"{{ company.web }}\">x</a>", Place::Html, "company.web", Value::text(value)) {
            prop_assert_eq!(skeleton(&html), skeleton("<a href=\"https://x.sk\">x</a>"));
            let scheme = html["<a href=\"".len()..].split(':').next().unwrap_or_default().to_ascii_lowercase();
            prop_assert!(["http", "https", "mailto", "tel", "cid"].contains(&scheme.as_str()), "{}", html);
        }
    }

    #[test]
    fn a_subject_stays_one_line_and_a_text_has_no_control_signs(value in any::<String>()) {
        if let Ok(line) = with("Re: {{ contact.name }}", Place::Subject, "contact.name", Value::Text(value.clone())) {
            prop_assert!(!line.chars().any(char::is_control));
        }
        for place in [Place::Text, Place::Sms] {
            if let Ok(text) = with("{{ contact.name }}", place, "contact.name", Value::Text(value.clone())) {
                prop_assert!(text.chars().all(|it| !it.is_control() || it == '\n' || it == '\t'));
            }
        }
    }

    /// Wherever a template lets a value in, and however strange the template, the value changes nothing but text and values.
    #[test]
    fn no_value_changes_what_a_browser_builds_of_strange_templates(source in strange_html(), value in hostile_value()) {
        if faults(&source, Place::Html).is_empty() {
            let harmless = with(&source, Place::Html, "contact.name", Value::text("vx")).unwrap();
            let hostile = with(&source, Place::Html, "contact.name", Value::text(format!("v{value}"))).unwrap();
            prop_assert_eq!(skeleton_of_any(&hostile), skeleton_of_any(&harmless), "{}", source);
        }
    }
}

fn hostile_address() -> impl Strategy<Value = String> {
    prop_oneof![hostile_value(), "[a-zA-Z]{1,12}:.{0,12}", "[ \\t]{0,2}[jJ]ava[sS]cript\\PC{0,9}", "\\PC{0,20}"]
}

const MARKS: [&str; 47] = [
    "<p>",
    "<p ",
    "</p>",
    "title=\"",
    "alt='",
    "\"",
    "'",
    ">",
    "<",
    "/",
    "a",
    " ",
    "=",
    "<!--",
    "-->",
    "--",
    "!",
    "<!--[if mso]>",
    "<![endif]-->",
    "<![endif]>",
    "<!-->",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<svg>",
    "</svg>",
    "<svg/>",
    "<math>",
    "</math>",
    "<a id=x ",
    "href=\"https://x.sk/",
    "<?",
    "<!",
    "]]>",
    "<![CDATA[",
    "<iframe>",
    "</iframe>",
    "<noscript>",
    "</noscript>",
    "</a title='",
    "<xmp>",
    "</xmp>",
];

/// Pieces of markup in any order.
fn strange_html() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => Just("{{ contact.name }}"),
        1 => prop::sample::select(&MARKS[..]),
    ];
    prop::collection::vec(piece, 1..14).prop_map(|it| it.concat())
}

fn skeleton_of_any(html: &str) -> String {
    let options = ParseOpts {
        tree_builder: html5ever::tree_builder::TreeBuilderOpts { scripting_enabled: false, ..Default::default() },
        ..Default::default()
    };
    let dom = parse_document(RcDom::default(), options).one(html);
    let mut text = String::new();
    names(&dom.document, &mut text);
    text
}

fn names(node: &Handle, text: &mut String) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        text.push_str(&format!("<{}", name.local));
        attrs.borrow().iter().for_each(|it| text.push_str(&format!(" {}", it.name.local)));
        text.push('>');
    }
    node.children.borrow().iter().for_each(|it| names(it, text));
}
