//! The pages behind the links of a message: looking changes nothing, the button and the one click of mail programs do, at once.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request, StatusCode};
use engine::unsubscribe::{headers, links};
use engine::worker;
use model::message::UNDO_MS;
use model::{
    AddressLine, Channel, Chosen, ConsentEntry, ConsentState, ConsentWay, ContactDraft, ContactId, ContactKind, DeliveryState,
    Language, ListDraft, Membership, MessageBody, MessageDetail, MessageDraft, MessageId, MessageState, Page, RecipientListId,
    Released, Suppression, SuppressionQuery, SuppressionReason, SuppressionSource, TemplateBody, TemplateDraft, TemplateText,
    TestOrder, TestSent,
};
use serde_json::json;

use crate::bed::{Bed, Reply, Session, URL};

const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

async fn contact(bed: &Bed, admin: &Session) -> ContactId {
    let mut draft = ContactDraft { last_name: "Nová".to_owned(), language: Some(Language::Cs), ..ContactDraft::default() };
    draft.emails = vec![AddressLine { text: "Nova@example.cz".to_owned(), ..AddressLine::default() }];
    draft.phones = vec![AddressLine { text: "+420 603 123 456".to_owned(), ..AddressLine::default() }];
    bed.call("contacts/save_contact", Some(admin), json!({ "key": null, "draft": draft })).await.json()
}

async fn send(bed: &Bed, admin: &Session) -> MessageId {
    let draft = MessageDraft {
        to: "nova@example.cz".to_owned(),
        subject: "Novinky".to_owned(),
        body: MessageBody::Text("Dobrý den <script>alert(1)</script>".to_owned()),
        ..MessageDraft::default()
    };
    let reply = bed.call("messages/send_message", Some(admin), json!({ "key": null, "draft": draft })).await;
    reply.json::<Released>().id
}

async fn sent(bed: &Bed, admin: &Session) -> MessageId {
    let id = send(bed, admin).await;
    bed.clock.advance(UNDO_MS);
    worker::turn(&bed.engine).await.unwrap();
    id
}

async fn seen(bed: &Bed, admin: &Session, id: MessageId) -> MessageDetail {
    bed.call("history/open_message", Some(admin), json!({ "id": id })).await.json()
}

async fn suppressions(bed: &Bed, admin: &Session) -> Vec<Suppression> {
    let query = SuppressionQuery::default();
    bed.call("suppressions/list_suppressions", Some(admin), json!({ "query": query })).await.json::<Page<Suppression>>().rows
}

fn path(url: &str) -> String {
    url.strip_prefix(URL).expect("the link leads to us").to_owned()
}

/// Asks as a mail program or a person does: without cookie, from nowhere.
async fn visit(bed: &Bed, method: Method, path: &str, body: &'static str) -> Reply {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("x-forwarded-for", "203.0.113.9")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    bed.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_link_that_is_only_opened_unsubscribes_nobody() {
    let (bed, admin) = Bed::ready().await;
    contact(&bed, &admin).await;
    let link = path(&links(&bed.engine, sent(&bed, &admin).await).unsubscribe);
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(visit(&bed, method, &link, "").await.status, StatusCode::OK);
    }
    let page = visit(&bed, Method::GET, &link, "").await;
    assert!(page.text().contains("<html lang=\"cs\">") && page.text().contains("Odhlásit se z e-mailů"), "{}", page.text());
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"));
    assert_eq!((page.header("x-robots-tag"), page.header("referrer-policy")), ("noindex", "no-referrer"));
    assert_eq!(suppressions(&bed, &admin).await, []);
}

#[tokio::test]
async fn one_click_suppresses_at_once_keeps_the_proof_and_stops_what_waits() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let first = sent(&bed, &admin).await;
    let waiting = send(&bed, &admin).await;
    let link = path(&links(&bed.engine, first).unsubscribe);
    for _ in 0..2 {
        let done = visit(&bed, Method::POST, &link, ONE_CLICK).await;
        assert_eq!(done.status, StatusCode::OK);
        assert!(done.text().contains("Jste odhlášeni"), "{}", done.text());
    }
    let closed = suppressions(&bed, &admin).await;
    assert_eq!(closed.len(), 1);
    assert_eq!((closed[0].reason, closed[0].source), (SuppressionReason::Unsubscribed, SuppressionSource::Recipient));
    assert_eq!((closed[0].target.normalized().as_str(), closed[0].message), ("nova@example.cz", Some(first)));
    let stopped = seen(&bed, &admin, waiting).await;
    assert_eq!(stopped.deliveries.iter().map(|it| it.state).collect::<Vec<_>>(), [DeliveryState::Suppressed]);
    assert_ne!(stopped.state, MessageState::Queued);
    let log: Vec<ConsentEntry> = bed.call("contacts/list_consents", Some(&admin), json!({ "contact": eva })).await.json();
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].consent.state, log[0].consent.way), (ConsentState::Withdrawn, ConsentWay::Link));
    assert_eq!((log[0].address.to_lowercase().as_str(), log[0].from.as_str()), ("nova@example.cz", "203.0.113.9"));
}

#[tokio::test]
async fn one_click_may_come_as_multipart_too() {
    let (bed, admin) = Bed::ready().await;
    let link = path(&links(&bed.engine, sent(&bed, &admin).await).unsubscribe);
    let form = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let request = Request::builder().method(Method::POST).uri(&link).header(CONTENT_TYPE, "multipart/form-data; boundary=x");
    assert_eq!(bed.send(request.body(Body::from(form)).unwrap()).await.status, StatusCode::OK);
    assert_eq!(suppressions(&bed, &admin).await.len(), 1);
}

#[tokio::test]
async fn what_is_ticked_is_left_and_the_rest_stays() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let (news, secret) =
        (list(&bed, &admin, "Novinky", "Naše novinky", eva).await, list(&bed, &admin, "Neplatiči", "", eva).await);
    let message = sent(&bed, &admin).await;
    let link = path(&links(&bed.engine, message).unsubscribe);
    let page = visit(&bed, Method::GET, &link, "").await.text();
    assert!(page.contains("Naše novinky") && !page.contains("Neplatiči"), "{page}");
    assert!(page.contains("+420 *** *** 456") && !page.contains("603"), "{page}");

    let choose = link.replace("/unsubscribe/", "/preferences/");
    let body = format!("sms=on&list-{news}=on&list-{secret}=on").leak();
    let done = visit(&bed, Method::POST, &choose, body).await;
    assert!(done.text().contains("Vaše volba je uložena"), "{}", done.text());
    let closed = suppressions(&bed, &admin).await;
    assert_eq!(closed.iter().map(|it| it.channels).collect::<Vec<_>>(), [model::Channels::Sms]);
    assert_eq!(lists_of(&bed, &admin, eva).await, [secret]);

    // A takeover does not bring them back, a colleague's hand does.
    let takeover = json!({ "kinds": ContactKind::ALL, "branches": false, "persons": false, "reachable": "Anyhow" });
    let input = json!({ "id": news, "takeover": takeover, "after": null });
    assert_eq!(bed.call("recipient_lists/take_over_into_list", Some(&admin), input).await.status, StatusCode::OK);
    assert_eq!(lists_of(&bed, &admin, eva).await, [secret]);
    put(&bed, &admin, news, eva).await;
    assert_eq!(lists_of(&bed, &admin, eva).await, [secret, news]);
}

#[tokio::test]
async fn a_link_is_neither_guessed_nor_used_for_something_else() {
    let (bed, admin) = Bed::ready().await;
    let links = links(&bed.engine, sent(&bed, &admin).await);
    let changed = path(&links.unsubscribe).replace("/unsubscribe/AAAA", "/unsubscribe/AAAB");
    let crossed = path(&links.view).replace("/view/", "/unsubscribe/");
    for link in [changed.as_str(), crossed.as_str(), "/unsubscribe/x", "/unsubscribe/%00"] {
        let reply = visit(&bed, Method::POST, link, ONE_CLICK).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{link}");
        assert!(reply.text().contains("Taký odkaz nepoznáme"));
    }
    assert_eq!(suppressions(&bed, &admin).await, []);
}

#[tokio::test]
async fn the_link_of_a_test_unsubscribes_nobody() {
    let (bed, admin) = Bed::ready().await;
    let mut pages = Vec::new();
    let id = tested(&bed, &admin).await;
    let link = path(&links(&bed.engine, id).unsubscribe);
    for method in [Method::GET, Method::POST] {
        pages.push(visit(&bed, method, &link, ONE_CLICK).await.text());
    }
    assert!(pages.iter().all(|it| it.contains("zo skúšobnej správy")), "{pages:?}");
    assert_eq!(suppressions(&bed, &admin).await, []);
}

#[tokio::test]
async fn a_message_is_seen_in_the_browser_by_its_link_and_runs_nothing() {
    let (bed, admin) = Bed::ready().await;
    let links = links(&bed.engine, sent(&bed, &admin).await);
    let page = visit(&bed, Method::GET, &path(&links.view), "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Dobrý den") && !page.text().contains("<script"), "{}", page.text());
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("sandbox ") && policy.contains("default-src 'none'") && !policy.contains("script"), "{policy}");
    let crossed = path(&links.unsubscribe).replace("/unsubscribe/", "/view/");
    assert_eq!(visit(&bed, Method::GET, &crossed, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_message_that_was_not_released_is_nobodys_to_see() {
    let (bed, admin) = Bed::ready().await;
    let draft = MessageDraft {
        to: "nova@example.cz".to_owned(),
        subject: "Tajné".to_owned(),
        body: MessageBody::Text("Ešte nie".to_owned()),
        ..MessageDraft::default()
    };
    let id: MessageId = bed.call("messages/prepare_message", Some(&admin), json!({ "key": null, "draft": draft })).await.json();
    assert_eq!(visit(&bed, Method::GET, &path(&links(&bed.engine, id).view), "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn mail_programs_are_told_of_the_one_click() {
    let (bed, admin) = Bed::ready().await;
    let id = sent(&bed, &admin).await;
    let link = links(&bed.engine, id).unsubscribe;
    let expected = [("List-Unsubscribe", format!("<{link}>")), ("List-Unsubscribe-Post", ONE_CLICK.to_owned())];
    assert_eq!(headers(&bed.engine, id), expected.map(|(name, value)| (name.to_owned(), value)));
}

async fn tested(bed: &Bed, admin: &Session) -> MessageId {
    let empty = TemplateText::empty(Language::Sk, Channel::Email);
    let text = TemplateText { subject: "Novinky".to_owned(), body: TemplateBody::Html("<p>Dobrý deň</p>".to_owned()), ..empty };
    let draft = TemplateDraft { name: "Novinky".to_owned(), texts: vec![text], ..TemplateDraft::default() };
    let order = TestOrder { template: None, draft, language: Language::Sk, contact: None, to: "eva@example.sk".to_owned() };
    let reply = bed.call("templates/test_template", Some(admin), json!({ "order": order })).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    reply.json::<TestSent>().message
}

async fn list(bed: &Bed, admin: &Session, name: &str, public_name: &str, member: ContactId) -> RecipientListId {
    let draft = ListDraft { name: name.to_owned(), public_name: public_name.to_owned(), ..ListDraft::default() };
    let id = bed.call("recipient_lists/save_list", Some(admin), json!({ "key": null, "draft": draft })).await.json();
    put(bed, admin, id, member).await;
    id
}

async fn put(bed: &Bed, admin: &Session, list: RecipientListId, member: ContactId) {
    let input = json!({ "id": list, "chosen": Chosen::Ticked(vec![member]), "after": null });
    assert_eq!(bed.call("recipient_lists/add_to_list", Some(admin), input).await.status, StatusCode::OK);
}

async fn lists_of(bed: &Bed, admin: &Session, contact: ContactId) -> Vec<RecipientListId> {
    let reply = bed.call("recipient_lists/list_memberships", Some(admin), json!({ "contact": contact })).await;
    reply.json::<Vec<Membership>>().into_iter().map(|it| it.list).collect()
}
