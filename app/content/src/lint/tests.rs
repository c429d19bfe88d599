//! What is found, where, and that nothing hostile takes long.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::mail::{Body, Content, email};
use crate::merge::tests::bed::catalogue;

fn find(source: &str) -> Vec<What> {
    lint(source, &catalogue(), Language::Slovak).into_iter().map(|it| it.what).collect()
}

/// The pieces of the source that a finding of this kind points at.
fn shown(source: &str, is_it: impl Fn(&What) -> bool) -> Vec<&str> {
    let findings = lint(source, &catalogue(), Language::Slovak);
    let of = findings.iter().filter(|it| is_it(&it.what));
    of.flat_map(|it| it.places.iter().map(|it| &source[it.range.clone()])).collect()
}

#[test]
fn a_careful_mail_has_no_findings() {
    let source = "<p>Dobrý deň {{ contact.name }},</p><table width=\"600\"><tr><td style=\"padding:8px;color:#333\">\
        <a href=\"https://firma.sk/a?b={{ order.number }}\">Objednávka</a> <a href=\"{{ company.web }}\">Web</a>\
        <img src=\"cid:logo\" alt=\"Logo\" width=\"120\"></td></tr></table>{% if contact.is_vip %}<p>VIP</p>{% endif %}";
    assert_eq!(find(source), []);
}

#[test]
fn faults_of_merge_code_are_found_with_their_place_and_suggestion() {
    let source = "<p>Dobrý deň</p>\n<p>{{ contact.nmae }}</p>";
    let findings = lint(source, &catalogue(), Language::Slovak);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.what, What::Merge(FaultKind::UnknownField("contact.nmae".to_owned()), Some("contact.name".to_owned())));
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!((finding.places[0].line, finding.places[0].column, finding.places[0].length), (2, 7, 12));
}

#[test]
fn what_programs_do_not_show_is_named_with_them() {
    for (source, feature, clients) in [
        ("<div style=\"display:flex\">a</div>", Feature::Value("display: flex".to_owned()), vec![Client::Outlook]),
        ("<p style='position: absolute'>a</p>", Feature::Property("position".to_owned()), vec![Client::Outlook, Client::Gmail]),
        ("<style>p{width:calc(100% - 2px)}</style>", Feature::Function("calc()".to_owned()), vec![Client::Outlook]),
        ("<p style=\"font-size:1rem\">a</p>", Feature::Unit("rem".to_owned()), vec![Client::Outlook]),
        (
            "<style>@font-face{font-family:x}</style>",
            Feature::AtRule("@font-face".to_owned()),
            vec![Client::Outlook, Client::Gmail],
        ),
        ("<img alt=a src=https://firma.sk/a.webp?b>", Feature::Format("webp".to_owned()), vec![Client::Outlook]),
        ("<img alt=a src=data:image/png;base64,AA==>", Feature::DataPicture, vec![Client::Gmail]),
        ("<table><tr><td background=https://firma.sk/a.png>", Feature::Attribute("background".to_owned()), vec![Client::Outlook]),
        ("<a href=https://firma.sk style='padding:9px'>a</a>", Feature::PaddingOutsideCells, vec![Client::Outlook]),
    ] {
        assert!(find(source).contains(&What::Unsupported(feature, clients)), "{source}: {:?}", find(source));
    }
}

#[test]
fn what_is_meant_for_others_than_outlook_is_not_held_against_it() {
    for source in [
        "<style>@media (max-width:600px){.a{float:none}}</style>",
        "<!--[if mso]><div style='display:flex'></div><![endif]-->",
        "<!--[if !mso]><!--><div style='display:flex'>a</div><!--<![endif]-->",
        "<!--[if mso]><v:rect></v:rect><![endif]--><div style='background-image:url(https://firma.sk/a.png)'>a</div>",
    ] {
        assert_eq!(find(source), [], "{source}");
    }
}

#[test]
fn places_are_those_of_the_words_in_question() {
    let source = "<style>\n.a { float: left }\n</style>\n<p style=\"color:red;float:right\">{{ contact.name }}</p>";
    assert_eq!(shown(source, |it| matches!(it, What::Unsupported(..))), ["float", "float"]);
    assert_eq!(shown("<p onclick=\"x()\">a</p>", |it| matches!(it, What::Removed(_))), ["onclick=\"x()\""]);
    assert_eq!(shown("a<script>b</script>", |it| matches!(it, What::Removed(_))), ["<script>"]);
    assert_eq!(shown("<style>a{b:c} @import 'x';</style>", |it| matches!(it, What::Removed(_))), ["@import 'x';"]);
}

#[test]
fn pictures_and_links_without_what_they_need_are_found() {
    assert_eq!(find("<img src=cid:a>"), [What::MissingAlt]);
    assert_eq!(find("<img src=cid:a alt>"), []);
    assert_eq!(find("<img alt=a>"), [What::MissingSource]);
    assert_eq!(find("<a>x</a>"), [What::Link(LinkFault::Empty)]);
    assert_eq!(find("<a name=a>x</a><a href=#a>y</a>"), []);
    assert_eq!(find("<a href=#b>y</a>"), [What::MissingAnchor("b".to_owned())]);
    assert_eq!(find("<a href='/kontakt'>y</a>"), [What::Link(LinkFault::Relative)]);
}

#[test]
fn a_mail_that_gmail_would_cut_is_found() {
    let source = format!("<p>{}</p>", "a".repeat(GMAIL_MAX));
    assert!(matches!(find(&source).as_slice(), [What::TooLarge { client: Client::Gmail, limit: GMAIL_MAX, .. }]));
    assert_eq!(find(&"<p>a</p>".repeat(10_000)), []);
    assert_eq!(find(&format!("<style>{}</style>a", "a{color:red}".repeat(2_000))).len(), 1);
}

#[test]
fn a_document_that_says_something_else_than_what_leaves_is_found() {
    assert_eq!(find("<html lang=sk><body>a</body></html>"), [What::MissingDoctype]);
    assert_eq!(find("<!DOCTYPE html><html lang=en-GB><body>a"), [What::Language("en-gb".to_owned())]);
    let source = "<!doctype html><meta http-equiv=Content-Type content='text/html; charset=windows-1250'>a";
    assert_eq!(find(source), [What::Charset("windows-1250".to_owned())]);
    assert_eq!(find("<marquee>a</marquee>"), [What::TagDropped("marquee".to_owned())]);
    assert_eq!(find("<table width=900><tr><td>a"), [What::TooWide(900)]);
}

#[test]
fn the_same_finding_is_told_once_with_all_its_places() {
    let findings = lint(&"<img src=cid:a>\n".repeat(300), &catalogue(), Language::Slovak);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].count, findings[0].places.len()), (300, PLACES_MAX));
    assert_eq!(findings[0].places[99].line, 100);
}

#[test]
fn a_picture_that_a_field_names_is_not_missing() {
    let source = "<img src=\"{{ company.web }}\" alt=\"\">";
    assert_eq!(find(source), []);
}

/// What of a text without merge code is said not to leave, and what did not leave.
fn told_and_done(source: &str) -> (BTreeMap<Stripped, u32>, BTreeMap<Stripped, u32>) {
    let findings = lint(source, &Catalogue::default(), Language::Slovak);
    let told = findings.into_iter().filter_map(|it| match it.what {
        What::Removed(what) => Some((what, it.count as u32)),
        _ => None,
    });
    let content = Content { subject: "", body: Body::Html(source), signature: "", language: "sk" };
    let done = email(&content).unwrap().removed.into_iter().map(|it| (it.what, it.count));
    (told.collect(), done.collect())
}

#[test]
fn what_is_said_to_be_removed_is_what_sending_removes() {
    for source in [
        "<script>a</script><p onclick=x onload=y>b</p><a href=javascript:c>d</a>",
        "<form action=x><input name=a><select><option>b</select><button>c</button></form>",
        "<iframe src=x></iframe><object data=y>a</object><embed src=z><video><source src=a></video>",
        "<link rel=stylesheet href=https://firma.sk/a.css><base href=/><meta http-equiv=refresh content=0>",
        "<style>@import 'a';p{background:url(https://firma.sk/a.png)}</style><p style=\"width:expression(a)\">b</p>",
        "<svg onload=a><circle/></svg><math>b</math><img src=a.png><img src='file:///a'><img src=https://firma.sk/a.png>",
        "<td onclick=a>b</td><table><tr><td onclick=a>b</table>",
        "<svg><p>a</p><script>b</script>",
    ] {
        let (told, done) = told_and_done(source);
        assert_eq!(told, done, "{source}");
        assert!(!done.is_empty(), "{source}");
    }
}

proptest! {
    #[test]
    fn whatever_soup_is_sent_what_is_removed_was_told(
        source in "(<script>|</script>|<p onclick=a>|</p>|<svg>|</svg>|<td onx=b>|<table>|</table>|<style>@import a;|</style>|<a href=javascript:x>|<img src=x>|<form>|<iframe>|</iframe>|<!--|-->|<p style='a:url(b)'>|x| |č|<){0,30}"
    ) {
        let (told, done) = told_and_done(&source);
        prop_assert_eq!(told, done);
    }

    #[test]
    fn every_place_lies_in_the_source(source in "(<a href=|\\{\\{|\\}\\}|\"|'|č😀|<img |alt|src=x|>|\n|<style>|a\\{float:left\\}|</style>|style='|position:a|\\{%| ){0,40}") {
        for finding in lint(&source, &catalogue(), Language::Czech) {
            for place in finding.places {
                prop_assert!(source.get(place.range.clone()).is_some());
                prop_assert!(1 <= place.line && 1 <= place.column);
            }
        }
    }
}

#[test]
fn hostile_sources_come_to_an_end() {
    for piece in [
        "<div>",
        "<a href=x>",
        "<a href=#x>",
        "<img src=x>",
        "<p style='",
        "<style>",
        "{{",
        "{%",
        "{{ x",
        "{{ contact.name }}",
        "<html lang=x>",
        "<svg>",
        "<!--",
        "&",
        "<table><tr><td>",
        "<p style='a:(((('>",
        "<style>a{b:((((",
        "{{ \"",
        "<p onclick=x>",
        "č",
        "<html",
        "a{",
    ] {
        let source = piece.repeat(200_000 / piece.len());
        assert!(lint(&source, &catalogue(), Language::Slovak).len() <= FINDINGS_MAX);
    }
}
