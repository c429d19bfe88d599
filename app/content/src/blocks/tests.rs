use proptest::prelude::*;

use super::*;
use crate::merge::tests::bed::catalogue;
use crate::merge::{Place, Template, is_path};
use crate::payment::Standard;

fn block(id: u32, is: Kind) -> Block {
    Block { id, is }
}

fn text(id: u32, html: &str) -> Block {
    block(id, Kind::Text(Text { html: html.into() }))
}

fn document(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::default() }
}

fn items(list: &str, field: &str) -> Kind {
    let column = |heading: &str, field: &str, align| ItemsColumn { heading: heading.into(), field: field.into(), align };
    let columns = vec![column("Názov <b>", field, Align::Left), column("Cena", "price", Align::Right)];
    Kind::Items(Items { list: list.into(), columns, empty: "Nič".into() })
}

fn payment() -> PaymentCode {
    PaymentCode {
        account: "SK31 1200 0000 1987 4263 7541".into(),
        amount: "order.total".into(),
        due: "order.due".into(),
        variable: "{{ order.number }}".into(),
        message: "Objednávka & {{ order.number }}".into(),
        payee: "Jaseňové dielo, s. r. o.".into(),
        caption: "Zaplaťte {{ order.total }} kódom".into(),
        ..PaymentCode::default()
    }
}

/// A document with a block of each kind.
fn whole() -> Document {
    let picture = Picture {
        source: "cid:a".into(),
        alternative: "Stôl \"dub\" {{ order.number | fallback(\"x\") }}".into(),
        link: "https://firma.example/?a=1&b={{ order.number }}".into(),
        ..Picture::default()
    };
    let button = Button { label: "Zaplatiť {{ order.total }}".into(), link: "{{ company.web }}".into(), align: Align::Center };
    let columns = vec![vec![text(5, "<p>a</p>"), block(6, Kind::Divider)], vec![block(7, Kind::Picture(picture.clone()))]];
    document(vec![
        block(1, Kind::Header(Header { name: "A & B".into(), ..Header::default() })),
        text(2, "<p>{{ contact.name | salutation }}, <b>ahoj</b></p>{% if contact.is_vip %}<p>VIP</p>{% endif %}"),
        block(3, Kind::Picture(picture)),
        block(4, Kind::Columns(Columns { split: Split::WideFirst, columns })),
        block(8, items("order.items", "name")),
        block(9, Kind::Spacer(Spacer { height: 20 })),
        block(10, Kind::Button(button)),
        block(11, Kind::Payment(payment())),
        block(12, Kind::Footer(Footer { html: "<p>{{ company.web }}</p>".into() })),
    ])
}

fn compiled(document: &Document) -> Template {
    let (_, made) = to_html(document, Language::Slovak).unwrap_or_else(|it| panic!("{it:?}"));
    Template::compile(&made.html, Place::Html, &catalogue(), Language::Slovak)
        .unwrap_or_else(|it| panic!("{it:?}\n{}", made.html))
}

fn faults(blocks: Vec<Block>) -> Vec<(Path, FaultKind)> {
    check(&document(blocks)).into_iter().map(|it| (it.path, it.kind)).collect()
}

#[test]
fn a_document_survives_being_kept() {
    assert_eq!(read(&write(&whole())), Ok(whole()));
    let short = r#"{"version":1,"blocks":[{"id":1,"is":"divider"},{"id":2,"is":{"picture":{"source":"cid:a"}}}]}"#;
    assert_eq!(read(short).map(|it| (it.theme, it.blocks.len())), Ok((Theme::default(), 2)));
}

#[test]
fn documents_of_newer_programs_are_told_from_nonsense() {
    let kind = |json: &str| read(json).map_err(|it| it.kind).err();
    assert_eq!(kind(r#"{"version":2,"blocks":[{"id":1,"is":{"video":{}}}]}"#), Some(FaultKind::Version(2)));
    assert_eq!(kind(r#"{"version":2,"blocks":[]}"#), Some(FaultKind::Version(2)));
    assert_eq!(kind(r#"{"version":1,"blocks":[{"id":1,"is":{"video":{}}}]}"#), Some(FaultKind::Unreadable));
    assert_eq!(kind("<p>x</p>"), Some(FaultKind::Unreadable));
}

#[test]
fn every_kind_of_block_becomes_html_whose_fields_are_filled() {
    let html = compiled(&whole()).render(&catalogue().samples()).unwrap_or_default();
    for words in [
        "A &amp; B",
        "<b>ahoj</b></p><p>VIP</p>",
        "alt=\"Stôl &quot;dub&quot; 2026/17\"",
        "href=\"https://firma.example/?a=1&amp;b=2026%2F17\"",
        "Názov &lt;b&gt;",
        ">Stolička</td>",
        "Zaplatiť 1\u{a0}234,50\u{a0}€",
        "&amp;amount=1234.50%20EUR&amp;due=20260528&amp;variable=2026%2F17&amp;message=Objedn%C3%A1vka%20%26%202026%2F17",
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert_eq!(html.matches("{{").count() + html.matches("{%").count(), 0);
}

#[test]
fn a_payment_becomes_a_code_with_the_record_s_values() {
    let html = compiled(&whole()).render(&catalogue().samples()).unwrap_or_default();
    let at = html.find("cid:payment?").unwrap_or_default();
    let address = html[at..].split('"').next().unwrap_or_default().replace("&amp;", "&");
    let payment = crate::payment::read(&address).unwrap_or_else(|it| panic!("{it:?}"));
    assert_eq!((payment.standard, payment.amount, payment.variable.as_str()), (Standard::PayBySquare, Some(123_450), "202617"));
    assert_eq!(payment.message, "Objednávka & 2026/17");
    assert!(payment.code().is_ok());
}

#[test]
fn nothing_of_a_document_is_taken_out_when_it_leaves() {
    let html = compiled(&whole()).render(&catalogue().samples()).unwrap_or_default();
    let content = crate::mail::Content { subject: "x", body: crate::mail::Body::Html(&html), signature: "", language: "sk" };
    let mail = crate::mail::email(&content).unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(mail.removed, []);
    for kept in ["prefers-color-scheme", "class=\"surface\"", "<!--[if mso", "min-width:480px", "cid:payment?"] {
        assert!(mail.html.contains(kept), "{kept} in {}", mail.html);
    }
    assert!(mail.text.contains("Stolička") && mail.text.contains("Zaplatiť 1\u{a0}234,50\u{a0}€"), "{}", mail.text);
}

#[test]
fn what_is_wrong_names_the_block_by_its_path() {
    let columns = |inside| {
        block(9, Kind::Columns(Columns { columns: vec![vec![], vec![text(8, "<p>a</p>"), inside]], ..Columns::default() }))
    };
    assert_eq!(faults(vec![]), [(vec![], FaultKind::Empty)]);
    assert_eq!(faults(vec![text(1, "<p>"), text(2, "</td>")]), [(vec![0], FaultKind::Markup), (vec![1], FaultKind::Markup)]);
    assert_eq!(faults(vec![columns(text(8, "x"))]), [(vec![0, 1, 1], FaultKind::Twice(8))]);
    assert_eq!(
        faults(vec![columns(block(7, Kind::Button(Button { label: "x".into(), ..Button::default() })))]),
        [(vec![0, 1, 1], FaultKind::Missing(Field::Link))]
    );
    let inner = Kind::Columns(Columns { columns: vec![vec![], vec![]], ..Columns::default() });
    assert_eq!(faults(vec![columns(block(7, inner))]), [(vec![0, 1, 1], FaultKind::Nested)]);
    assert_eq!(
        faults(vec![block(1, items("order items", "a b"))]),
        [(vec![0], FaultKind::Path(Field::List)), (vec![0], FaultKind::Path(Field::Column))]
    );
    let wrong = PaymentCode { account: "SK31 1200 0000 1987 4263 7542".into(), payee: String::new(), ..payment() };
    assert_eq!(
        faults(vec![block(1, Kind::Payment(wrong))]),
        [(vec![0], FaultKind::Missing(Field::Payee)), (vec![0], FaultKind::Account)]
    );
    let themed = Document { theme: Theme { ink: "red".into(), font_size: 5, ..Theme::default() }, ..whole() };
    let kinds: Vec<_> = check(&themed).into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [FaultKind::Color(Field::Ink), FaultKind::Range { field: Field::FontSize, min: 11, max: 24 }]);
}

#[test]
fn addresses_that_could_do_harm_are_refused() {
    for (address, fits) in [
        ("https://firma.example", true),
        ("{{ company.web }}", true),
        ("tel:+421903622237", true),
        ("javascript:alert(1)", false),
        ("//firma.example", false),
        ("https:", false),
        ("https://", false),
        ("data:text/html,x", false),
        ("{{# x #}}javascript:alert(1)", false),
        ("{% if a %}javascript:{% endif %}", false),
    ] {
        let button = Button { label: "x".into(), link: address.into(), ..Button::default() };
        assert_eq!(faults(vec![block(1, Kind::Button(button))]).is_empty(), fits, "{address}");
    }
}

#[test]
fn a_wrong_field_leads_back_to_its_block() {
    let mut wrong = whole();
    wrong.blocks[3] = block(
        4,
        Kind::Columns(Columns {
            columns: vec![vec![], vec![text(5, "<p>a</p>"), text(6, "<p>{{ contact.nam }}</p>")]],
            ..Columns::default()
        }),
    );
    let (mjml, made) = to_html(&wrong, Language::Czech).unwrap_or_else(|it| panic!("{it:?}"));
    let faults = Template::compile(&made.html, Place::Html, &catalogue(), Language::Czech).err().unwrap_or_default();
    let at = made.map.source(faults[0].spot.range.start).unwrap_or_default();
    assert_eq!(mjml.block(at), [3, 1, 1]);
    assert_eq!(mjml.block(0), Path::new());
}

#[test]
fn the_mjml_can_be_read_and_taken_over_by_hand() {
    let mjml = to_mjml(&document(vec![text(1, "<p>Dobrý deň</p>")]), Language::Slovak).unwrap_or_default();
    assert!(mjml.source.starts_with("<mjml lang=\"sk\">\n  <mj-head>\n"));
    assert!(
        mjml.source.contains("\n        <mj-text css-class=\"words\">\n          <p>Dobrý deň</p>\n        </mj-text>\n"),
        "{}",
        mjml.source
    );
}

#[test]
fn letters_on_a_button_are_read_on_its_colour() {
    for (color, ink) in [("#1d5c63", "#ffffff"), ("#ffd400", "#000000"), ("#000000", "#ffffff"), ("#ffffff", "#000000")] {
        assert_eq!(theme::on(color), ink, "{color}");
    }
}

fn words() -> impl Strategy<Value = String> {
    let tags = ["{{ contact.name }}", "{{ order.number | fallback(\"a\\\"b\") }}", "{% if contact.is_vip %}&{% endif %}"];
    let piece = prop_oneof![3 => "[^{}]{0,12}", 1 => prop::sample::select(tags.to_vec()).prop_map(str::to_owned)];
    prop::collection::vec(piece, 1..4).prop_map(|it| format!("x{}", it.concat()))
}

fn html() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec!["p", "ul", "b", "table", "h1", "span"]);
    prop::collection::vec((tag, words()), 0..4).prop_map(|it| {
        it.into_iter().map(|(tag, words)| format!("<{tag} title='\"'>{}<br></{tag}>", words::escaped(&words))).collect()
    })
}

fn leaf() -> impl Strategy<Value = Kind> {
    let align = prop::sample::select(vec![Align::Left, Align::Center, Align::Right]);
    let address =
        prop::sample::select(vec!["cid:a b\"c", "https://a.example/\\?č=\u{a0}&x={{ order.number }}", "{{ company.web }}"]);
    prop_oneof![
        html().prop_map(|html| Kind::Text(Text { html })),
        html().prop_map(|html| Kind::Footer(Footer { html })),
        Just(Kind::Divider),
        (4_u32..=200).prop_map(|height| Kind::Spacer(Spacer { height })),
        (address, words(), prop::option::of(16_u32..=800), align.clone()).prop_map(|(source, alternative, width, align)| {
            Kind::Picture(Picture { source: source.into(), alternative, link: String::new(), width, align })
        }),
        (words(), align.clone()).prop_map(|(label, align)| Kind::Button(Button { label, link: "tel:1".into(), align })),
        (words(), align).prop_map(|(name, align)| Kind::Header(Header { logo: String::new(), name, align })),
        (words(), words()).prop_map(|(message, caption)| Kind::Payment(PaymentCode { message, caption, ..payment() })),
        (words(), prop::sample::select(vec!["name", "price | money(0)", "count"])).prop_map(|(empty, field)| {
            match items("order.items", field) {
                Kind::Items(it) => Kind::Items(Items { empty, ..it }),
                other => other,
            }
        }),
    ]
}

fn documents() -> impl Strategy<Value = Document> {
    let split = prop::sample::select(vec![Split::Even, Split::NarrowFirst, Split::WideFirst]);
    let columns = (split, prop::collection::vec(prop::collection::vec(leaf(), 0..3), 2..=3));
    let top =
        prop_oneof![3 => leaf().prop_map(|it| (None, vec![vec![it]])), 1 => columns.prop_map(|(split, it)| (Some(split), it))];
    let dark = prop::sample::select(vec![Dark::Adapts, Dark::StaysLight]);
    (prop::collection::vec(top, 1..5), 320_u32..=800, dark).prop_map(|(top, width, dark)| {
        let mut next = 0;
        let mut number = |is| {
            next += 1;
            block(next, is)
        };
        let blocks = top.into_iter().map(|(split, columns)| {
            let mut columns: Vec<Vec<Block>> = columns.into_iter().map(|it| it.into_iter().map(&mut number).collect()).collect();
            match split {
                Some(split) => number(Kind::Columns(Columns { split, columns })),
                None => columns.remove(0).remove(0),
            }
        });
        let theme = Theme { width, dark, ..Theme::default() };
        Document { blocks: blocks.collect(), theme, ..Document::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_document_becomes_a_template_without_faults(document in documents()) {
        prop_assert_eq!(check(&document), []);
        prop_assert_eq!(read(&write(&document)), Ok(document.clone()));
        let template = compiled(&document);
        prop_assert!(template.fields().iter().all(|it| is_path(it)));
        prop_assert!(template.render(&catalogue().samples()).is_ok());
    }

    #[test]
    fn no_text_is_too_strange_to_be_read(json in "\\PC{0,60}", html in "[<>/a-c!\" -]{0,30}") {
        let _ = read(&json);
        let document = document(vec![text(1, &html), text(2, "<p>after</p>")]);
        if check(&document).is_empty() {
            let (_, made) = to_html(&document, Language::Slovak).unwrap_or_else(|it| panic!("{it:?}"));
            prop_assert!(made.html.contains("<p>after</p>"));
        }
    }
}
