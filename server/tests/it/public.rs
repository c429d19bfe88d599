//! The page behind the link of a question for consent: seen by anybody who has the link, answered only by its button.

use app::Problem;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use engine::worker;
use model::time::days;
use model::{
    AuditEntry, AuditQuery, Channel, ConsentDraft, ConsentEntry, ConsentQuestion, ConsentState, ConsentWay, Contact,
    ContactDraft, ContactId, Day, Deed, Fault, Language, MessageDetail, MessageState, Page, Refusal, Released, UserId,
};
use serde_json::json;

use crate::bed::{Bed, PASSWORD, Reply, Session, URL};

const STATEMENT: &str = "Súhlasím, aby mi Jedľa s. r. o. <posielala> novinky e-mailom.";

async fn contact(bed: &Bed, admin: &Session) -> ContactId {
    let mut draft = ContactDraft { last_name: "Nová".to_owned(), language: Some(Language::Cs), ..ContactDraft::default() };
    draft.emails = vec![model::AddressLine { text: "nova@example.cz".to_owned(), ..Default::default() }];
    bed.call("contacts/save_contact", Some(admin), json!({ "key": null, "draft": draft })).await.json()
}

fn question(channel: Channel) -> ConsentQuestion {
    ConsentQuestion {
        channel,
        language: Language::Cs,
        subject: "Potvrďte prosím souhlas".to_owned(),
        text: "Dobrý den,\n\npotvrďte prosím souhlas odkazem:".to_owned(),
        statement: STATEMENT.to_owned(),
    }
}

async fn ask(bed: &Bed, session: &Session, contact: ContactId, channel: Channel) -> Reply {
    bed.call("contacts/ask_consent", Some(session), json!({ "contact": contact, "question": question(channel) })).await
}

/// Asks, lets the mail leave, and gives back the path of its link.
async fn asked(bed: &Bed, admin: &Session, contact: ContactId) -> String {
    let reply = ask(bed, admin, contact, Channel::Email).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let released: Released = reply.json();
    worker::turn(&bed.engine).await.unwrap();
    let message: MessageDetail = bed.call("history/open_message", Some(admin), json!({ "id": released.id })).await.json();
    assert_eq!((message.state, message.undo_until), (MessageState::Sent, None));
    let link = message.text.lines().find(|it| it.contains("/consent/")).expect("a link stands in the mail").trim();
    link.strip_prefix(URL).expect("the link leads to us").to_owned()
}

/// Opens the page as a mail program or a person does: without cookie, from nowhere.
async fn visit(bed: &Bed, method: Method, path: &str) -> Reply {
    let request = Request::builder().method(method).uri(path).header("x-forwarded-for", "203.0.113.9");
    bed.send(request.body(Body::empty()).unwrap()).await
}

async fn state(bed: &Bed, admin: &Session, contact: ContactId) -> ConsentState {
    let contact: Contact = bed.call("contacts/open_contact", Some(admin), json!({ "id": contact })).await.json();
    contact.consents.iter().find(|it| it.channel == Channel::Email).map_or(ConsentState::Unknown, |it| it.state)
}

async fn log(bed: &Bed, admin: &Session, contact: ContactId) -> Vec<ConsentEntry> {
    bed.call("contacts/list_consents", Some(admin), json!({ "contact": contact })).await.json()
}

#[tokio::test]
async fn a_link_that_is_only_opened_confirms_nothing_and_its_button_keeps_the_proof() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let path = asked(&bed, &admin, eva).await;
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(visit(&bed, method, &path).await.status, StatusCode::OK);
    }
    assert_eq!(state(&bed, &admin, eva).await, ConsentState::Asked);

    let page = visit(&bed, Method::GET, &path).await;
    assert!(page.text().contains("<html lang=\"cs\">") && page.text().contains("Ano, souhlasím"), "{}", page.text());
    assert!(page.text().contains("&lt;posielala&gt;") && !page.text().contains("<script"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"));
    assert_eq!((page.header("referrer-policy"), page.header("x-robots-tag")), ("no-referrer", "noindex"));

    let answered = visit(&bed, Method::POST, &path).await;
    assert_eq!(answered.status, StatusCode::OK);
    assert!(answered.text().contains("souhlas je potvrzen"), "{}", answered.text());
    assert_eq!(state(&bed, &admin, eva).await, ConsentState::Confirmed);
    let newest = log(&bed, &admin, eva).await.remove(0);
    assert_eq!((newest.consent.state, newest.consent.way), (ConsentState::Confirmed, ConsentWay::Link));
    assert_eq!((newest.consent.proof.as_str(), newest.noted_at), (STATEMENT, bed.clock.now()));
    assert_eq!((newest.address.as_str(), newest.from.as_str()), ("nova@example.cz", "203.0.113.9"));
}

#[tokio::test]
async fn a_second_yes_changes_nothing_and_the_action_log_keeps_no_network_of_the_person() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let path = asked(&bed, &admin, eva).await;
    for _ in 0..2 {
        assert_eq!(visit(&bed, Method::POST, &path).await.status, StatusCode::OK);
    }
    assert_eq!(log(&bed, &admin, eva).await.len(), 2);
    let page: Page<AuditEntry> =
        bed.call("audit/list_audit", Some(&admin), json!({ "query": AuditQuery::default() })).await.json();
    let deed = Deed::ConsentNoted(eva, Channel::Email, ConsentState::Confirmed);
    let entries: Vec<&AuditEntry> = page.rows.iter().filter(|it| it.deed == deed).collect();
    assert_eq!(entries.iter().map(|it| (it.actor.0, it.from.as_str())).collect::<Vec<_>>(), [(UserId::SYSTEM, "")]);
}

#[tokio::test]
async fn a_link_ends_after_thirty_days_with_a_newer_one_and_with_a_no() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let first = asked(&bed, &admin, eva).await;
    let second = asked(&bed, &admin, eva).await;
    assert_eq!(visit(&bed, Method::POST, &first).await.status, StatusCode::GONE);
    bed.clock.advance(days(30));
    assert_eq!(visit(&bed, Method::GET, &second).await.status, StatusCode::GONE);
    assert_eq!(visit(&bed, Method::POST, &second).await.status, StatusCode::GONE);

    let again = json!({ "email": "eva@example.sk", "password": PASSWORD });
    let admin = bed.call("session/sign_in", None, again).await.session();
    let third = asked(&bed, &admin, eva).await;
    let no = ConsentDraft {
        channel: Channel::Email,
        state: ConsentState::Withdrawn,
        on: Day(20_000),
        way: ConsentWay::Phone,
        proof: String::new(),
    };
    let noted = bed.call("contacts/note_consent", Some(&admin), json!({ "contact": eva, "draft": no })).await;
    assert_eq!(noted.status, StatusCode::OK);
    assert_eq!(visit(&bed, Method::POST, &third).await.status, StatusCode::GONE);
    assert_eq!(state(&bed, &admin, eva).await, ConsentState::Withdrawn);
}

#[tokio::test]
async fn who_said_yes_or_no_is_not_asked_again_and_who_has_no_number_not_for_it() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let path = asked(&bed, &admin, eva).await;
    visit(&bed, Method::POST, &path).await;
    let refused = ask(&bed, &admin, eva, Channel::Email).await;
    assert_eq!(refused.json::<Problem>(), Problem::Refused(Refusal::field("channel", Fault::Answered)));
    let refused = ask(&bed, &admin, eva, Channel::Sms).await;
    assert_eq!(refused.json::<Problem>(), Problem::Refused(Refusal::field("channel", Fault::Missing)));
}

#[tokio::test]
async fn a_link_that_was_guessed_is_unknown_and_guessing_is_slowed_down() {
    let (bed, _) = Bed::ready().await;
    let reply = visit(&bed, Method::POST, "/consent/guessed").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.text().contains("Taký odkaz nepoznáme"), "{}", reply.text());
    let mut last = reply.status;
    for n in 0..200 {
        last = visit(&bed, Method::GET, &format!("/consent/guess{n}")).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
