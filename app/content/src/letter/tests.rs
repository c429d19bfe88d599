use model::template::{BlockFault, MjmlFault};
use model::{Day, Language, MergeFault, MergeField, MergeKind, MergeValue, MergeValues, TemplateBody, UnresolvedReason};

use super::*;

fn field(path: &str, kind: MergeKind) -> MergeField {
    MergeField { path: path.to_owned(), kind, ..MergeField::default() }
}

fn fields() -> Catalogue {
    catalogue(&[
        field("contact.name", MergeKind::Text),
        field("order.total", MergeKind::Money),
        field("order.due", MergeKind::Date),
        field("order.pieces", MergeKind::Number),
        MergeField { rows: vec![field("name", MergeKind::Text)], ..field("order.items", MergeKind::Collection) },
    ])
}

fn given() -> MergeValues {
    let mut given = MergeValues::default();
    given.text("contact.name", "Eva <Nová>");
    given.set("order.total", MergeValue::Money { minor: 123_450, currency: "EUR".into() });
    given.set("order.due", MergeValue::Date(Day::new(2026, 5, 28).unwrap()));
    given.set("order.pieces", MergeValue::Number(model::Decimal(25_000)));
    let row = [("name".to_owned(), MergeValue::Text("Stôl".into()))].into();
    given.set("order.items", MergeValue::List(vec![row]));
    given
}

fn mail(subject: &str, html: &str) -> TemplateText {
    TemplateText {
        subject: subject.into(),
        body: TemplateBody::Html(html.into()),
        ..TemplateText::empty(Language::Sk, Channel::Email)
    }
}

#[test]
fn every_place_is_filled_and_the_plain_text_is_made_of_the_html() {
    let mut text = mail("Pre {{ contact.name }}", "<p>{{ contact.name }}: {{ order.total }} do {{ order.due }}</p>");
    text.preheader = "{{ order.pieces }} ks".into();
    let letter = Letter::compile(&text, &fields()).unwrap();
    assert_eq!(letter.fields(), ["contact.name", "order.pieces", "order.total", "order.due"]);
    let filled = letter.fill(&values(&given()), Diacritics::Keep).unwrap();
    assert_eq!(filled.subject, "Pre Eva <Nová>");
    assert_eq!(filled.preheader, "2,5 ks");
    assert!(filled.html.starts_with("<p>Eva &lt;Nová&gt;: 1"), "{}", filled.html);
    assert!(filled.text.starts_with("Eva <Nová>: 1") && filled.text.contains("28."), "{}", filled.text);
    assert_eq!(filled.unresolved, []);
}

#[test]
fn an_own_plain_text_is_kept() {
    let text = TemplateText { plain: PlainText::Own("Pre {{ contact.name }}\n".into()), ..mail("x", "<b>y</b>") };
    let filled = Letter::compile(&text, &fields()).unwrap().fill(&values(&given()), Diacritics::Keep).unwrap();
    assert_eq!(filled.text, "Pre Eva <Nová>\n");
}

#[test]
fn a_field_without_a_value_is_listed_with_its_place() {
    let letter = Letter::compile(&mail("x", "<p>\n {{ contact.name }}</p>"), &fields()).unwrap();
    let filled = letter.fill(&values(&MergeValues::default()), Diacritics::Keep).unwrap();
    assert!(filled.html.contains("⟦contact.name⟧"), "{}", filled.html);
    let [missing] = &filled.unresolved[..] else { panic!("{:?}", filled.unresolved) };
    assert_eq!((missing.place, missing.path.as_str(), missing.line), (TemplatePlace::Body, "contact.name", 2));
    assert_eq!(missing.reason, UnresolvedReason::Missing);
}

#[test]
fn faults_of_all_places_are_told_in_their_order() {
    let text = TemplateText { preheader: "{{ contact.nam }}".into(), ..mail("{{ order.items }}", "<p>{% if %}</p>") };
    let faults = Letter::compile(&text, &fields()).unwrap_err();
    let places: Vec<_> = faults.iter().map(|it| it.place).collect();
    assert!(places.is_sorted() && places.contains(&TemplatePlace::Body), "{faults:?}");
    let nearest = faults.iter().find(|it| it.place == TemplatePlace::Preheader).unwrap();
    assert_eq!(nearest.suggestion.as_deref(), Some("contact.name"));
    assert_eq!(nearest.fault, MergeFault::UnknownField("contact.nam".into()));
    assert_eq!((nearest.line, nearest.column), (1, 4));
}

#[test]
fn a_text_message_takes_no_rows_and_loses_its_diacritics_unless_they_are_kept() {
    let sms =
        |words: &str| TemplateText { body: TemplateBody::Sms(words.into()), ..TemplateText::empty(Language::Sk, Channel::Sms) };
    let faults = Letter::compile(&sms("{% for it in order.items %}{{ it.name }}{% endfor %}"), &fields()).unwrap_err();
    assert!(matches!(&faults[0].fault, MergeFault::CollectionHere(_)), "{faults:?}");
    let letter = Letter::compile(&sms("Ďakujeme, {{ contact.name }}"), &fields()).unwrap();
    let words = |kept| letter.fill(&values(&given()), kept).unwrap().text;
    assert_eq!(words(Diacritics::Strip), "Dakujeme, Eva <Nova>");
    assert_eq!(words(Diacritics::Keep), "Ďakujeme, Eva <Nová>");
}

#[test]
fn faults_of_mjml_lead_back_to_its_source() {
    let mjml = |text: &str| TemplateText {
        body: TemplateBody::Mjml(format!(
            "<mjml><mj-body><mj-section><mj-column><mj-text>{text}</mj-text></mj-column></mj-section></mj-body></mjml>"
        )),
        ..mail("x", "")
    };
    let wrong = mjml("{{ contact.nam }}");
    let faults = Letter::compile(&wrong, &fields()).unwrap_err();
    let at = faults[0].start as usize..faults[0].end as usize;
    assert_eq!(&wrong.body.source()[at], "contact.nam");
    let filled = Letter::compile(&mjml("{{ contact.name }}"), &fields()).unwrap();
    let filled = filled.fill(&values(&given()), Diacritics::Keep).unwrap();
    assert!(filled.html.contains("Eva &lt;Nová&gt;") && filled.text.contains("Eva <Nová>"));
    let broken = TemplateText { body: TemplateBody::Mjml("<mjml><mj-body>".into()), ..mail("x", "") };
    assert_eq!(
        Letter::compile(&broken, &fields()).unwrap_err()[0].fault,
        MergeFault::Mjml(MjmlFault::Unclosed("mj-body".into()))
    );
}

#[test]
fn the_preheader_stands_first_in_the_body_and_is_not_seen() {
    let with = |html: &str| {
        let filled = Filled { preheader: "Len <do> piatka".into(), html: html.into(), ..Filled::default() };
        filled.html_with_preheader()
    };
    let fragment = with("<p>x</p>");
    assert!(
        fragment.starts_with("<div style=\"display:none") && fragment.ends_with("Len &lt;do&gt; piatka</div><p>x</p>"),
        "{fragment}"
    );
    let document = with("<html><BODY title=\"a>b\" class='c'><p>x</p></body></html>");
    assert!(document.starts_with("<html><BODY title=\"a>b\" class='c'><div style"), "{document}");
    assert_eq!(Filled { html: "<p>x</p>".into(), ..Filled::default() }.html_with_preheader(), "<p>x</p>");
}

#[test]
fn faults_of_blocks_name_the_block() {
    let blocks = |html: &str| TemplateText {
        body: TemplateBody::Blocks(format!(
            r#"{{"version":1,"blocks":[{{"id":1,"is":"divider"}},{{"id":2,"is":{{"text":{{"html":"{html}"}}}}}}]}}"#
        )),
        ..mail("x", "")
    };
    for (html, fault) in [
        ("<p>{{ contact.nam }}</p>", MergeFault::UnknownField("contact.nam".into())),
        ("<p>", MergeFault::Block(BlockFault::Markup)),
    ] {
        let faults = Letter::compile(&blocks(html), &fields()).unwrap_err();
        assert_eq!((faults[0].block.as_slice(), &faults[0].fault), (&[1][..], &fault), "{html}");
    }
    let filled = Letter::compile(&blocks("<p>{{ contact.name }}</p>"), &fields()).unwrap();
    let filled = filled.fill(&values(&given()), Diacritics::Keep).unwrap();
    assert!(filled.html.contains("<p>Eva &lt;Nová&gt;</p>") && filled.text.contains("Eva <Nová>"), "{}", filled.text);
    let nonsense = TemplateText { body: TemplateBody::Blocks("{}".into()), ..mail("x", "") };
    assert_eq!(Letter::compile(&nonsense, &fields()).unwrap_err()[0].fault, MergeFault::Block(BlockFault::Unreadable));
}

#[test]
fn the_words_of_a_text_are_without_markup_and_merge_code() {
    let text = mail("Zmluva {{ contact.name }}", "<p>Dobrý <b>deň</b>, {{ contact.salutation }}!</p>");
    let told = words(&text);
    assert!(told.contains("Zmluva") && told.contains("Dobrý deň"), "{told}");
    assert!(!told.contains("contact") && !told.contains('<'), "{told}");
    assert_eq!(
        words(&TemplateText { body: TemplateBody::Mjml("<mjml>".into()), ..mail("Len predmet", "") }).trim(),
        "Len predmet"
    );
}
