//! The page by which an address lets messages leave under it: seen by anybody who has the link, answered only by its button.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use engine::worker;
use model::time::days;
use model::{Language, MessageDetail, Released, Sender, SenderQuestion, SenderState, Senders};
use serde_json::json;

use crate::bed::{Bed, PASSWORD, Reply, Session, URL};

const ADDRESS: &str = "predaj@jedla.example";

/// Asks, lets the mail leave, and gives back the path of its link.
async fn asked(bed: &Bed, admin: &Session) -> String {
    let question = SenderQuestion {
        address: ADDRESS.to_owned(),
        language: Language::Cs,
        subject: "Potvrďte adresu".to_owned(),
        text: "Dobrý den, potvrďte prosím adresu:".to_owned(),
    };
    let reply = bed.call("senders/ask_sender", Some(admin), json!({ "question": question })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let released: Released = reply.json();
    worker::turn(&bed.engine).await.unwrap();
    let message: MessageDetail = bed.call("history/open_message", Some(admin), json!({ "id": released.id })).await.json();
    let link = message.text.lines().find(|it| it.contains("/sender/")).expect("a link stands in the mail").trim();
    link.strip_prefix(URL).expect("the link leads to us").to_owned()
}

/// Opens the page as a mail program or a person does: without cookie, from nowhere.
async fn visit(bed: &Bed, method: Method, path: &str) -> Reply {
    let request = Request::builder().method(method).uri(path).header("x-forwarded-for", "203.0.113.9");
    bed.send(request.body(Body::empty()).unwrap()).await
}

async fn state(bed: &Bed, admin: &Session) -> Option<SenderState> {
    let senders: Senders = bed.call("senders/list_senders", Some(admin), json!({})).await.json();
    senders.addresses.into_iter().find(|it: &Sender| it.address.as_str() == ADDRESS).map(|it| it.state)
}

#[tokio::test]
async fn a_link_that_is_only_opened_confirms_no_sender_and_its_button_does() {
    let (bed, admin) = Bed::ready().await;
    let path = asked(&bed, &admin).await;
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(visit(&bed, method, &path).await.status, StatusCode::OK);
    }
    assert!(matches!(state(&bed, &admin).await, Some(SenderState::Asked(_))));

    let page = visit(&bed, Method::GET, &path).await;
    assert!(page.text().contains("<html lang=\"cs\">") && page.text().contains(ADDRESS), "{}", page.text());
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"));
    assert_eq!((page.header("referrer-policy"), page.header("x-robots-tag")), ("no-referrer", "noindex"));

    let answered = visit(&bed, Method::POST, &path).await;
    assert_eq!(answered.status, StatusCode::OK);
    assert!(answered.text().contains("adresa je potvrzena"), "{}", answered.text());
    assert_eq!(state(&bed, &admin).await, Some(SenderState::Confirmed(bed.clock.now())));
    assert_eq!(visit(&bed, Method::POST, &path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_link_to_a_sender_ends_after_seven_days_and_with_a_newer_one() {
    let (bed, admin) = Bed::ready().await;
    let first = asked(&bed, &admin).await;
    let second = asked(&bed, &admin).await;
    assert_eq!(visit(&bed, Method::POST, &first).await.status, StatusCode::NOT_FOUND);
    bed.clock.advance(days(7));
    assert_eq!(visit(&bed, Method::GET, &second).await.status, StatusCode::GONE);
    assert_eq!(visit(&bed, Method::POST, &second).await.status, StatusCode::GONE);
    let again = json!({ "email": "eva@example.sk", "password": PASSWORD });
    let admin = bed.call("session/sign_in", None, again).await.session();
    assert_eq!(state(&bed, &admin).await, Some(SenderState::Expired));
}

#[tokio::test]
async fn a_guessed_link_to_a_sender_is_unknown() {
    let (bed, _) = Bed::ready().await;
    let reply = visit(&bed, Method::POST, "/sender/guessed").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.text().contains("Taký odkaz nepoznáme"), "{}", reply.text());
}
