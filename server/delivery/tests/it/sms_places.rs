//! Texts in the places of a described request: whatever they are, they arrive as they are.

use delivery::{
    Verdict,
    sms::{
        SegmentId, Sender, SmsKind,
        web::{AlphabetWords, BodyKind, NumberForm},
    },
};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    sms_description::{described, good, made, request},
    sms_support::{accepted, message, transmit, transmit_one},
};

/// Text that would break out of every place that is not escaped.
const NASTY: &str = "\"}],&x=1</text><!--]]>'\\\r\nX-Evil: 1 %20+č€😀";

#[tokio::test]
async fn values_stand_in_json_as_they_are() {
    let server = good().await;
    let outcome = transmit_one(&made(&server, described(&server.base())), NASTY).await;
    assert_eq!(accepted(&outcome), [SegmentId::new("4711").unwrap()]);
    let asked = &server.asked()[0];
    assert_eq!(asked.json(), json!({ "to": "+421903600001", "text": NASTY, "ref": "d-1" }));
    assert_eq!(asked.header("x-key"), Some("the-key-of-the-test"));
    assert_eq!(asked.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn values_stand_in_addresses_as_they_are() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.send =
        request(&format!("{}/to/{{{{number}}}}?text={{{{text}}}}&a={{{{alphabet}}}}&n={{{{segments}}}}", server.base()), None);
    settings.number = NumberForm::Zeros;
    settings.alphabet = AlphabetWords { gsm: "7bit".to_owned(), unicode: "ucs2".to_owned() };
    transmit_one(&made(&server, settings), NASTY).await;
    let asked = &server.asked()[0];
    assert_eq!((asked.method.as_str(), asked.path()), ("GET", "/to/00421903600001"));
    let expected = [("text", NASTY), ("a", "ucs2"), ("n", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(asked.query(), expected);
    assert!(asked.header("x-evil").is_none());
}

#[tokio::test]
async fn values_stand_in_forms_and_xml_as_they_are() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.sender = Some(Sender::parse("Posel").unwrap());
    let form = "from={{sender}}&to={{number}}&text={{text}}&flash={{flash}}";
    settings.send = request(&server.base(), Some((BodyKind::Form, form)));
    settings.number = NumberForm::Digits;
    let mut flash = message(1, NASTY);
    flash.kind = SmsKind::Flash;
    transmit(&made(&server, settings.clone()), &[flash]).await;
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&server.asked()[0].body).into_owned().collect();
    let expected = [("from", "Posel"), ("to", "421903600001"), ("text", NASTY), ("flash", "1")];
    assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    settings.send = request(&server.base(), Some((BodyKind::Xml, "<sms to='{{number}}'><text>{{text}}</text></sms>")));
    transmit_one(&made(&server, settings), "a<b>&'\"\u{1}\r\nč").await;
    let xml = "<sms to='421903600001'><text>a&lt;b&gt;&amp;&apos;&quot; &#13;\nč</text></sms>";
    assert_eq!(server.asked()[1].text(), xml);
}

#[tokio::test]
async fn a_value_that_cannot_stand_in_a_header_ends_its_message() {
    let server = good().await;
    let mut settings = described(&server.base());
    settings.send.headers.push(("X-Text".to_owned(), "{{text}}".to_owned()));
    let gateway = made(&server, settings);
    assert_eq!(transmit_one(&gateway, "a\r\nX-Evil: 1").await.verdict(), Verdict::MessageNever);
    assert!(server.asked().is_empty());
    assert_eq!(transmit_one(&gateway, "fine").await.verdict(), Verdict::Accepted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_becomes_part_of_the_request_around_it(text in "\\PC{0,80}|[\"&<>{}%+\\\\\r\n\t /?#=;:'-]{0,40}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = good().await;
            let mut settings = described(&server.base());
            let url = format!("{}/a/{{{{text}}}}/b?x={{{{text}}}}&y=1", server.base());
            settings.send = request(&url, Some((BodyKind::Json, r#"{"a":["{{text}}"],"b":1}"#)));
            transmit_one(&made(&server, settings), &text).await;
            if text == "." || text == ".." {
                assert!(server.asked().is_empty());
                return;
            }
            let asked = &server.asked()[0];
            assert_eq!(asked.json(), json!({ "a": [text], "b": 1 }));
            assert_eq!(asked.query(), [("x".to_owned(), text.clone()), ("y".to_owned(), "1".to_owned())]);
            assert_eq!(asked.path().split('/').count(), 4);
        });
    }
}
