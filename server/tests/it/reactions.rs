//! Measured links and pictures over HTTP: they lead where the sender said and nowhere else, and count people alone.

use axum::body::Body;
use axum::http::header::USER_AGENT;
use axum::http::{Method, Request, StatusCode};
use engine::reactions::turn;
use engine::{campaigns, worker};
use model::campaign::reaction::{AGAIN_MS, HASTE_MS};
use model::{
    AddressLine, AudiencePart, CampaignAudience, CampaignContent, CampaignDraft, CampaignId, CampaignReport, CapturedRow,
    Channel, Chosen, ConsentDraft, ConsentState, ConsentWay, ContactDraft, ContactId, Language, LocalTime, Measure, Page,
    Reactions, TemplateBody, TemplateText,
};
use serde_json::json;

use crate::bed::{Bed, Reply, Session, URL};

const BODY: &str = "<p><a href=\"https://firma.sk/akcia?a=1&amp;b=2\">Obchod</a> <a href=\"https://firma.sk/blog\">Blog</a></p>";

async fn contact(bed: &Bed, admin: &Session) -> ContactId {
    let mut draft = ContactDraft { last_name: "Nová".to_owned(), ..ContactDraft::default() };
    draft.emails = vec![AddressLine { text: "nova@example.cz".to_owned(), ..AddressLine::default() }];
    let id: ContactId = bed.call("contacts/save_contact", Some(admin), json!({ "key": null, "draft": draft })).await.json();
    let said = ConsentDraft {
        channel: Channel::Email,
        state: ConsentState::Given,
        on: LocalTime::of(bed.clock.now()).day,
        way: ConsentWay::Person,
        proof: "Na predajni.".to_owned(),
    };
    let noted = bed.call("contacts/note_consent", Some(admin), json!({ "contact": id, "draft": said })).await;
    assert_eq!(noted.status, StatusCode::OK, "{}", noted.text());
    id
}

/// A campaign that left, long enough ago for people to look.
async fn sent(bed: &Bed, admin: &Session, to: ContactId) -> CampaignId {
    let empty = TemplateText::empty(Language::Sk, Channel::Email);
    let text = TemplateText { subject: "Zľava".to_owned(), body: TemplateBody::Html(BODY.to_owned()), ..empty };
    let include = vec![AudiencePart::Contacts(Chosen::Ticked(vec![to]))];
    let draft = CampaignDraft {
        name: "Zľava".to_owned(),
        content: CampaignContent::Own(vec![text]),
        audience: CampaignAudience { include, ..CampaignAudience::default() },
        measure: Measure { opens: true, clicks: true },
        ..CampaignDraft::default()
    };
    let saved = bed.call("campaigns/save_campaign", Some(admin), json!({ "key": null, "draft": draft })).await;
    let (id, _): (CampaignId, i64) = saved.json();
    bed.call("campaigns/prepare_campaign", Some(admin), json!({ "id": id })).await;
    campaigns::work_turn(&bed.engine).await.unwrap();
    let released = bed.call("campaigns/release_campaign", Some(admin), json!({ "id": id, "at": null })).await;
    assert_eq!(released.status, StatusCode::OK, "{}", released.text());
    for _ in 0..2 {
        campaigns::feed_turn(&bed.engine).await.unwrap();
        worker::turn(&bed.engine).await.unwrap();
    }
    bed.clock.advance(HASTE_MS);
    id
}

/// The paths of one purpose in the mail that left last.
async fn paths(bed: &Bed, admin: &Session, purpose: &str) -> Vec<String> {
    let rows = bed.call("capture/list_captured", Some(admin), json!({ "after": null })).await.json::<Page<CapturedRow>>().rows;
    let html = bed.get(&format!("/captured/{}/html?pictures=show", rows[0].id), Some(admin)).await.text();
    let beginning = format!("{URL}/{purpose}/");
    let token = |it: &str| format!("/{purpose}/{}", it.split('"').next().unwrap());
    html.split(&beginning).skip(1).map(token).collect()
}

/// Asks as a person's browser does.
async fn visit(bed: &Bed, method: Method, path: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().method(method).uri(path).header("x-forwarded-for", "203.0.113.9");
    if !headers.iter().any(|it| it.0 == "user-agent") {
        request = request.header(USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    bed.send(request.body(Body::empty()).unwrap()).await
}

async fn told(bed: &Bed, admin: &Session, id: CampaignId) -> Reactions {
    turn(&bed.engine).await.unwrap();
    let reply = bed.call("campaigns/show_campaign_report", Some(admin), json!({ "id": id })).await;
    reply.json::<CampaignReport>().reactions.unwrap()
}

#[tokio::test]
async fn a_click_leads_on_at_once_and_is_kept_nowhere_on_its_way() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let id = sent(&bed, &admin, eva).await;
    let click = paths(&bed, &admin, "click").await[0].clone();
    let answer = visit(&bed, Method::GET, &click, &[]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, "https://firma.sk/akcia?a=1&b=2"));
    assert_eq!((answer.header("cache-control"), answer.header("referrer-policy")), ("no-store", "no-referrer"));
    assert_eq!(answer.header("x-robots-tag"), "noindex");
    let told = told(&bed, &admin, id).await;
    assert_eq!((told.clicked, told.clicks, told.opens), (1, 1, 0));
}

#[tokio::test]
async fn the_picture_is_one_point_whoever_asks_for_whichever() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let id = sent(&bed, &admin, eva).await;
    let open = paths(&bed, &admin, "open").await[0].clone();
    for path in [open.as_str(), "/open/x"] {
        let point = visit(&bed, Method::GET, path, &[]).await;
        assert_eq!((point.status, point.header("content-type")), (StatusCode::OK, "image/gif"));
        assert_eq!((point.header("cache-control"), point.header("cross-origin-resource-policy")), ("no-store", "cross-origin"));
        assert_eq!(&point.body[..6], b"GIF89a");
    }
    let told = told(&bed, &admin, id).await;
    assert_eq!((told.opened, told.opens), (1, 1));
}

#[tokio::test]
async fn nobody_is_led_anywhere_by_an_address_of_their_own() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let id = sent(&bed, &admin, eva).await;
    let click = paths(&bed, &admin, "click").await[0].clone();
    let open = paths(&bed, &admin, "open").await[0].clone();
    let guessed = format!("/click/{}", "A".repeat(43));
    // One letter of the name, one of the tag, the tag of something else.
    let other_link = format!("/click/B{}", &click["/click/".len() + 1..]);
    let other_tag = match click.ends_with('A') {
        true => format!("{}E", &click[..click.len() - 1]),
        false => format!("{}A", &click[..click.len() - 1]),
    };
    let crossed = open.replace("/open/", "/click/");
    for path in [
        &*guessed,
        &other_link,
        &other_tag,
        &crossed,
        "/click/https:%2F%2Fevil.example",
        "/click/%2F%2Fevil.example",
        "/click/%00",
    ] {
        let answer = visit(&bed, Method::GET, path, &[]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::NOT_FOUND, ""), "{path}");
    }
    for query in ["?url=https://evil.example", "?next=//evil.example"] {
        let answer = visit(&bed, Method::GET, &[click.as_str(), query].concat(), &[]).await;
        assert_eq!(answer.header("location"), "https://firma.sk/akcia?a=1&b=2");
    }
    visit(&bed, Method::GET, &click.replace("/click/", "/open/"), &[]).await;
    assert_eq!(told(&bed, &admin, id).await.opens, 0);
}

#[tokio::test]
async fn a_link_of_one_campaign_says_nothing_about_another() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let first = sent(&bed, &admin, eva).await;
    let of_first = paths(&bed, &admin, "click").await;
    let second = sent(&bed, &admin, eva).await;
    let of_second = paths(&bed, &admin, "click").await;
    assert!(of_first.iter().all(|it| !of_second.contains(it)));
    visit(&bed, Method::GET, &of_first[1], &[]).await;
    assert_eq!((told(&bed, &admin, first).await.clicked, told(&bed, &admin, second).await.clicked), (1, 0));
}

#[tokio::test]
async fn whoever_only_looks_ahead_is_led_on_and_counts_as_nobody() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let id = sent(&bed, &admin, eva).await;
    let click = paths(&bed, &admin, "click").await[0].clone();
    let open = paths(&bed, &admin, "open").await[0].clone();
    assert_eq!(visit(&bed, Method::HEAD, &click, &[]).await.status, StatusCode::FOUND);
    assert_eq!(visit(&bed, Method::HEAD, &open, &[]).await.status, StatusCode::OK);
    for header in
        [("sec-purpose", "prefetch;prerender"), ("x-moz", "prefetch"), ("purpose", "prefetch"), ("user-agent", "curl/8")]
    {
        assert_eq!(visit(&bed, Method::GET, &click, &[header]).await.status, StatusCode::FOUND, "{header:?}");
    }
    assert_eq!(visit(&bed, Method::POST, &click, &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let nobody = told(&bed, &admin, id).await;
    assert_eq!((nobody.opens, nobody.clicks, nobody.machines), (0, 0, 1));
}

#[tokio::test]
async fn a_flood_over_one_link_is_told_to_wait_and_counts_once() {
    let (bed, admin) = Bed::ready().await;
    let eva = contact(&bed, &admin).await;
    let id = sent(&bed, &admin, eva).await;
    let click = paths(&bed, &admin, "click").await[0].clone();
    let mut answers = Vec::new();
    for _ in 0..40 {
        answers.push(visit(&bed, Method::GET, &click, &[]).await.status);
    }
    assert_eq!(answers.iter().filter(|it| **it == StatusCode::TOO_MANY_REQUESTS).count(), 10);
    assert_eq!(told(&bed, &admin, id).await.clicks, 1);
    bed.clock.advance(AGAIN_MS);
    assert_eq!(visit(&bed, Method::GET, &click, &[]).await.status, StatusCode::FOUND);
}
