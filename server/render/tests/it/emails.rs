//! Leaving mails as golden files.

use render::{Body, Content, email, from_html};

use crate::tree::elements;

const LETTER: &str = include_str!("golden/letter.in.txt");
const SIGNATURE: &str = "Eva Nová\nÚčtovníctvo, Firma s.r.o.\n+421 903 622 237, www.firma.sk";

fn letter() -> Content<'static> {
    Content { subject: "Faktúra č. 2026/0012", body: Body::Text(LETTER), signature: SIGNATURE, language: "sk" }
}

#[test]
fn a_letter_becomes_a_whole_document() {
    let rendered = email(&letter()).unwrap();
    assert_eq!(rendered.html, include_str!("golden/letter.html"));
}

#[test]
fn a_letter_has_its_plain_text() {
    let rendered = email(&letter()).unwrap();
    assert_eq!(rendered.text + "\n", include_str!("golden/letter.txt"));
}

#[test]
fn a_fragment_of_html_stands_in_the_column() {
    let body = Body::Html("<p>Dobrý deň,</p><table><tr><th>Suma<td>12,50&nbsp;€</table><script>x</script>");
    let rendered = email(&Content { body, ..letter() }).unwrap();
    assert_eq!(rendered.html, include_str!("golden/fragment.html"));
    assert_eq!(rendered.text.split("-- \n").next().map(str::trim_end), Some("Dobrý deň,\n\nSuma | 12,50\u{a0}€"));
}

#[test]
fn a_whole_document_keeps_its_own_layout() {
    let body = Body::Html(include_str!("golden/newsletter.in.html"));
    let rendered = email(&Content { body, ..letter() }).unwrap();
    assert_eq!(rendered.html, include_str!("golden/newsletter.mail.html"));
    assert_eq!(rendered.text + "\n", include_str!("golden/newsletter.txt"));
}

#[test]
fn the_subject_stays_on_one_line() {
    let subject = " Faktúra\r\nBcc: x@y.sk\u{0}\t<b> ";
    let rendered = email(&Content { subject, ..letter() }).unwrap();
    assert_eq!(rendered.subject, "Faktúra Bcc: x@y.sk <b>");
    assert!(rendered.html.contains("<title>Faktúra Bcc: x@y.sk &lt;b&gt;</title>"));
}

#[test]
fn a_language_cannot_leave_its_attribute() {
    let rendered = email(&Content { language: "sk\" onload=\"x", ..letter() }).unwrap();
    assert!(rendered.html.contains("<html lang=\"skonloadx\">"));
}

#[test]
fn without_a_signature_there_is_no_separator() {
    let rendered = email(&Content { signature: " \n", ..letter() }).unwrap();
    assert!(!rendered.text.contains("-- "));
    assert!(!rendered.html.contains("class=\"quiet\""));
}

#[test]
fn every_line_of_the_letter_is_in_both_parts() {
    let rendered = email(&letter()).unwrap();
    let from_tree = from_html(&rendered.html).unwrap();
    for line in LETTER.lines().chain(SIGNATURE.lines()).map(str::trim).filter(|it| !it.is_empty()) {
        assert!(rendered.text.contains(line), "{line}");
        assert!(from_tree.contains(line.trim_start_matches("- ")), "{line} is not in {from_tree}");
    }
}

#[test]
fn every_tag_that_is_opened_is_closed() {
    for body in [Body::Text(LETTER), Body::Html("<div><p>a<ul><li>b<b>c"), Body::Html("</div></td></table>a")] {
        let html = email(&Content { body, ..letter() }).unwrap().html;
        for name in ["table", "tr", "td", "p", "ul", "li", "div", "b", "a", "body", "html", "style"] {
            let n = |tag: &str| html.matches(tag).count();
            let opened = n(&format!("<{name}>")) + n(&format!("<{name} "));
            assert_eq!(opened, n(&format!("</{name}>")), "{name} in {html}");
        }
        assert!(elements(&html).iter().any(|it| it.name == "body"));
    }
}
