//! Campaigns over HTTP as a file: out with a right, in as drafts, refused with the place.

use app::Problem;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use model::campaign::EXCHANGE_MAX;
use model::{CampaignFilter, CampaignImported, CampaignRow, ChosenCampaigns, DeliveredRole, Page, Refusal, TableFault};
use serde_json::json;

use crate::bed::{Bed, Reply, Session, own, signed};

const FILE: &str =
    "<?xml version=\"1.0\"?>\n<campaigns version=\"1\">\n<campaign name=\"Zmena sídla\" kind=\"service\"/>\n</campaigns>";

async fn take_in(bed: &Bed, session: Option<&Session>, content: &str) -> Reply {
    let request = signed(own(Method::POST, "/campaigns/import?name=kampane.xml"), session).header(CONTENT_LENGTH, content.len());
    bed.send(request.body(Body::from(content.to_owned())).unwrap()).await
}

async fn take_out(bed: &Bed, session: Option<&Session>) -> Reply {
    let all = json!(ChosenCampaigns::Matching(CampaignFilter::default()));
    let request = signed(own(Method::POST, "/campaigns/export.xml"), session).header(CONTENT_TYPE, "application/json");
    bed.send(request.body(Body::from(all.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_file_of_campaigns_comes_in_as_drafts_and_leaves_again() {
    let (bed, admin) = Bed::ready().await;
    let reply = take_in(&bed, Some(&admin), FILE).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let came: Vec<CampaignImported> = reply.json();
    assert_eq!(came[0].name, "Zmena sídla");
    let query = json!({ "query": model::CampaignQuery::default() });
    let page: Page<CampaignRow> = bed.call("campaigns/list_campaigns", Some(&admin), query).await.json();
    assert_eq!((page.rows.len(), page.rows[0].state), (1, model::CampaignState::Draft));
    let left = take_out(&bed, Some(&admin)).await;
    assert!(left.header("content-disposition").starts_with("attachment; filename=\"campaigns.xml\""), "{:?}", left.headers);
    assert!(left.text().contains("<campaign name=\"Zmena sídla\" channel=\"email\" kind=\"service\">"), "{}", left.text());
}

#[tokio::test]
async fn a_file_that_is_wrong_is_refused_with_its_place() {
    let (bed, admin) = Bed::ready().await;
    for (text, line, fault) in [
        (FILE.replace("service", "gift"), 3, TableFault::Wrong { name: "kind".into(), value: "gift".into() }),
        (FILE.replace("?>", "?><!DOCTYPE campaigns>"), 1, TableFault::DocumentType),
        (FILE.replace("</campaigns>", ""), 4, TableFault::Malformed),
    ] {
        let reply = take_in(&bed, Some(&admin), &text).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(reply.json::<Problem>(), Problem::Refused(Refusal::BadTable { line, fault }));
    }
    let announced = signed(own(Method::POST, "/campaigns/import?name=x"), Some(&admin)).header(CONTENT_LENGTH, EXCHANGE_MAX + 1);
    assert_eq!(bed.send(announced.body(Body::empty()).unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn only_who_may_takes_campaigns_in_and_out() {
    let (bed, admin) = Bed::ready().await;
    let reader = bed.user(&admin, DeliveredRole::Reader).await;
    assert_eq!(take_in(&bed, None, FILE).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(take_out(&bed, None).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(take_in(&bed, Some(&reader), FILE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(take_out(&bed, Some(&reader)).await.status, StatusCode::FORBIDDEN);
}
